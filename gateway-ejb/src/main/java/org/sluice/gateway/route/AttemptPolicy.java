package org.sluice.gateway.route;

import java.time.Duration;
import org.sluice.gateway.provider.UpstreamLimits;

/**
 * How often and how long the targets of a plan are tried.
 *
 * @param maxRetries tries of one target after its first
 * @param retryAfter wait before the first retry, doubled for each further one
 * @param isTimeoutRetried whether a target that did not answer in time is asked again
 * @param isSentOnce the body cannot be sent twice: after one request nobody else is asked
 * @param hedgeAfter a second target is asked beside the first after this time, or null for never
 * @param limits of the whole call; what is left of {@code total} is shared by its attempts
 */
public record AttemptPolicy(int maxRetries, Duration retryAfter, boolean isTimeoutRetried, boolean isSentOnce, Duration hedgeAfter, UpstreamLimits limits) {
    /** Attempts of one call, retries and fallbacks together. */
    public static final int MAX_ATTEMPTS = 20;

    /** One attempt. */
    public static AttemptPolicy once(UpstreamLimits limits) {
        return new AttemptPolicy(0, Duration.ZERO, false, false, null, limits);
    }

    /** The same for a body that is read while it is sent. */
    public AttemptPolicy sentOnce() {
        return new AttemptPolicy(0, retryAfter, false, true, null, limits);
    }
}
