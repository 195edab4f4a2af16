package org.sluice.gateway.pipeline;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.assertj.core.api.Assertions.tuple;

import java.time.Clock;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.sluice.gateway.attempt.AttemptRunner;
import org.sluice.gateway.balance.Balancer;
import org.sluice.gateway.call.Call;
import org.sluice.gateway.call.Reply;
import org.sluice.gateway.config.GatewayConfig;
import org.sluice.gateway.conversation.Conversations;
import org.sluice.gateway.credential.CredentialResolver;
import org.sluice.gateway.error.ErrorType;
import org.sluice.gateway.error.GatewayException;
import org.sluice.gateway.health.DeploymentHealth;
import org.sluice.gateway.health.HealthSettings;
import org.sluice.gateway.log.AttemptRecord;
import org.sluice.gateway.log.CallRecord;
import org.sluice.gateway.log.RequestLogWriter;
import org.sluice.gateway.meter.CallMeter;
import org.sluice.gateway.organization.Organizations;
import org.sluice.gateway.prompt.PromptResolver;
import org.sluice.gateway.provider.Provider;
import org.sluice.gateway.route.Asking;
import org.sluice.gateway.route.FakeProvider;
import org.sluice.gateway.route.Planning;

/** What whole calls make of deployments that fail, cool, are refused or say nothing. */
class UnhealthyDeploymentsTest {
    private final FakeProvider openai = new FakeProvider("openai");
    private final FakeProvider gemini = new FakeProvider("gemini").answers(200, FakeProvider.answer("gemini-2.5-flash", "From Gemini."));
    private final List<CallRecord> rows = new CopyOnWriteArrayList<>();
    private final AtomicLong nanos = new AtomicLong();
    private DeploymentHealth health = DeploymentHealth.of(HealthSettings.defaults(), nanos::get, Clock.systemUTC());
    private CompletionPipeline pipeline = pipeline();

    private CompletionPipeline pipeline() {
        List<Provider> providers = List.of(openai, gemini);
        GatewayConfig config = GatewayConfig.of(Map.of());
        CompletionPipeline made = new CompletionPipeline();
        made.routes = Planning.of(providers, CredentialResolver.of(config, providers), Balancer.of(health), new Organizations());
        made.attempts = AttemptRunner.of(null, health);
        made.log = new RequestLogWriter() {
            @Override public void started(Call call, String deployment, long inputTokens) { }
            @Override public void ended(CallRecord record) { rows.add(record); }
        };
        made.prompts = new PromptResolver();
        made.recorder = new CallRecorder();
        made.recorder.log = made.log;
        made.recorder.meter = new CallMeter();
        made.recorder.config = config;
        made.conversations = Conversations.of(config);
        return made;
    }

    private static HealthSettings withBulkhead(int calls) {
        HealthSettings some = HealthSettings.defaults();
        return new HealthSettings(some.circuit(), some.cooldown(), some.cooldownMax(), some.credentialRefusals(), some.credentialRecheck(),
                some.timeoutMin(), calls, some.callMax(), some.deploymentsMax(), null);
    }

    private String whole(Asking asking) {
        return new String(((Reply.Whole) pipeline.execute(asking.call())).body(), UTF_8);
    }

    private GatewayException refused(Asking asking) {
        return catchThrowableOfType(GatewayException.class, () -> whole(asking));
    }

    private static Asking withFallback() {
        return Asking.model("openai/gpt-4o").fallbacks("gemini/gemini-2.5-flash");
    }

    private List<AttemptRecord> lastAttempts() {
        return rows.get(rows.size() - 1).attempts();
    }

    @Test
    @DisplayName("U41 an open circuit is skipped, the row says so, other models are asked, a good probe closes it")
    void u41() {
        openai.refuses(500, "down");
        for (int call = 0; call < 20; call++) {
            assertThat(whole(withFallback())).contains("From Gemini.");
            nanos.addAndGet(Duration.ofMillis(400).toNanos());
        }
        assertThat(openai.requests()).hasSize(20);
        assertThat(whole(withFallback())).contains("From Gemini.");
        assertThat(openai.requests()).hasSize(20);
        assertThat(lastAttempts()).extracting(AttemptRecord::deployment, AttemptRecord::skipped)
                .containsExactly(tuple("openai/gpt-4o", "circuit open"), tuple("gemini/gemini-2.5-flash", null));
        whole(Asking.model("openai/gpt-4o-mini").fallbacks("gemini/gemini-2.5-flash"));
        assertThat(openai.requests()).as("another model of the provider").hasSize(21);
        nanos.addAndGet(Duration.ofSeconds(30).toNanos());
        openai.answers(200, FakeProvider.answer("gpt-4o", "From OpenAI."));
        whole(withFallback()); // the script's last step but one is still the failure: this probe opens the circuit again
        assertThat(openai.requests()).hasSize(22);
        nanos.addAndGet(Duration.ofSeconds(30).toNanos());
        assertThat(whole(withFallback())).contains("From OpenAI.");
        assertThat(whole(withFallback())).contains("From OpenAI.");
        assertThat(openai.requests()).hasSize(24);
    }

    @Test
    void with_nobody_else_to_ask_the_provider_is_asked_in_spite_of_an_open_circuit_a_cooldown_or_a_refused_credential() {
        openai.refuses(503, "busy").refuses(429, "slow down", "retry-after", "60").refuses(401, "who are you");
        whole(Asking.model("gemini/gemini-2.5-flash"));
        assertThat(refused(Asking.model("openai/gpt-4o")).status()).isEqualTo(503);
        health.open("openai/gpt-4o");
        assertThat(refused(Asking.model("openai/gpt-4o")).status()).as("a probe").isEqualTo(429);
        for (int call = 0; call < 5; call++) {
            assertThat(refused(Asking.model("openai/gpt-4o")).status()).as("the provider's own words").isEqualTo(401);
        }
        assertThat(health.deployments()).anyMatch(status -> status.id().startsWith("openai/gpt-4o@") && status.refusedStatus() == 401);
    }

    @Test
    void of_two_that_cool_both_are_asked_before_the_client_hears_no() {
        openai.refuses(429, "slow down", "retry-after", "60");
        FakeProvider cooling = gemini;
        cooling.refuses(429, "not so fast", "retry-after", "60");
        whole(Asking.model("gemini/gemini-2.5-flash")); // the script's first step
        assertThat(refused(withFallback()).status()).isEqualTo(429);
        int before = openai.requests().size();
        assertThat(refused(withFallback()).status()).isEqualTo(429);
        assertThat(openai.requests()).hasSizeGreaterThan(before);
    }

    @Test
    void a_retry_that_the_call_asked_for_is_made_although_the_deployment_cools() {
        openai.refuses(429, "slow down").answers(200, FakeProvider.answer("gpt-4o", "From OpenAI."));
        assertThat(whole(Asking.model("openai/gpt-4o").retries(2, 0.001))).contains("From OpenAI.");
        assertThat(lastAttempts()).extracting(AttemptRecord::status).containsExactly(429, 200);
    }

    @Test
    void what_is_drained_is_not_asked_and_the_client_hears_why() {
        openai.answers(200, FakeProvider.answer("gpt-4o", "From OpenAI."));
        health.drain("openai/gpt-4o");
        assertThat(whole(withFallback())).contains("From Gemini.");
        GatewayException refused = refused(Asking.model("openai/gpt-4o"));
        assertThat(refused.type()).isEqualTo(ErrorType.NO_TARGET);
        assertThat(refused.getMessage()).contains("drained");
        assertThat(openai.requests()).isEmpty();
        health.resume("openai/gpt-4o");
        assertThat(whole(Asking.model("openai/gpt-4o"))).contains("From OpenAI.");
    }

    /** A JDK without virtual threads: 512 of them for all calls. */
    private static ThreadPoolExecutor threads() {
        return new ThreadPoolExecutor(0, 512, 30, TimeUnit.SECONDS, new SynchronousQueue<>(), task -> {
            Thread thread = new Thread(null, task, "test-call", 256 * 1024);
            thread.setDaemon(true);
            return thread;
        });
    }

    @Test
    @DisplayName("U42 1,000 calls to a silent provider: 256 wait, the rest is refused at once, another provider's p99 stays")
    void u42() throws Exception {
        CountDownLatch end = new CountDownLatch(1);
        openai.does(request -> {
            await(end);
            throw new GatewayException(ErrorType.UPSTREAM_TIMEOUT, "x");
        });
        health = DeploymentHealth.of(withBulkhead(256), System::nanoTime, Clock.systemUTC());
        pipeline = pipeline();
        ThreadPoolExecutor threads = threads();
        try {
            long before = bestP99(threads);
            CountDownLatch refusals = flood(threads, 744);
            assertThat(refusals.await(60, TimeUnit.SECONDS)).as("all but 256 were refused").isTrue();
            assertThat(health.callsByProvider()).containsEntry("openai", 256);
            assertThat(openai.requests()).hasSize(256);
            long during = bestP99(threads);
            assertThat(during).as("p99 before %d ns", before).isLessThanOrEqualTo(Math.max(before * 12 / 10, before + 2_000_000));
            assertThat(threads.getLargestPoolSize()).isLessThanOrEqualTo(512);
            long began = System.nanoTime();
            assertThat(refused(Asking.model("openai/gpt-4o")).getMessage()).contains("too many calls");
            assertThat(System.nanoTime() - began).isLessThan(50_000_000);
            end.countDown();
            threads.shutdown();
            assertThat(threads.awaitTermination(60, TimeUnit.SECONDS)).isTrue();
            assertThat(health.callsByProvider()).containsEntry("openai", 0);
        } finally {
            end.countDown();
            threads.shutdownNow();
        }
    }

    @Test
    void without_the_bulkhead_the_silent_provider_takes_every_thread() throws Exception {
        CountDownLatch end = new CountDownLatch(1);
        openai.does(request -> {
            await(end);
            throw new GatewayException(ErrorType.UPSTREAM_TIMEOUT, "x");
        });
        health = DeploymentHealth.of(withBulkhead(100_000), System::nanoTime, Clock.systemUTC());
        pipeline = pipeline();
        ThreadPoolExecutor threads = threads();
        try {
            assertThat(flood(threads, 488).await(60, TimeUnit.SECONDS)).isTrue();
            Throwable refused = catchThrowableOfType(RejectedExecutionException.class, () -> threads.submit(() -> whole(Asking.model("gemini/gemini-2.5-flash"))));
            assertThat(refused).isNotNull();
        } finally {
            end.countDown();
            threads.shutdownNow();
        }
    }

    private static void await(CountDownLatch end) {
        try {
            end.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** 1,000 calls; counts down with each that is refused, by the pool of threads or by the bulkhead. */
    private CountDownLatch flood(ThreadPoolExecutor threads, int refusalsExpected) {
        CountDownLatch refusals = new CountDownLatch(refusalsExpected);
        for (int call = 0; call < 1000; call++) {
            try {
                threads.execute(() -> {
                    if (refused(Asking.model("openai/gpt-4o")).type() == ErrorType.NO_TARGET) {
                        refusals.countDown();
                    }
                });
            } catch (RejectedExecutionException full) {
                refusals.countDown();
            }
        }
        return refusals;
    }

    /** Of the 99th percentiles of eight rounds of calls, one after the other, the best: other work on the machine is not our matter. */
    private long bestP99(ThreadPoolExecutor threads) throws InterruptedException, ExecutionException {
        Callable<String> work = () -> whole(Asking.model("gemini/gemini-2.5-flash"));
        long best = Long.MAX_VALUE;
        for (int round = 0; round < 8; round++) {
            long[] times = new long[200];
            for (int call = 0; call < times.length; call++) {
                long began = System.nanoTime();
                assertThat(threads.submit(work).get()).contains("From Gemini.");
                times[call] = System.nanoTime() - began;
            }
            Arrays.sort(times);
            best = Math.min(best, times[197]);
        }
        return best;
    }
}
