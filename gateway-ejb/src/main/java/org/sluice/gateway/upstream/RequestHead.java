package org.sluice.gateway.upstream;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.sluice.gateway.error.ErrorType;
import org.sluice.gateway.error.GatewayException;
import org.sluice.gateway.provider.UpstreamRequest;

/**
 * Writes the head of a request (RFC 9112 section 3). Names and values are checked here, whatever was checked before: a
 * line end inside a credential must not become a field. Messages name the field, never its value.
 */
final class RequestHead {
    /** Framing and the connection are the client's business. */
    private static final Set<String> RESERVED = Set.of("host", "content-length", "connection", "transfer-encoding",
            "keep-alive", "te", "trailer", "upgrade", "expect", "proxy-authorization", "proxy-connection");
    private static final Set<String> METHODS = Set.of("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS");
    private static final String USER_AGENT = "User-Agent: sluice-gateway\r\n";

    private RequestHead() { }

    static byte[] write(UpstreamRequest request, Origin origin) {
        StringBuilder head = new StringBuilder(512);
        head.append(method(request.method())).append(' ').append(target(request.uri())).append(" HTTP/1.1\r\nHost: ").append(origin.authority()).append("\r\n");
        boolean hasUserAgent = false;
        for (Map.Entry<String, String> field : request.headers().entrySet()) {
            String name = field.getKey();
            checkName(name);
            checkValue(name, field.getValue());
            hasUserAgent = hasUserAgent || name.equalsIgnoreCase("user-agent");
            head.append(name).append(": ").append(field.getValue()).append("\r\n");
        }
        if (!hasUserAgent) {
            head.append(USER_AGENT);
        }
        head.append(framing(request)).append("\r\n");
        return head.toString().getBytes(StandardCharsets.ISO_8859_1);
    }

    private static String method(String method) {
        if (!METHODS.contains(method)) {
            throw refused("The method is not one that goes to a provider.");
        }
        return method;
    }

    private static String framing(UpstreamRequest request) {
        if (request.upload() != null && request.upload().length() < 0) {
            return "Transfer-Encoding: chunked\r\n";
        }
        return request.hasBody() ? "Content-Length: " + (request.upload() != null ? request.upload().length() : request.body().length()) + "\r\n" : "";
    }

    private static String target(URI uri) {
        String path = uri.getRawPath() == null || uri.getRawPath().isEmpty() ? "/" : uri.getRawPath();
        String target = uri.getRawQuery() == null ? path : path + "?" + uri.getRawQuery();
        for (int i = 0; i < target.length(); i++) {
            if (target.charAt(i) <= ' ' || target.charAt(i) >= 0x7f) {
                throw new GatewayException(ErrorType.API_BASE_NOT_ALLOWED, "The provider's URL holds a character that must be percent-encoded.");
            }
        }
        return target;
    }

    private static void checkName(String name) {
        for (int i = 0; i < name.length(); i++) {
            if (!isToken(name.charAt(i))) {
                throw refused("A header name for the provider holds a character that is not allowed.");
            }
        }
        if (name.isEmpty() || RESERVED.contains(name.toLowerCase(Locale.ROOT))) {
            throw refused("A header for the provider is reserved: " + name + ".");
        }
    }

    private static void checkValue(String name, String value) {
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            if (c < ' ' && c != '\t' || c == 0x7f || c > 0xff) {
                throw refused("The value of the header " + name + " for the provider holds a character that is not allowed.");
            }
        }
    }

    private static GatewayException refused(String message) {
        return new GatewayException(ErrorType.INVALID_VALUE, message);
    }

    /** A character of a field name (RFC 9110 section 5.6.2). */
    static boolean isToken(int c) {
        return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9' || "!#$%&'*+-.^_`|~".indexOf(c) >= 0;
    }
}
