package org.sluice.gateway.ingress;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;

/** Reads a parameter of the query without touching the body, which {@code getParameter} may consume. */
final class QueryString {
    private QueryString() { }

    /** The first value, decoded; null when there is none or it is badly escaped. */
    static String parameter(String query, String name) {
        if (query == null) {
            return null;
        }
        for (String pair : query.split("&")) {
            int equals = pair.indexOf('=');
            if (equals > 0 && pair.substring(0, equals).equals(name)) {
                try {
                    return URLDecoder.decode(pair.substring(equals + 1), StandardCharsets.UTF_8);
                } catch (IllegalArgumentException badEscape) {
                    return null;
                }
            }
        }
        return null;
    }
}
