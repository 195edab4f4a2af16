package org.sluice.gateway.upstream;

import java.net.URI;
import java.util.Locale;
import org.sluice.gateway.error.ErrorType;
import org.sluice.gateway.error.GatewayException;

/**
 * Scheme, host and port, and whether the operator says so: what a connection belongs to. The host is lower-case, an IPv6
 * address without brackets. Connections to a host on the operator's word and on somebody else's are never the same.
 */
record Origin(boolean isTls, String host, int port, boolean isTrusted) {
    /** On the operator's word. */
    Origin(boolean isTls, String host, int port) {
        this(isTls, host, port, true);
    }

    static Origin of(URI uri) {
        boolean isTls = "https".equalsIgnoreCase(uri.getScheme());
        String host = uri.getHost();
        if (host == null || uri.getRawUserInfo() != null || !(isTls || "http".equalsIgnoreCase(uri.getScheme()))) {
            throw new GatewayException(ErrorType.API_BASE_NOT_ALLOWED, "The provider's base URL must be http(s)://host[:port]/path.");
        }
        if (host.startsWith("[")) {
            host = host.substring(1, host.length() - 1);
        }
        return new Origin(isTls, host.toLowerCase(Locale.ROOT), uri.getPort() < 0 ? isTls ? 443 : 80 : uri.getPort());
    }

    /** The value of the Host field. */
    String authority() {
        String name = host.indexOf(':') < 0 ? host : "[" + host + "]";
        return port == (isTls ? 443 : 80) ? name : name + ":" + port;
    }
}
