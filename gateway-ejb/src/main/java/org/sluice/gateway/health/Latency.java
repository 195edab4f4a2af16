package org.sluice.gateway.health;

import java.util.concurrent.atomic.AtomicReference;

/**
 * Peak-sensitive moving average of the time to the first byte: it jumps to a longer time at once and comes down from it
 * over some ten seconds, also when nothing is seen, so that a slow deployment is tried again. Thread-safe.
 */
final class Latency {
    private static final double DECAY_NANOS = 10e9;

    private record Average(double nanos, long at) { }

    private final AtomicReference<Average> average = new AtomicReference<>();

    void observe(long taken, long now) {
        Average old;
        Average next;
        do {
            old = average.get();
            next = old == null || taken > old.nanos * weight(old, now) ? new Average(taken, now)
                    : new Average(old.nanos * weight(old, now) + taken * (1 - weight(old, now)), now);
        } while (!average.compareAndSet(old, next));
    }

    /** In nanoseconds; 0 when nothing was seen. */
    double now(long now) {
        Average known = average.get();
        return known == null ? 0 : known.nanos * weight(known, now);
    }

    /** As of the last observation, in nanoseconds; 0 when there was none. */
    double last() {
        Average known = average.get();
        return known == null ? 0 : known.nanos;
    }

    private static double weight(Average old, long now) {
        return Math.exp(-Math.max(0, now - old.at) / DECAY_NANOS);
    }
}
