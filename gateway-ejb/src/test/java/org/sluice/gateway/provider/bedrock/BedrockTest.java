package org.sluice.gateway.provider.bedrock;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.ByteArrayInputStream;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.sluice.gateway.chat.ChatChunk;
import org.sluice.gateway.chat.ChatResponseAssembler;
import org.sluice.gateway.dialect.Body;
import org.sluice.gateway.dialect.ChunkReader;
import org.sluice.gateway.dialect.Dialect;
import org.sluice.gateway.dialect.Losses;
import org.sluice.gateway.dialect.EventSource;
import org.sluice.gateway.dialect.EventWatch;
import org.sluice.gateway.dialect.ServerSentEvent;
import org.sluice.gateway.dialect.anthropic.AnthropicDialect;
import org.sluice.gateway.dialect.openai.OpenAiDialect;
import org.sluice.gateway.error.ErrorType;
import org.sluice.gateway.error.GatewayException;
import org.sluice.gateway.error.ProviderError;
import org.sluice.gateway.provider.Credential;
import org.sluice.gateway.provider.Deployment;
import org.sluice.gateway.provider.Dispatch;
import org.sluice.gateway.provider.Operation;
import org.sluice.gateway.provider.UpstreamLimits;
import org.sluice.gateway.provider.UpstreamRequest;
import org.sluice.gateway.recorded.Recording;
import org.sluice.gateway.recorded.Recordings;

class BedrockTest {
    private static final UpstreamLimits LIMITS = new UpstreamLimits(Duration.ofSeconds(1), Duration.ofSeconds(1), Duration.ofSeconds(1), Duration.ofSeconds(1));
    private static final Credential KEYS = new Credential.AwsKeys("AKIDEXAMPLE", "sentinel-secret", "sentinel-token", "eu-west-1");
    private static final Dialect ANTHROPIC = new AnthropicDialect();
    private static final Dialect OPENAI = new OpenAiDialect();
    private final Bedrock provider = new Bedrock();

    BedrockTest() {
        provider.anthropic = new AnthropicDialect();
        provider.clock = Clock.fixed(Instant.parse("2026-11-24T10:00:00Z"), ZoneOffset.UTC);
    }

    private UpstreamRequest prepare(Dialect ingress, String model, Credential credential, String base, String body, boolean stream) {
        return provider.prepare(new Dispatch(Operation.CHAT, provider.dialectFor(ingress, model),
                new Deployment("d", "bedrock", model, base == null ? provider.baseUrl(credential) : URI.create(base), Map.of()), credential,
                Body.of(body.getBytes(UTF_8)), stream, LIMITS, null));
    }

    private UpstreamRequest asked(Operation operation, Dialect ingress, String model, String body, String betas, Losses losses) {
        return provider.prepare(new Dispatch(operation, provider.dialectFor(ingress, model), new Deployment("d", "bedrock", model, provider.baseUrl(KEYS), Map.of()), KEYS,
                Body.of(body.getBytes(UTF_8)), false, LIMITS, null, Map.of("anthropic-beta", betas), losses));
    }

    @Test
    void betas_stand_in_the_body_and_unknown_ones_are_told() {
        Losses losses = new Losses(false);
        String betas = "interleaved-thinking-2025-05-14, claude-code-20250219,context-1m-2025-08-07";
        String claude = "us.anthropic.claude-sonnet-4-5-20250929-v1:0";
        String invoked = new String(asked(Operation.CHAT, ANTHROPIC, claude, "{\"model\":\"m\",\"anthropic_beta\":[\"context-1m-2025-08-07\"],\"messages\":[]}", betas, losses).body().toBytes(), UTF_8);
        assertThat(invoked).contains("\"anthropic_beta\":[\"context-1m-2025-08-07\",\"interleaved-thinking-2025-05-14\"]");
        assertThat(losses.warnings()).containsExactly("Parameter 'anthropic-beta: claude-code-20250219' was left out: Bedrock does not know it.");
        String conversed = new String(asked(Operation.CHAT, OPENAI, claude, "{\"messages\":[],\"additionalModelRequestFields\":{\"top_k\":1e1}}", betas, losses).body().toBytes(), UTF_8);
        assertThat(conversed).isEqualTo("{\"messages\":[],\"additionalModelRequestFields\":{\"top_k\":1e1,\"anthropic_beta\":[\"interleaved-thinking-2025-05-14\",\"context-1m-2025-08-07\"]}}");
        assertThat(asked(Operation.CHAT, OPENAI, "amazon.nova-lite-v1:0", "{\"messages\":[]}", betas, new Losses(true)).body().toBytes()).isEqualTo("{\"messages\":[]}".getBytes(UTF_8));
        assertThat(new String(asked(Operation.CHAT, ANTHROPIC, claude, "{\"messages\":[]}", "", new Losses(true)).body().toBytes(), UTF_8)).doesNotContain("anthropic_beta");
    }

    @Test
    void tokens_are_counted_of_the_body_that_would_be_invoked() {
        UpstreamRequest request = asked(Operation.COUNT_TOKENS, ANTHROPIC, "us.anthropic.claude-sonnet-4-5-20250929-v1:0",
                "{\"model\":\"m\",\"thinking\":{\"type\":\"enabled\",\"budget_tokens\":5000},\"messages\":[]}", "", new Losses(true));
        assertThat(request.uri().getRawPath()).isEqualTo("/model/anthropic.claude-sonnet-4-5-20250929-v1%3A0/count-tokens");
        String body = new String(request.body().toBytes(), UTF_8);
        assertThat(body).startsWith("{\"input\":{\"invokeModel\":{\"body\":\"");
        String counted = new String(java.util.Base64.getDecoder().decode(body.replaceAll(".*\"body\":\"([^\"]*)\".*", "$1")), UTF_8);
        assertThat(counted).isEqualTo("{\"thinking\":{\"type\":\"enabled\",\"budget_tokens\":5000},\"messages\":[],\"anthropic_version\":\"bedrock-2023-05-31\",\"max_tokens\":9096}");
        assertThat(provider.tokensCounted("{\"inputTokens\":42}".getBytes(UTF_8))).isEqualTo(42);
        assertThat(catchThrowableOfType(GatewayException.class, () -> provider.tokensCounted("{}".getBytes(UTF_8))).type()).isEqualTo(ErrorType.UPSTREAM_INVALID);
    }

    @ParameterizedTest
    @CsvSource({"us.amazon.nova-2-lite-v1:0,false,https://bedrock-runtime.eu-west-1.amazonaws.com/model/us.amazon.nova-2-lite-v1%3A0/converse",
        "meta.llama3-70b-instruct-v1:0,true,https://bedrock-runtime.eu-west-1.amazonaws.com/model/meta.llama3-70b-instruct-v1%3A0/converse-stream",
        "arn:aws:bedrock:us-east-1:123456789012:application-inference-profile/abc,false,"
            + "https://bedrock-runtime.eu-west-1.amazonaws.com/model/arn%3Aaws%3Abedrock%3Aus-east-1%3A123456789012%3Aapplication-inference-profile%2Fabc/converse"})
    void the_model_is_one_step_of_the_path(String model, boolean stream, String address) {
        assertThat(prepare(OPENAI, model, KEYS, null, "{}", stream).uri()).hasToString(address);
    }

    @Test
    void a_call_is_signed_for_the_region_with_everything_that_identifies_it() {
        UpstreamRequest request = prepare(OPENAI, "amazon.nova-lite-v1:0", KEYS, null, "{\"messages\":[]}", true);
        assertThat(request.headers()).containsEntry("content-type", "application/json").containsEntry("accept", "application/vnd.amazon.eventstream")
                .containsEntry("x-amz-date", "20261124T100000Z").containsEntry("x-amz-security-token", "sentinel-token");
        assertThat(request.headers().get("authorization"))
                .startsWith("AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE/20261124/eu-west-1/bedrock/aws4_request, "
                        + "SignedHeaders=accept;content-type;host;x-amz-date;x-amz-security-token, Signature=").doesNotContain("sentinel");
        assertThat(request.isStream()).isTrue();
        assertThat(request.toString()).doesNotContain("sentinel");
        Map<String, String> again = new AwsSigner("bedrock").sign("POST", request.uri(), Map.of("content-type", "application/json", "accept", "application/vnd.amazon.eventstream"),
                request.body(), (Credential.AwsKeys) KEYS, Instant.parse("2026-11-24T10:00:00Z"));
        assertThat(request.headers().get("authorization")).isEqualTo(again.get("authorization"));
    }

    @Test
    void the_operators_address_is_signed_with_its_port() {
        UpstreamRequest request = prepare(OPENAI, "m", KEYS, "http://127.0.0.1:8081/", "{}", false);
        assertThat(request.uri()).hasToString("http://127.0.0.1:8081/model/m/converse");
        assertThat(request.headers()).containsEntry("accept-encoding", "identity");
    }

    @Test
    void an_api_key_goes_as_bearer() {
        Credential key = provider.credential(Map.of("api_key", "sentinel-key", "aws_region_name", "ap-south-1")).orElseThrow();
        UpstreamRequest request = prepare(OPENAI, "m", key, null, "{}", false);
        assertThat(request.headers()).containsEntry("authorization", "Bearer sentinel-key").doesNotContainKey("x-amz-date");
        assertThat(request.uri().getHost()).isEqualTo("bedrock-runtime.ap-south-1.amazonaws.com");
        assertThat(key.secrets()).containsExactly("sentinel-key");
        assertThat(key.toString()).doesNotContain("sentinel");
    }

    @Test
    void a_credential_is_made_of_what_is_set() {
        assertThat(provider.credential(Map.of("aws_access_key_id", "a"))).isEmpty();
        assertThat(provider.credential(Map.of("aws_region_name", "us-east-2"))).isEmpty();
        assertThat(provider.credential(Map.of("aws_access_key_id", "a", "aws_secret_access_key", "b")))
                .contains(new Credential.AwsKeys("a", "b", null, "us-east-1"));
        assertThat(provider.credential(Map.of("aws_access_key_id", "a", "aws_secret_access_key", "b", "aws_session_token", "c", "aws_region_name", "d")))
                .contains(new Credential.AwsKeys("a", "b", "c", "d"));
        assertThat(provider.credentialFields().get(0).variables()).containsExactly("AWS_ACCESS_KEY_ID");
        assertThat(provider.baseUrl(new Credential.AwsKeys("a", "b", null, "cn-north-1"))).hasToString("https://bedrock-runtime.cn-north-1.amazonaws.com.cn");
    }

    @ParameterizedTest
    @ValueSource(strings = {"evil.example/", "us-east-1.evil", "a@b", "US EAST", "x"})
    void a_region_that_is_none_leads_nowhere(String region) {
        GatewayException refused = catchThrowableOfType(GatewayException.class, () -> provider.baseUrl(new Credential.AwsKeys("a", "b", null, region)));
        assertThat(refused.getMessage()).contains("region").doesNotContain(region + " ");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "sentinel secret", "sentinel\r\nX: y", "sentinel\u00e9"})
    void a_secret_that_no_header_carries_is_refused_without_being_shown(String secret) {
        for (Credential credential : List.of(new Credential.AwsKeys("AKID", secret, null, "us-east-1"), new Credential.AwsKeys("AKID", "x", secret, "us-east-1"),
                new Credential.ApiKey(secret), Credential.None.NONE)) {
            GatewayException refused = catchThrowableOfType(GatewayException.class, () -> prepare(OPENAI, "m", credential, "https://x.example", "{}", false));
            assertThat(refused.getMessage()).contains("Bedrock").doesNotContain("sentinel");
        }
    }

    @Test
    void an_anthropic_client_asks_claude_by_invoke_with_its_own_bytes() {
        String body = "{ \"model\" : \"m\", \"max_tokens\":  5,\"messages\":[ ], \"stream\": true }";
        UpstreamRequest streamed = prepare(ANTHROPIC, "eu.anthropic.claude-haiku-4-5-20251001-v1:0", KEYS, null, body, true);
        assertThat(streamed.uri().getRawPath()).isEqualTo("/model/eu.anthropic.claude-haiku-4-5-20251001-v1%3A0/invoke-with-response-stream");
        assertThat(new String(streamed.body().toBytes(), UTF_8)).isEqualTo("{ \"max_tokens\":  5,\"messages\":[ ],\"anthropic_version\":\"bedrock-2023-05-31\" }");
        assertThat(prepare(ANTHROPIC, "anthropic.claude-3-haiku", KEYS, null, body, false).uri().getRawPath()).endsWith("/invoke");
        assertThat(provider.dialectFor(ANTHROPIC, "amazon.nova-lite-v1:0").name()).isEqualTo("converse");
        assertThat(provider.dialectFor(OPENAI, "anthropic.claude-3-haiku").name()).isEqualTo("converse");
    }

    @Test
    void a_call_that_passes_through_is_signed_too() {
        UpstreamRequest asked = UpstreamRequest.bare("GET", URI.create("https://x.example/foundation-models?a=b"), Map.of("Accept", "*/*"), false, LIMITS);
        UpstreamRequest request = provider.authorise(asked, null, KEYS, null);
        assertThat(request.headers().get("authorization")).contains("SignedHeaders=host;x-amz-date;x-amz-security-token");
        assertThat(request.headers()).containsEntry("Accept", "*/*");
        assertThat(request.method()).isEqualTo("GET");
    }

    @Test
    void no_client_speaks_converse() {
        Dialect converse = provider.dialect();
        assertThatThrownBy(() -> converse.readOutline(new byte[0])).isInstanceOf(UnsupportedOperationException.class);
        assertThatThrownBy(() -> converse.chunkWriter(true)).isInstanceOf(UnsupportedOperationException.class);
        assertThatThrownBy(() -> converse.watch(true)).isInstanceOf(UnsupportedOperationException.class);
    }

    // ---- InvokeModelWithResponseStream

    static Stream<Recording> claudeStreams() {
        return Recordings.where(recording -> recording.endpoint().equals("invoke-with-response-stream") && recording.model().contains("claude"));
    }

    static Stream<Recording> claudeAnswers() {
        return Recordings.where(recording -> recording.endpoint().equals("invoke") && recording.model().contains("claude") && recording.status() == 200);
    }

    static Stream<Recording> errors() {
        return Recordings.where(recording -> recording.endpoint().equals("invoke") && recording.status() >= 400);
    }

    @ParameterizedTest
    @MethodSource("claudeStreams")
    void a_stream_comes_back_as_anthropics_own_events(Recording recording) {
        List<String> expected = new ArrayList<>();
        for (Wire.Frame frame : Wire.frames(recording.response())) {
            String bytes = (String) Wire.object(Wire.value(frame.payload())).get("bytes");
            String data = new String(java.util.Base64.getDecoder().decode(bytes), UTF_8);
            expected.add("event: " + Wire.object(Wire.value(data)).get("type") + "\ndata: " + data + "\n\n");
        }
        for (int most : new int[] {1, 17, 1 << 20}) {
            EventSource events = provider.events(ANTHROPIC, new Trickle(recording.response(), most));
            EventWatch watch = ANTHROPIC.watch(true);
            ChunkReader reader = ANTHROPIC.chunkReader();
            ChatResponseAssembler assembler = new ChatResponseAssembler();
            List<String> frames = new ArrayList<>();
            EventWatch.Verdict last = null;
            for (ServerSentEvent event = events.next(); event != null; event = events.next()) {
                frames.add(event.frame().text());
                last = watch.see(event);
                for (ChatChunk chunk : reader.read(event)) {
                    assembler.add(chunk);
                }
            }
            assertThat(frames).isEqualTo(expected);
            assertThat(last).isEqualTo(EventWatch.Verdict.LAST);
            assertThat(assembler.isEnded()).isTrue();
            assertThat(watch.usage()).isEqualTo(assembler.response().usage()).isNotNull();
            assertThat(assembler.response().choices().get(0).message().parts().stream().filter(org.sluice.gateway.chat.Part.ToolCall.class::isInstance)).hasSize(2);
        }
    }

    @ParameterizedTest
    @MethodSource("claudeAnswers")
    void a_whole_answer_is_anthropics_own(Recording recording) {
        Map<String, Object> said = Wire.object(recording.response());
        assertThat(ANTHROPIC.readResponseOutline(recording.response()).id()).isEqualTo(said.get("id"));
        assertThat(ANTHROPIC.readResponse(recording.response()).usage().outputTokens())
                .isEqualTo(((java.math.BigDecimal) Wire.object(said.get("usage")).get("output_tokens")).longValue());
    }

    /** What a client asked of Anthropic is what was recorded at Bedrock, but for the members that stand in the path there. */
    @ParameterizedTest
    @MethodSource({"claudeAnswers", "claudeStreams"})
    void a_request_means_what_was_recorded(Recording recording) {
        Map<String, Object> recorded = Wire.object(recording.request());
        Map<String, Object> asked = new java.util.TreeMap<>(recorded);
        asked.remove("anthropic_version");
        asked.put("model", "x");
        asked.put("stream", recording.isStream());
        UpstreamRequest request = prepare(ANTHROPIC, recording.model(), KEYS, null, new String(Wire.json(asked), UTF_8), recording.isStream());
        assertThat(Wire.object(request.body().toBytes())).isEqualTo(recorded);
    }

    @ParameterizedTest
    @MethodSource("errors")
    void an_error_is_told_in_the_clients_shape(Recording recording) {
        ProviderError error = provider.explained(ANTHROPIC.readError(recording.status(), recording.contentType(), recording.response()), recording.headers());
        assertThat(error.type()).endsWith("Exception");
        Map<String, Object> told = Wire.object(ANTHROPIC.writeError(GatewayException.provider(error), "log-1"));
        assertThat(told).containsEntry("type", "error");
        assertThat(Wire.object(told.get("error"))).containsEntry("message", Wire.object(recording.response()).get("message"))
                .containsEntry("type", recording.status() == 403 ? "permission_error" : "invalid_request_error");
    }

    @ParameterizedTest
    @CsvSource({"throttlingException,429,rate_limit_error", "validationException,400,invalid_request_error", "modelStreamErrorException,424,api_error",
        "serviceUnavailableException,503,overloaded_error", "internalServerException,500,api_error", "modelTimeoutException,408,timeout_error"})
    void a_failure_inside_a_stream_is_told_with_its_status(String exception, int status, String type) {
        byte[] failure = Wire.message(Map.of(":message-type", "exception", ":exception-type", exception), "{\"message\":\"it failed\"}".getBytes(UTF_8));
        EventSource converse = new ConverseEvents(new ByteArrayInputStream(Wire.join(Wire.event("messageStart", "{\"role\":\"assistant\"}"), failure)));
        ChunkReader reader = new ConverseDialect("m", ANTHROPIC).chunkReader();
        assertThat(reader.read(converse.next())).hasSize(1);
        GatewayException told = catchThrowableOfType(GatewayException.class, () -> reader.read(converse.next()));
        assertThat(told.status()).isEqualTo(status);
        assertThat(told.getMessage()).isEqualTo("it failed");
        assertThat(told.providerError().orElseThrow().type()).isEqualToIgnoringCase(exception);
        ServerSentEvent event = new InvokeEvents(new ByteArrayInputStream(failure)).next();
        assertThat(ANTHROPIC.watch(true).see(event)).isEqualTo(EventWatch.Verdict.ERROR);
        assertThat(Wire.object(Wire.object(Wire.value(event.data().text())).get("error"))).containsEntry("type", type).containsEntry("message", "it failed");
    }

    @Test
    void a_chunk_that_is_no_event_is_an_error_and_line_ends_stay_inside_the_frame() {
        for (String payload : List.of("[]", "{}", "{\"bytes\":\"%\"}", "{\"bytes\":\"bm8=\"}")) {
            EventSource events = new InvokeEvents(new ByteArrayInputStream(Wire.event("chunk", payload)));
            assertThat(catchThrowableOfType(GatewayException.class, events::next)).as(payload).isNotNull();
        }
        String spaced = java.util.Base64.getEncoder().encodeToString("{\n \"index\": 0,\r\n \"type\": \"ping\" }".getBytes(UTF_8));
        ServerSentEvent event = new InvokeEvents(new ByteArrayInputStream(Wire.event("chunk", "{\"bytes\":\"" + spaced + "\"}"))).next();
        assertThat(event.event()).isEqualTo("ping");
        assertThat(event.frame().text()).isEqualTo("event: ping\ndata: {  \"index\": 0,   \"type\": \"ping\" }\n\n");
    }
}
