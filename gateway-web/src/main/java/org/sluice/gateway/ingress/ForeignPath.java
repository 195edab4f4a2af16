package org.sluice.gateway.ingress;

import org.sluice.gateway.error.ErrorType;
import org.sluice.gateway.error.GatewayException;

/**
 * The part of a path that is a provider's, as it was sent: nothing is decoded here.
 *
 * @param provider id or alias
 * @param path with a leading slash
 */
record ForeignPath(String provider, String path) {
    private static final String LEAD = "/passthrough/";

    /** Of {@code /api/passthrough/{provider}/...}. */
    static ForeignPath of(String rawPath) {
        int from = rawPath.indexOf(LEAD);
        String rest = from < 0 ? "" : rawPath.substring(from + LEAD.length());
        int slash = rest.indexOf('/');
        String provider = slash < 0 ? rest : rest.substring(0, slash);
        if (!provider.matches("[a-z0-9_.-]{1,64}")) {
            throw new GatewayException(ErrorType.NOT_FOUND, "Write /api/passthrough/{provider}/{path} with the id of a provider.");
        }
        return new ForeignPath(provider, slash < 0 ? "/" : rest.substring(slash));
    }

    /** What follows a segment, without a last slash; may be empty. */
    static String below(String segment, String rawPath) {
        String path = rawPath.substring(Math.max(0, rawPath.indexOf(segment)) + segment.length());
        return path.endsWith("/") ? path.substring(0, path.length() - 1) : path;
    }
}
