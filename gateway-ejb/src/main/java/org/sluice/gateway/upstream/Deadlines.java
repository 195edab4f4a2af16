package org.sluice.gateway.upstream;

import java.time.Duration;

/** Arithmetic on {@link System#nanoTime()} values, which may wrap. */
final class Deadlines {
    private static final Duration LONGEST = Duration.ofDays(30);

    private Deadlines() { }

    static long earlier(long a, long b) {
        return a - b < 0 ? a : b;
    }

    static long after(long now, Duration duration) {
        return now + nanos(duration);
    }

    static long nanos(Duration duration) {
        return (duration.compareTo(LONGEST) < 0 ? duration : LONGEST).toNanos();
    }
}
