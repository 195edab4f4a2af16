package org.sluice.gateway.ingress;

import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * A client's headers as a provider gets them when a request is passed through: all but those of the connection, those that
 * show a key to us, cookies, what proxies add, and what cloud metadata services listen to.
 */
final class ForeignHeaders {
    private static final Set<String> KEPT_BACK = Set.of("host", "connection", "content-length", "transfer-encoding", "te", "trailer", "upgrade",
            "expect", "keep-alive", "proxy-connection", "accept-encoding", "authorization", "x-api-key", "x-goog-api-key", "api-key", "cookie",
            "forwarded", "via", "x-real-ip", "true-client-ip", "cf-connecting-ip", "metadata", "metadata-flavor", "x-google-metadata-request",
            "origin", "referer", "traceparent", "tracestate", "baggage");

    private ForeignHeaders() { }

    static Map<String, String> of(Exchange exchange) {
        Set<String> keptBack = new HashSet<>(KEPT_BACK);
        for (String value : exchange.headers("connection")) {
            for (String name : value.split(",")) {
                keptBack.add(name.strip().toLowerCase(Locale.ROOT));
            }
        }
        Map<String, String> headers = new LinkedHashMap<>();
        for (String name : exchange.headerNames()) {
            boolean isOurs = name.startsWith("x-respan-") || name.startsWith("x-data-") || name.startsWith("x-forwarded-")
                    || name.startsWith("proxy-") || name.startsWith("x-aws-ec2-metadata") || name.startsWith("x-amz-") || name.startsWith("sec-");
            String value = String.join(", ", exchange.headers(name));
            if (!isOurs && !keptBack.contains(name) && value.matches("[\\x20-\\x7e\\t]{0,8192}")) {
                headers.put(name, value);
            }
        }
        return headers;
    }
}
