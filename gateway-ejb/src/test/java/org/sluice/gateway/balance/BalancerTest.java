package org.sluice.gateway.balance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.math.BigDecimal;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.sluice.gateway.health.Admission;
import org.sluice.gateway.health.DeploymentHealth;
import org.sluice.gateway.health.DeploymentKey;
import org.sluice.gateway.health.HealthSettings;
import org.sluice.gateway.organization.BalanceStrategy;
import org.sluice.gateway.usage.Price;

class BalancerTest {
    private static final int PICKS = 100_000;
    private final AtomicLong nanos = new AtomicLong();
    private final DeploymentHealth health = DeploymentHealth.of(HealthSettings.defaults(), nanos::get, Clock.systemUTC());
    private final Balancer balancer = Balancer.of(health, new SplittableRandom(20260131));

    private static Candidate candidate(String name, double weight) {
        return new Candidate(new DeploymentKey(name, name, "operator"), weight, null, 0, 0);
    }

    private static List<Candidate> weighing(double... weights) {
        return IntStream.range(0, weights.length).mapToObj(i -> candidate("d" + i, weights[i])).toList();
    }

    /** Of many picks, the share of each candidate at a place in the order. */
    private double[] shares(BalanceStrategy strategy, List<Candidate> candidates, int place) {
        double[] shares = new double[candidates.size()];
        for (int pick = 0; pick < PICKS; pick++) {
            shares[balancer.order(strategy, candidates, null)[place]] += 1.0 / PICKS;
        }
        return shares;
    }

    @ParameterizedTest
    @EnumSource(BalanceStrategy.class)
    void every_order_holds_every_candidate_once(BalanceStrategy strategy) {
        for (int size = 0; size <= 20; size++) {
            List<Candidate> candidates = new ArrayList<>();
            for (int i = 0; i < size; i++) {
                candidates.add(candidate("d" + i, 1 + i));
            }
            int[] order = balancer.order(strategy, candidates, "thread");
            assertThat(Arrays.stream(order).sorted().toArray()).isEqualTo(IntStream.range(0, size).toArray());
        }
    }

    @Test
    void the_first_is_drawn_by_weight_within_two_percent() {
        double[] shares = shares(BalanceStrategy.WEIGHTED, weighing(1, 2, 3, 0.5, 3.5), 0);
        double[] wanted = {0.1, 0.2, 0.3, 0.05, 0.35};
        for (int i = 0; i < wanted.length; i++) {
            assertThat(shares[i]).as("d" + i).isCloseTo(wanted[i], within(0.02));
        }
    }

    @Test
    void the_second_is_drawn_by_weight_among_the_rest() {
        double[] shares = shares(BalanceStrategy.WEIGHTED, weighing(6, 3, 1), 1);
        // P(second = i) = sum over the firsts j of w_j/10 * w_i/(10 - w_j)
        assertThat(shares[0]).isCloseTo(0.3 * 6 / 7 + 0.1 * 6 / 9, within(0.01));
        assertThat(shares[1]).isCloseTo(0.6 * 3 / 4 + 0.1 * 3 / 9, within(0.01));
        assertThat(shares[2]).isCloseTo(0.6 * 1 / 4 + 0.3 * 1 / 7, within(0.01));
    }

    @Test
    void an_operators_weight_replaces_the_configured_one() {
        health.weigh("d1", 7);
        double[] shares = shares(BalanceStrategy.WEIGHTED, weighing(1, 1, 2), 0);
        assertThat(shares[1]).isCloseTo(0.7, within(0.02));
    }

    @Test
    void the_same_seed_gives_the_same_orders() {
        Balancer one = Balancer.of(health, new SplittableRandom(7));
        Balancer other = Balancer.of(health, new SplittableRandom(7));
        for (int i = 0; i < 100; i++) {
            assertThat(one.order(BalanceStrategy.WEIGHTED, weighing(1, 1, 1, 1), null)).isEqualTo(other.order(BalanceStrategy.WEIGHTED, weighing(1, 1, 1, 1), null));
        }
    }

    @Test
    void the_least_busy_for_its_weight_goes_first() {
        List<Candidate> candidates = weighing(1, 1, 4);
        List<Admission> running = new ArrayList<>();
        for (int i = 0; i < 2; i++) {
            running.add(health.admit(candidates.get(0).key()));
            running.add(health.admit(candidates.get(2).key()));
        }
        running.add(health.admit(candidates.get(1).key()));
        assertThat(balancer.order(BalanceStrategy.LEAST_BUSY, candidates, null)).containsExactly(2, 1, 0);
        running.forEach(Admission::abandoned);
        double[] shares = shares(BalanceStrategy.LEAST_BUSY, candidates, 0);
        assertThat(shares[2]).as("all alike: drawn by weight").isCloseTo(4 / 6.0, within(0.02));
    }

    @Test
    void the_cheapest_goes_first_and_what_has_no_price_last() {
        List<Candidate> candidates = List.of(priced("none", null), priced("dear", Price.of(new BigDecimal("3"), new BigDecimal("15"))),
                priced("cheap", Price.of(new BigDecimal("0.15"), new BigDecimal("0.6"))), priced("free", Price.FREE),
                priced("middle", Price.of(new BigDecimal("2.5"), new BigDecimal("10"))));
        assertThat(balancer.order(BalanceStrategy.LOWEST_COST, candidates, null)).containsExactly(3, 2, 4, 1, 0);
    }

    private static Candidate priced(String name, Price price) {
        return new Candidate(new DeploymentKey(name, name, "operator"), 1, price, 0, 0);
    }

    @Test
    void the_largest_share_left_of_what_a_minute_allows_goes_first() {
        List<Candidate> candidates = List.of(limited("a", 100, 0), limited("b", 10, 0), limited("c", 0, 1000), limited("d", 0, 0));
        use("a", 50, 0);
        use("b", 4, 0);
        use("c", 2, 300);
        use("d", 70, 9999);
        assertThat(balancer.order(BalanceStrategy.USAGE, candidates, null)).as("0, 40, 50 and 60 % used").containsExactly(3, 1, 0, 2);
        nanos.addAndGet(66_000_000_000L);
        use("d", 1, 1);
        int[] order = balancer.order(BalanceStrategy.USAGE, candidates, null);
        assertThat(order[3]).as("a minute later only d was used").isEqualTo(3);
    }

    private static Candidate limited(String name, long requests, long tokens) {
        return new Candidate(new DeploymentKey(name, name, "operator"), 1, null, requests, tokens);
    }

    private void use(String name, int calls, int tokensEach) {
        for (int i = 0; i < calls; i++) {
            health.admit(new DeploymentKey(name, name, "operator")).succeeded(tokensEach, 0);
        }
    }

    @Test
    void the_same_thread_meets_the_same_target_and_a_lost_target_moves_only_its_own() {
        List<Candidate> candidates = weighing(1, 2, 3, 4);
        int[] met = new int[4];
        for (int thread = 0; thread < 20_000; thread++) {
            int[] order = balancer.order(BalanceStrategy.STICKY, candidates, "thread-" + thread);
            assertThat(balancer.order(BalanceStrategy.STICKY, candidates, "thread-" + thread)).isEqualTo(order);
            met[order[0]]++;
            int[] without = balancer.order(BalanceStrategy.STICKY, candidates.subList(0, 3), "thread-" + thread);
            assertThat(without[0]).isEqualTo(order[0] == 3 ? order[1] : order[0]);
        }
        for (int i = 0; i < 4; i++) {
            assertThat(met[i] / 20_000.0).as("share by weight").isCloseTo((i + 1) / 10.0, within(0.01));
        }
    }

    @Test
    void every_node_and_every_release_chooses_alike() {
        List<Candidate> candidates = weighing(1, 1, 1, 1);
        StringBuilder firsts = new StringBuilder();
        for (int thread = 0; thread < 16; thread++) {
            firsts.append(balancer.order(BalanceStrategy.STICKY, candidates, "conversation-" + thread)[0]);
        }
        assertThat(firsts.toString()).isEqualTo("1121303110103221");
    }

    @Test
    void who_has_no_name_is_spread_at_random() {
        assertThat(shares(BalanceStrategy.STICKY, weighing(1, 3), 0)[1]).isCloseTo(0.75, within(0.02));
    }
}
