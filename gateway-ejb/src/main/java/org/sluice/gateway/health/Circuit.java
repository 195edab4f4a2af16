package org.sluice.gateway.health;

import java.util.concurrent.atomic.AtomicInteger;
import org.sluice.gateway.health.HealthSettings.CircuitSettings;

/**
 * The circuit breaker of one deployment, as MicroProfile Fault Tolerance has it, but over a window of time. It also opens
 * after {@code requestVolumeThreshold} failures in a row, however long they took, for deployments with few calls.
 * Whoever was let in tells the outcome with the pass it got. Thread-safe; closed, it costs a few atomic operations a call.
 */
final class Circuit {
    /** Passes above it are numbers of probes. */
    static final long CLOSED_PASS = 0;
    static final long NO_PASS = -1;
    private static final int PIECES = 10;

    enum State { CLOSED, OPEN, HALF_OPEN }

    private final CircuitSettings settings;
    private final RollingCount successes;
    private final RollingCount failures;
    private final AtomicInteger failuresInRow = new AtomicInteger();
    private volatile State state = State.CLOSED;
    private volatile long openedAt;
    private volatile int timesOpened;
    private long lastProbe;
    private boolean isProbing;
    private long leaseEnd;
    private int successesOfProbes;

    Circuit(CircuitSettings settings) {
        this.settings = settings;
        this.successes = new RollingCount(settings.rollingWindow(), PIECES);
        this.failures = new RollingCount(settings.rollingWindow(), PIECES);
    }

    /**
     * @param isEarly whether a probe may go before the delay is over, because nobody else can be asked
     * @return a pass, or {@link #NO_PASS}
     */
    long enter(long now, boolean isEarly) {
        return state == State.CLOSED ? CLOSED_PASS : probe(now, isEarly);
    }

    private synchronized long probe(long now, boolean isEarly) {
        if (state == State.CLOSED) {
            return CLOSED_PASS;
        }
        boolean isTooSoon = state == State.OPEN && !isEarly && now - openedAt < settings.delay().toNanos();
        boolean isTaken = isProbing && now - leaseEnd < 0;
        if (isTooSoon || isTaken) {
            return NO_PASS;
        }
        state = State.HALF_OPEN;
        isProbing = true;
        leaseEnd = now + settings.probeLease().toNanos();
        return ++lastProbe;
    }

    /**
     * It works: a good answer, or a probe's first piece of one. May be told again with the same pass.
     *
     * @return whether the circuit closed by this
     */
    boolean succeeded(long pass, long now) {
        if (state == State.CLOSED) {
            successes.add(now, 1);
            if (failuresInRow.get() != 0) {
                failuresInRow.set(0);
            }
            return false;
        }
        return pass != CLOSED_PASS && probeSucceeded(pass);
    }

    private synchronized boolean probeSucceeded(long pass) {
        if (state != State.HALF_OPEN || !isProbing || pass != lastProbe) {
            return false;
        }
        isProbing = false;
        if (++successesOfProbes < settings.successThreshold()) {
            return false;
        }
        close();
        return true;
    }

    /** @return whether the circuit opened by this */
    boolean failed(long pass, long now) {
        if (pass != CLOSED_PASS) {
            synchronized (this) {
                if (state == State.HALF_OPEN) {
                    openAt(now);
                    return true;
                }
            }
        }
        if (state == State.CLOSED) {
            failures.add(now, 1);
            long failed = failures.sum(now);
            long all = failed + successes.sum(now);
            int threshold = settings.requestVolumeThreshold();
            if (failuresInRow.incrementAndGet() >= threshold || all >= threshold && failed >= settings.failureRatio() * all) {
                return open(now);
            }
        }
        return false;
    }

    /** The call ended and says nothing. */
    void abandoned(long pass) {
        if (pass != CLOSED_PASS) {
            synchronized (this) {
                isProbing &= pass != lastProbe;
            }
        }
    }

    /** @return false when it was not closed */
    synchronized boolean open(long now) {
        if (state != State.CLOSED) {
            return false;
        }
        openAt(now);
        return true;
    }

    private void openAt(long now) {
        timesOpened++;
        openedAt = now;
        isProbing = false;
        successesOfProbes = 0;
        state = State.OPEN;
    }

    synchronized void close() {
        successes.clear();
        failures.clear();
        failuresInRow.set(0);
        successesOfProbes = 0;
        isProbing = false;
        state = State.CLOSED;
    }

    State state() {
        return state;
    }

    int timesOpened() {
        return timesOpened;
    }

    /** Until the first probe, in nanoseconds; 0 when it is due or unknown. */
    long nanosToProbe(long now) {
        return state == State.OPEN ? Math.max(0, settings.delay().toNanos() - (now - openedAt)) : 0;
    }
}
