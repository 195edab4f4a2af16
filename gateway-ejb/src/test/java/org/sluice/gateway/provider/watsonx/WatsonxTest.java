package org.sluice.gateway.provider.watsonx;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.sluice.gateway.config.GatewayConfig;
import org.sluice.gateway.dialect.Body;
import org.sluice.gateway.dialect.Losses;
import org.sluice.gateway.dialect.openai.OpenAiDialect;
import org.sluice.gateway.endpoint.EmbeddingRequest;
import org.sluice.gateway.endpoint.EmbeddingResponse;
import org.sluice.gateway.endpoint.Endpoint;
import org.sluice.gateway.error.ErrorType;
import org.sluice.gateway.error.GatewayException;
import org.sluice.gateway.chat.RawJson;
import org.sluice.gateway.provider.Credential;
import org.sluice.gateway.provider.Deployment;
import org.sluice.gateway.provider.Dispatch;
import org.sluice.gateway.provider.Operation;
import org.sluice.gateway.provider.Upstream;
import org.sluice.gateway.provider.UpstreamLimits;
import org.sluice.gateway.provider.UpstreamRequest;
import org.sluice.gateway.provider.UpstreamResponse;
import org.sluice.gateway.usage.Usage;

class WatsonxTest {
    private static final UpstreamLimits LIMITS = new UpstreamLimits(Duration.ofSeconds(1), Duration.ofMinutes(9), Duration.ofMinutes(9), Duration.ofMinutes(9));
    private static final Map<String, String> FIELDS = Map.of("api_key", "sentinel key/+", "project_id", "p-1", "region", "eu-de");
    private final Watsonx provider = new Watsonx();
    private final List<UpstreamRequest> asked = new ArrayList<>();
    private int status = 200;
    private String answer = "{\"access_token\":\"t1\",\"expires_in\":3600,\"token_type\":\"Bearer\"}";

    WatsonxTest() {
        provider.openai = new OpenAiDialect();
        provider.config = GatewayConfig.of(Map.of());
        provider.tellTimeBy(Clock.fixed(Instant.parse("2026-11-24T10:00:00Z"), ZoneOffset.UTC));
    }

    private UpstreamResponse iam(UpstreamRequest request) {
        asked.add(request);
        int given = status;
        String body = answer;
        return new UpstreamResponse() {
            @Override public int status() { return given; }
            @Override public Map<String, String> headers() { return Map.of(); }
            @Override public InputStream body() { return new ByteArrayInputStream(body.getBytes(UTF_8)); }
            @Override public void close() { }
        };
    }

    private UpstreamRequest prepare(String model, Map<String, String> fields, String body, boolean stream) {
        Credential credential = provider.credential(fields).orElseThrow();
        Upstream network = this::iam;
        return provider.prepare(new Dispatch(Operation.CHAT, provider.openai, new Deployment("d", "watsonx", model, provider.baseUrl(credential), Map.of()), credential,
                provider.accepted(provider.openai, model, Body.of(body.getBytes(UTF_8)), new Losses(false)), stream, LIMITS, network));
    }

    private static String text(UpstreamRequest request) {
        return new String(request.body().toBytes(), UTF_8);
    }

    @Test
    void a_chat_keeps_its_bytes_but_for_the_names() {
        UpstreamRequest request = prepare("ibm/granite-3-8b-instruct", FIELDS, "{\"model\":\"ibm/granite-3-8b-instruct\",\"stream\":true,\"stream_options\":{\"include_usage\":true},"
                + "\"temperature\":1e-1,\"tool_choice\":\"auto\",\"messages\":[{\"role\":\"developer\",\"content\":\"Be brief.\"},{\"role\":\"user\",\"content\":\"Hi\"}]}", true);
        assertThat(request.uri()).hasToString("https://eu-de.ml.cloud.ibm.com/ml/v1/text/chat_stream?version=2025-04-23");
        assertThat(text(request)).isEqualTo("{\"temperature\":1e-1,\"tool_choice_option\":\"auto\",\"messages\":[{\"role\":\"system\",\"content\":\"Be brief.\"},{\"role\":\"user\",\"content\":\"Hi\"}],"
                + "\"model_id\":\"ibm/granite-3-8b-instruct\",\"project_id\":\"p-1\"}");
        assertThat(request.headers()).containsEntry("authorization", "Bearer t1");
    }

    @Test
    void the_key_is_exchanged_once() {
        prepare("m", FIELDS, "{}", false);
        prepare("m", FIELDS, "{}", false);
        assertThat(asked).hasSize(1);
        assertThat(asked.get(0).uri()).hasToString("https://iam.cloud.ibm.com/identity/token");
        assertThat(text(asked.get(0))).isEqualTo("grant_type=urn%3Aibm%3Aparams%3Aoauth%3Agrant-type%3Aapikey&apikey=sentinel+key%2F%2B");
        assertThat(asked.get(0).limits().total()).isEqualTo(Duration.ofSeconds(15));
        provider.config = GatewayConfig.of(Map.of("WATSONX_IAM_URL", "http://127.0.0.1:1/token"));
        prepare("m", FIELDS, "{}", false);
        assertThat(asked.get(1).uri()).hasToString("http://127.0.0.1:1/token");
    }

    @ParameterizedTest
    @CsvSource({"400,NO_TARGET", "429,UPSTREAM_UNREACHABLE", "503,UPSTREAM_UNREACHABLE", "200,UPSTREAM_INVALID"})
    void a_refusal_names_its_code_and_never_the_key(int refusal, ErrorType type) {
        status = refusal;
        answer = refusal == 200 ? "{}" : "{\"errorCode\":\"BXNIM0415E\",\"errorMessage\":\"sentinel key/+ could not be found\"}";
        GatewayException refused = catchThrowableOfType(GatewayException.class, () -> prepare("m", FIELDS, "{}", false));
        assertThat(refused.type()).isEqualTo(type);
        assertThat(refused.getMessage()).doesNotContain("sentinel");
    }

    @Test
    void a_deployment_names_itself_and_a_ready_token_needs_no_exchange() {
        UpstreamRequest request = prepare("deployment/my id", Map.of("token", "ready"), "{\"model\":\"x\",\"messages\":[]}", false);
        assertThat(request.uri()).hasToString("https://us-south.ml.cloud.ibm.com/ml/v1/deployments/my+id/text/chat?version=2025-04-23");
        assertThat(text(request)).isEqualTo("{\"messages\":[]}");
        assertThat(request.headers()).containsEntry("authorization", "Bearer ready");
        assertThat(asked).isEmpty();
    }

    @Test
    void what_is_missing_is_told() {
        assertThat(provider.credential(Map.of("project_id", "p"))).isEmpty();
        assertThat(catchThrowableOfType(GatewayException.class, () -> prepare("m", Map.of("token", "t"), "{}", false)).getMessage()).contains("WATSONX_PROJECT_ID");
        assertThat(catchThrowableOfType(GatewayException.class, () -> prepare("m", Map.of("token", "t", "region", "evil.example/"), "{}", false)).type()).isEqualTo(ErrorType.INVALID_VALUE);
        assertThat(provider.baseUrl(provider.credential(Map.of("token", "t", "region", "ap-south-1")).orElseThrow())).isEqualTo(URI.create("https://ap-south-1.aws.wxai.ibm.com"));
    }

    @Test
    void parameters_it_does_not_have_are_told() {
        Losses losses = new Losses(false);
        Body body = provider.accepted(provider.openai, "m", Body.of("{\"user\":\"u\",\"store\":false,\"verbosity\":\"low\",\"parallel_tool_calls\":true,\"n\":2}".getBytes(UTF_8)), losses);
        assertThat(new String(body.toBytes(), UTF_8)).isEqualTo("{\"n\":2}");
        assertThat(losses.warnings()).containsExactly("Parameter 'verbosity' was left out: watsonx.ai does not have it.");
        Body kept = Body.of("{\"n\":2}".getBytes(UTF_8));
        assertThat(provider.accepted(provider.openai, "m", kept, losses)).isSameAs(kept);
    }

    @Test
    void embeddings_have_names_of_their_own() {
        Credential credential = provider.credential(Map.of("token", "t", "space_id", "s-1")).orElseThrow();
        Endpoint.Embeddings endpoint = (Endpoint.Embeddings) provider.endpoint(Operation.EMBEDDING, null, credential).orElseThrow();
        assertThat(endpoint.path()).isEqualTo("/ml/v1/text/embeddings?version=2025-04-23");
        EmbeddingRequest request = new EmbeddingRequest("ibm/slate", List.of(new EmbeddingRequest.Input("a", new RawJson("\"a\""))), 0, null, Map.of());
        assertThat(new String(endpoint.writeRequest(request, new Losses(true)), UTF_8)).isEqualTo("{\"model_id\":\"ibm/slate\",\"space_id\":\"s-1\",\"inputs\":[\"a\"]}");
        assertThat(endpoint.readResponse("{\"model_id\":\"ibm/slate\",\"results\":[{\"embedding\":[1e-1]}],\"input_token_count\":3}".getBytes(UTF_8)))
                .isEqualTo(new EmbeddingResponse("ibm/slate", List.of(new RawJson("[1e-1]")), Usage.of(3, 0)));
    }

    @Test
    void its_errors_are_read() {
        assertThat(provider.openai.readError(404, "application/json", "{\"errors\":[{\"code\":\"model_not_supported\",\"message\":\"Model 'x' is not supported\"}],\"trace\":\"t\",\"status_code\":404}".getBytes(UTF_8)).message())
                .isEqualTo("Model 'x' is not supported");
    }
}
