package org.sluice.gateway.bench.run;

import java.io.Serializable;
import java.time.Duration;
import org.sluice.gateway.bench.load.Target;

/**
 * One run of the load, sent to its process; the answer is a Tally.
 *
 * @param rate calls a second, 0 for a closed loop
 * @param calls of an open loop
 * @param time of a closed loop, or what an open loop waits for the last answers
 */
record Job(Target target, int connections, double rate, long calls, Duration time) implements Serializable {

    static Job closed(Target target, int connections, Duration time) {
        return new Job(target, connections, 0, 0, time);
    }

    /** @param time of sending; half a minute more is left for the last answers */
    static Job open(Target target, int connections, double rate, Duration time) {
        return new Job(target, connections, rate, Math.max(1, Math.round(rate * time.toMillis() / 1000)), Duration.ofSeconds(30));
    }

    Job within(Duration grace) {
        return new Job(target, connections, rate, calls, grace);
    }
}
