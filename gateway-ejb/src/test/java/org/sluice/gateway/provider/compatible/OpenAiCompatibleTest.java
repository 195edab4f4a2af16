package org.sluice.gateway.provider.compatible;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
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
import org.sluice.gateway.dialect.Dialect;
import org.sluice.gateway.dialect.Losses;
import org.sluice.gateway.dialect.anthropic.AnthropicDialect;
import org.sluice.gateway.dialect.openai.OpenAiDialect;
import org.sluice.gateway.dialect.responses.ResponsesDialect;
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

    /** Found as the container finds them: every bean of the package. */
    static Stream<OpenAiCompatible> all() {
        try {
            Path classes = Path.of(OpenAiCompatible.class.getProtectionDomain().getCodeSource().getLocation().toURI())
                    .resolve(OpenAiCompatible.class.getPackageName().replace('.', '/'));
            try (Stream<Path> files = Files.list(classes)) {
                return files.map(file -> file.getFileName().toString()).filter(name -> name.endsWith(".class")).sorted()
                        .map(name -> named(name.substring(0, name.length() - 6)))
                        .filter(type -> type.isAnnotationPresent(ApplicationScoped.class) && OpenAiCompatible.class.isAssignableFrom(type))
                        .map(OpenAiCompatibleTest::made).toList().stream();
            }
        } catch (IOException | URISyntaxException e) {
            throw new AssertionError(e);
        }
    }

    private static Class<?> named(String name) {
        try {
            return Class.forName(OpenAiCompatible.class.getPackageName() + "." + name);
        } catch (ClassNotFoundException e) {
            throw new AssertionError(e);
        }
    }

    private static OpenAiCompatible made(Class<?> type) {
        try {
            OpenAiCompatible provider = (OpenAiCompatible) type.getConstructor().newInstance();
            provider.dialect = new OpenAiDialect();
            return provider;
        } catch (ReflectiveOperationException e) {
            throw new AssertionError(e);
        }
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
        assertThat(provider.baseUrl() == null || provider.baseUrl().getScheme().equals("https") || provider.baseUrl().getHost().equals("localhost")).isTrue();
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

    private static String accepted(String id, String model, String asked, Losses losses) {
        OpenAiCompatible provider = provider(id);
        return new String(provider.accepted(provider.dialect(), model, Body.of(asked.getBytes(UTF_8)), losses).toBytes(), UTF_8);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "{\"model\":\"m\", \"stream\":true,\"stream_options\":{\"include_usage\":true}}|{\"model\":\"m\", \"stream\":true}",
        "{\"model\":\"m\",\"max_completion_tokens\" : 5,\"x\":1e2}|{\"model\":\"m\",\"max_tokens\" : 5,\"x\":1e2}",
        "{\"max_completion_tokens\":5,\"model\":\"m\",\"max_tokens\":4}|{\"model\":\"m\",\"max_tokens\":4}",
        "{\"seed\":5,\"messages\":[ {\"role\" : \"developer\",\"content\":\"x\"}]}|{\"random_seed\":5,\"messages\":[{\"role\" : \"system\",\"content\":\"x\"}]}",
        "{\"model\":\"m\" , \"tools\":[], \"logprobs\":false}|{\"model\":\"m\" , \"tools\":[]}",
        "{\"model\":\"m\" , \"tools\":[]}|{\"model\":\"m\" , \"tools\":[]}"})
    void mistral_gets_nothing_it_refuses(String asked, String sent) {
        Losses losses = new Losses(true);
        assertThat(accepted("mistral", "m", asked, losses)).isEqualTo(sent);
        assertThat(accepted("openrouter", "m", asked, losses)).isEqualTo(asked);
        assertThat(losses.warnings()).isEmpty();
    }

    @Test
    void what_is_left_out_is_told() {
        Losses losses = new Losses(false);
        assertThat(accepted("groq", "m", "{\"logit_bias\":{\"1\":2},\"messages\":[{\"role\":\"user\",\"name\":\"Ann\",\"content\":\"x\"}, {\"role\":\"user\",\"content\":\"y\"}]}", losses))
                .isEqualTo("{\"messages\":[{\"role\":\"user\",\"content\":\"x\"},{\"role\":\"user\",\"content\":\"y\"}]}");
        assertThat(losses.warnings()).containsExactly("Parameter 'logit_bias' was left out: the provider does not take it.",
                "Parameter 'messages[].name' was left out: the provider does not take it.");
        assertThat(catchThrowableOfType(GatewayException.class, () -> accepted("groq", "m", "{\"logit_bias\":{\"1\":2}}", new Losses(true)))).isNotNull();
        assertThat(accepted("perplexity", "sonar", "{\"n\":1,\"model\":\"sonar\"}", new Losses(true))).isEqualTo("{\"model\":\"sonar\"}");
    }

    @Test
    void a_provider_without_schemas_gets_json_mode_and_an_instruction() {
        Losses losses = new Losses(false);
        assertThat(accepted("deepseek", "deepseek-chat", "{\"messages\":[{\"role\":\"system\",\"content\":\"S\"},{\"role\":\"user\",\"content\":\"x\"}],"
                + "\"response_format\":{\"type\":\"json_schema\",\"json_schema\":{\"name\":\"n\",\"schema\":{\"type\":\"object\"}}}}", losses))
                .isEqualTo("{\"messages\":[{\"role\":\"system\",\"content\":\"S\"},{\"role\":\"system\",\"content\":\"Answer with one JSON object and nothing else. "
                        + "It must be valid against this JSON schema: {\\\"type\\\":\\\"object\\\"}\"},{\"role\":\"user\",\"content\":\"x\"}],\"response_format\":{\"type\":\"json_object\"}}");
        assertThat(losses.warnings()).hasSize(1);
        assertThat(accepted("deepseek", "m", "{\"response_format\":{\"type\":\"json_object\"}}", new Losses(true))).isEqualTo("{\"response_format\":{\"type\":\"json_object\"}}");
    }

    @ParameterizedTest
    @CsvSource({"grok-4,false,false", "grok-4-fast-non-reasoning,true,true", "grok-3-mini,false,true", "grok-3,true,true", "grok-4.3,false,true"})
    void xais_reasoning_models_take_less(String model, boolean takesStop, boolean takesEffort) {
        String sent = accepted("xai", model, "{\"stop\":[\"x\"],\"reasoning_effort\":\"low\"}", new Losses(false));
        assertThat(sent.contains("stop")).isEqualTo(takesStop);
        assertThat(sent.contains("effort")).isEqualTo(takesEffort);
    }

    @Test
    void another_dialect_is_left_alone() {
        Body body = Body.of("{\"logit_bias\":{}}".getBytes(UTF_8));
        assertThat(provider("groq").accepted(new AnthropicDialect(), "m", body, new Losses(true))).isSameAs(body);
    }

    @Test
    void cloudflare_has_the_account_in_its_address() {
        OpenAiCompatible cloudflare = provider("cloudflare");
        Credential both = cloudflare.credential(Map.of("api_key", "sk-sentinel", "account_id", "abc")).orElseThrow();
        assertThat(cloudflare.baseUrl(both)).isEqualTo(URI.create("https://api.cloudflare.com/client/v4/accounts/abc/ai/v1"));
        assertThat(prepare(cloudflare, cloudflare.baseUrl(both).toString(), both, "{}", false).headers()).containsEntry("Authorization", "Bearer sk-sentinel");
        assertThat(cloudflare.baseUrl(KEY)).isNull();
        assertThat(cloudflare.baseUrl(cloudflare.credential(Map.of("api_key", "k", "account_id", "a/../b")).orElseThrow())).isNull();
        assertThat(cloudflare.baseUrl()).isNull();
    }

    @ParameterizedTest
    @MethodSource("all")
    void who_has_the_responses_api_is_asked_in_it_by_its_clients_alone(OpenAiCompatible provider) {
        boolean hasResponses = Set.of("openai", "xai", "deepseek", "openrouter", "lmstudio").contains(provider.id());
        ResponsesDialect responses = new ResponsesDialect();
        Dialect spoken = provider.dialectFor(responses, "m");
        assertThat(spoken.name()).isEqualTo(hasResponses ? "responses" : "openai");
        assertThat(provider.dialectFor(new OpenAiDialect(), "m").name()).isEqualTo("openai");
        assertThat(provider.keepsAnswers()).isEqualTo(Set.of("openai", "xai", "lmstudio").contains(provider.id()));
        UpstreamRequest request = provider.prepare(new Dispatch(Operation.CHAT, responses, new Deployment("d", provider.id(), "m", URI.create("https://x/v1/"), Map.of()),
                KEY, Body.of("{}".getBytes(UTF_8)), true, LIMITS, null));
        assertThat(request.uri().getPath()).endsWith("/responses").doesNotContain("completions");
    }
}
