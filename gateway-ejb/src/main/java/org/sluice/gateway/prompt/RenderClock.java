package org.sluice.gateway.prompt;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.function.LongSupplier;

/**
 * The clock of all templates of one call, so that many texts together take no more than one may: an engine asks it every few
 * thousand steps, and after so many questions, or so much CPU time, it says that the time is over. For one thread.
 */
final class RenderClock implements LongSupplier {
    /** An engine asks every 4,096 steps and once when it begins; one template may take 100,000. */
    private static final int MOST_QUESTIONS = 25;
    private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();
    private boolean isBegun;
    private int questions;
    private long startedAt;

    /** Before each template. */
    RenderClock begin() {
        isBegun = false;
        return this;
    }

    @Override
    public long getAsLong() {
        if (!isBegun) {
            isBegun = true;
            return 0;
        }
        long cpu = cpuNanos();
        startedAt = questions == 0 ? cpu : startedAt;
        return ++questions > MOST_QUESTIONS ? Long.MAX_VALUE : cpu - startedAt;
    }

    /** A virtual thread has no such time; the questions bound it. */
    private static long cpuNanos() {
        try {
            return THREADS.getCurrentThreadCpuTime();
        } catch (UnsupportedOperationException e) {
            return 0;
        }
    }
}
