package org.sluice.gateway.balance;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.sluice.gateway.health.Admission;
import org.sluice.gateway.health.DeploymentHealth;
import org.sluice.gateway.health.DeploymentKey;
import org.sluice.gateway.health.HealthSettings;
import org.sluice.gateway.organization.BalanceStrategy;

/**
 * A simulation of a quarter of an hour, seeded, without a real clock: calls come at random, 40 a second, to five deployments that
 * answer in 200 ms on average; one of them becomes ten times as slow in the second five minutes.
 */
class LeastLatencyTest {
    private static final double SECOND = 1e9;
    private static final double MEAN_GAP = SECOND / 40;
    private static final double QUICK = 0.2 * SECOND;
    private static final int SLOW_ONE = 2;
    private static final double SLOW_FROM = 300 * SECOND;
    private static final double SLOW_TO = 600 * SECOND;

    private record Event(long at, Runnable what) { }

    /** Times to the first byte of the calls that began in the slow time, and of those after it. */
    private static final class Simulation {
        private final SplittableRandom random = new SplittableRandom(4711);
        private final PriorityQueue<Event> events = new PriorityQueue<>(Comparator.comparingLong(Event::at));
        private final List<Candidate> candidates = IntStream.range(0, 5)
                .mapToObj(i -> new Candidate(new DeploymentKey("d" + i, "d" + i, "operator"), 1, null, 0, 0)).toList();
        private final DeploymentHealth health = DeploymentHealth.of(HealthSettings.defaults(), () -> this.now, Clock.systemUTC());
        private final Balancer balancer = Balancer.of(health, new SplittableRandom(99));
        private final BalanceStrategy strategy;
        private final List<Double> slowTimes = new ArrayList<>();
        private int slowOneAfter;
        private int callsAfter;
        private long now;

        Simulation(BalanceStrategy strategy) {
            this.strategy = strategy;
            arrive();
            while (now < 900 * SECOND) {
                Event next = events.poll();
                now = next.at;
                next.what.run();
            }
        }

        private void arrive() {
            events.add(new Event(now + (long) (-Math.log(1 - random.nextDouble()) * MEAN_GAP), () -> {
                call();
                arrive();
            }));
        }

        private void call() {
            int target = balancer.order(strategy, candidates, null)[0];
            boolean isSlowTime = now >= SLOW_FROM && now < SLOW_TO;
            double time = (0.5 + random.nextDouble()) * QUICK * (isSlowTime && target == SLOW_ONE ? 10 : 1);
            if (isSlowTime) {
                slowTimes.add(time);
            } else if (now > SLOW_TO + 60 * SECOND) {
                callsAfter++;
                slowOneAfter += target == SLOW_ONE ? 1 : 0;
            }
            Admission admission = health.admit(candidates.get(target).key());
            events.add(new Event(now + (long) time, () -> {
                admission.answered((long) time);
                admission.succeeded(10, 10);
            }));
        }

        double mean() {
            return slowTimes.stream().mapToDouble(time -> time).average().orElseThrow();
        }

        double percentile(double share) {
            return slowTimes.stream().sorted().skip((long) (slowTimes.size() * share)).findFirst().orElseThrow();
        }
    }

    @Test
    void under_one_slow_deployment_it_beats_weights_more_than_twice_on_average_and_five_times_at_p95() {
        Simulation weighted = new Simulation(BalanceStrategy.WEIGHTED);
        Simulation quickest = new Simulation(BalanceStrategy.LEAST_LATENCY);
        assertThat(weighted.mean() / quickest.mean()).isGreaterThan(2.0);
        assertThat(weighted.percentile(0.95) / quickest.percentile(0.95)).isGreaterThan(5.0);
    }

    @Test
    void one_that_is_quick_again_gets_its_share_again() {
        Simulation quickest = new Simulation(BalanceStrategy.LEAST_LATENCY);
        assertThat((double) quickest.slowOneAfter / quickest.callsAfter).isBetween(0.15, 0.25);
    }
}
