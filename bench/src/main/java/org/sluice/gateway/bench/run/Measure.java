package org.sluice.gateway.bench.run;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.sluice.gateway.bench.load.Target;
import org.sluice.gateway.bench.load.Tally;

/** Runs load against one gateway, counts its CPU and its calls, and keeps the figures. */
final class Measure {
    private static final int WARM_CONNECTIONS = 16;
    private static final double SETTLED = 0.05;
    private static final int MOST_ROUNDS = 7;
    private final Options options;
    private final Processes processes;
    private final Gateway gateway;
    private final LogCount log;
    private final Report report;

    Measure(Options options, Processes processes, Gateway gateway, Report report) {
        this.options = options;
        this.processes = processes;
        this.gateway = gateway;
        this.log = new LogCount(gateway);
        this.report = report;
    }

    /**
     * A run and what the gateway's process used meanwhile.
     *
     * @param calls those that were answered, refusals included
     * @param rowMicros CPU after the last answer, until its row was in the database
     */
    record Window(Tally tally, double cpuMicros, long calls, double rowMicros) {
        double cpuPerCall() {
            return cpuMicros / calls;
        }

        /** With everything a call leaves to be done. */
        double wholeCpuPerCall() {
            return (cpuMicros + rowMicros) / calls;
        }
    }

    Options options() {
        return options;
    }

    Report report() {
        return report;
    }

    Gateway gateway() {
        return gateway;
    }

    Calls calls() {
        return new Calls(processes.mockPort(), gateway.port());
    }

    Duration window(int seconds) {
        return Duration.ofSeconds(options.isShort() ? Math.max(2, seconds / 5) : seconds);
    }

    Tally direct(Job job) {
        Tally tally = processes.run(job);
        complain(job, tally);
        return tally;
    }

    /** Completions, each of which leaves a row in the log; begins and ends with all rows in the database. */
    Window through(Job job) {
        log.settle();
        Window window = quiet(job);
        complain(job, window.tally);
        log.add(window.tally.answered(), window.tally.failed());
        long answered = gateway.cpuNanos();
        log.settle();
        return new Window(window.tally, window.cpuMicros, window.calls, (gateway.cpuNanos() - answered) / 1e3);
    }

    /** Calls that leave no row. */
    Window quiet(Job job) {
        long before = gateway.cpuNanos();
        Tally tally = processes.run(job);
        long after = gateway.cpuNanos();
        return new Window(tally, (after - before) / 1e3, tally.answered() + tally.refusal().count(), 0);
    }

    /** In the background, for sections that look at the gateway meanwhile; give the tally to {@link #ended}. */
    CompletableFuture<Tally> begin(Job job) {
        return processes.begin(job);
    }

    void ended(Job job, Tally tally) {
        complain(job, tally);
        log.add(tally.answered(), tally.failed());
    }

    /** Closed loop, until the CPU of a call differs by less than 5 % in two consecutive windows: then the compilers are done. */
    void warm(Target target) {
        int most = options.isShort() ? 2 : MOST_ROUNDS;
        double last = Double.MAX_VALUE;
        for (int round = 1; round <= most; round++) {
            Window window = through(Job.closed(target, WARM_CONNECTIONS, window(8)));
            double now = window.wholeCpuPerCall();
            System.err.printf("bench: warm-up %d of %s: %.0f us, %.0f calls/s%n", round, target.name(), now, window.tally.rate());
            if (round > 2 && Math.abs(now - last) < SETTLED * last) {
                return;
            }
            last = now;
        }
    }

    /** Rows of the log against acknowledged calls, of all sections so far. */
    void checkLog(String section) {
        long difference = log.difference();
        report.add(section, "log rows less acknowledged calls (" + log.acknowledged() + ")", "count", difference);
        if (difference != 0) {
            System.err.println("bench: the log has " + difference + " rows more than there were acknowledged calls");
        }
    }

    private static void complain(Job job, Tally tally) {
        if (tally.failed() > 0) {
            System.err.println("bench: " + job.target().name() + ": " + tally.failed() + " calls failed: " + tally.errors());
        }
    }
}
