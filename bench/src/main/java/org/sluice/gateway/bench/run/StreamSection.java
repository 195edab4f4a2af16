package org.sluice.gateway.bench.run;

import java.util.function.Function;
import org.sluice.gateway.bench.load.Tally;
import org.sluice.gateway.bench.mock.Plan;

/** Streams of 100 chunks: all at once, for the CPU of the bytes, and one every 10 ms, for the CPU of waiting and the delay of a chunk. */
final class StreamSection {
    private static final int CHUNKS = 100;
    private static final int PACE_MILLIS = 10;
    private static final int CONNECTIONS = 16;
    private static final double PACED_RATE = 40;
    private final Measure measure;
    private final String name;
    private final Function<Plan, Calls.Pair> calls;

    StreamSection(Measure measure, String name, Function<Plan, Calls.Pair> calls) {
        this.measure = measure;
        this.name = name;
        this.calls = calls;
    }

    void run() {
        burst(calls.apply(new Plan(CHUNKS, 0, 0)));
        paced(calls.apply(new Plan(CHUNKS, PACE_MILLIS, 0)));
    }

    private void burst(Calls.Pair pair) {
        measure.warm(pair.through());
        Report report = measure.report();
        measure.direct(Job.closed(pair.direct(), CONNECTIONS, measure.window(5)));
        Tally direct = measure.direct(Job.closed(pair.direct(), CONNECTIONS, measure.window(5)));
        Measure.Window through = measure.through(Job.closed(pair.through(), CONNECTIONS, measure.window(12)));
        report.add(name, "CPU a stream of " + CHUNKS + " chunks at once", "us", through.wholeCpuPerCall());
        report.add(name, "the same a chunk", "us", through.wholeCpuPerCall() / CHUNKS);
        report.add(name, "highest rate, closed loop of " + CONNECTIONS, "streams/s", direct.rate(), through.tally().rate());
        report.add(name, "lost chunks", "count", direct.lostChunks(), through.tally().lostChunks());
    }

    private void paced(Calls.Pair pair) {
        Report report = measure.report();
        measure.through(Job.open(pair.through(), 200, PACED_RATE, measure.window(5)));
        Tally direct = measure.direct(Job.open(pair.direct(), 200, PACED_RATE, measure.window(12)));
        Measure.Window through = measure.through(Job.open(pair.through(), 200, PACED_RATE, measure.window(12)));
        Tally tally = through.tally();
        report.add(name, "CPU a stream, " + (int) PACED_RATE + " streams/s, a chunk every " + PACE_MILLIS + " ms", "us", through.wholeCpuPerCall());
        report.add(name, "the same a chunk", "us", through.wholeCpuPerCall() / CHUNKS);
        report.add(name, "first chunk p50", "ms", direct.firstChunk().millisAt(50), tally.firstChunk().millisAt(50));
        report.add(name, "first chunk p99", "ms", direct.firstChunk().millisAt(99), tally.firstChunk().millisAt(99));
        report.add(name, "way of a chunk p50", "ms", direct.lag().millisAt(50), tally.lag().millisAt(50));
        report.add(name, "way of a chunk p99", "ms", direct.lag().millisAt(99), tally.lag().millisAt(99));
        report.add(name, "lost chunks, paced", "count", direct.lostChunks(), tally.lostChunks());
    }
}
