package org.sluice.gateway.dialect.openai;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.sluice.gateway.dialect.Dialect;
import org.sluice.gateway.error.ErrorType;
import org.sluice.gateway.error.GatewayException;
import org.sluice.gateway.error.ProviderError;
import org.sluice.gateway.json.JsonReader;
import org.sluice.gateway.json.JsonValue.JsonObject;

class ErrorTest {
    private static final Dialect DIALECT = new OpenAiDialect();

    private static ProviderError read(int status, String body) {
        return DIALECT.readError(status, "application/json", body.getBytes(UTF_8));
    }

    private static JsonObject written(GatewayException failure) {
        return JsonReader.readObject(DIALECT.writeError(failure, "id"));
    }

    @Test
    void openais_shape_is_read() {
        ProviderError error = read(400, "{\"error\":{\"message\":\"Bad n\",\"type\":\"invalid_request_error\",\"param\":\"n\",\"code\":\"bad\"}}");
        assertThat(error.status()).isEqualTo(400);
        assertThat(error.message()).isEqualTo("Bad n");
        assertThat(error.type()).isEqualTo("invalid_request_error");
        assertThat(error.param()).isEqualTo("n");
        assertThat(error.code()).isEqualTo("bad");
        assertThat(error.dialect()).isEqualTo("openai");
    }

    @Test
    void other_shapes_are_read() {
        assertThat(read(400, "{\"code\":\"Client specified an invalid argument\",\"error\":\"Wrong\"}"))
                .extracting(ProviderError::message, ProviderError::code).containsExactly("Wrong", "Client specified an invalid argument");
        assertThat(read(400, "{\"object\":\"error\",\"message\":\"Role\",\"type\":\"invalid_request_error\",\"param\":null,\"code\":3051}"))
                .extracting(ProviderError::message, ProviderError::code, ProviderError::type).containsExactly("Role", "3051", "invalid_request_error");
        assertThat(read(401, "{\"detail\":\"Unauthorized\"}").message()).isEqualTo("Unauthorized");
        assertThat(read(422, "{\"detail\":[{\"type\":\"missing\",\"loc\":[\"body\",\"messages\",0],\"msg\":\"Field required\"}]}").message())
                .isEqualTo("body.messages.0: Field required");
        assertThat(read(422, "{\"object\":\"error\",\"message\":{\"detail\":[{\"loc\":[\"body\",\"x\"],\"msg\":\"Extra\"}]}}").message()).isEqualTo("body.x: Extra");
        assertThat(read(429, "{\"error\":{\"message\":\"Slow down\",\"code\":429}}").code()).isEqualTo("429");
        assertThat(read(400, "[{\"error\":{\"code\":400,\"message\":\"Bad\",\"status\":\"INVALID_ARGUMENT\"}}]"))
                .extracting(ProviderError::message, ProviderError::type).containsExactly("Bad", "INVALID_ARGUMENT");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "<html><body>502 sentinel</body></html>", "{}", "null", "[]", "{\"error\":null}", "{\"error\":{}}", "   "})
    void what_says_nothing_gets_words(String body) {
        assertThat(read(502, body).message()).isEqualTo("The provider answered with status 502.");
    }

    @Test
    void plain_text_is_the_message() {
        assertThat(DIALECT.readError(408, "text/plain", "upstream request timeout".getBytes(UTF_8)).message()).isEqualTo("upstream request timeout");
    }

    @Test
    void an_error_within_a_good_answer_names_its_status() {
        assertThat(read(502, "{\"error\":{\"message\":\"x\",\"code\":429}}").status()).isEqualTo(429);
        assertThat(read(502, "{\"error\":{\"message\":\"x\",\"status_code\":400}}").status()).isEqualTo(400);
        assertThat(read(502, "{\"error\":{\"message\":\"x\",\"code\":7}}").status()).isEqualTo(502);
        assertThat(read(500, "{\"error\":{\"message\":\"x\",\"code\":400}}").status()).isEqualTo(500);
    }

    @ParameterizedTest
    @ValueSource(strings = {"sk-proj-abcdefgh12345678", "AIzaSyA1234567890abcdefghijkl", "gsk_abcdefgh1234567890", "xai-abcdefgh1234567890", "pplx-abcdefghij0123456789", "AKIAIOSFODNN7EXAMPLE"})
    void what_looks_like_a_key_is_taken_out(String key) {
        ProviderError error = read(401, "{\"error\":{\"message\":\"Incorrect API key provided: " + key + ". Bearer " + key + "\"}}");
        assertThat(error.message()).doesNotContain(key).contains("Incorrect API key provided: ***");
        assertThat(new String(error.body(), UTF_8)).doesNotContain(key);
    }

    @Test
    void a_body_without_a_key_is_the_same_array() {
        byte[] body = "{\"error\":{\"message\":\"é\"}}".getBytes(UTF_8);
        assertThat(DIALECT.readError(400, null, body).body()).isSameAs(body);
    }

    @Test
    void our_own_errors_have_both_members() {
        JsonObject error = written(GatewayException.invalid("n", "'n' is odd."));
        assertThat(error.raw().text()).isEqualTo("{\"error\":{\"message\":\"'n' is odd.\",\"type\":\"invalid_request_error\",\"param\":\"n\",\"code\":\"invalid_value\"},\"detail\":\"'n' is odd.\"}");
        assertThat(written(new GatewayException(ErrorType.RATE_LIMIT, "Slow").retryAfter(60)).number("retry_after", 0)).isEqualTo(60);
        assertThat(written(new GatewayException(ErrorType.INTERNAL, "x")).object("error").get("param").isNull()).isTrue();
    }

    @Test
    void a_provider_of_the_same_dialect_is_quoted_byte_for_byte() {
        String body = "{ \"error\" : {\"message\":\"x\",\n\"failed_generation\":\"y\"} }";
        GatewayException failure = GatewayException.provider(read(400, body));
        assertThat(new String(DIALECT.writeError(failure, null), UTF_8)).isEqualTo(body);
        assertThat(failure.status()).isEqualTo(400);
    }

    @Test
    void a_provider_of_another_dialect_is_carried_over() {
        ProviderError error = new ProviderError(529, "overloaded_error", null, null, "Overloaded", "anthropic", "application/json",
                "{\"type\":\"error\",\"error\":{\"type\":\"overloaded_error\",\"message\":\"Overloaded\"}}".getBytes(UTF_8), null, Map.of());
        JsonObject json = written(GatewayException.provider(error));
        assertThat(json.object("error").text("type")).isEqualTo("overloaded_error");
        assertThat(json.object("error").text("message")).isEqualTo("Overloaded");
        assertThat(json.object("error").text("code")).isEqualTo("provider_error");
        assertThat(json.text("detail")).isEqualTo("Overloaded");
    }

    @Test
    void html_from_a_provider_is_not_passed_on() {
        GatewayException failure = GatewayException.provider(DIALECT.readError(503, "text/html", "<h1>sentinel</h1>".getBytes(UTF_8)));
        assertThat(new String(DIALECT.writeError(failure, null), UTF_8)).contains("status 503").doesNotContain("sentinel");
    }

    @Test
    void an_error_event_is_one_frame_without_the_end_mark() {
        String frame = DIALECT.writeErrorEvent(new GatewayException(ErrorType.UPSTREAM_RESET, "Broken\nline"), null).text();
        assertThat(frame).startsWith("data: {\"error\":{\"message\":\"Broken\\nline\",").endsWith("}}\n\n").contains("\"code\":\"upstream_reset\"").doesNotContain("[DONE]");
        String own = DIALECT.writeErrorEvent(GatewayException.provider(read(502, "{\"error\":{\"message\":\"x\",\"failed_generation\":\"y\"}}")), null).text();
        assertThat(own).isEqualTo("data: {\"error\":{\"message\":\"x\",\"failed_generation\":\"y\"}}\n\n");
        String lines = DIALECT.writeErrorEvent(GatewayException.provider(read(502, "{\"error\":{\n\"message\":\"x\"}}")), null).text();
        assertThat(lines.strip()).startsWith("data: {").doesNotContain("\n");
    }
}
