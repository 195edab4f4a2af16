package org.sluice.gateway.bench.run;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import org.sluice.gateway.bench.load.Tally;
import org.sluice.gateway.bench.mock.Plan;

/** Runs all sections; see the package. */
public final class Bench {
    private final Options options;
    private final Report report = new Report();

    private Bench(Options options) {
        this.options = options;
    }

    public static void main(String[] arguments) throws IOException, InterruptedException {
        try {
            new Bench(Options.read(arguments)).run();
        } catch (IllegalArgumentException e) {
            System.err.println("bench: " + e.getMessage());
            System.exit(2);
        }
        System.exit(0);
    }

    private void run() throws IOException, InterruptedException {
        describe();
        try (Processes processes = new Processes(options)) {
            try (Gateway gateway = new Gateway(options, "lane", processes.mockPort(), Map.of())) {
                sections(new Measure(options, processes, gateway, report));
            }
            if (isWanted("resource")) {
                doors(processes);
            }
        } finally {
            report.write(options.root().resolve("bench/target/bench.json"));
        }
    }

    private void describe() throws IOException {
        report.circumstance("time", Instant.now().truncatedTo(ChronoUnit.SECONDS));
        report.circumstance("server", options.server() + (options.isShort() ? " (short run: the figures mean little)" : ""));
        report.circumstance("jdk", System.getProperty("java.vendor.version") + " " + System.getProperty("java.runtime.version"));
        report.circumstance("machine", System.getProperty("os.name") + " " + System.getProperty("os.arch") + ", "
                + Runtime.getRuntime().availableProcessors() + " processors shared by mock, load and gateway");
        double load = java.lang.management.ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage();
        report.circumstance("load average before", load);
        report.begin();
    }

    private boolean isWanted(String section) {
        return options.sections().isEmpty() || options.sections().contains(section);
    }

    private void sections(Measure measure) throws IOException, InterruptedException {
        Calls calls = measure.calls();
        section(measure, "whole", () -> new WholeSection(measure, "whole", calls.whole()).run());
        section(measure, "floor", () -> new FloorSection(measure, "floor").run());
        section(measure, "stream", () -> new StreamSection(measure, "stream", calls::stream).run());
        section(measure, "translated", () -> {
            new WholeSection(measure, "translated", calls.translatedWhole()).run();
            new StreamSection(measure, "translated stream", calls::translatedStream).run();
        });
        section(measure, "1000 streams", () -> many(new ManyStreamsSection(measure, "1000 streams", options.isShort() ? 200 : 1_000,
                new Plan(options.isShort() ? 40 : 200, 50, 0), measure.window(25))));
        section(measure, "3000 slow", () -> many(new ManyStreamsSection(measure, "3000 slow", options.isShort() ? 200 : 3_000,
                new Plan(options.isShort() ? 4 : 20, 1_000, 0), options.isShort() ? Duration.ofSeconds(6) : Duration.ofSeconds(30))));
    }

    private interface Section {
        void run() throws IOException, InterruptedException;
    }

    private void section(Measure measure, String name, Section section) throws IOException, InterruptedException {
        if (isWanted(name)) {
            section.run();
            measure.checkLog(name);
        }
    }

    private void many(ManyStreamsSection section) throws IOException, InterruptedException {
        if (options.openFiles() < section.openFiles()) {
            System.err.println("bench: left out a section that needs " + section.openFiles() + " open files a process; the limit is "
                    + options.openFiles() + " (raise it with ulimit -n, or in limits.conf)");
            return;
        }
        section.run();
    }

    /** The same call by the resource and by the lane, on a fresh gateway each, one after the other. */
    private void doors(Processes processes) throws IOException, InterruptedException {
        for (boolean isLane : new boolean[] {false, true}) {
            String name = isLane ? "fast lane" : "resource";
            Map<String, String> settings = Map.of("GATEWAY_DOOR_FAST_LANE", String.valueOf(isLane));
            try (Gateway gateway = new Gateway(options, "door", processes.mockPort(), settings)) {
                Measure measure = new Measure(options, processes, gateway, report);
                Calls.Pair pair = measure.calls().whole();
                measure.warm(pair.through());
                Measure.Window window = measure.through(Job.closed(pair.through(), 32, measure.window(12)));
                Tally tally = window.tally();
                report.add("door", "CPU a call, " + name, "us", window.wholeCpuPerCall());
                report.add("door", "highest rate, " + name, "calls/s", tally.rate());
                measure.checkLog("door");
            }
        }
    }
}
