package org.sluice.gateway.upstream;

import org.sluice.gateway.error.GatewayException;

/** The failures of this package, for tests of what follows from them. */
public final class Failures {
    private Failures() { }

    public static GatewayException unreachable() {
        return UpstreamException.unreachable(null);
    }

    public static GatewayException tls() {
        return UpstreamException.tls(null);
    }

    public static GatewayException overloaded() {
        return UpstreamException.overloaded();
    }

    public static GatewayException timeout(Phase phase) {
        return UpstreamException.timeout(phase, null);
    }

    public static GatewayException reset(Phase phase) {
        return UpstreamException.reset(phase, null);
    }

    public static GatewayException invalid(Phase phase) {
        return UpstreamException.invalid(phase, "a redirect, which is not followed");
    }

    public static GatewayException truncated() {
        return UpstreamException.truncated(Phase.P4, "the connection ended", null);
    }
}
