package org.sluice.gateway.ingress;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.sluice.gateway.error.GatewayException;
import org.sluice.gateway.json.JsonValue;

/**
 * Headers a caller wants added to the provider's request. Those that belong to the connection, to authorisation, to
 * proxies or to cloud metadata services are refused, and so is every value that could end a header line.
 */
final class ExtraHeaders {
    private static final int MAX = 32;
    private static final Set<String> REFUSED = Set.of("authorization", "x-api-key", "x-goog-api-key", "api-key", "cookie", "host",
            "connection", "content-length", "content-type", "content-encoding", "transfer-encoding", "te", "trailer", "upgrade",
            "expect", "keep-alive", "accept-encoding", "forwarded", "via", "metadata-flavor", "metadata", "x-google-metadata-request");

    private ExtraHeaders() { }

    static Map<String, String> read(JsonValue value) {
        if (value == null) {
            return Map.of();
        }
        if (!(value instanceof JsonValue.JsonObject object) || object.members().size() > MAX) {
            throw GatewayException.invalid("extra_headers", "'extra_headers' is not an object of at most " + MAX + " strings.");
        }
        Map<String, String> headers = new LinkedHashMap<>();
        object.members().forEach((name, text) -> headers.put(checkedName(name), checkedValue(text.asText())));
        return headers;
    }

    private static String checkedName(String name) {
        String lower = name.toLowerCase(Locale.ROOT);
        if (!lower.matches("[a-z0-9!#$%&'*+.^_`|~-]{1,100}") || REFUSED.contains(lower) || lower.startsWith("proxy-")
                || lower.startsWith("x-forwarded-") || lower.startsWith("x-respan-") || lower.startsWith("x-aws-ec2-metadata-token")) {
            throw GatewayException.invalid("extra_headers", "'extra_headers' names a header that is not passed on.");
        }
        return name;
    }

    private static String checkedValue(String value) {
        if (value == null || !value.matches("[\\x20-\\x7e]{0,4096}")) {
            throw GatewayException.invalid("extra_headers", "'extra_headers' holds a value that is not printable ASCII text.");
        }
        return value;
    }
}
