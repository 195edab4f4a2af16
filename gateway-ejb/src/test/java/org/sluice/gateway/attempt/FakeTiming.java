package org.sluice.gateway.attempt;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.sluice.gateway.provider.Cancellation;

/** A clock that goes on by the pauses alone, and notes them. */
final class FakeTiming implements Timing {
    static final Instant NOW = Instant.parse("2026-11-25T12:00:00Z");
    final List<Double> pauses = new ArrayList<>();
    double chance = 0.5;
    Runnable duringPause = () -> { };
    private long nanos = 1_000;

    void pass(double seconds) {
        nanos += (long) (seconds * 1e9);
    }

    @Override
    public long nanos() {
        return nanos;
    }

    @Override
    public Instant now() {
        return NOW;
    }

    @Override
    public double chance() {
        return chance;
    }

    @Override
    public void pause(long wait, Cancellation cancellation) {
        pauses.add(wait / 1e9);
        nanos += wait;
        duringPause.run();
    }
}
