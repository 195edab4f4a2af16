package org.sluice.gateway.upstream;

/**
 * Whether a stream comes fast enough. Only the time spent waiting for it counts: a slow client does not make its provider
 * slow. One thread.
 */
final class Pace {
    private final long leastPerSecond;
    private final long windowNanos;
    private long waitedNanos;
    private long bytes;

    Pace(long leastPerSecond, long windowNanos) {
        this.leastPerSecond = leastPerSecond;
        this.windowNanos = windowNanos;
    }

    /** Bytes that came after a wait; false when the window is full and held too few. */
    boolean isKept(long nanos, int came) {
        waitedNanos += nanos;
        bytes += came;
        if (waitedNanos < windowNanos) {
            return true;
        }
        boolean isKept = bytes >= leastPerSecond * (waitedNanos / 1e9);
        waitedNanos = 0;
        bytes = 0;
        return isKept;
    }
}
