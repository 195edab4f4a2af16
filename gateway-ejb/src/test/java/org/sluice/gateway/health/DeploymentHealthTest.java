package org.sluice.gateway.health;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.sluice.gateway.error.ErrorType;
import org.sluice.gateway.error.GatewayException;
import org.sluice.gateway.error.ProviderError;

class DeploymentHealthTest {
    private static final DeploymentKey GPT = new DeploymentKey("openai/gpt-4o", "openai", "operator");
    private static final DeploymentKey MINI = new DeploymentKey("openai/gpt-4o-mini", "openai", "operator");
    private static final DeploymentKey STORED = new DeploymentKey("openai/gpt-4o", "openai", "stored:17");
    private static final DeploymentKey BROUGHT = new DeploymentKey("openai/gpt-4o", "openai", "request:9f2c");
    private static final DeploymentKey CLAUDE = new DeploymentKey("anthropic/claude", "anthropic", "operator");
    private static final GatewayException RESET = new GatewayException(ErrorType.UPSTREAM_RESET, "x");

    private final AtomicLong nanos = new AtomicLong(Long.MAX_VALUE - 5_000_000_000L); // it may overflow
    private DeploymentHealth health = of(HealthSettings.defaults());

    private DeploymentHealth of(HealthSettings settings) {
        return DeploymentHealth.of(settings, nanos::get, Clock.fixed(Instant.parse("2026-01-31T12:00:00Z"), ZoneOffset.UTC));
    }

    private static HealthSettings settings(int bulkhead, int deploymentsMax) {
        HealthSettings some = HealthSettings.defaults();
        return new HealthSettings(some.circuit(), some.cooldown(), some.cooldownMax(), some.credentialRefusals(), some.credentialRecheck(),
                some.timeoutMin(), bulkhead, some.callMax(), deploymentsMax, null);
    }

    private void pass(Duration time) {
        nanos.addAndGet(time.toNanos());
    }

    static GatewayException status(int status, Map<String, String> headers) {
        return GatewayException.provider(new ProviderError(status, null, null, null, "no", "openai", null, new byte[0], null, headers));
    }

    private static GatewayException status(int status) {
        return status(status, Map.of());
    }

    private void fail(DeploymentKey key, GatewayException failure) {
        Admission admission = health.admit(key);
        assertThat(admission.refusal()).isNull();
        admission.failed(failure);
    }

    private void succeed(DeploymentKey key) {
        Admission admission = health.admit(key);
        assertThat(admission.refusal()).isNull();
        admission.succeeded(1, 1);
    }

    private String refusal(DeploymentKey key) {
        Admission admission = health.admit(key);
        if (admission.isGranted()) {
            admission.abandoned();
        }
        return admission.refusal();
    }

    private DeploymentStatus status(String id) {
        return health.deployments().stream().filter(status -> status.id().equals(id)).findFirst().orElseThrow();
    }

    /** U41. */
    @Test
    void twenty_failures_of_thirty_in_ten_seconds_open_the_circuit_of_that_deployment_alone() {
        for (int call = 0; call < 30; call++) {
            if (health.admit(GPT) instanceof Granted admission) {
                if (call % 3 == 2) {
                    admission.succeeded(1, 1);
                } else {
                    admission.failed(RESET);
                }
            }
            pass(Duration.ofMillis(333));
        }
        long began = System.nanoTime();
        Admission skipped = health.admit(GPT);
        assertThat(System.nanoTime() - began).as("nanoseconds to skip").isLessThan(1_000_000);
        assertThat(skipped.isGranted()).isFalse();
        assertThat(skipped.refusal()).isEqualTo("circuit open");
        assertThat(skipped.retryAfterMillis()).isBetween(20_000L, 30_000L);
        assertThat(refusal(MINI)).isNull();
        assertThat(refusal(STORED)).isNull();
        pass(Duration.ofSeconds(30));
        Admission probe = health.admit(GPT);
        assertThat(probe.isGranted()).isTrue();
        assertThat(refusal(GPT)).isEqualTo("circuit open");
        probe.succeeded(1, 1);
        assertThat(refusal(GPT)).isNull();
        assertThat(status("openai/gpt-4o@operator").timesOpened()).isEqualTo(1);
    }

    @Test
    void less_than_half_of_failures_do_not_open() {
        for (int call = 0; call < 300; call++) {
            if (call % 5 < 3) {
                succeed(GPT);
            } else {
                fail(GPT, status(500));
            }
        }
        assertThat(refusal(GPT)).isNull();
    }

    @Test
    void when_all_circuits_are_open_one_probe_goes() {
        health.admit(GPT).abandoned();
        health.admit(STORED).abandoned();
        health.open("openai/gpt-4o");
        assertThat(refusal(GPT)).isEqualTo("circuit open");
        assertThat(refusal(STORED)).isEqualTo("circuit open");
        Admission probe = health.admitProbe(GPT);
        assertThat(probe.isGranted()).isTrue();
        assertThat(health.admitProbe(GPT).refusal()).isEqualTo("circuit open");
        probe.succeeded(1, 1);
        assertThat(refusal(GPT)).isNull();
        assertThat(refusal(STORED)).isEqualTo("circuit open");
    }

    @ParameterizedTest
    @CsvSource({"UPSTREAM_UNREACHABLE", "UPSTREAM_RESET", "UPSTREAM_INVALID", "UPSTREAM_TLS", "UPSTREAM_TRUNCATED"})
    void what_goes_wrong_on_the_way_is_a_failure(ErrorType type) {
        for (int i = 0; i < 20; i++) {
            fail(GPT, new GatewayException(type, "x"));
        }
        assertThat(refusal(GPT)).isEqualTo("circuit open");
    }

    @ParameterizedTest
    @CsvSource({"408,true", "425,true", "500,true", "502,true", "503,true", "504,true", "529,true", "400,false", "404,false", "409,false", "413,false", "422,false"})
    void of_the_providers_answers_only_those_that_are_its_own_fault_count(int status, boolean isCounted) {
        for (int i = 0; i < 20; i++) {
            fail(GPT, status(status));
        }
        assertThat(refusal(GPT)).isEqualTo(isCounted ? "circuit open" : null);
    }

    @ParameterizedTest
    @CsvSource({"CLIENT_CANCELLED", "OVERLOADED", "INVALID_VALUE", "INTERNAL"})
    void what_is_not_the_deployments_fault_says_nothing(ErrorType type) {
        for (int i = 0; i < 50; i++) {
            fail(GPT, new GatewayException(type, "x"));
        }
        assertThat(refusal(GPT)).isNull();
        assertThat(status("openai/gpt-4o@operator").abandoned()).isEqualTo(51);
    }

    @Test
    void an_impatient_caller_cannot_open_the_circuit_for_others() {
        timeouts(Duration.ofSeconds(1));
        assertThat(refusal(GPT)).isNull();
        timeouts(Duration.ofSeconds(10));
        assertThat(refusal(GPT)).isEqualTo("circuit open");
    }

    private void timeouts(Duration after) {
        for (int i = 0; i < 20; i++) {
            Admission admission = health.admit(GPT);
            pass(after);
            admission.failed(new GatewayException(ErrorType.UPSTREAM_TIMEOUT, "x"));
        }
    }

    @Test
    void a_429_cools_for_as_long_as_it_says() {
        fail(GPT, status(429, Map.of("retry-after", "20")));
        assertThat(health.admit(GPT).refusal()).isEqualTo("cooldown");
        assertThat(health.admit(GPT).retryAfterMillis()).isEqualTo(20_000);
        assertThat(refusal(MINI)).isNull();
        pass(Duration.ofMillis(19_999));
        assertThat(refusal(GPT)).isEqualTo("cooldown");
        pass(Duration.ofMillis(1));
        assertThat(refusal(GPT)).isNull();
    }

    @Test
    void a_429_without_a_word_cools_for_the_default_and_an_absurd_one_for_the_most() {
        fail(GPT, status(429));
        pass(Duration.ofMillis(999));
        assertThat(refusal(GPT)).isEqualTo("cooldown");
        pass(Duration.ofMillis(1));
        fail(GPT, status(429, Map.of("retry-after", "999999")));
        pass(Duration.ofMinutes(5).minusMillis(1));
        assertThat(refusal(GPT)).isEqualTo("cooldown");
        pass(Duration.ofMillis(1));
        assertThat(refusal(GPT)).isNull();
    }

    @Test
    void a_shorter_cooldown_does_not_end_a_longer_one_and_429_does_not_open_the_circuit() {
        List<Admission> admitted = new ArrayList<>();
        for (int i = 0; i < 30; i++) {
            admitted.add(health.admit(GPT));
        }
        admitted.remove(0).failed(status(429, Map.of("retry-after", "60")));
        admitted.forEach(admission -> admission.failed(status(429, Map.of("retry-after-ms", "10"))));
        pass(Duration.ofSeconds(59));
        assertThat(refusal(GPT)).isEqualTo("cooldown");
        assertThat(health.admitProbe(GPT).isGranted()).as("nobody else can be asked").isTrue();
        pass(Duration.ofSeconds(1));
        assertThat(refusal(GPT)).isNull();
        assertThat(status("openai/gpt-4o@operator").state()).isEqualTo("closed");
    }

    @Test
    void a_credential_refused_three_times_in_a_row_is_left_out_for_all_models_of_its_provider() {
        fail(GPT, status(401));
        fail(MINI, status(401));
        succeed(GPT);
        fail(GPT, status(401));
        fail(MINI, status(402));
        assertThat(refusal(GPT)).as("a success lies between").isNull();
        fail(GPT, status(401));
        assertThat(refusal(GPT)).isEqualTo("credential refused");
        assertThat(refusal(MINI)).isEqualTo("credential refused");
        assertThat(refusal(STORED)).isNull();
        assertThat(refusal(CLAUDE)).isNull();
        assertThat(status("openai/gpt-4o-mini@operator").refusedStatus()).isEqualTo(401);
        assertThat(health.admitProbe(GPT).isGranted()).as("nobody else can be asked").isTrue();
    }

    @Test
    void a_403_is_about_the_deployment_and_an_empty_account_about_the_credential() {
        for (int i = 0; i < 3; i++) {
            fail(GPT, status(403));
        }
        assertThat(refusal(GPT)).isEqualTo("credential refused");
        assertThat(refusal(MINI)).isNull();
        for (int i = 0; i < 3; i++) {
            fail(STORED, GatewayException.provider(new ProviderError(429, "insufficient_quota", "insufficient_quota", null, "no money", "openai", null, new byte[0], null, Map.of())));
        }
        assertThat(refusal(STORED)).isEqualTo("credential refused");
    }

    @Test
    void a_recheck_that_goes_well_ends_the_mark() {
        for (int i = 0; i < 3; i++) {
            fail(STORED, status(401));
        }
        pass(Duration.ofSeconds(30));
        Admission recheck = health.admit(STORED);
        assertThat(recheck.isGranted()).isTrue();
        assertThat(refusal(STORED)).as("one at a time").isEqualTo("credential refused");
        recheck.failed(status(401));
        assertThat(refusal(STORED)).isEqualTo("credential refused");
        pass(Duration.ofSeconds(30));
        succeed(STORED);
        assertThat(refusal(STORED)).isNull();
    }

    @Test
    void a_changed_credential_is_taken_again_at_once() {
        for (int i = 0; i < 3; i++) {
            fail(STORED, status(401));
        }
        health.credentialChanged("stored:18");
        assertThat(refusal(STORED)).isEqualTo("credential refused");
        health.credentialChanged("stored:17");
        assertThat(refusal(STORED)).isNull();
    }

    @Test
    void what_a_request_brings_is_never_marked_and_touches_nobody() {
        for (int i = 0; i < 50; i++) {
            fail(BROUGHT, status(401));
            fail(BROUGHT, status(403));
        }
        for (int i = 0; i < 20; i++) {
            fail(BROUGHT, RESET);
        }
        assertThat(refusal(BROUGHT)).isEqualTo("circuit open");
        assertThat(refusal(GPT)).isNull();
        assertThat(refusal(STORED)).isNull();
        assertThat(refusal(new DeploymentKey("openai/gpt-4o", "openai", "request:77aa"))).isNull();
        assertThat(health.deployments()).noneMatch(status -> status.id().contains("request"));
        assertThat(health.broughtDeployments()).isEqualTo(2);
    }

    @Test
    void a_full_bulkhead_refuses_at_once_and_leaves_other_providers_alone() {
        health = of(settings(256, 100));
        List<Admission> calls = new ArrayList<>();
        for (int i = 0; i < 1000; i++) {
            calls.add(health.admit(i % 2 == 0 ? GPT : MINI));
        }
        assertThat(calls.stream().filter(Admission::isGranted)).hasSize(256);
        assertThat(calls.get(999).refusal()).isEqualTo("too many calls");
        assertThat(refusal(CLAUDE)).isNull();
        assertThat(health.admitProbe(GPT).refusal()).isEqualTo("too many calls");
        assertThat(health.callsByProvider()).containsEntry("openai", 256).containsEntry("anthropic", 0);
        calls.get(0).failed(RESET);
        assertThat(health.admit(GPT).isGranted()).isTrue();
    }

    @Test
    void a_probe_that_the_bulkhead_turns_away_does_not_keep_the_next_one_away() {
        health = of(settings(1, 100));
        health.admit(GPT).abandoned();
        health.open("openai/gpt-4o");
        pass(Duration.ofSeconds(30));
        Admission other = health.admit(MINI);
        assertThat(health.admit(GPT).refusal()).isEqualTo("too many calls");
        other.succeeded(1, 1);
        assertThat(health.admit(GPT).isGranted()).isTrue();
    }

    @Test
    void only_the_first_outcome_counts() {
        Admission admission = health.admit(GPT);
        admission.answered(5_000_000);
        admission.answered(900_000_000);
        admission.succeeded(10, 5);
        admission.failed(RESET);
        admission.abandoned();
        admission.answered(1);
        DeploymentStatus status = status("openai/gpt-4o@operator");
        assertThat(status.callsUnderWay()).isZero();
        assertThat(status.succeeded()).isEqualTo(1);
        assertThat(status.failed()).isZero();
        assertThat(status.abandoned()).isZero();
        assertThat(status.latencyMillis()).isEqualTo(5);
        assertThat(status.tokensInMinute()).isEqualTo(15);
        assertThat(status.requestsInMinute()).isEqualTo(1);
        pass(Duration.ofSeconds(66));
        assertThat(status("openai/gpt-4o@operator").tokensInMinute()).isZero();
    }

    @Test
    void a_lost_admission_holds_its_place_no_longer_than_two_calls_may_take() {
        health = of(settings(1, 100));
        assertThat(health.admit(GPT).isGranted()).isTrue();
        assertThat(refusal(GPT)).isEqualTo("too many calls");
        pass(Duration.ofMinutes(62));
        assertThat(refusal(GPT)).isNull();
    }

    @Test
    void the_average_jumps_to_a_peak_and_comes_down_again() {
        answer(Duration.ofMillis(100));
        answer(Duration.ofSeconds(2));
        assertThat(health.load(GPT).latencyNanos()).isEqualTo(2e9);
        pass(Duration.ofSeconds(10));
        assertThat(health.load(GPT).latencyNanos()).isBetween(0.73e9, 0.74e9);
        answer(Duration.ofMillis(100));
        assertThat(health.load(GPT).latencyNanos()).isBetween(0.79e9, 0.81e9);
    }

    private void answer(Duration time) {
        Admission admission = health.admit(GPT);
        admission.answered(time.toNanos());
        admission.succeeded(1, 1);
    }

    @Test
    void what_fails_slowly_is_slow_and_what_fails_fast_is_not_quick() {
        answer(Duration.ofMillis(100));
        fail(GPT, status(500));
        assertThat(health.load(GPT).latencyNanos()).isEqualTo(1e8);
        Admission admission = health.admit(GPT);
        pass(Duration.ofSeconds(60));
        admission.failed(new GatewayException(ErrorType.UPSTREAM_TIMEOUT, "x"));
        assertThat(health.load(GPT).latencyNanos()).isEqualTo(6e10);
    }

    @Test
    void a_drained_deployment_gets_no_new_calls_and_running_ones_end() {
        Admission running = health.admit(GPT);
        health.drain("openai/gpt-4o@operator");
        assertThat(refusal(GPT)).isEqualTo("drained");
        assertThat(health.admitProbe(GPT).refusal()).isEqualTo("drained");
        assertThat(refusal(STORED)).isNull();
        running.succeeded(1, 1);
        health.resume("openai/gpt-4o@operator");
        assertThat(refusal(GPT)).isNull();
        assertThat(health.settings()).isEmpty();
    }

    @Test
    void a_name_without_a_credential_means_all_but_those_of_requests() {
        health.drain("openai/gpt-4o");
        assertThat(refusal(GPT)).isEqualTo("drained");
        assertThat(refusal(STORED)).isEqualTo("drained");
        assertThat(refusal(BROUGHT)).isNull();
        assertThat(refusal(MINI)).isNull();
    }

    @Test
    void a_weight_replaces_the_configured_one_until_it_is_taken_back() {
        assertThat(health.weight(GPT, 3)).isEqualTo(3);
        health.weigh("openai/gpt-4o", 5);
        health.weigh("openai/gpt-4o@stored:17", 0.5);
        assertThat(health.weight(GPT, 3)).isEqualTo(5);
        assertThat(health.weight(STORED, 3)).isEqualTo(0.5);
        assertThat(health.weight(BROUGHT, 3)).isEqualTo(3);
        health.weigh("openai/gpt-4o", 0);
        assertThat(health.weight(GPT, 3)).isEqualTo(3);
        for (double wrong : new double[] {-1, Double.NaN, Double.POSITIVE_INFINITY, 1e7}) {
            assertThatThrownBy(() -> health.weigh("openai/gpt-4o", wrong)).isInstanceOf(IllegalArgumentException.class);
        }
    }

    @Test
    void reset_forgets_everything_bad_and_says_how_many_it_met() {
        for (int i = 0; i < 3; i++) {
            fail(GPT, status(401));
        }
        health.open("openai/gpt-4o");
        assertThat(health.reset("openai/gpt-4o")).isEqualTo(1);
        assertThat(refusal(GPT)).isNull();
        fail(GPT, status(429));
        assertThat(health.reset("openai/gpt-4o@operator")).isEqualTo(1);
        assertThat(refusal(GPT)).isNull();
        assertThat(health.reset("openai/gpt-5")).isZero();
        assertThat(health.open("openai/gpt-5")).isZero();
    }

    @Test
    void deployments_are_remembered_up_to_a_number_those_under_way_and_used_lately_longest() {
        health = of(settings(4096, 80));
        Admission running = health.admit(MINI);
        for (int i = 0; i < 2_000; i++) {
            pass(Duration.ofMillis(1));
            fail(GPT, RESET);
            health.reset("openai/gpt-4o");
            health.admit(new DeploymentKey("openai/made-up-" + i, "openai", "operator")).abandoned();
            health.admit(new DeploymentKey("openai/gpt-4o", "openai", "request:" + i)).abandoned();
            assertThat(health.deployments().size()).isLessThanOrEqualTo(80);
            assertThat(health.broughtDeployments()).isLessThanOrEqualTo(80);
            health.admit(new DeploymentKey("openai/gpt-4o", "openai", "stored:tried-" + i)).abandoned();
            assertThat(health.credentials()).isLessThanOrEqualTo(82);
        }
        assertThat(status("openai/gpt-4o@operator").calls()).isEqualTo(2_000);
        assertThat(status("openai/gpt-4o-mini@operator").callsUnderWay()).isEqualTo(1);
        running.abandoned();
    }

    @Test
    void what_a_client_wrote_reaches_no_console_as_it_is() {
        health.admit(new DeploymentKey("openai/gpt\n\u001b[2J4o" + "x".repeat(1000), "openai", "operator")).abandoned();
        String id = health.deployments().get(0).id();
        assertThat(id).startsWith("openai/gpt??[2J4ox").hasSize(300);
        assertThat(health.open(id)).isEqualTo(1);
    }
}
