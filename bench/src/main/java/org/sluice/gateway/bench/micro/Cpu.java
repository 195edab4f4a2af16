package org.sluice.gateway.bench.micro;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import org.openjdk.jmh.annotations.AuxCounters;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/**
 * CPU time of the measuring thread, microseconds for one unit (a request, a chunk), per iteration: other work on the machine
 * does not count, unlike in JMH's own score. Compilers and collector run in threads of their own and are not in it. JMH's table
 * shows the sum of all iterations; each stands in the file of {@code -rf json}.
 */
@State(Scope.Thread)
@AuxCounters(AuxCounters.Type.EVENTS)
public class Cpu {
    private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();
    private long units;
    private long startedNanos;
    private double microsPerUnit;

    @Setup(Level.Iteration)
    public void start() {
        units = 0;
        startedNanos = THREADS.getCurrentThreadCpuTime();
    }

    @TearDown(Level.Iteration)
    public void stop() {
        microsPerUnit = (THREADS.getCurrentThreadCpuTime() - startedNanos) / 1_000.0 / Math.max(1, units);
    }

    void did(int more) {
        units += more;
    }

    public double cpuMicros() {
        return microsPerUnit;
    }
}
