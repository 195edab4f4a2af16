package org.sluice.gateway.bench.load;

import java.io.Serializable;

/**
 * Counts of durations in nanoseconds, log-linear: 128 buckets for each power of two, so a value read back is at most 0.8 %
 * above the recorded one. For one thread.
 */
public final class Histogram implements Serializable {
    private static final long serialVersionUID = 1;
    private static final int SUB_BITS = 7;
    private static final int SUB = 1 << SUB_BITS;
    private final long[] counts = new long[(Long.SIZE - SUB_BITS) * SUB];
    private long count;
    private long max;
    private double sum;

    /** Negative values count as 0. */
    public void record(long nanos) {
        long value = Math.max(0, nanos);
        counts[bucket(value)]++;
        count++;
        sum += value;
        max = Math.max(max, value);
    }

    public void add(Histogram other) {
        for (int i = 0; i < counts.length; i++) {
            counts[i] += other.counts[i];
        }
        count += other.count;
        sum += other.sum;
        max = Math.max(max, other.max);
    }

    public long count() {
        return count;
    }

    public long maxNanos() {
        return max;
    }

    public double meanNanos() {
        return count == 0 ? 0 : sum / count;
    }

    /** The value that {@code percent} of all values do not exceed; 0 when there are none. */
    public long nanosAt(double percent) {
        long wanted = Math.max(1, (long) Math.ceil(count * percent / 100));
        long seen = 0;
        for (int i = 0; i < counts.length; i++) {
            seen += counts[i];
            if (seen >= wanted) {
                return Math.min(max, highest(i));
            }
        }
        return max;
    }

    /** How many values are greater, to the precision of a bucket. */
    public long countAbove(long nanos) {
        long above = 0;
        for (int i = bucket(nanos) + 1; i < counts.length; i++) {
            above += counts[i];
        }
        return above;
    }

    public double millisAt(double percent) {
        return nanosAt(percent) / 1e6;
    }

    private static int bucket(long value) {
        if (value < SUB) {
            return (int) value;
        }
        int shift = Long.SIZE - SUB_BITS - 1 - Long.numberOfLeadingZeros(value);
        return (shift + 1) * SUB + (int) (value >>> shift) - SUB;
    }

    /** The largest value that falls into the bucket. */
    private static long highest(int bucket) {
        if (bucket < SUB) {
            return bucket;
        }
        int shift = bucket / SUB - 1;
        return ((long) (bucket % SUB + SUB + 1) << shift) - 1;
    }
}
