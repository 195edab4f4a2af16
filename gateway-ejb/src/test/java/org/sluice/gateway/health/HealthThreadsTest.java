package org.sluice.gateway.health;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.sluice.gateway.error.ErrorType;
import org.sluice.gateway.error.GatewayException;

/** Many threads at once. */
class HealthThreadsTest {
    private static final int THREADS = 8;
    private static final DeploymentKey GPT = new DeploymentKey("openai/gpt-4o", "openai", "operator");
    private final AtomicLong nanos = new AtomicLong();

    /** Runs the work in all threads, each beginning when all are there. */
    private static <T> List<T> together(int threads, Callable<T> work) throws Exception {
        CyclicBarrier ready = new CyclicBarrier(threads);
        ExecutorService pool = Executors.newFixedThreadPool(threads);
        try {
            List<Future<T>> futures = new ArrayList<>();
            for (int i = 0; i < threads; i++) {
                futures.add(pool.submit(() -> {
                    ready.await();
                    return work.call();
                }));
            }
            List<T> results = new ArrayList<>();
            for (Future<T> future : futures) {
                results.add(future.get());
            }
            return results;
        } finally {
            pool.shutdownNow();
        }
    }

    private static HealthSettings settings(int bulkhead) {
        HealthSettings some = HealthSettings.defaults();
        return new HealthSettings(some.circuit(), some.cooldown(), some.cooldownMax(), some.credentialRefusals(), some.credentialRecheck(),
                some.timeoutMin(), bulkhead, some.callMax(), 64, null);
    }

    @Test
    void of_many_that_come_at_once_one_is_the_probe() throws Exception {
        DeploymentHealth health = DeploymentHealth.of(HealthSettings.defaults(), nanos::get, Clock.systemUTC());
        health.admit(GPT).abandoned();
        for (int round = 0; round < 300; round++) {
            health.open("openai/gpt-4o");
            nanos.addAndGet(30_000_000_000L);
            boolean isEarly = round % 2 == 1;
            List<Admission> admissions = together(THREADS, () -> isEarly ? health.admitProbe(GPT) : health.admit(GPT));
            List<Admission> granted = admissions.stream().filter(Admission::isGranted).toList();
            assertThat(granted).as("round " + round).hasSize(1);
            granted.get(0).succeeded(1, 1);
            assertThat(health.deployments().get(0).state()).isEqualTo("closed");
        }
        assertThat(health.deployments().get(0).callsUnderWay()).isZero();
    }

    @Test
    void the_bulkhead_is_never_exceeded_and_everything_is_at_rest_at_the_end() throws Exception {
        DeploymentHealth health = DeploymentHealth.of(settings(5), nanos::get, Clock.systemUTC());
        AtomicInteger inside = new AtomicInteger();
        AtomicInteger most = new AtomicInteger();
        AtomicInteger seeds = new AtomicInteger();
        AtomicInteger granted = new AtomicInteger();
        together(THREADS, () -> {
            SplittableRandom random = new SplittableRandom(seeds.incrementAndGet());
            for (int i = 0; i < 30_000; i++) {
                nanos.addAndGet(random.nextInt(50_000_000));
                DeploymentKey key = new DeploymentKey("openai/m" + random.nextInt(100), "openai", random.nextInt(4) == 0 ? "request:" + random.nextInt(100) : "operator");
                Admission admission = random.nextInt(10) == 0 ? health.admitProbe(key) : health.admit(key);
                if (admission.isGranted()) {
                    most.accumulateAndGet(inside.incrementAndGet(), Math::max);
                    granted.incrementAndGet();
                    if (random.nextBoolean()) {
                        admission.answered(random.nextInt(1_000_000));
                    }
                    if (random.nextInt(8) == 0) {
                        Thread.yield();
                    }
                    inside.decrementAndGet();
                    tell(admission, random);
                }
            }
            return null;
        });
        assertThat(granted.get()).isGreaterThan(1000);
        assertThat(most.get()).isLessThanOrEqualTo(5);
        assertThat(health.callsByProvider()).containsEntry("openai", 0);
        assertThat(health.deployments()).isNotEmpty().allSatisfy(status -> assertThat(status.callsUnderWay()).isZero());
    }

    private static void tell(Admission admission, SplittableRandom random) {
        switch (random.nextInt(5)) {
            case 0 -> admission.succeeded(random.nextInt(100), random.nextInt(100));
            case 1 -> admission.failed(new GatewayException(ErrorType.UPSTREAM_RESET, "x"));
            case 2 -> admission.failed(DeploymentHealthTest.status(429, java.util.Map.of("retry-after-ms", "5")));
            case 3 -> admission.failed(DeploymentHealthTest.status(401, java.util.Map.of()));
            default -> admission.abandoned();
        }
    }
}
