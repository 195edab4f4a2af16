package org.sluice.gateway.provider.vertex;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.net.URI;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.sluice.gateway.config.GatewayConfig;
import org.sluice.gateway.dialect.Body;
import org.sluice.gateway.dialect.Dialect;
import org.sluice.gateway.dialect.anthropic.AnthropicDialect;
import org.sluice.gateway.dialect.gemini.GeminiDialect;
import org.sluice.gateway.dialect.openai.OpenAiDialect;
import org.sluice.gateway.error.GatewayException;
import org.sluice.gateway.json.JsonReader;
import org.sluice.gateway.json.JsonValue.JsonObject;
import org.sluice.gateway.provider.Credential;
import org.sluice.gateway.provider.Deployment;
import org.sluice.gateway.provider.Dispatch;
import org.sluice.gateway.provider.Operation;
import org.sluice.gateway.provider.Upstream;
import org.sluice.gateway.provider.UpstreamLimits;
import org.sluice.gateway.provider.UpstreamRequest;
import org.sluice.gateway.recorded.Recording;
import org.sluice.gateway.recorded.Recordings;

class VertexTest {
    private static final UpstreamLimits LIMITS = new UpstreamLimits(Duration.ofSeconds(1), Duration.ofSeconds(1), Duration.ofSeconds(1), Duration.ofSeconds(1));
    private static final Dialect OPENAI = new OpenAiDialect();
    private static final Map<String, String> FIELDS = Map.of("vertex_ai_access_token", "sentinel-token", "vertex_ai_project", "my-project", "vertex_ai_location", "us-east5");
    private final Vertex provider = new Vertex();

    VertexTest() {
        provider.openai = new OpenAiDialect();
        provider.anthropic = new AnthropicDialect();
        provider.gemini = new GeminiDialect();
        provider.config = GatewayConfig.of(Map.of());
        provider.tellTimeBy(new TestClock());
    }

    private UpstreamRequest prepare(String model, Map<String, String> fields, String base, String body, boolean stream, Upstream network) {
        Credential credential = provider.credential(fields).orElseThrow();
        return provider.prepare(new Dispatch(Operation.CHAT, provider.dialectFor(OPENAI, model), new Deployment("d", provider.id(), model,
                base == null ? provider.baseUrl(credential) : URI.create(base), Map.of()), credential, Body.of(body.getBytes(UTF_8)), stream, LIMITS, network));
    }

    private String address(String model, boolean stream) {
        return prepare(model, FIELDS, null, "{\"model\":\"m\"}", stream, null).uri().toString();
    }

    @ParameterizedTest
    @CsvSource({"claude-3-7-sonnet@20250219,false,/v1/projects/my-project/locations/us-east5/publishers/anthropic/models/claude-3-7-sonnet@20250219:rawPredict",
        "claude-3-7-sonnet@20250219,true,/v1/projects/my-project/locations/us-east5/publishers/anthropic/models/claude-3-7-sonnet@20250219:streamRawPredict",
        "anthropic/claude-sonnet-4,false,/v1/projects/my-project/locations/us-east5/publishers/anthropic/models/claude-sonnet-4:rawPredict",
        "mistral-medium-3,true,/v1/projects/my-project/locations/us-east5/publishers/mistralai/models/mistral-medium-3:streamRawPredict",
        "llama-3.3-70b-instruct-maas,false,/v1/projects/my-project/locations/us-east5/endpoints/openapi/chat/completions",
        "gemma-4-26b-a4b-it-maas,true,/v1/projects/my-project/locations/us-east5/endpoints/openapi/chat/completions",
        "claude-x/../../evil:q,false,/v1/projects/my-project/locations/us-east5/endpoints/openapi/chat/completions",
        "anthropic/x/../y:z,false,/v1/projects/my-project/locations/us-east5/publishers/anthropic/models/x%2F..%2Fy%3Az:rawPredict"})
    void the_model_says_where(String model, boolean stream, String path) {
        assertThat(address(model, stream)).isEqualTo("https://us-east5-aiplatform.googleapis.com" + path);
    }

    @Test
    void tokens_are_counted_at_an_address_of_their_own() {
        Credential credential = provider.credential(FIELDS).orElseThrow();
        String place = "https://us-east5-aiplatform.googleapis.com";
        UpstreamRequest claude = counted("anthropic/claude-sonnet-4@1", credential, "{\"model\":\"x\",\"messages\":[]}");
        assertThat(claude.uri()).hasToString(place + "/v1/projects/my-project/locations/us-east5/publishers/anthropic/models/count-tokens:rawPredict");
        assertThat(new String(claude.body().toBytes(), UTF_8)).isEqualTo("{\"model\":\"claude-sonnet-4@1\",\"messages\":[],\"anthropic_version\":\"vertex-2023-10-16\"}");
        UpstreamRequest gemini = counted("gemini-2.5-pro", credential, "{\"model\":\"models/x\",\"contents\":[],\"safetySettings\":[],\"tools\":[]}");
        assertThat(gemini.uri()).hasToString(place + "/v1beta1/projects/my-project/locations/us-east5/publishers/google/models/gemini-2.5-pro:countTokens");
        assertThat(new String(gemini.body().toBytes(), UTF_8)).isEqualTo("{\"contents\":[],\"tools\":[]}");
    }

    private UpstreamRequest counted(String model, Credential credential, String body) {
        return provider.prepare(new Dispatch(Operation.COUNT_TOKENS, provider.dialectFor(OPENAI, model), new Deployment("d", provider.id(), model, provider.baseUrl(credential), Map.of()),
                credential, Body.of(body.getBytes(UTF_8)), false, LIMITS, null));
    }

    @Test
    void the_machines_own_account_is_used_when_the_operator_says_so_and_by_nobody_else() {
        Map<String, String> fields = Map.of("vertex_ai_project", "my-project", "vertex_ai_location", "us-east5");
        assertThat(provider.machineCredential(fields)).isEmpty();
        provider.config = GatewayConfig.of(Map.of("GOOGLE_VERTEX_AI_METADATA", "true"));
        assertThat(provider.credential(Map.of("vertex_ai_project", "my-project", "machine", "true"))).isEmpty();
        FakeGoogle google = FakeGoogle.givingTokens(3600);
        Credential machine = provider.machineCredential(fields).orElseThrow();
        for (int call = 0; call < 2; call++) {
            UpstreamRequest request = provider.prepare(new Dispatch(Operation.CHAT, provider.dialectFor(OPENAI, "gemini-2.5-pro"),
                    new Deployment("d", provider.id(), "gemini-2.5-pro", provider.baseUrl(machine), Map.of()), machine, Body.of("{}".getBytes(UTF_8)), false, LIMITS, google));
            assertThat(request.headers()).containsEntry("authorization", "Bearer t1");
        }
        UpstreamRequest asked = google.asked.get(0);
        assertThat(google.asked).hasSize(1);
        assertThat(asked.method()).isEqualTo("GET");
        assertThat(asked.uri()).hasToString("http://metadata.google.internal/computeMetadata/v1/instance/service-accounts/default/token");
        assertThat(asked.headers()).containsEntry("metadata-flavor", "Google");
        Credential callers = provider.credential(Map.of("vertex_ai_project", "p1", "vertex_ai_access_token", "theirs", "machine", "guess")).orElseThrow();
        assertThat(provider.authorise(asked, null, callers, google).headers()).containsEntry("authorization", "Bearer theirs");
    }

    @Test
    void gemini_is_asked_in_its_own_dialect() {
        assertThat(provider.dialectFor(OPENAI, "gemini-2.5-pro").name()).isEqualTo("gemini");
        String models = "https://us-east5-aiplatform.googleapis.com/v1beta1/projects/my-project/locations/us-east5/";
        assertThat(address("gemini-2.5-pro", false)).isEqualTo(models + "publishers/google/models/gemini-2.5-pro:generateContent");
        assertThat(address("gemini-2.5-pro", true)).isEqualTo(models + "publishers/google/models/gemini-2.5-pro:streamGenerateContent?alt=sse");
        assertThat(address("1234567890123", false)).isEqualTo(models + "endpoints/1234567890123:generateContent");
        assertThat(provider.dialectFor(OPENAI, "gemma-3").name()).isEqualTo("openai");
    }

    @ParameterizedTest
    @CsvSource({"global,https://aiplatform.googleapis.com", "europe-west4,https://europe-west4-aiplatform.googleapis.com", "eu,https://aiplatform.eu.rep.googleapis.com"})
    void the_location_says_which_host(String location, String host) {
        assertThat(provider.baseUrl(new Credential.Fields(Map.of("vertex_ai_location", location)))).hasToString(host);
        assertThat(provider.baseUrl(new Credential.Fields(Map.of()))).hasToString("https://aiplatform.googleapis.com");
    }

    @ParameterizedTest
    @ValueSource(strings = {"evil.example/", "a.b", "x@y", "US"})
    void a_location_or_project_that_is_none_leads_nowhere(String name) {
        assertThat(catchThrowableOfType(GatewayException.class, () -> provider.baseUrl(new Credential.Fields(Map.of("vertex_ai_location", name))))).isNotNull();
        Map<String, String> fields = Map.of("vertex_ai_access_token", "t", "vertex_ai_project", "/" + name);
        assertThat(catchThrowableOfType(GatewayException.class, () -> prepare("llama-x", fields, null, "{}", false, null)).getMessage()).contains("VERTEX_AI_PROJECT");
    }

    @ParameterizedTest
    @CsvSource({"http://127.0.0.1:9/,http://127.0.0.1:9", "http://127.0.0.1:9/v1,http://127.0.0.1:9", "https://p.example/vertex/v1beta1/,https://p.example/vertex"})
    void the_operators_address_wins(String base, String stem) {
        assertThat(prepare("llama-x", FIELDS, base, "{\"model\":\"m\"}", false, null).uri()).hasToString(stem + "/v1/projects/my-project/locations/us-east5/endpoints/openapi/chat/completions");
    }

    @Test
    void claude_gets_the_clients_bytes_without_the_model() {
        UpstreamRequest request = prepare("claude-sonnet-4-5", FIELDS, null, "{\"max_tokens\": 1e1,\"model\":\"claude-sonnet-4-5\", \"messages\":[ ],\"stream\":true}", true, null);
        assertThat(new String(request.body().toBytes(), UTF_8)).isEqualTo("{\"max_tokens\": 1e1, \"messages\":[ ],\"stream\":true,\"anthropic_version\":\"vertex-2023-10-16\"}");
        assertThat(request.headers()).containsEntry("authorization", "Bearer sentinel-token").containsEntry("accept", "text/event-stream");
        assertThat(request.toString()).doesNotContain("sentinel");
    }

    @ParameterizedTest
    @CsvSource({"llama-3.3-70b-instruct-maas,meta/llama-3.3-70b-instruct-maas", "deepseek-v3.1-maas,deepseek-ai/deepseek-v3.1-maas", "meta/llama-4,meta/llama-4", "unknown-model,unknown-model",
        "gemma-3,google/gemma-3", "mistralai/codestral-2,codestral-2"})
    void the_openai_endpoint_gets_the_name_it_wants(String asked, String sent) {
        byte[] body = prepare(asked, FIELDS, null, "{\"model\":\"" + asked + "\",\"x\":1}", false, null).body().toBytes();
        assertThat(new String(body, UTF_8)).isEqualTo("{\"model\":\"" + sent + "\",\"x\":1}");
    }

    @Test
    void a_credential_is_exchanged_for_a_token() {
        FakeGoogle google = FakeGoogle.givingTokens(3600);
        Map<String, String> fields = Map.of("vertex_ai_credentials", AccessTokensTest.USER.replace("{", "{\"quota_project_id\":\"payer\","));
        UpstreamRequest request = prepare("claude-x", fields, null, "{}", false, google);
        assertThat(request.headers()).containsEntry("authorization", "Bearer t1").containsEntry("x-goog-user-project", "payer");
        assertThat(request.uri().getPath()).startsWith("/v1/projects/payer/locations/global/");
        prepare("claude-x", fields, null, "{}", false, google);
        assertThat(google.asked).hasSize(1);
        provider.gemini = new GeminiDialect();
        provider.config = GatewayConfig.of(Map.of("GOOGLE_VERTEX_AI_TOKEN_URL", "http://127.0.0.1:7/t"));
        prepare("claude-x", Map.of("vertex_ai_credentials", AccessTokensTest.USER.replace("\"id\"", "\"2\""), "vertex_ai_project", "p1"), null, "{}", false, google);
        assertThat(google.asked.get(1).uri()).hasToString("http://127.0.0.1:7/t");
    }

    @Test
    void the_secrets_inside_the_json_are_known_as_such() throws Exception {
        Credential user = provider.credential(Map.of("vertex_ai_credentials", AccessTokensTest.USER, "vertex_ai_project", "open-project", "vertex_ai_location", "open-place")).orElseThrow();
        assertThat(user.secrets()).contains("sentinel-secret", "sentinel/refresh", AccessTokensTest.USER).doesNotContain("open-project", "open-place");
        assertThat(user.toString()).doesNotContain("sentinel");
        Credential robot = provider.credential(Map.of("vertex_ai_credentials", AccessTokensTest.serviceAccount(AccessTokensTest.pair(), "https://oauth2.googleapis.com/token"))).orElseThrow();
        assertThat(robot.secrets()).anyMatch(secret -> secret.startsWith("-----BEGIN PRIVATE KEY"));
        assertThat(((Credential.Fields) robot).get("vertex_ai_project")).isEqualTo("my-project");
        assertThat(provider.credential(Map.of("vertex_ai_project", "p"))).isEmpty();
        GatewayException refused = catchThrowableOfType(GatewayException.class, () -> prepare("claude-x", Map.of("vertex_ai_access_token", "sentinel\n", "vertex_ai_project", "pp"), null, "{}", false, null));
        assertThat(refused.getMessage()).doesNotContain("sentinel");
    }

    @Test
    void the_operator_may_name_a_file() {
        assertThat(provider.credentialFields().get(0).fileVariables()).containsExactly("GOOGLE_APPLICATION_CREDENTIALS");
        assertThat(provider.credentialFields().get(0).variables()).doesNotContain("GOOGLE_APPLICATION_CREDENTIALS");
    }

    @Test
    void a_call_that_passes_through_is_authorised_too() {
        UpstreamRequest asked = UpstreamRequest.bare("GET", URI.create("https://aiplatform.googleapis.com/v1/x"), Map.of("Authorization", "Bearer client"), false, null);
        UpstreamRequest request = provider.authorise(asked, null, provider.credential(FIELDS).orElseThrow(), null);
        assertThat(request.headers()).hasSize(1).containsValue("Bearer sentinel-token");
    }

    static java.util.stream.Stream<Recording> claude() {
        return Recordings.where(recording -> recording.provider().equals("vertex") && recording.endpoint().startsWith("anthropic:"));
    }

    /** What a client asks of Anthropic is what was recorded at Vertex, but for the model, which stands in the path there. */
    @ParameterizedTest
    @MethodSource("claude")
    void a_request_means_what_was_recorded(Recording recording) {
        String asked = new String(recording.request(), UTF_8).replace(",\"anthropic_version\":\"vertex-2023-10-16\"", ",\"model\":\"" + recording.model() + "\"");
        UpstreamRequest request = prepare(recording.model(), FIELDS, null, asked, recording.isStream(), null);
        JsonObject sent = JsonReader.readObject(request.body().toBytes());
        JsonObject recorded = JsonReader.readObject(recording.request());
        assertThat(sent.members().keySet()).isEqualTo(recorded.members().keySet());
        recorded.members().forEach((name, value) -> assertThat(sent.get(name).raw()).isEqualTo(value.raw()));
        assertThat(request.uri().getPath()).endsWith(recording.model() + (recording.isStream() ? ":streamRawPredict" : ":rawPredict"));
    }

    static java.util.stream.Stream<Recording> gemini() {
        return Recordings.where(recording -> recording.provider().equals("vertex") && recording.endpoint().endsWith("enerateContent"));
    }

    /** The recorded bytes go to the recorded method; what they mean is the matter of the dialect's own tests. */
    @ParameterizedTest
    @MethodSource("gemini")
    void a_gemini_request_passes_as_it_is(Recording recording) {
        UpstreamRequest request = prepare(recording.model(), FIELDS, null, new String(recording.request(), UTF_8), recording.isStream(), null);
        assertThat(request.body().toBytes()).isEqualTo(recording.request());
        assertThat(request.uri().toString()).endsWith("/publishers/google/models/" + recording.model() + (recording.isStream() ? ":streamGenerateContent?alt=sse" : ":generateContent"));
    }
}
