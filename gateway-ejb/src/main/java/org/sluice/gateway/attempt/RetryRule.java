package org.sluice.gateway.attempt;

import org.sluice.gateway.error.GatewayException;

/** Whether somebody may be asked again after a failure. */
final class RetryRule {
    private RetryRule() { }

    static boolean isRetryable(GatewayException e) {
        return switch (e.type()) {
            case UPSTREAM_UNREACHABLE, UPSTREAM_RESET, UPSTREAM_INVALID, UPSTREAM_TLS, UPSTREAM_TIMEOUT, UPSTREAM_TRUNCATED, OVERLOADED -> true;
            case PROVIDER -> switch (e.status()) {
                case 408, 409, 425, 429 -> true;
                default -> e.status() >= 500;
            };
            default -> false;
        };
    }
}
