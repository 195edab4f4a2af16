package org.sluice.gateway.pipeline;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/** Which of a provider's headers a client gets. */
final class RelayedHeaders {
    /** They speak of a connection that ends here, of a body as it was coded there, or would be stored by a browser for our host. */
    private static final Set<String> KEPT_BACK = Set.of("connection", "keep-alive", "proxy-connection", "proxy-authenticate", "te", "trailer",
            "transfer-encoding", "upgrade", "content-length", "content-encoding", "content-type", "set-cookie", "set-cookie2", "server", "date",
            "alt-svc", "strict-transport-security", "public-key-pins", "www-authenticate", "via", "location", "refresh", "clear-site-data",
            "x-powered-by", "content-security-policy", "nel", "report-to");
    private static final Set<String> OF_A_FILE = Set.of("content-disposition", "cache-control", "x-request-id", "openai-processing-ms");

    private RelayedHeaders() { }

    /** @param isVerbatim the client asked for the provider as it is */
    static Map<String, String> of(Map<String, String> headers, boolean isVerbatim) {
        Map<String, String> passed = new LinkedHashMap<>();
        headers.forEach((name, value) -> {
            boolean isPassed = isVerbatim ? !KEPT_BACK.contains(name) && !name.startsWith("x-respan-") && !name.startsWith("access-control-")
                    : OF_A_FILE.contains(name) || name.startsWith("x-ratelimit-");
            if (isPassed && value.matches("[\\x20-\\x7e]{0,4096}")) {
                passed.put(name, value);
            }
        });
        return passed;
    }

    /** Bytes to come; -1 when the provider did not say, or said it of a coded body. */
    static long length(int status, Map<String, String> headers) {
        if (status == 204) {
            return 0;
        }
        String length = headers.get("content-length");
        return length == null || headers.containsKey("content-encoding") || headers.containsKey("transfer-encoding") || !length.matches("[0-9]{1,15}")
                ? -1 : Long.parseLong(length);
    }
}
