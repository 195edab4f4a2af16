package org.sluice.gateway.bench.load;

import java.io.Serializable;
import java.util.Map;
import java.util.TreeMap;

/** What came of the calls of one run. Written by the reading thread; read when the run is over. */
public final class Tally implements Serializable {
    private static final long serialVersionUID = 1;
    private final Histogram latency = new Histogram();
    private final Histogram firstChunk = new Histogram();
    private final Histogram lag = new Histogram();
    private final Histogram refusal = new Histogram();
    private final TreeMap<String, Long> errors = new TreeMap<>();
    private long lostChunks;
    private long beginNanos;
    private long endNanos;
    private long windowNanos;
    private long inWindow;

    void begin(long nanos, long window) {
        beginNanos = nanos;
        endNanos = nanos;
        windowNanos = window;
    }

    void end(long nanos) {
        endNanos = nanos;
    }

    void answered(long latencyNanos, long now) {
        latency.record(latencyNanos);
        if (now - beginNanos <= windowNanos) {
            inWindow++;
        }
    }

    void refused(String error, long latencyNanos) {
        refusal.record(latencyNanos);
        failed(error, 0);
    }

    void failed(String error, int chunksLost) {
        errors.merge(error, 1L, Long::sum);
        lostChunks += chunksLost;
    }

    /** From the call's time to the end of its answer, good answers only. */
    public Histogram latency() {
        return latency;
    }

    /** From the call's time to the first stamped chunk. */
    public Histogram firstChunk() {
        return firstChunk;
    }

    /** From the provider's write to our read of each stamped chunk. */
    public Histogram lag() {
        return lag;
    }

    /** From the call's time to the end of an answer that is not 200. */
    public Histogram refusal() {
        return refusal;
    }

    /** Calls by fault. */
    public Map<String, Long> errors() {
        return errors;
    }

    public long answered() {
        return latency.count();
    }

    public long failed() {
        return errors.values().stream().mapToLong(Long::longValue).sum();
    }

    /** Chunks missing in streams that had begun with 200. */
    public long lostChunks() {
        return lostChunks;
    }

    public double seconds() {
        return (endNanos - beginNanos) / 1e9;
    }

    /** Good answers a second; those after a closed loop's time do not count. */
    public double rate() {
        double seconds = Math.min(seconds(), windowNanos / 1e9);
        return seconds > 0 ? inWindow / seconds : 0;
    }
}
