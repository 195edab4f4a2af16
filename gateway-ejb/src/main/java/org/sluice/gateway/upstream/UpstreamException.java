package org.sluice.gateway.upstream;

import org.sluice.gateway.error.ErrorType;
import org.sluice.gateway.error.GatewayException;

/** A failed attempt and how far it had come. The message is for the caller; the cause is for the operator's log. */
public final class UpstreamException extends GatewayException {
    /** One text for every reason, so that it tells nothing of what is behind an address. */
    static final String REFUSED = "The address is not one that this gateway calls, or it is not known. It must be https at the usual port, without user and query, at a host of"
            + " a known provider; the operator can allow others (GATEWAY_EGRESS_ALLOWED_HOSTS, GATEWAY_EGRESS_PRIVATE_HOSTS).";
    private final Phase phase;

    private UpstreamException(ErrorType type, Phase phase, String message, Throwable cause) {
        super(type, message, cause);
        this.phase = phase;
    }

    private UpstreamException(String param) {
        super(ErrorType.API_BASE_NOT_ALLOWED, REFUSED, param, null);
        this.phase = Phase.P0;
    }

    public Phase phase() {
        return phase;
    }

    /** The provider may have worked, and may charge, although no usable answer came. */
    public boolean isCostUncertain() {
        return phase.isCostUncertain();
    }

    /** @param param path of the field that holds the address, or null */
    static UpstreamException refused(String param) {
        return new UpstreamException(param);
    }

    /** No address, nobody listens, no route: one text, so that nobody learns which. */
    static UpstreamException unreachable(Throwable cause) {
        return new UpstreamException(ErrorType.UPSTREAM_UNREACHABLE, Phase.P0, "The provider could not be reached.", cause);
    }

    static UpstreamException tls(Throwable cause) {
        return new UpstreamException(ErrorType.UPSTREAM_TLS, Phase.P0,
                "No trusted TLS connection to the provider could be made.", cause);
    }

    static UpstreamException timeout(Phase phase, Throwable cause) {
        return new UpstreamException(ErrorType.UPSTREAM_TIMEOUT, phase, "The provider did not answer in time.", cause);
    }

    static UpstreamException slow(Phase phase) {
        return new UpstreamException(ErrorType.UPSTREAM_TIMEOUT, phase, "The provider's answer came too slowly.", null);
    }

    static UpstreamException reset(Phase phase, Throwable cause) {
        return new UpstreamException(ErrorType.UPSTREAM_RESET, phase,
                "The provider closed the connection without an answer.", cause);
    }

    /** @param why a constant text, never the provider's bytes */
    static UpstreamException invalid(Phase phase, String why) {
        return new UpstreamException(ErrorType.UPSTREAM_INVALID, phase, "The provider's answer is not valid: " + why + ".", null);
    }

    static UpstreamException truncated(Phase phase, String why, Throwable cause) {
        return new UpstreamException(ErrorType.UPSTREAM_TRUNCATED, phase, "The provider's answer broke off: " + why + ".", cause);
    }

    static UpstreamException cancelled(Phase phase, Throwable cause) {
        return new UpstreamException(ErrorType.CLIENT_CANCELLED, phase, "The call was cancelled.", cause);
    }

    static GatewayException overloaded() {
        return new UpstreamException(ErrorType.OVERLOADED, Phase.P0,
                "Too many calls to this provider are under way. Try again later.", null).retryAfter(1);
    }
}
