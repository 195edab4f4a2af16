package org.sluice.gateway.dialect.gemini;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.sluice.gateway.error.ErrorType;
import org.sluice.gateway.error.GatewayException;
import org.sluice.gateway.error.ProviderError;

/** Errors in Google's shape. */
class ErrorTest {
    private static ProviderError read(int status, String body) {
        return Asking.GEMINI.readError(status, "application/json", Asking.bytes(body));
    }

    @Test
    void googles_error_alone_and_in_an_array() {
        String error = "{'error':{'code':429,'message':'Slow down','status':'RESOURCE_EXHAUSTED','details':[{'@type':'type.googleapis.com/google.rpc.RetryInfo','retryDelay':'34.07s'},"
                + "{'@type':'type.googleapis.com/google.rpc.ErrorInfo','reason':'RATE_LIMIT_EXCEEDED'}]}}";
        for (String body : new String[] {error, "[" + error + "]"}) {
            ProviderError read = read(429, body);
            assertThat(read.status()).isEqualTo(429);
            assertThat(read.type()).isEqualTo("RESOURCE_EXHAUSTED");
            assertThat(read.code()).isEqualTo("RATE_LIMIT_EXCEEDED");
            assertThat(read.message()).isEqualTo("Slow down");
            assertThat(read.headers()).containsEntry("retry-after", "35");
            assertThat(Asking.GEMINI.writeError(GatewayException.provider(read), "id")).isEqualTo(Asking.bytes(body));
        }
    }

    @Test
    void less_than_an_error_still_says_something() {
        assertThat(read(500, "<html>").message()).isEqualTo("The provider answered with status 500.");
        assertThat(read(503, "{'error':'busy'}").message()).isEqualTo("busy");
        assertThat(read(502, "{'error':{'code':503,'message':'x'}}").status()).isEqualTo(503);
    }

    @Test
    void keys_are_blotted_out() {
        ProviderError read = read(400, "{'error':{'message':'API key AIzaSyA1234567890123456789012345678901 at ?key=abcdefghijkl is bad'}}");
        assertThat(read.message()).isEqualTo("API key *** at ?key=*** is bad");
        assertThat(new String(read.body(), UTF_8)).doesNotContain("AIza").doesNotContain("abcdefghijkl");
    }

    @ParameterizedTest
    @CsvSource({"INVALID_JSON,400,INVALID_ARGUMENT", "AUTHENTICATION,401,UNAUTHENTICATED", "INSUFFICIENT_CREDIT,402,FAILED_PRECONDITION", "PERMISSION,403,PERMISSION_DENIED",
        "MODEL_NOT_FOUND,404,NOT_FOUND", "CONFLICT,409,ABORTED", "TOO_LARGE,413,INVALID_ARGUMENT", "RATE_LIMIT,429,RESOURCE_EXHAUSTED", "INTERNAL,500,INTERNAL",
        "UPSTREAM_RESET,502,UNAVAILABLE", "OVERLOADED,503,UNAVAILABLE", "UPSTREAM_TIMEOUT,504,DEADLINE_EXCEEDED"})
    void our_own_errors(ErrorType type, int code, String status) {
        Map<String, Object> error = Plain.object(Plain.object(Plain.of(Asking.GEMINI.writeError(new GatewayException(type, "Why"), "id-1"))).get("error"));
        assertThat(error).isEqualTo(Asking.plain("{'code':" + code + ",'message':'Why','status':'" + status + "','details':[{'@type':'type.googleapis.com/google.rpc.ErrorInfo','reason':'"
                + type.code().toUpperCase() + "','domain':'gateway','metadata':{'request_id':'id-1'}}]}"));
        assertThat(Asking.GEMINI.writeErrorEvent(new GatewayException(type, "Why"), null).text()).startsWith("data: {\"error\":{\"code\":" + code).endsWith("}\n\n");
    }

    @Test
    void another_providers_error_keeps_status_and_words() {
        ProviderError openAi = Asking.OPENAI.readError(429, "application/json", Asking.bytes("{'error':{'message':'Quota','type':'insufficient_quota','code':'quota-x'}}"));
        Map<String, Object> error = Plain.object(Plain.object(Plain.of(Asking.GEMINI.writeError(GatewayException.provider(openAi), null))).get("error"));
        assertThat(error).containsEntry("message", "Quota").containsEntry("status", "RESOURCE_EXHAUSTED");
        assertThat(error.get("details").toString()).contains("QUOTA_X");
    }

    @Test
    void an_event_is_one_line() {
        ProviderError pretty = read(400, "{\n  'error': {\n    'code': 400,\n    'message': 'Bad',\n    'status': 'INVALID_ARGUMENT'\n  }\n}");
        String event = Asking.GEMINI.writeErrorEvent(GatewayException.provider(pretty), null).text();
        assertThat(event.lines().filter(line -> !line.isEmpty())).hasSize(1).allMatch(line -> line.contains("\"message\":\"Bad\""));
    }
}
