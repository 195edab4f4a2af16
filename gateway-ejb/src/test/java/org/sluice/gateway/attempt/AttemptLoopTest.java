package org.sluice.gateway.attempt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.assertj.core.api.Assertions.within;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.sluice.gateway.call.Call;
import org.sluice.gateway.credential.CredentialChoice.Owner;
import org.sluice.gateway.error.ErrorType;
import org.sluice.gateway.error.GatewayException;
import org.sluice.gateway.error.ProviderError;
import org.sluice.gateway.health.Admission;
import org.sluice.gateway.health.DeploymentHealth;
import org.sluice.gateway.health.DeploymentKey;
import org.sluice.gateway.log.AttemptRecord;
import org.sluice.gateway.model.Model;
import org.sluice.gateway.provider.Credential;
import org.sluice.gateway.provider.Deployment;
import org.sluice.gateway.provider.UpstreamLimits;
import org.sluice.gateway.route.Asking;
import org.sluice.gateway.route.AttemptPolicy;
import org.sluice.gateway.route.FakeProvider;
import org.sluice.gateway.route.RoutePlan;
import org.sluice.gateway.route.Target;
import org.sluice.gateway.upstream.Failures;
import org.sluice.gateway.upstream.Phase;

/** What follows from each failure, by the rows of the retry matrix F and the fault catalogue U. */
class AttemptLoopTest {
    private static final Duration TOTAL = Duration.ofSeconds(600);
    private final FakeTiming timing = new FakeTiming();
    private final Map<String, Deque<Supplier<GatewayException>>> scripts = new HashMap<>();
    private final List<String> asked = new ArrayList<>();
    private final List<UpstreamLimits> limits = new ArrayList<>();
    private final Map<String, String> refusals = new HashMap<>();
    private final List<String> told = new ArrayList<>();
    private final AttemptTrail trail = new AttemptTrail();
    private Call call = Asking.model("a/m").call();

    private final DeploymentHealth health = new DeploymentHealth() {
        @Override
        public Admission admit(DeploymentKey key) {
            return new ToldAdmission(key.deployment(), refusals.get(key.deployment()), told);
        }

        @Override
        public Admission admitProbe(DeploymentKey key) {
            String refusal = refusals.get(key.deployment());
            return new ToldAdmission(key.deployment(), "cooldown".equals(refusal) ? null : refusal, told);
        }
    };

    /** Notes what it is told. */
    private record ToldAdmission(String deployment, String refusal, List<String> told) implements Admission {
        @Override public boolean isGranted() { return refusal == null; }
        @Override public long retryAfterMillis() { return deployment.startsWith("a") ? 30_000 : 2_500; }
        @Override public void answered(long nanosToFirst) { told.add(deployment + " answered"); }
        @Override public void succeeded(long inputTokens, long outputTokens) { told.add(deployment + " succeeded"); }
        @Override public void failed(GatewayException failure) { told.add(deployment + " failed"); }
        @Override public void abandoned() { told.add(deployment + " abandoned"); }
    }

    /** What happens there, one after the other; the last is done again and again, null is an answer. */
    @SafeVarargs
    private void script(String deployment, Supplier<GatewayException>... failures) {
        Deque<Supplier<GatewayException>> steps = new ArrayDeque<>();
        for (Supplier<GatewayException> failure : failures) {
            steps.add(failure == null ? () -> null : failure);
        }
        scripts.put(deployment, steps);
    }

    private static Target target(String provider, Owner owner, long window) {
        return target(provider, "m", "k", owner, window);
    }

    private static Target target(String providerId, String name, String key, Owner owner, long window) {
        FakeProvider provider = PROVIDERS.computeIfAbsent(providerId, FakeProvider::new);
        String id = providerId + "/" + name + (key.equals("k") ? "" : "#" + key);
        Model model = window == 0 ? null : new Model(providerId, providerId, name, name, null, Model.Type.CHAT, window, 0, null, null, false);
        return new Target(provider, provider.dialect(), new Deployment(id, providerId, name, null, Map.of()), Credential.None.NONE, model,
                providerId + "/" + name, new DeploymentKey(id, providerId, key), owner);
    }

    private static final Map<String, FakeProvider> PROVIDERS = new HashMap<>();

    private static Target target(String provider) {
        return target(provider, Owner.OPERATOR, 0);
    }

    private String run(int retries, double after, Target... targets) {
        return run(new AttemptPolicy(retries, Duration.ofNanos((long) (after * 1e9)), false, false, null, new UpstreamLimits(Duration.ofSeconds(2), TOTAL, TOTAL, TOTAL)), targets);
    }

    private String run(AttemptPolicy policy, Target... targets) {
        return run(new RoutePlan(List.of(targets), policy));
    }

    private String run(RoutePlan plan) {
        return new AttemptLoop<String>(call, plan, trail, health, timing, null, (asking, target, share, admission, told) -> {
            String id = target.deployment().id();
            asked.add(id);
            limits.add(share);
            Deque<Supplier<GatewayException>> steps = scripts.get(id);
            GatewayException failure = steps == null ? null : (steps.size() > 1 ? steps.poll() : steps.peek()).get();
            if (failure != null) {
                throw failure;
            }
            trail.answered(200);
            admission.answered(1);
            admission.succeeded(0, 0);
            return id;
        }).run();
    }

    private GatewayException failing(int retries, double after, Target... targets) {
        return catchThrowableOfType(GatewayException.class, () -> run(retries, after, targets));
    }

    private static GatewayException provider(int status, String... headers) {
        return refusal(status, null, "Because.", headers);
    }

    private static GatewayException refusal(int status, String code, String message, String... headers) {
        Map<String, String> fields = new HashMap<>();
        for (int i = 0; i < headers.length; i += 2) {
            fields.put(headers[i], headers[i + 1]);
        }
        return GatewayException.provider(new ProviderError(status, null, code, null, message, "openai", null, new byte[] {1}, null, fields));
    }

    /** @param isRepeated whether the same target may be asked again */
    private record Row(String name, boolean isRepeated, Supplier<GatewayException> failure) {
        @Override
        public String toString() {
            return name;
        }
    }

    static Stream<Row> matrix() {
        Stream<Row> rows = Stream.of(
                new Row("P0 unreachable", true, Failures::unreachable),
                new Row("P0 no TLS", true, Failures::tls),
                new Row("P0 connect timeout", true, () -> Failures.timeout(Phase.P0)),
                new Row("P0 pool exhausted", true, Failures::overloaded),
                new Row("P1 reset", false, () -> Failures.reset(Phase.P1)),
                new Row("P2 reset", false, () -> Failures.reset(Phase.P2)),
                new Row("P1 timeout", false, () -> Failures.timeout(Phase.P1)),
                new Row("P2 timeout", false, () -> Failures.timeout(Phase.P2)),
                new Row("P3 redirect (U36)", false, () -> Failures.invalid(Phase.P3)),
                new Row("P4 truncated", false, Failures::truncated),
                new Row("P4 idle timeout", false, () -> Failures.timeout(Phase.P4)),
                new Row("P4 not valid", false, () -> new GatewayException(ErrorType.UPSTREAM_INVALID, "no JSON")));
        Stream<Row> statuses = Stream.of(400, 401, 402, 403, 404, 405, 408, 409, 413, 422, 425, 429, 500, 502, 503, 504, 529).map(status ->
                new Row("P3 status " + status, List.of(408, 409, 425, 429, 500, 502, 503, 504, 529).contains(status), () -> provider(status)));
        return Stream.concat(rows, statuses);
    }

    @ParameterizedTest
    @MethodSource("matrix")
    @DisplayName("F, same target again")
    void the_same_target_is_asked_again_only_where_that_does_no_harm(Row row) {
        script("a/m", row.failure());
        GatewayException failure = failing(3, 0.2, target("a"));
        assertThat(asked).hasSize(row.isRepeated() ? 4 : 1);
        assertThat(failure.status()).isEqualTo(row.failure().get().status());
        assertThat(trail.attempts()).hasSize(asked.size());
        assertThat(trail.attempts().get(0).phase()).isEqualTo(row.name().substring(0, 2));
    }

    @ParameterizedTest
    @MethodSource("matrix")
    @DisplayName("F, fallback model")
    void a_fallback_answers_after_any_failure_of_the_provider(Row row) {
        script("a/m", row.failure());
        assertThat(run(0, 0.2, target("a"), target("b"))).isEqualTo("b/m");
        assertThat(asked).containsExactly("a/m", "b/m");
        assertThat(timing.pauses).isEmpty();
        assertThat(trail.attempts()).extracting(AttemptRecord::number).containsExactly(1, 2);
        assertThat(trail.warnings()).singleElement().asString().startsWith("a/m failed: " + row.failure().get().status());
    }

    @ParameterizedTest
    @MethodSource("matrix")
    @DisplayName("F, without retries")
    void nothing_is_repeated_unless_it_was_asked_for(Row row) {
        script("a/m", row.failure());
        failing(0, 0.2, target("a"));
        assertThat(asked).hasSize(1);
        assertThat(timing.pauses).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("matrix")
    void health_is_told_of_every_failure_once_and_only_of_the_deployments_own(Row row) {
        script("a/m", row.failure());
        failing(0, 0.2, target("a"));
        GatewayException e = row.failure().get();
        boolean isTheCallers = List.of(400, 404, 405, 409, 413, 422, 425).contains(e.status()) || e.type() == ErrorType.OVERLOADED;
        assertThat(told).containsExactly("a/m " + (isTheCallers ? "abandoned" : "failed"));
    }

    @Test
    void a_timeout_is_repeated_where_the_operator_wants_it() {
        script("a/m", () -> Failures.timeout(Phase.P2), null);
        UpstreamLimits whole = new UpstreamLimits(TOTAL, TOTAL, TOTAL, TOTAL);
        assertThat(run(new AttemptPolicy(1, Duration.ofMillis(1), true, false, null, whole), target("a"))).isEqualTo("a/m");
    }

    @Test
    void what_the_gateway_itself_refuses_no_other_model_is_asked() {
        script("a/m", () -> GatewayException.invalid("logit_bias", "cannot be honoured"));
        assertThat(failing(3, 0.2, target("a"), target("b")).param()).isEqualTo("logit_bias");
        assertThat(asked).containsExactly("a/m");
        assertThat(told).containsExactly("a/m abandoned");
    }

    @Test
    void a_fallback_that_cannot_be_asked_is_passed_over() {
        script("a/m", () -> provider(500));
        script("b/m", () -> GatewayException.invalid("logit_bias", "cannot be honoured"));
        assertThat(run(0, 1, target("a"), target("b"), target("c"))).isEqualTo("c/m");
        assertThat(trail.warnings()).anyMatch(warning -> warning.equals("b/m could not be asked: cannot be honoured"));
    }

    @Test
    @DisplayName("U30 waits as long as the provider says")
    void u30_the_provider_says_when() {
        script("a/m", () -> provider(429, "retry-after", "1"), null);
        assertThat(run(3, 0.2, target("a"))).isEqualTo("a/m");
        assertThat(timing.pauses).containsExactly(1.0);
        assertThat(trail.attempts()).extracting(AttemptRecord::status).containsExactly(429, 200);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {"retry-after-ms | 1500 | 1.5", "retry-after | 1.25 | 1.25", "retry-after | Wed, 25 Nov 2026 12:00:07 GMT | 7",
        "retry-after | Wed, 25 Nov 2026 11:00:00 GMT | 0.2", "retry-after | -5 | 0.2", "retry-after | soon | 0.2", "retry-after-ms | -1 | 0.2", "retry-after | 0 | 0.2",
        "retry-after | 60 | 60", "retry-after | 1e3 | 0.2"})
    @DisplayName("U30 in every spelling; garbage and negative values are not heard")
    void u30_in_every_spelling(String header, String value, double seconds) {
        script("a/m", () -> provider(429, header, value), null);
        run(3, 0.2, target("a"));
        assertThat(timing.pauses).hasSize(1);
        assertThat(timing.pauses.get(0)).isCloseTo(seconds, within(0.001));
    }

    @ParameterizedTest
    @ValueSource(strings = {"120", "61", "999999999999", "Wed, 25 Nov 2026 13:00:00 GMT"})
    @DisplayName("U30 over 60 s: the provider's answer at once, with its header")
    void u30_too_long(String value) {
        script("a/m", () -> provider(429, "retry-after", value));
        GatewayException failure = failing(3, 0.2, target("a"));
        assertThat(failure.status()).isEqualTo(429);
        assertThat(failure.providerError().orElseThrow().headers()).containsEntry("retry-after", value);
        assertThat(asked).hasSize(1);
        assertThat(timing.pauses).isEmpty();
    }

    @Test
    @DisplayName("U30 over the call's own time: at once")
    void u30_over_the_deadline() {
        script("a/m", () -> provider(429, "retry-after", "20"));
        UpstreamLimits tenSeconds = new UpstreamLimits(TOTAL, TOTAL, TOTAL, Duration.ofSeconds(10));
        GatewayException failure = catchThrowableOfType(GatewayException.class, () -> run(new AttemptPolicy(3, Duration.ofMillis(200), false, false, null, tenSeconds), target("a")));
        assertThat(failure.status()).isEqualTo(429);
        assertThat(asked).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(ints = {500, 502, 503, 504, 529, 408, 425})
    @DisplayName("U31 waits 0.2, 0.4, 0.8 s, four requests, then the provider's error")
    void u31(int status) {
        script("a/m", () -> provider(status));
        GatewayException failure = failing(3, 0.2, target("a"));
        assertThat(timing.pauses).hasSize(3);
        assertThat(timing.pauses.get(0)).isCloseTo(0.2, within(1e-6));
        assertThat(timing.pauses.get(1)).isCloseTo(0.4, within(1e-6));
        assertThat(timing.pauses.get(2)).isCloseTo(0.8, within(1e-6));
        assertThat(asked).hasSize(4);
        assertThat(failure.status()).isEqualTo(status);
        assertThat(failure.providerError().orElseThrow().body()).containsExactly(1);
    }

    @ParameterizedTest
    @CsvSource({"0.0, 0.16", "0.999999, 0.24"})
    @DisplayName("U31 with jitter of a fifth")
    void u31_jitter(double chance, double seconds) {
        timing.chance = chance;
        script("a/m", () -> provider(500), null);
        run(1, 0.2, target("a"));
        assertThat(timing.pauses.get(0)).isCloseTo(seconds, within(0.001));
    }

    @ParameterizedTest
    @ValueSource(ints = {400, 401, 403, 404, 413, 422})
    @DisplayName("U32 one request, the provider's error")
    void u32(int status) {
        script("a/m", () -> provider(status));
        assertThat(failing(3, 0.2, target("a")).status()).isEqualTo(status);
        assertThat(asked).hasSize(1);
    }

    @Test
    @DisplayName("U33 primary 500, two fallbacks, the second answers")
    void u33() {
        script("a/m", () -> provider(500));
        script("b/m", Failures::unreachable);
        assertThat(run(0, 0.2, target("a"), target("b"), target("c"))).isEqualTo("c/m");
        assertThat(trail.target().deployment().id()).isEqualTo("c/m");
        assertThat(trail.warnings()).containsExactly("a/m failed: 500 Because.", "b/m failed: 502 The provider could not be reached.");
        assertThat(told).containsExactly("a/m failed", "b/m failed", "c/m answered", "c/m succeeded");
    }

    @Test
    @DisplayName("U34 all fail alike: the last one's status")
    void u34_of_one_kind() {
        script("a/m", () -> provider(500));
        script("b/m", () -> provider(503, "retry-after", "9"));
        GatewayException failure = failing(0, 0.2, target("a"), target("b"));
        assertThat(failure.status()).isEqualTo(503);
        assertThat(failure).hasMessage("All models failed. a/m: 500 Because.; b/m: 503 Because.");
        assertThat(failure.providerError().orElseThrow().headers()).containsEntry("retry-after", "9");
    }

    @Test
    @DisplayName("U34 all fail, of several kinds: 502")
    void u34_of_several_kinds() {
        script("a/m", () -> provider(429));
        script("b/m", () -> Failures.timeout(Phase.P2));
        GatewayException failure = failing(0, 0.2, target("a"), target("b"));
        assertThat(failure.status()).isEqualTo(502);
        assertThat(failure.type()).isEqualTo(ErrorType.PROVIDER);
        assertThat(failure).hasMessage("All models failed. a/m: 429 Because.; b/m: 504 The provider did not answer in time.");
    }

    @Test
    @DisplayName("U35 the caller's refused key is not replaced by another; a fallback model is asked")
    void u35() {
        script("a/m", () -> provider(401));
        Target own = target("a", Owner.CUSTOMER, 0);
        Target second = target("a", "m", "second", Owner.CUSTOMER, 0);
        assertThat(failing(3, 0.2, own, second).status()).isEqualTo(401);
        assertThat(asked).containsExactly("a/m");
        assertThat(run(3, 0.2, own, second, target("b"))).isEqualTo("b/m");
        assertThat(asked).containsExactly("a/m", "a/m", "b/m");
    }

    @Test
    void one_of_several_stored_keys_may_be_dead() {
        script("a/m", () -> provider(401));
        assertThat(run(3, 0.2, target("a", Owner.STORED, 0), target("a", "m", "second", Owner.STORED, 0))).isEqualTo("a/m#second");
    }

    @Test
    void a_wrong_request_is_not_sent_again_with_another_key() {
        script("a/m", () -> provider(400));
        assertThat(failing(3, 0.2, target("a", Owner.STORED, 0), target("a", "m", "second", Owner.STORED, 0)).status()).isEqualTo(400);
        assertThat(asked).containsExactly("a/m");
    }

    @Test
    void after_a_rate_limit_the_fallback_is_asked_at_once_and_waiting_comes_last() {
        script("a/m", () -> provider(429, "retry-after", "2"), null);
        script("b/m", () -> provider(429, "retry-after", "5"));
        assertThat(run(3, 0.2, target("a"), target("b"))).isEqualTo("a/m");
        assertThat(asked).containsExactly("a/m", "b/m", "a/m");
        assertThat(timing.pauses).containsExactly(2.0);
    }

    @Test
    void other_failures_are_repeated_before_the_fallback_is_asked() {
        script("a/m", () -> provider(503));
        assertThat(run(2, 0.2, target("a"), target("b"))).isEqualTo("b/m");
        assertThat(asked).containsExactly("a/m", "a/m", "a/m", "b/m");
    }

    @Test
    void a_call_makes_twenty_attempts_at_most() {
        Target[] targets = Stream.of("a", "b", "c").map(AttemptLoopTest::target).toArray(Target[]::new);
        for (String name : List.of("a/m", "b/m", "c/m")) {
            script(name, () -> provider(429));
        }
        failing(10, 0.2, targets);
        assertThat(asked).hasSize(AttemptPolicy.MAX_ATTEMPTS);
    }

    @Test
    void no_attempt_begins_after_the_calls_time() {
        script("a/m", () -> {
            timing.pass(11);
            return Failures.timeout(Phase.P2);
        });
        UpstreamLimits tenSeconds = new UpstreamLimits(TOTAL, TOTAL, TOTAL, Duration.ofSeconds(10));
        GatewayException failure = catchThrowableOfType(GatewayException.class,
                () -> run(new AttemptPolicy(0, Duration.ofMillis(200), false, false, null, tenSeconds), target("a"), target("b")));
        assertThat(failure.status()).isEqualTo(504);
        assertThat(asked).containsExactly("a/m");
    }

    @Test
    void each_attempt_but_the_last_gets_half_of_the_time_that_is_left() {
        for (String name : List.of("a/m", "b/m", "c/m")) {
            script(name, () -> {
                timing.pass(8);
                return provider(500);
            });
        }
        UpstreamLimits minute = new UpstreamLimits(Duration.ofSeconds(2), TOTAL, TOTAL, Duration.ofSeconds(60));
        AttemptPolicy once = new AttemptPolicy(0, Duration.ofMillis(200), false, false, null, minute);
        catchThrowableOfType(GatewayException.class, () -> run(once, target("a"), target("b"), target("c")));
        assertThat(limits).extracting(UpstreamLimits::total).containsExactly(Duration.ofSeconds(30), Duration.ofSeconds(26), Duration.ofSeconds(44));
        assertThat(limits).extracting(UpstreamLimits::connect).containsOnly(Duration.ofSeconds(2));
    }

    @Test
    void a_stream_shares_the_time_until_its_first_event_and_then_has_all_of_it() {
        call = Asking.model("a/m").stream().call();
        UpstreamLimits minute = new UpstreamLimits(Duration.ofSeconds(2), TOTAL, TOTAL, Duration.ofSeconds(60));
        run(new AttemptPolicy(0, Duration.ofMillis(200), false, false, null, minute), target("a"), target("b"));
        assertThat(limits.get(0).firstByte()).isEqualTo(Duration.ofSeconds(30));
        assertThat(limits.get(0).total()).isEqualTo(Duration.ofSeconds(60));
    }

    @Test
    void a_body_that_is_sent_while_it_is_read_is_sent_once() {
        script("a/m", () -> provider(503));
        UpstreamLimits whole = new UpstreamLimits(TOTAL, TOTAL, TOTAL, TOTAL);
        GatewayException failure = catchThrowableOfType(GatewayException.class,
                () -> run(new AttemptPolicy(3, Duration.ofMillis(1), false, false, null, whole).sentOnce(), target("a"), target("b")));
        assertThat(failure.status()).isEqualTo(503);
        assertThat(asked).containsExactly("a/m");
    }

    @Test
    void a_prompt_that_is_too_long_is_not_sent_to_models_that_read_no_more() {
        script("a/m", () -> refusal(400, "context_length_exceeded", "This model's maximum context length is 8 tokens."));
        assertThat(run(0, 1, target("a", Owner.OPERATOR, 8_000), target("b", Owner.OPERATOR, 4_000), target("c", Owner.OPERATOR, 8_000),
                target("d", Owner.OPERATOR, 200_000))).isEqualTo("d/m");
        assertThat(asked).containsExactly("a/m", "d/m");
        assertThat(trail.attempts().get(0).errorCode()).isEqualTo("context_length_exceeded");
    }

    @ParameterizedTest
    @ValueSource(strings = {"prompt is too long: 210000 tokens > 200000 maximum", "The input token count (1048577) exceeds the maximum number of tokens allowed (1048576).",
        "Input is too long for requested model.", "Please reduce the length: the context window is full."})
    void too_long_is_understood_in_the_words_of_any_provider(String words) {
        assertThat(FailureKind.isContextTooSmall(refusal(400, null, words))).isTrue();
        assertThat(FailureKind.isContextTooSmall(refusal(500, null, words))).isFalse();
    }

    @Test
    void a_content_filter_is_a_reason_for_the_fallback() {
        script("a/m", () -> refusal(400, "content_filter", "The response was filtered due to the content management policy."));
        assertThat(run(0, 1, target("a"), target("b"))).isEqualTo("b/m");
        assertThat(trail.attempts().get(0).errorCode()).isEqualTo("content_filter");
    }

    @Test
    void a_deployment_that_is_resting_is_passed_over_and_told() {
        refusals.put("a/m", "circuit open");
        assertThat(run(0, 1, target("a"), target("b"))).isEqualTo("b/m");
        assertThat(asked).containsExactly("b/m");
        assertThat(trail.attempts()).extracting(AttemptRecord::skipped).containsExactly("circuit open", null);
        assertThat(trail.warnings()).containsExactly("a/m was not asked: circuit open.");
    }

    @Test
    void when_all_are_resting_the_caller_is_told_when_to_come_back() {
        refusals.put("a/m", "circuit open");
        refusals.put("b/m", "drained");
        GatewayException failure = failing(3, 1, target("a"), target("b"));
        assertThat(failure.type()).isEqualTo(ErrorType.NO_TARGET);
        assertThat(failure.retryAfterSeconds()).isEqualTo(3);
        assertThat(asked).isEmpty();
        assertThat(told).isEmpty();
    }

    @Test
    void when_all_are_resting_one_that_may_be_probed_gives_the_providers_own_words() {
        refusals.put("a/m", "circuit open");
        refusals.put("b/m", "cooldown");
        script("b/m", () -> provider(429, "retry-after", "90"));
        GatewayException failure = failing(0, 1, target("a"), target("b"));
        assertThat(failure.status()).isEqualTo(429);
        assertThat(failure.providerError().orElseThrow().body()).containsExactly(1);
        assertThat(asked).containsExactly("b/m");
        assertThat(trail.attempts()).extracting(AttemptRecord::skipped).containsExactly("circuit open", "cooldown", null);
    }

    @Test
    void one_that_is_alone_is_probed_where_it_may_be_and_that_is_one_attempt() {
        refusals.put("a/m", "cooldown");
        script("a/m", () -> provider(429), null);
        assertThat(failing(0, 1, target("a")).status()).isEqualTo(429);
        assertThat(trail.attempts()).extracting(AttemptRecord::skipped).containsExactly((String) null);
        refusals.put("a/m", "drained");
        assertThat(failing(0, 1, target("a")).type()).isEqualTo(ErrorType.NO_TARGET);
    }

    @Test
    void the_safety_net_is_asked_when_nothing_else_answered() {
        script("a/m", () -> provider(500));
        UpstreamLimits whole = new UpstreamLimits(TOTAL, TOTAL, TOTAL, TOTAL);
        assertThat(run(new RoutePlan(List.of(target("a")), new AttemptPolicy(0, Duration.ofMillis(1), false, false, null, whole), List.of(), () -> target("z")))).isEqualTo("z/m");
        assertThat(trail.warnings()).contains("z/m was chosen by the gateway, because nothing else answered.");
        script("z/m", () -> provider(500));
        assertThat(catchThrowableOfType(GatewayException.class, () -> run(new RoutePlan(List.of(target("a")), new AttemptPolicy(0, Duration.ofMillis(1), false, false, null, whole),
                List.of(), () -> target("z"))))).hasMessageStartingWith("All models failed.");
    }

    @Test
    void a_client_that_went_away_ends_the_waiting_and_asks_nobody_else() {
        script("a/m", () -> provider(503));
        timing.duringPause = () -> call.cancellation().cancel();
        assertThat(failing(3, 1, target("a"), target("b")).type()).isEqualTo(ErrorType.CLIENT_CANCELLED);
        assertThat(asked).containsExactly("a/m");
    }

    @Test
    void a_failure_after_the_client_went_away_says_nothing_of_the_deployment() {
        script("a/m", () -> {
            call.cancellation().cancel();
            return Failures.reset(Phase.P2);
        });
        failing(3, 1, target("a"), target("b"));
        assertThat(asked).containsExactly("a/m");
        assertThat(told).containsExactly("a/m abandoned");
    }
}
