package org.sluice.gateway.balance;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import org.sluice.gateway.health.DeploymentHealth;
import org.sluice.gateway.organization.BalanceStrategy;

/** Chooses among candidates. Thread-safe. */
@ApplicationScoped
public class Balancer {
    private static final Map<BalanceStrategy, Strategy> STRATEGIES = new EnumMap<>(Map.of(
            BalanceStrategy.WEIGHTED, new Weighted(), BalanceStrategy.LEAST_LATENCY, new LeastLatency(), BalanceStrategy.LEAST_BUSY, new LeastBusy(),
            BalanceStrategy.LOWEST_COST, new LowestCost(), BalanceStrategy.USAGE, new LeastUsed(), BalanceStrategy.STICKY, new Sticky()));
    @Inject DeploymentHealth health = new DeploymentHealth(); // replaced in a container
    private Supplier<RandomGenerator> random = ThreadLocalRandom::current;

    /** Outside a container. */
    public static Balancer of(DeploymentHealth health) {
        Balancer balancer = new Balancer();
        balancer.health = health;
        return balancer;
    }

    /** The same with one source of chance for all calls. */
    public static Balancer of(DeploymentHealth health, RandomGenerator random) {
        Balancer balancer = of(health);
        balancer.random = () -> random;
        return balancer;
    }

    /**
     * @param affinity the thread's or customer's identifier for STICKY, or null
     * @return positions in {@code candidates} in the order in which they shall be asked, all of them; whether a deployment is
     *     healthy is not looked at: its admission says so
     */
    public int[] order(BalanceStrategy strategy, List<Candidate> candidates, String affinity) {
        if (candidates.size() < 2) {
            return new int[candidates.size()];
        }
        double[] weights = new double[candidates.size()];
        for (int i = 0; i < weights.length; i++) {
            Candidate candidate = candidates.get(i);
            weights[i] = health.weight(candidate.key(), candidate.weight());
        }
        int[] order = Weighted.draw(weights, random.get());
        STRATEGIES.get(strategy).arrange(order, new Round(candidates, weights, candidate -> health.load(candidate.key()), affinity));
        return order;
    }
}
