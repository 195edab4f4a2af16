package org.sluice.gateway.provider.anthropic;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.sluice.gateway.dialect.Body;
import org.sluice.gateway.dialect.anthropic.AnthropicDialect;
import org.sluice.gateway.error.GatewayException;
import org.sluice.gateway.provider.Credential;
import org.sluice.gateway.provider.Deployment;
import org.sluice.gateway.provider.Dispatch;
import org.sluice.gateway.provider.Operation;
import org.sluice.gateway.provider.UpstreamLimits;
import org.sluice.gateway.provider.UpstreamRequest;

class AnthropicTest {
    private static final UpstreamLimits LIMITS = new UpstreamLimits(Duration.ofSeconds(1), Duration.ofSeconds(1), Duration.ofSeconds(1), Duration.ofSeconds(1));
    private static final Credential KEY = new Credential.ApiKey("sk-ant-sentinel");
    private final Anthropic provider = new Anthropic();

    private UpstreamRequest prepare(String base, Credential credential, Map<String, String> settings, boolean stream) {
        return provider.prepare(new Dispatch(Operation.CHAT, new AnthropicDialect(),
                new Deployment("d", "anthropic", "m", base == null ? null : URI.create(base), settings), credential,
                Body.of("{\"model\":\"m\"}".getBytes(UTF_8)), stream, LIMITS, null));
    }

    @ParameterizedTest
    @CsvSource({"https://x.example/,https://x.example/v1/messages", "https://x.example,https://x.example/v1/messages", "https://x.example/v1,https://x.example/v1/messages",
        "https://x.example/v1/,https://x.example/v1/messages", "http://127.0.0.1:9/claude/v1,http://127.0.0.1:9/claude/v1/messages", ",https://api.anthropic.com/v1/messages"})
    void the_address_holds_the_version_once(String base, String address) {
        assertThat(prepare(base, KEY, Map.of(), false).uri()).isEqualTo(URI.create(address));
    }

    @Test
    void a_call_carries_key_and_version() {
        UpstreamRequest request = prepare("https://x.example", KEY, Map.of(), true);
        assertThat(request.headers()).containsExactlyInAnyOrderEntriesOf(Map.of("x-api-key", "sk-ant-sentinel", "anthropic-version", "2023-06-01",
                "content-type", "application/json", "accept", "text/event-stream", "accept-encoding", "identity"));
        assertThat(request.isStream()).isTrue();
        assertThat(request.limits()).isEqualTo(LIMITS);
        assertThat(new String(request.body().toBytes(), UTF_8)).isEqualTo("{\"model\":\"m\"}");
        assertThat(request.toString()).doesNotContain("sentinel");
        assertThat(prepare("https://x.example", KEY, Map.of(), false).headers()).containsEntry("accept", "application/json");
    }

    @Test
    void a_token_goes_as_bearer() {
        Map<String, String> headers = prepare("https://x.example", new Credential.BearerToken("sk-ant-oat-sentinel"), Map.of(), false).headers();
        assertThat(headers).containsEntry("authorization", "Bearer sk-ant-oat-sentinel").doesNotContainKey("x-api-key");
    }

    @Test
    void a_deployment_chooses_version_and_betas() {
        Map<String, String> headers = prepare("https://x.example", KEY, Map.of("anthropic-version", "2024-01-01", "anthropic-beta", "a-2025-01-01,b-2025-02-02"), false).headers();
        assertThat(headers).containsEntry("anthropic-version", "2024-01-01").containsEntry("anthropic-beta", "a-2025-01-01,b-2025-02-02");
        assertThat(prepare("https://x.example", KEY, Map.of("anthropic-beta", " "), false).headers()).doesNotContainKey("anthropic-beta");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "sk-sentinel\r\nX: y", "sk-sentinel\n", "sk-sentinel\u0000", "sk-sentinel\u00e9", "sk sentinel"})
    void a_key_that_no_header_carries_is_refused_without_being_shown(String key) {
        for (Credential credential : List.of(new Credential.ApiKey(key), new Credential.BearerToken(key))) {
            GatewayException refusal = catchThrowableOfType(GatewayException.class, () -> prepare("https://x.example", credential, Map.of(), false));
            assertThat(refusal).isNotNull();
            assertThat(refusal.getMessage()).doesNotContain("sentinel").contains("Anthropic");
        }
    }

    @Test
    void another_kind_of_credential_is_refused() {
        for (Credential credential : List.of(Credential.None.NONE, new Credential.AwsKeys("a", "b", null, "c"))) {
            assertThat(catchThrowableOfType(GatewayException.class, () -> prepare("https://x.example", credential, Map.of(), false))).isNotNull();
        }
    }

    @Test
    void claude_models_are_claimed_by_their_bare_names() {
        provider.dialect = new AnthropicDialect();
        assertThat(provider.claims("claude-sonnet-4-5")).isTrue();
        assertThat(provider.claims("gpt-4o")).isFalse();
        assertThat(provider.id()).isEqualTo("anthropic");
        assertThat(provider.dialect().name()).isEqualTo("anthropic");
        assertThat(provider.baseUrl()).isEqualTo(URI.create("https://api.anthropic.com"));
    }
}
