package org.sluice.gateway.management;

import jakarta.json.bind.annotation.JsonbPropertyOrder;
import org.sluice.gateway.health.DeploymentStatus;

/**
 * A deployment as a caller sees it. What others do with the operator's deployments is not the caller's business: counts are
 * null unless it may operate them.
 *
 * @param state of the circuit
 * @param refusal why the next call would not be let in, or null
 * @param retryAfter seconds until one is, or null
 * @param refusedStatus the provider's answer when it refuses the credential, or null
 * @param weight set by an operator, or null
 * @param latency moving average of the time to the first byte in seconds, or null when it was never seen
 */
@JsonbPropertyOrder({"id", "provider", "deployment", "credential", "isOperable", "state", "refusal", "retryAfter", "refusedStatus", "isDrained", "weight",
    "latency", "counts"})
public record DeploymentView(String id, String provider, String deployment, String credential, boolean isOperable, String state, String refusal,
        Double retryAfter, Integer refusedStatus, boolean isDrained, Double weight, Double latency, Counts counts) {
    private static final double MILLIS = 1e3;

    /** From the start of this process, but for the calls under way and the last minute. */
    @JsonbPropertyOrder({"underWay", "calls", "succeeded", "failed", "rateLimited", "skipped", "abandoned", "timesOpened", "requestsInMinute", "tokensInMinute"})
    public record Counts(int underWay, long calls, long succeeded, long failed, long rateLimited, long skipped, long abandoned, int timesOpened,
            long requestsInMinute, long tokensInMinute) {
        private static Counts of(DeploymentStatus status) {
            return new Counts(status.callsUnderWay(), status.calls(), status.succeeded(), status.failed(), status.rateLimited(), status.skipped(),
                    status.abandoned(), status.timesOpened(), status.requestsInMinute(), status.tokensInMinute());
        }
    }

    static DeploymentView of(DeploymentStatus status, boolean isOperable) {
        return new DeploymentView(status.id(), status.key().provider(), status.key().deployment(), status.key().credential(), isOperable, status.state(),
                status.refusal(), status.retryAfterMillis() > 0 ? status.retryAfterMillis() / MILLIS : null,
                status.refusedStatus() > 0 ? status.refusedStatus() : null, status.isDrained(), status.weight() > 0 ? status.weight() : null,
                status.latencyMillis() > 0 ? status.latencyMillis() / MILLIS : null, isOperable ? Counts.of(status) : null);
    }
}
