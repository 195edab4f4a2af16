package org.sluice.gateway.health;

import jakarta.enterprise.context.ApplicationScoped;
import org.sluice.gateway.error.GatewayException;

/** Admits attempts. Thread-safe. */
@ApplicationScoped
public class DeploymentHealth {
    private static final Admission GRANTED = new Admission() {
        @Override public boolean isGranted() { return true; }
        @Override public String refusal() { return null; }
        @Override public long retryAfterMillis() { return -1; }
        @Override public void answered(long nanosToFirst) { }
        @Override public void succeeded(long inputTokens, long outputTokens) { }
        @Override public void failed(GatewayException failure) { }
        @Override public void abandoned() { }
    };

    public Admission admit(DeploymentKey key) {
        return GRANTED;
    }
}
