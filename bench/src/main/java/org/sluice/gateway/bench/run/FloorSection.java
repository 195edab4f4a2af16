package org.sluice.gateway.bench.run;

import org.sluice.gateway.bench.load.Target;

/** What the server itself costs: a constant answer of a resource, and of the lane that completions take. */
final class FloorSection {
    private static final int CONNECTIONS = 32;
    private final Measure measure;
    private final String name;

    FloorSection(Measure measure, String name) {
        this.measure = measure;
        this.name = name;
    }

    void run() {
        add("constant answer of a resource (GET /api/health-check/)", measure.calls().health());
        add("refusal of a wrong key (401), a completion that ends at the door", measure.calls().wrongKey());
    }

    private void add(String figure, Target target) {
        measure.quiet(Job.closed(target, CONNECTIONS, measure.window(8)));
        Measure.Window window = measure.quiet(Job.closed(target, CONNECTIONS, measure.window(8)));
        measure.report().add(name, "CPU a call, " + figure, "us", window.cpuPerCall());
    }
}
