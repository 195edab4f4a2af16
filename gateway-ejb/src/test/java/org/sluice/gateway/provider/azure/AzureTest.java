package org.sluice.gateway.provider.azure;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.lang.reflect.Proxy;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.sluice.gateway.chat.ChatChunk;
import org.sluice.gateway.chat.ChatResponse;
import org.sluice.gateway.chat.ChatResponseAssembler;
import org.sluice.gateway.dialect.Body;
import org.sluice.gateway.dialect.ChunkReader;
import org.sluice.gateway.dialect.Dialect;
import org.sluice.gateway.dialect.anthropic.AnthropicDialect;
import org.sluice.gateway.dialect.openai.OpenAiDialect;
import org.sluice.gateway.error.GatewayException;
import org.sluice.gateway.error.ProviderError;
import org.sluice.gateway.json.JsonReader;
import org.sluice.gateway.json.JsonValue;
import org.sluice.gateway.json.JsonValue.JsonObject;
import org.sluice.gateway.provider.Credential;
import org.sluice.gateway.provider.Deployment;
import org.sluice.gateway.provider.Dispatch;
import org.sluice.gateway.provider.Operation;
import org.sluice.gateway.provider.Provider;
import org.sluice.gateway.provider.UpstreamLimits;
import org.sluice.gateway.provider.UpstreamRequest;
import org.sluice.gateway.recorded.RecordedEvents;
import org.sluice.gateway.recorded.Recording;
import org.sluice.gateway.recorded.Recordings;

class AzureTest {
    private static final UpstreamLimits LIMITS = new UpstreamLimits(Duration.ofSeconds(1), Duration.ofSeconds(1), Duration.ofSeconds(1), Duration.ofSeconds(1));
    private static final Dialect OPENAI = new OpenAiDialect();
    private final AzureOpenAi deployments = new AzureOpenAi();
    private final AzureAi foundry = new AzureAi();

    AzureTest() {
        deployments.openai = new OpenAiDialect();
        foundry.openai = new OpenAiDialect();
        foundry.anthropic = new AnthropicDialect();
    }

    private static Dialect responses() {
        return (Dialect) Proxy.newProxyInstance(Dialect.class.getClassLoader(), new Class<?>[] {Dialect.class}, (proxy, method, arguments) -> "responses");
    }

    private static UpstreamRequest prepare(Provider provider, Dialect ingress, String model, Map<String, String> fields, String base, boolean stream) {
        Credential credential = provider.credential(fields).orElseThrow();
        return provider.prepare(new Dispatch(Operation.CHAT, provider.dialectFor(ingress, model), new Deployment("d", provider.id(), model,
                base == null ? provider.baseUrl(credential) : URI.create(base), Map.of()), credential, Body.of("{\"model\":\"m\"}".getBytes(UTF_8)), stream, LIMITS, null));
    }

    private static Map<String, String> fields(String version) {
        Map<String, String> fields = new TreeMap<>(Map.of("api_key", "sentinel-key"));
        if (version != null) {
            fields.put("api_version", version);
        }
        return fields;
    }

    @ParameterizedTest
    @CsvSource({"https://x.openai.azure.com/,2024-10-21,https://x.openai.azure.com/openai/deployments/my%20gpt/chat/completions?api-version=2024-10-21",
        "https://x.openai.azure.com,,https://x.openai.azure.com/openai/v1/chat/completions", "https://x.openai.azure.com/openai/v1/,v1,https://x.openai.azure.com/openai/v1/chat/completions",
        "https://x.openai.azure.com/openai,preview,https://x.openai.azure.com/openai/v1/chat/completions?api-version=preview",
        "http://127.0.0.1:9/proxy,2024-10-21,http://127.0.0.1:9/proxy/openai/deployments/my%20gpt/chat/completions?api-version=2024-10-21"})
    void the_version_says_how_a_deployment_is_addressed(String base, String version, String address) {
        assertThat(prepare(deployments, OPENAI, "my gpt", fields(version), base, false).uri()).hasToString(address);
    }

    @Test
    void the_responses_api_is_azures_too() {
        assertThat(prepare(deployments, responses(), "m", fields("2024-10-21"), "https://x.openai.azure.com", true).uri()).hasToString("https://x.openai.azure.com/openai/v1/responses");
        assertThat(prepare(foundry, responses(), "m", fields("preview"), "https://x.services.ai.azure.com", true).uri())
                .hasToString("https://x.services.ai.azure.com/openai/v1/responses?api-version=preview");
        assertThat(deployments.dialectFor(new AnthropicDialect(), "m").name()).isEqualTo("openai");
    }

    @ParameterizedTest
    @CsvSource({"https://x.services.ai.azure.com,,DeepSeek-R1,https://x.services.ai.azure.com/models/chat/completions?api-version=2024-05-01-preview,api-key",
        "https://x.services.ai.azure.com/models,2025-01-01,grok-4,https://x.services.ai.azure.com/models/chat/completions?api-version=2025-01-01,api-key",
        "https://x.services.ai.azure.com,v1,grok-4,https://x.services.ai.azure.com/openai/v1/chat/completions,api-key",
        "https://llama.eastus2.models.ai.azure.com/v1,,llama,https://llama.eastus2.models.ai.azure.com/v1/chat/completions,authorization",
        "https://x.services.ai.azure.com/anthropic/v1,,claude-sonnet-4-5,https://x.services.ai.azure.com/anthropic/v1/messages,x-api-key"})
    void foundry_has_a_way_for_each_kind_of_model(String base, String version, String model, String address, String header) {
        UpstreamRequest request = prepare(foundry, OPENAI, model, fields(version), base, false);
        assertThat(request.uri()).hasToString(address);
        assertThat(request.headers().get(header)).endsWith("sentinel-key");
        assertThat(request.headers().containsKey("anthropic-version")).isEqualTo(model.startsWith("claude"));
    }

    @Test
    void a_key_has_its_own_header_and_a_token_goes_as_bearer() {
        UpstreamRequest key = prepare(deployments, OPENAI, "m", fields(null), "https://x.openai.azure.com", true);
        assertThat(key.headers()).containsExactlyInAnyOrderEntriesOf(Map.of("content-type", "application/json", "accept", "text/event-stream", "accept-encoding", "identity", "api-key", "sentinel-key"));
        UpstreamRequest token = prepare(deployments, OPENAI, "m", Map.of("azure_ad_token", "sentinel-token"), "https://x.openai.azure.com", false);
        assertThat(token.headers()).containsEntry("authorization", "Bearer sentinel-token").doesNotContainKey("api-key");
        assertThat(key.toString() + token + deployments.credential(fields("v1"))).doesNotContain("sentinel");
        assertThat(deployments.credential(fields("2024-10-21")).orElseThrow().secrets()).containsExactly("sentinel-key");
        assertThat(deployments.credential(Map.of("api_version", "v1"))).isEmpty();
        UpstreamRequest passed = foundry.authorise(UpstreamRequest.bare("GET", URI.create("https://x.example/"), Map.of("API-KEY", "client"), false, LIMITS), null,
                foundry.credential(fields(null)).orElseThrow(), null);
        assertThat(passed.headers()).hasSize(1).containsValue("sentinel-key");
    }

    @ParameterizedTest
    @ValueSource(strings = {"http://x.openai.azure.com", "https://evil.example", "https://openai.azure.com.evil.example", "https://x.openai.azure.com:8443", "https://u@x.openai.azure.com",
        "https://x.openai.azure.com?q", "https://127.0.0.1/.openai.azure.com", "::"})
    void an_api_base_that_is_not_azures_is_refused(String base) {
        Credential credential = deployments.credential(Map.of("api_key", "k", "api_base", base)).orElseThrow();
        assertThat(catchThrowableOfType(GatewayException.class, () -> deployments.baseUrl(credential)).getMessage()).contains("api_base").doesNotContain("evil");
        assertThat(deployments.baseUrl(deployments.credential(Map.of("api_key", "k", "api_base", "https://my.openai.azure.com/")).orElseThrow())).hasToString("https://my.openai.azure.com/");
    }

    @Test
    void the_operators_names() {
        assertThat(deployments.variables("_BASE_URL")).contains("AZURE_OPENAI_BASE_URL", "AZURE_API_BASE", "AZURE_OPENAI_ENDPOINT");
        assertThat(deployments.credentialFields().stream().flatMap(field -> field.variables().stream()))
                .contains("AZURE_OPENAI_API_KEY", "AZURE_API_KEY", "AZURE_API_VERSION", "AZURE_OPENAI_API_VERSION", "AZURE_AD_TOKEN").doesNotContain("AZURE_API_BASE");
        assertThat(deployments.aliases()).containsExactly("azure");
        assertThat(deployments.baseUrl()).isNull();
        assertThat(catchThrowableOfType(GatewayException.class, () -> prepare(deployments, OPENAI, "m", fields(null), null, false)).getMessage()).contains("AZURE_OPENAI_BASE_URL");
    }

    @ParameterizedTest
    @ValueSource(strings = {"sentinel key", "sentinel\r\nX: y", "sentinel\u00e9"})
    void a_key_that_no_header_carries_is_refused_without_being_shown(String key) {
        for (String name : List.of("api_key", "azure_ad_token")) {
            GatewayException refused = catchThrowableOfType(GatewayException.class, () -> prepare(deployments, OPENAI, "m", Map.of(name, key), "https://x.openai.azure.com", false));
            assertThat(refused.getMessage()).contains("azure_openai").doesNotContain("sentinel");
        }
    }

    // ---- recordings

    static Stream<Recording> chats() {
        return Recordings.where(recording -> recording.provider().equals("azure") && recording.endpoint().endsWith("chat/completions"));
    }

    @ParameterizedTest
    @MethodSource("chats")
    void what_azure_answers_is_read(Recording recording) {
        if (recording.status() >= 400) {
            ProviderError error = OPENAI.readError(recording.status(), recording.contentType(), recording.response());
            assertThat(error.status()).isEqualTo(recording.status());
            assertThat(error.message()).isNotBlank();
            assertThat(new String(recording.response(), UTF_8)).contains(error.message().substring(0, 20));
            return;
        }
        ChatResponse response = recording.isStream() ? assembled(recording.response()) : OPENAI.readResponse(recording.response());
        List<JsonObject> payloads = payloads(recording);
        StringBuilder text = new StringBuilder();
        StringBuilder arguments = new StringBuilder();
        long promptTokens = -1;
        for (JsonObject payload : payloads) {
            for (JsonValue item : payload.items("choices")) {
                JsonObject piece = ((JsonObject) item).object(recording.isStream() ? "delta" : "message");
                text.append(piece.text("content") == null ? "" : piece.text("content"));
                piece.items("tool_calls").forEach(call -> arguments.append(((JsonObject) call).object("function").text("arguments")));
            }
            promptTokens = payload.object("usage") == null ? promptTokens : payload.object("usage").number("prompt_tokens", -1);
        }
        ChatResponse.Choice choice = response.choices().get(0);
        StringBuilder readText = new StringBuilder();
        StringBuilder readArguments = new StringBuilder();
        choice.message().parts().forEach(part -> {
            readText.append(part instanceof org.sluice.gateway.chat.Part.Text said ? said.text() : "");
            readArguments.append(part instanceof org.sluice.gateway.chat.Part.ToolCall call ? call.arguments() : "");
        });
        assertThat(readText.toString()).isEqualTo(text.toString());
        assertThat(readArguments.toString()).isEqualTo(arguments.toString());
        assertThat(response.usage().inputTokens()).isEqualTo(promptTokens);
    }

    private static List<JsonObject> payloads(Recording recording) {
        List<JsonObject> payloads = new ArrayList<>();
        if (!recording.isStream()) {
            payloads.add(JsonReader.readObject(recording.response()));
        } else {
            new String(recording.response(), UTF_8).lines().filter(line -> line.startsWith("data: {")).forEach(line -> payloads.add(JsonReader.readObject(line.substring(6).getBytes(UTF_8))));
        }
        return payloads;
    }

    private static ChatResponse assembled(byte[] stream) {
        ChunkReader reader = OPENAI.chunkReader();
        ChatResponseAssembler assembler = new ChatResponseAssembler();
        RecordedEvents.of(stream).forEach(event -> {
            for (ChatChunk chunk : reader.read(event)) {
                assembler.add(chunk);
            }
        });
        assertThat(assembler.isEnded()).isTrue();
        return assembler.response();
    }

    @ParameterizedTest
    @CsvSource(nullValues = "-", value = {"EMBEDDING,2024-10-21,/openai/deployments/my%20one/embeddings?api-version=2024-10-21", "EMBEDDING,-,/openai/v1/embeddings", "EMBEDDING,preview,/openai/v1/embeddings",
        "TRANSCRIPTION,2024-06-01,/openai/deployments/my%20one/audio/transcriptions?api-version=2024-06-01", "SPEECH,v1,/openai/v1/audio/speech", "FILE,2024-10-21,/openai/v1/files", "RERANK,2024-10-21,-"})
    void endpoints_besides_chat_follow_the_version_too(org.sluice.gateway.provider.Operation operation, String version, String path) {
        AzureOpenAi azure = new AzureOpenAi();
        java.util.Map<String, String> fields = new java.util.HashMap<>(java.util.Map.of("api_key", "k"));
        if (version != null) {
            fields.put("api_version", version);
        }
        assertThat(azure.endpoint(operation, new Deployment("d", "azure_openai", "my one", null, java.util.Map.of()), azure.credential(fields).orElseThrow())
                .map(org.sluice.gateway.endpoint.Endpoint::path).orElse(null)).isEqualTo(path);
    }
}
