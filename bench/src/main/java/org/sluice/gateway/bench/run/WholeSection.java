package org.sluice.gateway.bench.run;

import java.util.ArrayList;
import java.util.List;
import java.util.function.ToDoubleFunction;
import org.sluice.gateway.bench.load.Tally;

/** Calls that are not streamed: CPU, highest rate, and what the gateway adds at half of that rate. */
final class WholeSection {
    private static final int CONNECTIONS = 32;
    private final Measure measure;
    private final String name;
    private final Calls.Pair calls;

    WholeSection(Measure measure, String name, Calls.Pair calls) {
        this.measure = measure;
        this.name = name;
        this.calls = calls;
    }

    void run() {
        measure.warm(calls.through());
        Report report = measure.report();
        measure.direct(Job.closed(calls.direct(), CONNECTIONS, measure.window(5)));
        Tally direct = measure.direct(Job.closed(calls.direct(), CONNECTIONS, measure.window(5)));
        Measure.Window through = measure.through(Job.closed(calls.through(), CONNECTIONS, measure.window(12)));
        report.add(name, "CPU a call at the highest rate, its row in the database included", "us", through.wholeCpuPerCall());
        report.add(name, "CPU a call at the highest rate, until the answers were there", "us", through.cpuPerCall());
        report.add(name, "highest rate, closed loop of " + CONNECTIONS, "calls/s", direct.rate(), through.tally().rate());
        half(report, through.tally().rate() / 2);
    }

    /** Direct and through take turns three times; the median stands for them, so that one disturbance does not. */
    private void half(Report report, double rate) {
        List<Tally> direct = new ArrayList<>();
        List<Tally> through = new ArrayList<>();
        List<Double> cpu = new ArrayList<>();
        for (int round = 0; round < 3; round++) {
            direct.add(measure.direct(Job.open(calls.direct(), 4 * CONNECTIONS, rate, measure.window(6))));
            Measure.Window window = measure.through(Job.open(calls.through(), 4 * CONNECTIONS, rate, measure.window(6)));
            through.add(window.tally());
            cpu.add(window.wholeCpuPerCall());
        }
        report.add(name, "CPU a call at half of the highest rate, row included", "us", median(cpu));
        add(report, "latency p50 at half rate", direct, through, tally -> tally.latency().millisAt(50));
        add(report, "latency p99 at half rate", direct, through, tally -> tally.latency().millisAt(99));
        add(report, "latency p99.9 at half rate", direct, through, tally -> tally.latency().millisAt(99.9));
        report.add(name, "failed", "count", direct.stream().mapToLong(Tally::failed).sum(), through.stream().mapToLong(Tally::failed).sum());
    }

    private void add(Report report, String figure, List<Tally> direct, List<Tally> through, ToDoubleFunction<Tally> value) {
        report.add(name, figure, "ms", median(direct.stream().map(value::applyAsDouble).toList()), median(through.stream().map(value::applyAsDouble).toList()));
    }

    private static double median(List<Double> values) {
        return values.stream().sorted().toList().get(values.size() / 2);
    }
}
