package org.sluice.gateway.pipeline;

import java.net.URI;
import java.util.regex.Pattern;
import org.sluice.gateway.error.ErrorType;
import org.sluice.gateway.error.GatewayException;

/**
 * Addresses below a provider's base URL. Scheme, host and port are the base's, whatever the path says; a path that could
 * mean another place once somebody decodes it is refused.
 */
final class ProviderAddress {
    private static final Pattern PLAIN = Pattern.compile("(?:/(?:[A-Za-z0-9._~!$&'()*+,;=:@-]|%[0-9A-Fa-f]{2})*)+");
    private static final Pattern QUERY = Pattern.compile("(?:[A-Za-z0-9._~!$&'()*+,;=:@/?\\[\\]-]|%[0-9A-Fa-f]{2})*");
    /** What a segment must not hold once decoded: a way up, another separator, an end, another escape. */
    private static final Pattern TRICK = Pattern.compile("(?i)%(?:2e|2f|5c|25|3f|23|0[0-9a-f]|1[0-9a-f]|7f)");
    private static final Pattern VERSION = Pattern.compile("v[0-9]+[a-z0-9.]{0,10}");

    private ProviderAddress() { }

    /** @param path the provider's own word */
    static URI of(URI base, String path) {
        return join(base, path, null);
    }

    /**
     * @param own the provider's own word in front, may be empty
     * @param path raw, from a caller; may be empty behind the provider's own; a version at its front takes the place of the one at the end of the base: {@code /v1/files} and
     *     {@code /files} below {@code https://host/v1} are the same
     * @throws GatewayException NOT_FOUND when the path or the query is not plain
     */
    static URI asked(URI base, String own, String path, String query) {
        check(own.isEmpty() || !path.isEmpty() ? path : "/", query);
        return join(base, own + path, query);
    }

    private static URI join(URI base, String path, String query) {
        String stem = base.toString();
        stem = stem.endsWith("/") ? stem.substring(0, stem.length() - 1) : stem;
        String basePath = base.getRawPath() == null ? "" : base.getRawPath().replaceAll("/+$", "");
        String below = path;
        if (!basePath.isEmpty() && (path.startsWith(basePath + "/") || path.equals(basePath))) {
            below = path.substring(basePath.length());
        } else if (VERSION.matcher(basePath.substring(basePath.lastIndexOf('/') + 1)).matches() && VERSION.matcher(firstSegment(path)).matches()) {
            stem = stem.substring(0, stem.lastIndexOf('/'));
        }
        URI address = URI.create(stem + below + (query == null || query.isEmpty() ? "" : "?" + query));
        if (!String.valueOf(base.getRawAuthority()).equals(address.getRawAuthority())) {
            throw refused();
        }
        return address;
    }

    private static void check(String path, String query) {
        if (!PLAIN.matcher(path).matches() || TRICK.matcher(path).find() || path.contains("//")
                || query != null && !QUERY.matcher(query).matches()) {
            throw refused();
        }
        for (String segment : path.split("/")) {
            if (segment.equals(".") || segment.equals("..") || segment.startsWith("..;") || segment.startsWith(".;")) {
                throw refused();
            }
        }
    }

    private static String firstSegment(String path) {
        int end = path.indexOf('/', 1);
        return end < 0 ? path.substring(1) : path.substring(1, end);
    }

    private static GatewayException refused() {
        return new GatewayException(ErrorType.NOT_FOUND, "The path or the query holds something that is not passed on: '..', '//', an encoded separator or a character that must be encoded.");
    }
}
