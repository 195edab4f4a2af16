package org.sluice.gateway.replay;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.sluice.gateway.dialect.Body;
import org.sluice.gateway.dialect.Dialect;
import org.sluice.gateway.dialect.Losses;
import org.sluice.gateway.dialect.RequestOutline;
import org.sluice.gateway.error.ErrorType;
import org.sluice.gateway.error.GatewayException;
import org.sluice.gateway.provider.Credential;
import org.sluice.gateway.provider.Deployment;
import org.sluice.gateway.provider.Dispatch;
import org.sluice.gateway.provider.Operation;
import org.sluice.gateway.provider.Provider;
import org.sluice.gateway.provider.UpstreamLimits;
import org.sluice.gateway.recorded.Recording;
import org.sluice.gateway.recorded.Recordings;

/** What the gateway asks a provider, whoever asked the gateway, is what that provider takes: see {@link RequestSchemas}. */
class RequestSchemaTest {
    private static final UpstreamLimits LIMITS = new UpstreamLimits(Duration.ofSeconds(1), Duration.ofSeconds(1), Duration.ofSeconds(1), Duration.ofSeconds(1));
    private static final Map<String, List<String>> MODELS = Map.ofEntries(
            Map.entry("openai", List.of("gpt-4o", "gpt-5")), Map.entry("azure_openai", List.of("gpt-4o", "gpt-5")), Map.entry("anthropic", List.of("claude-sonnet-4-5", "claude-opus-4-6", "claude-3-5-haiku-latest")),
            Map.entry("gemini", List.of("gemini-2.5-flash", "gemini-3-pro-preview", "gemini-2.0-flash")),
            Map.entry("google_vertex_ai", List.of("gemini-2.5-flash", "claude-sonnet-4-5", "mistral-large-2411", "meta/llama-4-maverick-17b")),
            Map.entry("bedrock", List.of("anthropic.claude-sonnet-4-5-20250929-v1:0", "amazon.nova-pro-v1:0", "meta.llama3-3-70b-instruct-v1:0", "openai.gpt-oss-120b-1:0", "mistral.mistral-large-2402-v1:0")),
            Map.entry("azure_ai", List.of("claude-sonnet-4-5", "DeepSeek-V3")), Map.entry("xai", List.of("grok-4", "grok-3", "grok-4-fast-non-reasoning")),
            Map.entry("openrouter", List.of("anthropic/claude-sonnet-4.5", "openai/gpt-5", "qwen/qwen3-32b")), Map.entry("groq", List.of("llama-3.3-70b-versatile", "openai/gpt-oss-120b")),
            Map.entry("deepseek", List.of("deepseek-chat", "deepseek-reasoner")), Map.entry("mistral", List.of("mistral-large-latest", "magistral-medium-latest")),
            Map.entry("cohere", List.of("command-a-03-2025", "command-a-reasoning-08-2025")));
    /** Whose requests any provider of that dialect may get: they hold nothing of a follower's own. */
    private static final List<String> ORIGINALS = List.of("openai", "azure", "anthropic", "gemini", "vertex");
    private static final Map<String, String> RENAMED = Map.of("azure", "azure_openai", "vertex", "google_vertex_ai", "together", "togetherai", "vercel-gateway", "vercel");
    private static final Map<String, int[]> COUNTS = new TreeMap<>();
    private static List<AskedRequest> asked;

    static Stream<Provider> providers() {
        asked = asked == null ? AskedRequest.all() : asked;
        return Wired.PROVIDERS.stream().filter(provider -> provider.operations().contains(Operation.CHAT));
    }

    static Stream<Recording> recorded() {
        return Recordings.where(recording -> recording.status() < 400 && recording.request().length > 0 && schema(recording) != null);
    }

    private static String provider(Recording recording) {
        return RENAMED.getOrDefault(recording.provider(), recording.provider());
    }

    /** The schema of a recorded chat; null for what is none, or was asked in a form of the provider's that the gateway does not use. */
    private static String schema(Recording recording) {
        String endpoint = recording.endpoint();
        boolean isOther = Set.of("hyperbolic", "huggingface", "openrouter").contains(recording.provider());
        String dialect = endpoint.startsWith("converse") ? "converse" : endpoint.equals("v2/chat") ? "cohere" : endpoint.contains("enerateContent") ? "gemini"
                : endpoint.endsWith("chat/completions") && !isOther ? "openai" : endpoint.endsWith("responses") && !isOther ? "responses"
                : endpoint.equals("messages") || endpoint.startsWith("anthropic:") ? "anthropic" : null;
        return dialect == null ? null : endpoint.startsWith("models/") ? RequestSchemas.chat("azure_ai", dialect, "") : RequestSchemas.chat(provider(recording), dialect, "");
    }

    @ParameterizedTest
    @MethodSource("recorded")
    void a_schema_takes_what_its_provider_took(Recording recording) {
        String body = new String(recording.request(), UTF_8);
        assertThat(RequestSchemas.violations(schema(recording), schema(recording).startsWith("gemini") ? Camel.of(body) : body)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', value = {
        "openai-chat.json|{'model':'m','messages':[{'role':'user','content':'x','reasoning_content':'y'}]}", "openai-chat.json|{'model':'m','messages':[{'role':'user','content':'x'}],'top_k':4}",
        "anthropic-messages.json|{'model':'m','max_tokens':9,'messages':[{'role':'user','content':[{'type':'text','text':' '}]}]}",
        "anthropic-messages.json|{'model':'m','max_tokens':9,'temperature':0.5,'thinking':{'type':'adaptive'},'messages':[{'role':'user','content':'x'}]}",
        "gemini-generate.json|{'contents':[{'role':'assistant','parts':[{'text':'x'}]}]}", "gemini-generate.json|{'contents':[{'parts':[{'text':'x'}]}],'generationConfig':{'maxTokens':4}}",
        "openai-responses.json|{'model':'m','input':'x','max_tokens':4}", "openai-responses.json|{'model':'m','input':[{'role':'assistant','content':[{'type':'input_text','text':'x'}]}]}",
        "bedrock-converse.json|{'messages':[{'role':'user','content':[{'type':'text','text':'x'}]}]}", "bedrock-converse.json|{'messages':[{'role':'user','content':[{'text':'x'}]}],'toolConfig':{'tools':[]}}",
        "cohere-chat.json|{'model':'m','messages':[{'role':'user','content':'x'}],'p':1}", "compatible-providers.json#/$defs/mistral|{'model':'m','messages':[{'role':'assistant','content':'x','refusal':null}]}",
        "compatible-providers.json#/$defs/groq|{'model':'m','messages':[{'role':'user','name':'ann','content':'x'}]}", "compatible-providers.json#/$defs/deepseek|{'model':'m','messages':[{'role':'developer','content':'x'}]}",
        "compatible-providers.json#/$defs/xaiReasoning|{'model':'m','messages':[{'role':'user','content':'x'}],'stop':['x']}", "embeddings.json#/$defs/cohere|{'model':'m','texts':['x']}", "rerank.json#/$defs/voyage|{'model':'m','query':'x','documents':['y'],'top_n':1}"})
    void a_schema_refuses_what_its_provider_refuses(String schema, String body) {
        assertThat(RequestSchemas.violations(schema, body.replace('\'', '"'))).isNotEmpty();
    }

    @ParameterizedTest
    @MethodSource("providers")
    void what_is_asked_of_a_provider_is_what_it_takes(Provider provider) {
        Map<String, List<String>> wrong = new TreeMap<>();
        int[] counts = COUNTS.computeIfAbsent(provider.id(), id -> new int[3]);
        for (String model : MODELS.getOrDefault(provider.id(), List.of("a-model"))) {
            for (AskedRequest request : asked) {
                ask(provider, model, request, counts, wrong);
            }
        }
        assertThat(counts[0]).as("requests").isPositive();
        counts[2] = wrong.values().stream().mapToInt(List::size).sum();
        assertThat(wrong).as(() -> wrong.entrySet().stream().map(entry -> "\n" + entry.getKey() + "  <- " + entry.getValue().size() + ": " + entry.getValue().get(0)).reduce("", String::concat)).isEmpty();
    }

    private static void ask(Provider provider, String model, AskedRequest request, int[] counts, Map<String, List<String>> wrong) {
        Dialect door = Wired.dialect(request.dialect()).orElseThrow();
        Dialect target = provider.dialectFor(door, model);
        boolean isSame = target.name().equals(door.name());
        if (isSame && request.from() != null && !ORIGINALS.contains(request.from()) && !RENAMED.getOrDefault(request.from(), request.from()).equals(provider.id())) {
            return; // another follower's own parameters, which pass: the caller's business
        }
        String body;
        try {
            body = body(provider, model, request, door, target);
        } catch (GatewayException refused) {
            assertThat(refused.type()).as(request.name() + " to " + provider.id() + ": " + refused.getMessage()).isEqualTo(ErrorType.INVALID_VALUE);
            counts[1]++;
            return;
        }
        counts[0]++;
        String schema = RequestSchemas.chat(provider.id(), target.name(), model);
        RequestSchemas.violations(schema, target.name().equals("gemini") && isSame ? Camel.of(body) : body).forEach(violation ->
                wrong.computeIfAbsent(violation.replaceAll("/\\d+", "/N"), unused -> new ArrayList<>()).add(request.name() + " (" + model + ")"));
    }

    /** As the engine makes it: the client's own bytes where the dialect is the same, else written anew; then the provider's rules. */
    private static String body(Provider provider, String model, AskedRequest request, Dialect door, Dialect target) {
        RequestOutline outline = door.readOutline(request.body());
        Losses losses = new Losses(false);
        Body body = target.name().equals(door.name()) ? door.forward(outline, model, Set.of()) : Body.of(target.writeRequest(door.readRequest(outline, Set.of()).withModel(model), losses));
        Body accepted = provider.accepted(target, model, body, losses);
        Deployment deployment = new Deployment(provider.id() + "/" + model, provider.id(), model, base(provider), Map.of());
        return new String(provider.prepare(new Dispatch(Operation.CHAT, target, deployment, credential(provider), accepted, request.isStream(), LIMITS, null)).body().toBytes(), UTF_8);
    }

    private static URI base(Provider provider) {
        return provider.baseUrl() == null ? URI.create("https://example.com/v1") : provider.baseUrl();
    }

    private static Credential credential(Provider provider) {
        return switch (provider.id()) {
            case "google_vertex_ai" -> new Credential.Fields(Map.of("vertex_ai_access_token", "token", "vertex_ai_project", "project"), Set.of("vertex_ai_project"));
            case "watsonx" -> new Credential.Fields(Map.of("token", "token", "project_id", "project"), Set.of("project_id"));
            default -> new Credential.ApiKey("sk-key");
        };
    }

    @AfterAll
    static void report() throws IOException {
        StringBuilder table = new StringBuilder("# Requests against the providers' schemas\n\n| provider | requests built | refused before | violations |\n|---|---:|---:|---:|\n");
        COUNTS.forEach((provider, counts) -> table.append("| ").append(provider).append(" | ").append(counts[0]).append(" | ").append(counts[1]).append(" | ").append(counts[2]).append(" |\n"));
        Files.createDirectories(Path.of("target"));
        Files.writeString(Path.of("target", "schema-report.md"), table.toString());
    }
}
