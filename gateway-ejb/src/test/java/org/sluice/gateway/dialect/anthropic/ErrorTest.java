package org.sluice.gateway.dialect.anthropic;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.sluice.gateway.dialect.Dialect;
import org.sluice.gateway.dialect.openai.OpenAiDialect;
import org.sluice.gateway.error.ErrorType;
import org.sluice.gateway.error.GatewayException;
import org.sluice.gateway.error.ProviderError;

class ErrorTest {
    private static final Dialect ANTHROPIC = new AnthropicDialect();
    private static final String OVERLOADED = "{\"type\":\"error\",\"error\":{\"type\":\"overloaded_error\",\"message\":\"Overloaded\"},\"request_id\":\"req_1\"}";

    private static ProviderError read(int status, String body) {
        return ANTHROPIC.readError(status, "application/json", body.getBytes(UTF_8));
    }

    @Test
    void anthropics_shape_is_read() {
        ProviderError error = read(529, OVERLOADED);
        assertThat(error.status()).isEqualTo(529);
        assertThat(error.type()).isEqualTo("overloaded_error");
        assertThat(error.message()).isEqualTo("Overloaded");
        assertThat(error.dialect()).isEqualTo("anthropic");
        assertThat(error.headers()).isEqualTo(Map.of("request-id", "req_1"));
        assertThat(error.body()).isEqualTo(OVERLOADED.getBytes(UTF_8));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', value = {"{'error':{'code':429,'message':'Quota','status':'RESOURCE_EXHAUSTED'}}|Quota|RESOURCE_EXHAUSTED",
        "[{'error':{'message':'Bad','status':'INVALID_ARGUMENT'}}]|Bad|INVALID_ARGUMENT", "{'message':'Denied'}|Denied|", "{'Message':'Denied'}|Denied|", "{'error':'Wrong'}|Wrong|"})
    void the_shapes_of_clouds_that_serve_the_dialect_are_read(String body, String message, String type) {
        ProviderError error = read(400, body.replace('\'', '"'));
        assertThat(error.message()).isEqualTo(message);
        assertThat(error.type()).isEqualTo(type);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "<html>sentinel</html>", "{}", "null", "[]", "{\"error\":null}", "{\"error\":{}}", "{\"error\":{\"message\":\" \"}}"})
    void what_says_nothing_gets_words(String body) {
        assertThat(read(502, body).message()).isEqualTo("The provider answered with status 502.");
    }

    @ParameterizedTest
    @ValueSource(strings = {"sk-ant-api03-sentinel_1234", "Bearer sentinel.1234567", "AKIAABCDEFGHIJKLMNOP"})
    void keys_are_scrubbed_from_words_and_body(String secret) {
        ProviderError error = read(401, "{\"error\":{\"type\":\"authentication_error\",\"message\":\"invalid " + secret + "\"}}");
        assertThat(error.message()).contains("***").doesNotContain(secret);
        assertThat(new String(error.body(), UTF_8)).contains("***").doesNotContain(secret);
    }

    @ParameterizedTest
    @CsvSource({"200,502", "302,502", "404,404", "529,529", "600,502"})
    void a_status_that_is_no_error_becomes_one(int given, int shown) {
        assertThat(read(given, OVERLOADED).status()).isEqualTo(shown);
    }

    @Test
    void an_error_of_its_own_goes_on_as_it_came_and_is_told_to_openai_clients_in_their_shape() {
        GatewayException failure = GatewayException.provider(read(529, OVERLOADED));
        assertThat(ANTHROPIC.writeError(failure, "id")).isEqualTo(OVERLOADED.getBytes(UTF_8));
        assertThat(ANTHROPIC.writeErrorEvent(failure, "id").text()).isEqualTo("event: error\ndata: " + OVERLOADED + "\n\n");
        Map<String, Object> told = Plain.object(Plain.of(new OpenAiDialect().writeError(failure, "id")));
        assertThat(Plain.object(told.get("error"))).containsEntry("message", "Overloaded").containsEntry("type", "overloaded_error");
    }

    @Test
    void an_error_on_many_lines_stays_one_frame() {
        GatewayException failure = GatewayException.provider(read(400, "{\n\"error\":{\"type\":\"invalid_request_error\",\"message\":\"Bad\"}\n}"));
        String frame = ANTHROPIC.writeErrorEvent(failure, "id").text();
        assertThat(frame.lines()).hasSize(3);
        assertThat(frame).startsWith("event: error\ndata: {").endsWith("}\n\n").contains("\"message\":\"Bad\"");
    }

    @ParameterizedTest
    @CsvSource({"INVALID_VALUE,invalid_request_error", "AUTHENTICATION,authentication_error", "RATE_LIMIT,rate_limit_error", "UPSTREAM_INVALID,api_error"})
    void the_gateways_own_errors_have_anthropics_shape(ErrorType type, String name) {
        Map<String, Object> written = Plain.object(Plain.of(ANTHROPIC.writeError(new GatewayException(type, "Why \"so\""), "call-1")));
        assertThat(written).isEqualTo(Asked.json("{'type':'error','error':{'type':'" + name + "','message':'Why \\\"so\\\"'},'request_id':'call-1'}"));
    }
}
