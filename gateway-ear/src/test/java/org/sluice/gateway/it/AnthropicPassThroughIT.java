package org.sluice.gateway.it;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.sluice.gateway.dialect.Dialect;
import org.sluice.gateway.dialect.anthropic.AnthropicDialect;
import org.sluice.gateway.error.GatewayException;
import org.sluice.gateway.json.JsonReader;
import org.sluice.gateway.json.JsonValue.JsonObject;

/** Anthropic's dialect on both sides of the whole gateway: bytes pass. */
class AnthropicPassThroughIT {
    private static final Dialect ANTHROPIC = new AnthropicDialect();
    private static final String PATH = "/api/anthropic/v1/messages?beta=true";
    private final HttpClient http = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    static Stream<RecordedExchange> exchanges() {
        return RecordedExchange.all().filter(exchange -> exchange.provider().equals("anthropic") && exchange.endpoint().equals("messages"))
                .filter(AnthropicPassThroughIT::isReadable);
    }

    /** What the gateway refuses itself: two recordings hold requests that are malformed on purpose. */
    private static boolean isReadable(RecordedExchange exchange) {
        try {
            return ANTHROPIC.readOutline(exchange.request()).model().startsWith("claude-");
        } catch (GatewayException malformed) {
            return false;
        }
    }

    private static ReplayUpstream replay() {
        return ServerUnderTest.shared().replay();
    }

    private HttpResponse<byte[]> post(String path, byte[] body, String... headers) throws Exception {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(ServerUnderTest.shared().baseUrl() + path)).header("x-api-key", ServerUnderTest.key())
                .header("Content-Type", "application/json").POST(HttpRequest.BodyPublishers.ofByteArray(body));
        if (headers.length > 0) {
            request.headers(headers);
        }
        return http.send(request.build(), HttpResponse.BodyHandlers.ofByteArray());
    }

    private static JsonObject error(HttpResponse<byte[]> answer) {
        JsonObject body = JsonReader.readObject(answer.body());
        assertThat(body.text("type")).isEqualTo("error");
        return body.object("error");
    }

    @ParameterizedTest
    @MethodSource("exchanges")
    void what_was_recorded_passes_byte_for_byte(RecordedExchange exchange) throws Exception {
        replay().answerWith(new ReplayUpstream.Answer(exchange.status(), exchange.contentType(), exchange.response(), exchange.isStream()));
        HttpResponse<byte[]> answer = post(PATH, exchange.request());
        assertThat(new String(replay().lastRequest(), UTF_8)).isEqualTo(new String(
                ANTHROPIC.forward(ANTHROPIC.readOutline(exchange.request()), exchange.model(), Set.of()).toBytes(), UTF_8));
        assertThat(answer.headers().firstValue("X-Respan-Log-Id")).isPresent();
        assertThat(answer.headers().firstValue("request-id")).isEqualTo(providersId(exchange).or(() -> answer.headers().firstValue("X-Respan-Log-Id")));
        if (exchange.status() == 200 && new String(exchange.response(), UTF_8).startsWith("event: error")) {
            assertThat(error(answer).text("message")).isNotBlank();
            return;
        }
        assertThat(answer.statusCode()).isEqualTo(exchange.status());
        assertThat(new String(answer.body(), UTF_8)).isEqualTo(new String(exchange.response(), UTF_8));
    }

    /** An error of the provider's keeps the id the provider gave it. */
    private static Optional<String> providersId(RecordedExchange exchange) {
        return exchange.status() < 400 ? Optional.empty() : Optional.ofNullable(JsonReader.readObject(exchange.response()).text("request_id"));
    }

    @Test
    void the_clients_version_and_betas_reach_the_provider_and_the_gateways_key_does_not() throws Exception {
        replay().answerWith(new ReplayUpstream.Answer(200, "application/json", "{\"type\":\"message\",\"content\":[]}".getBytes(UTF_8), false));
        String body = "{\"model\":\"claude-sonnet-4-5\",\"max_tokens\":1,\"messages\":[{\"role\":\"user\",\"content\":\"Hi\"}],"
                + "\"metadata\":{\"user_id\":\"u\",\"respan_params\":{\"customer_identifier\":\"c\"},\"extra_headers\":{\"anthropic-beta\":\"context-1m-2025-08-07\"}}}";
        assertThat(post(PATH, body.getBytes(UTF_8), "anthropic-version", "2099-01-01", "anthropic-beta", "a-1,b-2").statusCode()).isEqualTo(200);
        assertThat(replay().lastHeader("anthropic-version")).isEqualTo("2099-01-01");
        assertThat(replay().lastHeader("anthropic-beta")).isEqualTo("a-1,b-2,context-1m-2025-08-07");
        assertThat(replay().lastHeader("x-api-key")).isEqualTo("sk-replay");
        assertThat(new String(replay().lastRequest(), UTF_8)).endsWith("\"metadata\":{\"user_id\":\"u\"}}");
    }

    @Test
    void without_a_bound_it_is_4096() throws Exception {
        replay().answerWith(new ReplayUpstream.Answer(200, "application/json", "{\"type\":\"message\",\"content\":[]}".getBytes(UTF_8), false));
        post("/api/anthropic/messages", "{\"model\":\"claude-sonnet-4-5\",\"messages\":[{\"role\":\"user\",\"content\":\"Hi\"}]}".getBytes(UTF_8));
        assertThat(new String(replay().lastRequest(), UTF_8)).endsWith(",\"max_tokens\":4096}");
    }

    @Test
    void the_provider_counts_tokens_and_the_call_costs_nothing() throws Exception {
        replay().answerWith(new ReplayUpstream.Answer(200, "application/json", "{ \"input_tokens\": 14 }".getBytes(UTF_8), false));
        byte[] body = "{\"model\":\"claude-sonnet-4-5\", \"messages\":[{\"role\":\"user\",\"content\":\"Hi\"}]}".getBytes(UTF_8);
        HttpResponse<byte[]> answer = post("/api/anthropic/v1/messages/count_tokens?beta=true", body);
        assertThat(new String(answer.body(), UTF_8)).isEqualTo("{ \"input_tokens\": 14 }");
        assertThat(replay().lastPath()).isEqualTo("/v1/messages/count_tokens");
        assertThat(replay().lastRequest()).isEqualTo(body);
        JsonObject row = new LogRows(ServerUnderTest.shared()).row(answer.headers().firstValue("X-Respan-Log-Id").orElseThrow());
        assertThat(row.get("cost").raw().text()).matches("0(\\.0+)?");
        assertThat(row.text("status")).isEqualTo("success");
    }

    @Test
    void a_count_that_fails_is_the_providers_error() throws Exception {
        String refusal = "{\"type\":\"error\",\"error\":{\"type\":\"invalid_request_error\",\"message\":\"messages: no\"},\"request_id\":\"req_1\"}";
        replay().answerWith(new ReplayUpstream.Answer(400, "application/json", refusal.getBytes(UTF_8), false));
        HttpResponse<byte[]> answer = post("/api/anthropic/v1/messages/count_tokens", "{\"model\":\"claude-sonnet-4-5\",\"messages\":[{\"role\":\"user\",\"content\":\"Hi\"}]}".getBytes(UTF_8));
        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(new String(answer.body(), UTF_8)).isEqualTo(refusal);
    }

    @ParameterizedTest
    @CsvSource({"POST,/api/anthropic/v1/no/such,404,not_found_error", "GET,/api/anthropic/v1/messages,405,invalid_request_error", "GET,/api/anthropic/v1/messages/count_tokens,405,invalid_request_error",
        "GET,/api/anthropic/v1/models/nobody,404,not_found_error", "GET,/api/anthropic/,404,not_found_error", "DELETE,/api/anthropic/v1/models,405,invalid_request_error"})
    void every_failure_below_the_path_is_in_anthropics_shape(String method, String path, int status, String type) throws Exception {
        HttpResponse<byte[]> answer = http.send(HttpRequest.newBuilder(URI.create(ServerUnderTest.shared().baseUrl() + path)).header("x-api-key", ServerUnderTest.key())
                .method(method, HttpRequest.BodyPublishers.noBody()).build(), HttpResponse.BodyHandlers.ofByteArray());
        assertThat(answer.statusCode()).as(new String(answer.body(), UTF_8)).isEqualTo(status);
        assertThat(error(answer).text("type")).isEqualTo(type);
        assertThat(answer.headers().firstValue("request-id")).isPresent();
    }

    @Test
    void refusals_before_the_call_are_in_anthropics_shape_too() throws Exception {
        HttpResponse<byte[]> noKey = http.send(HttpRequest.newBuilder(URI.create(ServerUnderTest.shared().baseUrl() + "/api/anthropic/v1/models")).build(), HttpResponse.BodyHandlers.ofByteArray());
        assertThat(noKey.statusCode()).isEqualTo(401);
        assertThat(error(noKey).text("type")).isEqualTo("authentication_error");
        assertThat(error(post(PATH, "{\"model\"".getBytes(UTF_8))).text("type")).isEqualTo("invalid_request_error");
    }

    @Test
    void a_body_that_is_too_large_is_a_413_in_anthropics_shape() throws Exception {
        URI server = URI.create(ServerUnderTest.shared().baseUrl());
        try (Socket socket = new Socket(server.getHost(), server.getPort())) {
            socket.setSoTimeout(10_000);
            socket.getOutputStream().write(("POST /api/anthropic/v1/messages HTTP/1.1\r\nHost: x\r\nx-api-key: " + ServerUnderTest.key()
                    + "\r\nContent-Type: application/json\r\nContent-Length: " + (33 << 20) + "\r\n\r\n{").getBytes(UTF_8));
            StringBuilder answer = new StringBuilder();
            for (int next = socket.getInputStream().read(); next >= 0 && answer.indexOf("\"request_id\"") < 0; next = socket.getInputStream().read()) {
                answer.append((char) next);
            }
            assertThat(answer.toString()).contains(" 413 ").contains("\"type\":\"request_too_large\"");
        }
    }
}
