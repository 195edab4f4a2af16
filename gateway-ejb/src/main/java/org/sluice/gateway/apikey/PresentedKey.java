package org.sluice.gateway.apikey;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.function.Function;
import org.sluice.gateway.error.ErrorType;
import org.sluice.gateway.error.GatewayException;

/**
 * The key a request shows, wherever its client library puts it: {@code Authorization: Bearer}, {@code x-api-key},
 * {@code x-goog-api-key}, {@code api-key}, or {@code ?key=}. Every door asks here, so there is one verdict.
 */
public final class PresentedKey {
    static final String NONE = "Authentication credentials were not provided.";
    static final String WRONG = "Your API key is invalid or expired, please check your API key.";
    private static final List<String> PLAIN_HEADERS = List.of("x-api-key", "x-goog-api-key", "api-key");
    private static final String BEARER = "Bearer";
    private static final String PARAMETER = "key=";

    private PresentedKey() { }

    /**
     * The key's text, not yet checked.
     *
     * @param headers gives the values of a header field, empty or null when there is none; names are lower-case
     * @param rawQuery the query as it was sent, or null
     * @throws GatewayException AUTHENTICATION when there is no key, the scheme is not Bearer, or Authorization stands
     *     twice; INVALID_VALUE when two keys differ
     */
    public static String read(Function<String, List<String>> headers, String rawQuery) {
        String found = bearer(headers.apply("authorization"));
        for (String name : PLAIN_HEADERS) {
            List<String> values = headers.apply(name);
            for (int i = 0; values != null && i < values.size(); i++) {
                found = agreed(found, values.get(i));
            }
        }
        if (rawQuery != null && rawQuery.contains(PARAMETER)) {
            for (String parameter : rawQuery.split("&")) {
                found = parameter.startsWith(PARAMETER) ? agreed(found, decoded(parameter.substring(PARAMETER.length()))) : found;
            }
        }
        if (found == null) {
            throw new GatewayException(ErrorType.AUTHENTICATION, NONE);
        }
        return found;
    }

    /** The query without its {@code key}, for logs and for sending on; null when nothing is left. */
    public static String queryWithoutKey(String rawQuery) {
        if (rawQuery == null || !rawQuery.contains(PARAMETER)) {
            return rawQuery;
        }
        StringBuilder kept = new StringBuilder();
        for (String parameter : rawQuery.split("&")) {
            if (!parameter.startsWith(PARAMETER)) {
                kept.append(kept.isEmpty() ? "" : "&").append(parameter);
            }
        }
        return kept.isEmpty() ? null : kept.toString();
    }

    private static String bearer(List<String> values) {
        if (values == null || values.isEmpty()) {
            return null;
        }
        if (values.size() > 1) {
            values.stream().reduce(PresentedKey::agreed);
            throw new GatewayException(ErrorType.AUTHENTICATION, WRONG);
        }
        String value = values.get(0).strip();
        boolean isBearer = value.length() > BEARER.length() && Character.isWhitespace(value.charAt(BEARER.length()))
                && value.regionMatches(true, 0, BEARER, 0, BEARER.length());
        if (!isBearer) {
            throw new GatewayException(ErrorType.AUTHENTICATION, WRONG);
        }
        return value.substring(BEARER.length() + 1).strip();
    }

    /** An empty value counts as none. */
    private static String agreed(String found, String value) {
        String key = value.strip();
        if (key.isEmpty() || key.equals(found)) {
            return found;
        }
        if (found != null) {
            throw GatewayException.invalid(null, "The request shows two different API keys; send one.");
        }
        return key;
    }

    private static String decoded(String text) {
        try {
            return text.indexOf('%') < 0 ? text : URLDecoder.decode(text, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            return text;
        }
    }
}
