package org.sluice.gateway.health;

import org.sluice.gateway.error.GatewayException;
import org.sluice.gateway.error.ProviderError;
import org.sluice.gateway.upstream.Phase;

/** What a failed attempt says of its deployment. */
enum FailureMeaning {
    /** The provider, or the way to it, does not work: counted by the circuit. */
    FAILURE,
    /** It works and wants to be left alone for a while. */
    RATE_LIMITED,
    /** It does not take the credential for anything. */
    CREDENTIAL_REFUSED,
    /** It does not take the credential for this. */
    DEPLOYMENT_REFUSED,
    /** It works; the request was wrong. */
    REQUEST_WRONG,
    /** Nothing. */
    NOTHING;

    private static final String NO_MONEY = "insufficient_quota";

    /** @param nanos from admission to failure */
    static FailureMeaning of(GatewayException failure, long nanos, HealthSettings settings) {
        return switch (failure.type()) {
            case UPSTREAM_UNREACHABLE, UPSTREAM_RESET, UPSTREAM_INVALID, UPSTREAM_TLS, UPSTREAM_TRUNCATED -> FAILURE;
            case UPSTREAM_TIMEOUT -> isCallersWish(failure, nanos, settings) ? NOTHING : FAILURE;
            case PROVIDER -> failure.providerError().map(FailureMeaning::of).orElse(FAILURE);
            default -> NOTHING;
        };
    }

    private static FailureMeaning of(ProviderError error) {
        return switch (error.status()) {
            case 401, 402 -> CREDENTIAL_REFUSED;
            case 403 -> DEPLOYMENT_REFUSED;
            case 408, 425 -> FAILURE;
            case 429 -> NO_MONEY.equals(error.code()) || NO_MONEY.equals(error.type()) ? CREDENTIAL_REFUSED : RATE_LIMITED;
            default -> error.status() >= 500 ? FAILURE : REQUEST_WRONG;
        };
    }

    /** A caller who gives a second to a model that thinks for ten must not open its circuit for others; a connection is the provider's part. */
    private static boolean isCallersWish(GatewayException failure, long nanos, HealthSettings settings) {
        return Phase.of(failure) != Phase.P0 && nanos < settings.timeoutMin().toNanos();
    }
}
