package org.sluice.gateway.admin;

import org.sluice.gateway.health.DeploymentStatus;

/** One deployment as open data. */
public final class DeploymentRow {
    private final DeploymentStatus status;

    DeploymentRow(DeploymentStatus status) {
        this.status = status;
    }

    public String getId() {
        return status.id();
    }

    public String getProvider() {
        return status.key().provider();
    }

    /** closed, open or half-open. */
    public String getState() {
        return status.state();
    }

    /** Why the next call would not be let in, or empty. */
    public String getRefusal() {
        return status.refusal() == null ? "" : status.refusal();
    }

    /** Until a call or a probe is let in again. */
    public long getRetryAfterMillis() {
        return status.retryAfterMillis();
    }

    /** The provider's answer when it refuses the credential, else 0. */
    public int getRefusedStatus() {
        return status.refusedStatus();
    }

    public boolean isDrained() {
        return status.isDrained();
    }

    /** Set by an operator, or 0. */
    public double getWeight() {
        return status.weight();
    }

    public int getCallsUnderWay() {
        return status.callsUnderWay();
    }

    public long getCalls() {
        return status.calls();
    }

    public long getSucceeded() {
        return status.succeeded();
    }

    public long getFailed() {
        return status.failed();
    }

    public long getRateLimited() {
        return status.rateLimited();
    }

    public long getSkipped() {
        return status.skipped();
    }

    /** Ended without saying anything of the deployment. */
    public long getAbandoned() {
        return status.abandoned();
    }

    public int getTimesOpened() {
        return status.timesOpened();
    }

    /** Moving average of the time to the first byte. */
    public double getLatencyMillis() {
        return status.latencyMillis();
    }

    public long getRequestsInMinute() {
        return status.requestsInMinute();
    }

    public long getTokensInMinute() {
        return status.tokensInMinute();
    }
}
