package org.sluice.gateway.health;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicIntegerFieldUpdater;
import org.sluice.gateway.error.GatewayException;

/** Yes. The first outcome that is told counts; later ones do nothing. */
final class Granted implements Admission {
    private static final AtomicIntegerFieldUpdater<Granted> STAGE = AtomicIntegerFieldUpdater.newUpdater(Granted.class, "stage");
    private static final int OPEN = 0;
    private static final int ANSWERED = 1;
    private static final int OVER = 2;
    private final DeploymentState state;
    private final long pass;
    private final long admittedAt;
    private final AtomicInteger callsOfDeployment;
    private final AtomicInteger callsOfProvider;
    private volatile int stage = OPEN;

    /** @param callsOfDeployment counted down at the end, as is {@code callsOfProvider} */
    Granted(DeploymentState state, long pass, long admittedAt, AtomicInteger callsOfDeployment, AtomicInteger callsOfProvider) {
        this.state = state;
        this.pass = pass;
        this.admittedAt = admittedAt;
        this.callsOfDeployment = callsOfDeployment;
        this.callsOfProvider = callsOfProvider;
    }

    @Override
    public boolean isGranted() {
        return true;
    }

    @Override
    public String refusal() {
        return null;
    }

    @Override
    public long retryAfterMillis() {
        return -1;
    }

    @Override
    public void answered(long nanosToFirst) {
        if (STAGE.compareAndSet(this, OPEN, ANSWERED)) {
            state.answered(pass, nanosToFirst);
        }
    }

    @Override
    public void succeeded(long inputTokens, long outputTokens) {
        if (end() != OVER) {
            state.succeeded(pass, Math.max(0, inputTokens) + Math.max(0, outputTokens));
        }
    }

    @Override
    public void failed(GatewayException failure) {
        int before = end();
        if (before != OVER) {
            state.failed(pass, before == ANSWERED, admittedAt, failure);
        }
    }

    @Override
    public void abandoned() {
        if (end() != OVER) {
            state.abandoned(pass);
        }
    }

    private int end() {
        int before = STAGE.getAndSet(this, OVER);
        if (before != OVER) {
            callsOfDeployment.decrementAndGet();
            callsOfProvider.decrementAndGet();
        }
        return before;
    }
}
