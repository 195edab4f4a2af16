package org.sluice.gateway.it;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.Test;
import org.sluice.gateway.json.JsonReader;
import org.sluice.gateway.json.JsonValue.JsonObject;

/** Parameters that change what the gateway itself does with a call. */
class GatewayParametersIT {
    private static final String HI = "\"messages\":[{\"role\":\"user\",\"content\":\"Hi\"}]";
    private final HttpClient http = HttpClient.newHttpClient();

    private HttpResponse<String> call(String body, String... headers) throws Exception {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(ServerUnderTest.shared().baseUrl() + "/api/chat/completions"))
                .header("Authorization", "Bearer " + ServerUnderTest.key()).header("Content-Type", "application/json");
        if (headers.length > 0) {
            request.headers(headers);
        }
        return http.send(request.POST(HttpRequest.BodyPublishers.ofString(body)).build(), HttpResponse.BodyHandlers.ofString());
    }

    @Test
    void a_mock_is_answered_without_asking_the_provider() throws Exception {
        ServerUnderTest.shared().replay().answerWith(new ReplayUpstream.Answer(500, "application/json", "{}".getBytes(UTF_8), false));
        for (String model : new String[] {"gpt-4o", "claude-sonnet-4-5", "groq/llama-3.3-70b-versatile"}) {
            JsonObject answer = JsonReader.readObject(call("{\"model\":\"" + model + "\",\"mock_response\":\"fail 429\"," + HI + "}").body().getBytes(UTF_8));
            assertThat(answer.text("model")).isEqualTo(model);
            assertThat(((JsonObject) answer.items("choices").get(0)).object("message").text("content")).isEqualTo("fail 429");
            assertThat(answer.object("usage").number("completion_tokens", 0)).isEqualTo(2);
        }
        assertThat(ServerUnderTest.shared().replay().lastRequest()).isNull();
    }

    @Test
    void a_mock_streams_and_costs_nothing() throws Exception {
        HttpResponse<String> answer = call("{\"model\":\"gpt-4o\",\"stream\":true,\"request_breakdown\":true,\"mock_response\":\"alpha\"," + HI + "}");
        assertThat(answer.headers().firstValue("Content-Type")).get().asString().startsWith("text/event-stream");
        assertThat(answer.body()).contains("\"content\":\"alpha\"").contains("request_breakdown").endsWith("data: [DONE]\n\n");
    }

    @Test
    void an_unknown_model_is_not_mocked() throws Exception {
        assertThat(call("{\"model\":\"no-such-model\",\"mock_response\":\"x\"," + HI + "}").statusCode()).isEqualTo(404);
        assertThat(call("{\"model\":\"gpt-4o\",\"mock_response\":7," + HI + "}").statusCode()).isEqualTo(400);
    }

    @Test
    void events_stand_between_the_marks_the_caller_wants() throws Exception {
        String body = call("{\"model\":\"demo/echo\",\"stream\":true,\"field_name\":\"\",\"delimiter\":\"---\",\"messages\":[{\"role\":\"user\",\"content\":\"alpha beta\"}]}").body();
        assertThat(body).doesNotContain("data:").endsWith("[DONE]---");
        String[] events = body.split("---");
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < events.length - 1; i++) {
            JsonObject chunk = JsonReader.readObject(events[i].getBytes(UTF_8));
            String content = ((JsonObject) chunk.items("choices").get(0)).object("delta").text("content");
            text.append(content == null ? "" : content);
        }
        assertThat(text).hasToString("alpha beta");
    }

    @Test
    void body_wins_over_respan_params_and_these_over_the_header() throws Exception {
        String params = java.util.Base64.getEncoder().encodeToString("{\"mock_response\":\"from the header\"}".getBytes(UTF_8));
        String asked = "{\"model\":\"gpt-4o\"," + HI;
        assertThat(call(asked + "}", "X-Data-Respan-Params", params).body()).contains("from the header");
        assertThat(call(asked + ",\"respan_params\":{\"mock_response\":\"nested\"}}", "X-Data-Respan-Params", params).body()).contains("nested");
        assertThat(call(asked + ",\"respan_params\":{\"mock_response\":\"nested\"},\"mock_response\":\"own\"}").body()).contains("own");
    }
}
