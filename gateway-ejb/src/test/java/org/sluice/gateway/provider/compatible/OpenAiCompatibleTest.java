package org.sluice.gateway.provider.compatible;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.net.URI;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.sluice.gateway.dialect.Body;
import org.sluice.gateway.dialect.openai.OpenAiDialect;
import org.sluice.gateway.error.GatewayException;
import org.sluice.gateway.provider.Credential;
import org.sluice.gateway.provider.Deployment;
import org.sluice.gateway.provider.Dispatch;
import org.sluice.gateway.provider.Operation;
import org.sluice.gateway.provider.UpstreamLimits;
import org.sluice.gateway.provider.UpstreamRequest;

class OpenAiCompatibleTest {
    private static final UpstreamLimits LIMITS = new UpstreamLimits(Duration.ofSeconds(1), Duration.ofSeconds(1), Duration.ofSeconds(1), Duration.ofSeconds(1));
    private static final Credential KEY = new Credential.ApiKey("sk-sentinel");

    static Stream<OpenAiCompatible> all() {
        return Stream.of(new OpenAi(), new Groq(), new DeepSeek(), new Mistral(), new XAi(), new OpenRouter(), new Together(), new Fireworks(),
                new Perplexity(), new Cerebras(), new Ollama(), new Vllm()).peek(provider -> provider.dialect = new OpenAiDialect());
    }

    private static OpenAiCompatible provider(String id) {
        return all().filter(provider -> provider.id().equals(id)).findFirst().orElseThrow();
    }

    private static UpstreamRequest prepare(OpenAiCompatible provider, String base, Credential credential, String body, boolean stream) {
        return provider.prepare(new Dispatch(Operation.CHAT, provider.dialect(), new Deployment("d", provider.id(), "m", URI.create(base), Map.of()), credential,
                Body.of(body.getBytes(UTF_8)), stream, LIMITS, null));
    }

    @ParameterizedTest
    @MethodSource("all")
    void every_provider_is_called_the_same_way(OpenAiCompatible provider) {
        UpstreamRequest request = prepare(provider, "https://example.com/v1", KEY, "{\"model\":\"m\"}", true);
        assertThat(request.uri()).isEqualTo(URI.create("https://example.com/v1/chat/completions"));
        assertThat(request.headers()).containsExactlyInAnyOrderEntriesOf(Map.of("Authorization", "Bearer sk-sentinel", "Content-Type", "application/json",
                "Accept", "text/event-stream", "Accept-Encoding", "identity"));
        assertThat(request.isStream()).isTrue();
        assertThat(new String(request.body().toBytes(), UTF_8)).isEqualTo("{\"model\":\"m\"}");
        assertThat(prepare(provider, "https://example.com/v1/", KEY, "{}", false).headers()).containsEntry("Accept", "application/json");
        assertThat(prepare(provider, "https://example.com/v1/", KEY, "{}", false).uri().getPath()).isEqualTo("/v1/chat/completions");
        assertThat(request.toString()).doesNotContain("sentinel");
        assertThat(provider.dialect().name()).isEqualTo("openai");
        assertThat(provider.baseUrl() == null || provider.baseUrl().getScheme().equals("https") || provider.id().equals("ollama")).isTrue();
    }

    @Test
    void ids_and_aliases_are_unique() {
        Set<String> names = new HashSet<>();
        all().forEach(provider -> {
            assertThat(names.add(provider.id())).as(provider.id()).isTrue();
            provider.aliases().forEach(alias -> assertThat(names.add(alias)).as(alias).isTrue());
        });
        assertThat(names).contains("together_ai", "together", "fireworks_ai", "xai");
    }

    @ParameterizedTest
    @CsvSource({"gpt-4o,openai", "o1,openai", "o3-mini,openai", "o4-mini,openai", "chatgpt-4o-latest,openai", "deepseek-chat,deepseek", "mistral-large-latest,mistral",
        "codestral-latest,mistral", "grok-4,xai", "sonar-pro,perplexity", "accounts/fireworks/models/x,fireworks", "llama-3.3-70b,", "claude-sonnet-4-5,"})
    void bare_names_belong_to_at_most_one(String model, String id) {
        List<String> claiming = all().filter(provider -> provider.claims(model)).map(OpenAiCompatible::id).toList();
        assertThat(claiming).isEqualTo(id == null ? List.of() : List.of(id));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "sk-sentinel\r\nX: y", "sk-sentinel\n", "sk-sentinel\u0000", "sk-sentinel\u00e9", "sk sentinel"})
    void a_key_that_no_header_carries_is_refused_without_being_shown(String key) {
        for (Credential credential : List.of(new Credential.ApiKey(key), new Credential.BearerToken(key))) {
            GatewayException refusal = catchThrowableOfType(GatewayException.class, () -> prepare(provider("openai"), "https://x/v1", credential, "{}", false));
            assertThat(refusal).isNotNull();
            assertThat(refusal.getMessage()).doesNotContain("sentinel").contains("openai");
        }
    }

    @Test
    void a_local_server_needs_no_key_and_a_company_does() {
        assertThat(prepare(provider("ollama"), "http://localhost:11434/v1", Credential.None.NONE, "{}", false).headers()).doesNotContainKey("Authorization");
        assertThat(prepare(provider("vllm"), "http://localhost:8000/v1", KEY, "{}", false).headers()).containsKey("Authorization");
        assertThat(provider("vllm").baseUrl()).isNull();
        assertThat(provider("vllm").needsCredential()).isFalse();
        assertThat(catchThrowableOfType(GatewayException.class, () -> prepare(provider("groq"), "https://x", Credential.None.NONE, "{}", false))).isNotNull();
        assertThat(catchThrowableOfType(GatewayException.class, () -> prepare(provider("vllm"), "https://x", new Credential.AwsKeys("a", "b", null, "c"), "{}", false))).isNotNull();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "{\"model\":\"m\", \"stream\":true,\"stream_options\":{\"include_usage\":true}}|{\"model\":\"m\", \"stream\":true}",
        "{\"model\":\"m\",\"max_completion_tokens\" : 5,\"x\":1e2}|{\"model\":\"m\",\"max_tokens\" : 5,\"x\":1e2}",
        "{\"max_completion_tokens\":5,\"model\":\"m\",\"max_tokens\":4}|{\"model\":\"m\",\"max_tokens\":4}",
        "{\"model\":\"m\" , \"tools\":[]}|{\"model\":\"m\" , \"tools\":[]}"})
    void mistral_gets_nothing_it_refuses(String asked, String sent) {
        assertThat(new String(prepare(provider("mistral"), "https://x/v1", KEY, asked, true).body().toBytes(), UTF_8)).isEqualTo(sent);
        assertThat(new String(prepare(provider("groq"), "https://x/v1", KEY, asked, true).body().toBytes(), UTF_8)).isEqualTo(asked);
    }
}
