package org.sluice.gateway.health;

import org.sluice.gateway.error.GatewayException;

/** No. What is told to it is of no consequence. */
record Refused(String refusal, long retryAfterMillis) implements Admission {
    static final String DRAINED = "drained";
    static final String CREDENTIAL = "credential refused";
    static final String COOLDOWN = "cooldown";
    static final String CIRCUIT = "circuit open";
    static final String BULKHEAD = "too many calls";

    @Override
    public boolean isGranted() {
        return false;
    }

    @Override
    public void answered(long nanosToFirst) { }

    @Override
    public void succeeded(long inputTokens, long outputTokens) { }

    @Override
    public void failed(GatewayException failure) { }

    @Override
    public void abandoned() { }
}
