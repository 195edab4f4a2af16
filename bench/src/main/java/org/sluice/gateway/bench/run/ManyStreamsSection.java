package org.sluice.gateway.bench.run;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.sluice.gateway.bench.load.Tally;
import org.sluice.gateway.bench.load.Target;
import org.sluice.gateway.bench.mock.Plan;

/**
 * Many streams at once. They start evenly, as many a second as end, so that after one stream's length {@code concurrent}
 * of them run; the first chunk's time is that of streams which begin among all the others.
 */
final class ManyStreamsSection {
    private static final int SPARE_CONNECTIONS = 200;
    private final Measure measure;
    private final String name;
    private final int concurrent;
    private final Plan plan;
    private final Duration time;

    /** @param time of starting streams; longer than one stream lasts */
    ManyStreamsSection(Measure measure, String name, int concurrent, Plan plan, Duration time) {
        this.measure = measure;
        this.name = name;
        this.concurrent = concurrent;
        this.plan = plan;
        this.time = time;
    }

    /** Open files of one process: the gateway holds two sockets a stream, besides its own files. */
    long openFiles() {
        return 2L * (concurrent + SPARE_CONNECTIONS) + 2_000;
    }

    void run() throws IOException, InterruptedException {
        measure.warm(measure.calls().stream(new Plan(plan.chunks(), 0, 0)).through());
        Calls.Pair pair = measure.calls().stream(plan);
        Report report = measure.report();
        measure.through(job(pair.through(), time.dividedBy(2)));
        Tally direct = measure.direct(job(pair.direct(), time));
        Job job = job(pair.through(), time);
        long before = measure.gateway().cpuNanos();
        CompletableFuture<Tally> running = measure.begin(job);
        int threads = 0;
        while (!isOver(running)) {
            threads = Math.max(threads, measure.gateway().threads());
        }
        Tally through = running.join();
        long cpu = measure.gateway().cpuNanos() - before;
        measure.ended(job, through);
        long chunks = Math.max(1, through.lag().count());
        report.add(name, "streams answered of " + job.calls(), "count", direct.answered(), through.answered());
        report.add(name, "lost chunks of " + job.calls() * plan.chunks(), "count", direct.lostChunks(), through.lostChunks());
        report.add(name, "first chunk p50", "ms", direct.firstChunk().millisAt(50), through.firstChunk().millisAt(50));
        report.add(name, "first chunk p99", "ms", direct.firstChunk().millisAt(99), through.firstChunk().millisAt(99));
        report.add(name, "way of a chunk p50", "ms", direct.lag().millisAt(50), through.lag().millisAt(50));
        report.add(name, "way of a chunk p99", "ms", direct.lag().millisAt(99), through.lag().millisAt(99));
        report.add(name, "CPU a chunk", "us", cpu / 1e3 / chunks);
        report.add(name, "threads of the process, at most", "count", threads);
    }

    private Job job(Target target, Duration time) {
        double streamSeconds = plan.chunks() * plan.delayMillis() / 1000.0;
        return Job.open(target, concurrent + SPARE_CONNECTIONS, concurrent / streamSeconds, time).within(Duration.ofSeconds((long) streamSeconds + 30));
    }

    private static boolean isOver(CompletableFuture<Tally> running) throws InterruptedException {
        try {
            running.get(1, TimeUnit.SECONDS);
            return true;
        } catch (TimeoutException notYet) {
            return false;
        } catch (ExecutionException failed) {
            throw new IllegalStateException(failed.getCause());
        }
    }
}
