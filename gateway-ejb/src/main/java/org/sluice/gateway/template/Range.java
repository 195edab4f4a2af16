package org.sluice.gateway.template;

import java.util.AbstractList;

/** Python's range, without the memory. */
final class Range extends AbstractList<Object> {
    private final long start;
    private final long stop;
    private final long step;
    private final int size;

    Range(long start, long stop, long step) {
        if (step == 0) {
            throw Failure.value("range() arg 3 must not be zero");
        }
        bounded(start);
        bounded(stop);
        bounded(step);
        long count = step > 0 ? Math.max(0, (stop - start + step - 1) / step) : Math.max(0, (start - stop - step - 1) / -step);
        if (count > TemplateLimits.RANGE) {
            throw Failure.limit("range() has more than " + TemplateLimits.RANGE + " items");
        }
        this.start = start;
        this.stop = stop;
        this.step = step;
        size = (int) count;
    }

    private static void bounded(long value) {
        if (value > 1L << 60 || value < -(1L << 60)) {
            throw Failure.limit("an argument of range() is too large");
        }
    }

    @Override
    public Object get(int index) {
        return start + index * step;
    }

    @Override
    public int size() {
        return size;
    }

    @Override
    public String toString() {
        return "range(" + start + ", " + stop + (step == 1 ? "" : ", " + step) + ")";
    }
}
