package org.sluice.gateway.bench.micro;

import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;
import org.sluice.gateway.balance.Balancer;
import org.sluice.gateway.balance.Candidate;
import org.sluice.gateway.health.Admission;
import org.sluice.gateway.health.DeploymentHealth;
import org.sluice.gateway.health.DeploymentKey;
import org.sluice.gateway.organization.BalanceStrategy;
import org.sluice.gateway.usage.Price;

/** What health and balancing cost a call: the order of its targets, admission of the first, its first byte and its outcome. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.SampleTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(2)
public class AdmitAndOrder {
    @Param({"WEIGHTED", "LEAST_LATENCY", "LEAST_BUSY", "LOWEST_COST", "USAGE", "STICKY"})
    public BalanceStrategy strategy;
    @Param({"1", "5"})
    public int targets;
    private final DeploymentHealth health = new DeploymentHealth();
    private final Balancer balancer = Balancer.of(health);
    private final AtomicInteger threads = new AtomicInteger();
    private List<Candidate> candidates;

    /** Whose call it is. */
    @State(Scope.Thread)
    public static class Caller {
        private String affinity;

        @Setup
        public void name(AdmitAndOrder all) {
            affinity = "thread-" + all.threads.incrementAndGet();
        }
    }

    @Setup
    public void make() {
        candidates = IntStream.range(0, targets).mapToObj(i -> new Candidate(new DeploymentKey("openai/gpt-4o#" + i, "openai", "stored:" + i), 1 + i, Price.FREE, 1000, 0)).toList();
    }

    @Benchmark
    public Admission call(Caller caller) {
        int[] order = balancer.order(strategy, candidates, caller.affinity);
        DeploymentKey known = candidates.get(order[0]).key();
        Admission admission = health.admit(new DeploymentKey(known.deployment(), known.provider(), known.credential()));
        admission.answered(200_000_000);
        admission.succeeded(100, 20);
        return admission;
    }
}
