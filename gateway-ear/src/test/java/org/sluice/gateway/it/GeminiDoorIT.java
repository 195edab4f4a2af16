package org.sluice.gateway.it;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.sluice.gateway.json.JsonReader;
import org.sluice.gateway.json.JsonValue;
import org.sluice.gateway.json.JsonValue.JsonArray;
import org.sluice.gateway.json.JsonValue.JsonObject;

/** The doors for Google's clients, on the demo provider and on recorded traffic of Gemini. */
class GeminiDoorIT {
    private static final String HI = "{\"contents\":[{\"role\":\"user\",\"parts\":[{\"text\":\"alpha beta é\"}]}]}";
    private static final String MODELS = "/api/google/gemini/v1beta/models";
    private final HttpClient http = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    private HttpResponse<String> post(String path, String body, String... headers) throws Exception {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(ServerUnderTest.shared().baseUrl() + path)).header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(body));
        for (int at = 0; at < headers.length; at += 2) {
            request.header(headers[at], headers[at + 1]);
        }
        return http.send(request.build(), HttpResponse.BodyHandlers.ofString(UTF_8));
    }

    private HttpResponse<String> ask(String path, String body) throws Exception {
        return post(path, body, "x-goog-api-key", ServerUnderTest.key());
    }

    private static JsonObject object(String body) {
        return JsonReader.readObject(body.getBytes(UTF_8));
    }

    private static String text(JsonValue answer) {
        StringBuilder text = new StringBuilder();
        JsonObject candidate = (JsonObject) ((JsonObject) answer).items("candidates").get(0);
        candidate.object("content").items("parts").forEach(part -> text.append(((JsonObject) part).text("text")));
        return text.toString();
    }

    @ParameterizedTest
    @ValueSource(strings = {MODELS + "/demo/echo", "/api/google/gemini/v1/models/demo/echo", "/api/google/gemini/models/demo/echo", "/api/google/vertexai/v1beta/models/demo/echo",
        "/api/google/vertexai/v1/projects/p/locations/us-central1/publishers/demo/models/echo", "/api/google/vertexai/v1beta1/publishers/google/models/demo/echo"})
    void every_spelling_of_the_path_answers(String path) throws Exception {
        HttpResponse<String> answer = ask(path + ":generateContent", HI);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        assertThat(answer.headers().firstValue("Content-Type").orElseThrow()).startsWith("application/json");
        assertThat(answer.headers().firstValue("X-Respan-Log-Id")).isPresent();
        assertThat(text(object(answer.body()))).contains("alpha beta é");
        assertThat(((JsonObject) object(answer.body()).items("candidates").get(0)).text("finishReason")).isEqualTo("STOP");
        assertThat(object(answer.body()).object("usageMetadata").number("totalTokenCount", 0)).isPositive();
    }

    @Test
    void a_stream_is_events_or_an_array() throws Exception {
        String whole = text(object(ask(MODELS + "/demo/echo:generateContent", HI).body()));
        HttpResponse<String> events = ask(MODELS + "/demo/echo:streamGenerateContent?alt=sse", HI);
        assertThat(events.headers().firstValue("Content-Type").orElseThrow()).startsWith("text/event-stream");
        StringBuilder said = new StringBuilder();
        events.body().lines().filter(line -> line.startsWith("data: ")).forEach(line -> said.append(text(object(line.substring(6)))));
        assertThat(said.toString()).isEqualTo(whole);
        HttpResponse<String> array = ask(MODELS + "/demo/echo:streamGenerateContent", HI);
        assertThat(array.headers().firstValue("Content-Type").orElseThrow()).startsWith("application/json");
        StringBuilder told = new StringBuilder();
        List<JsonValue> items = ((JsonArray) JsonReader.read(array.body().getBytes(UTF_8))).items();
        items.forEach(item -> told.append(text(item)));
        assertThat(told.toString()).isEqualTo(whole);
        assertThat(items.size()).isGreaterThan(2);
        assertThat(((JsonObject) ((JsonObject) items.get(items.size() - 1)).items("candidates").get(0)).text("finishReason")).isEqualTo("STOP");
    }

    @Test
    void a_tool_is_called() throws Exception {
        HttpResponse<String> answer = ask(MODELS + "/demo/echo:generateContent", "{\"contents\":[{\"parts\":[{\"text\":\"call weather {\\\"city\\\":\\\"Bern\\\"}\"}]}],\"tools\":[{\"functionDeclarations\":"
                + "[{\"name\":\"weather\",\"parameters\":{\"type\":\"OBJECT\",\"properties\":{\"city\":{\"type\":\"STRING\"}}}}]}]}");
        assertThat(answer.body()).contains("\"functionCall\":{").contains("\"name\":\"weather\"").contains("\"args\":{\"city\":\"Bern\"}");
    }

    @Test
    void a_key_in_the_query_is_taken_and_kept_out_of_the_log() throws Exception {
        String secret = ServerUnderTest.key().substring(ServerUnderTest.key().indexOf('.') + 1);
        HttpResponse<String> answer = post(MODELS + "/demo/echo:generateContent?key=" + ServerUnderTest.key(), HI);
        assertThat(answer.statusCode()).isEqualTo(200);
        JsonObject row = new LogRows(ServerUnderTest.shared()).row(answer.headers().firstValue("X-Respan-Log-Id").orElseThrow());
        assertThat(row.raw().text()).contains("alpha beta").doesNotContain(secret).doesNotContain("key=");
        assertThat(Files.readString(ServerUnderTest.shared().log())).doesNotContain(secret);
        assertThat(post(MODELS + "/demo/echo:generateContent", HI, "Authorization", "Bearer " + ServerUnderTest.key()).statusCode()).isEqualTo(200);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {"/demo/echo:generateContent|{|400|INVALID_ARGUMENT|INVALID_JSON", "/demo/echo:generateContent|{}|400|INVALID_ARGUMENT|INVALID_VALUE",
        "/demo/echo:generateContent|{\"contents\":7}|400|INVALID_ARGUMENT|INVALID_VALUE", "/no-such-model:generateContent|HI|404|NOT_FOUND|MODEL_NOT_FOUND",
        "/demo/echo:predictEverything|HI|404|NOT_FOUND|NOT_FOUND", "/demo/echo|HI|404|NOT_FOUND|NOT_FOUND",
        "/demo/echo:streamGenerateContent|{\"contents\":[{\"parts\":[{\"text\":\"fail 429\"}]}]}|429|RESOURCE_EXHAUSTED|"})
    void errors_have_googles_shape(String path, String body, int status, String name, String reason) throws Exception {
        HttpResponse<String> answer = ask(MODELS + path, body.equals("HI") ? HI : body);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
        JsonObject error = object(answer.body()).object("error");
        assertThat(error.number("code", 0)).isEqualTo(status);
        assertThat(error.text("status")).isEqualTo(name);
        assertThat(error.text("message")).isNotBlank();
        assertThat(reason == null ? "" : ((JsonObject) error.items("details").get(0)).text("reason")).isEqualTo(reason == null ? "" : reason);
    }

    @Test
    void without_a_key_nothing_is_told() throws Exception {
        HttpResponse<String> answer = post(MODELS + "/demo/echo:generateContent", HI);
        assertThat(answer.statusCode()).isEqualTo(401);
        assertThat(object(answer.body()).object("error").text("status")).isEqualTo("UNAUTHENTICATED");
        HttpResponse<String> list = http.send(HttpRequest.newBuilder(URI.create(ServerUnderTest.shared().baseUrl() + MODELS)).build(), HttpResponse.BodyHandlers.ofString());
        assertThat(list.statusCode()).isEqualTo(401);
        assertThat(object(list.body()).object("error").text("status")).isEqualTo("UNAUTHENTICATED");
    }

    @Test
    void an_error_in_the_stream_is_the_last_item() throws Exception {
        String fail = "{\"contents\":[{\"parts\":[{\"text\":\"fail midstream\"}]}]}";
        List<JsonValue> items = ((JsonArray) JsonReader.read(ask(MODELS + "/demo/echo:streamGenerateContent", fail).body().getBytes(UTF_8))).items();
        assertThat(((JsonObject) items.get(items.size() - 1)).object("error").number("code", 0)).isGreaterThanOrEqualTo(400);
        assertThat(ask(MODELS + "/demo/echo:streamGenerateContent?alt=sse", fail).body().lines().filter(line -> !line.isBlank()).reduce("", (before, line) -> line))
                .startsWith("data: {\"error\":");
    }

    @Test
    void models_in_googles_shape() throws Exception {
        JsonObject list = object(ServerUnderTest.shared().get(MODELS + "?pageSize=1000").body());
        assertThat(list.items("models")).extracting(model -> ((JsonObject) model).text("name")).contains("models/demo/echo", "models/gemini-2.5-flash");
        assertThat(object(ServerUnderTest.shared().get(MODELS + "/demo/echo").body()).text("name")).isEqualTo("models/demo/echo");
        assertThat(ServerUnderTest.shared().get("/api/google/vertexai/v1beta/models/nobody").statusCode()).isEqualTo(404);
    }

    static Stream<RecordedExchange> recorded() {
        return RecordedExchange.all().filter(exchange -> (exchange.provider().equals("gemini") || exchange.provider().equals("vertex"))
                && exchange.endpoint().endsWith("enerateContent") && exchange.request().length > 0);
    }

    private static void upstreamAnswers(RecordedExchange exchange) {
        ServerUnderTest.shared().replay().answerWith(new ReplayUpstream.Answer(exchange.status(), exchange.contentType(), exchange.response(), exchange.isStream()));
    }

    private static boolean isEvents(RecordedExchange exchange) {
        return exchange.isStream() && exchange.contentType().startsWith("text/event-stream");
    }

    @ParameterizedTest
    @MethodSource("recorded")
    void the_same_dialect_passes_byte_for_byte(RecordedExchange exchange) throws Exception {
        if (exchange.isStream() && !isEvents(exchange)) {
            return; // recorded as an array, which the gateway never asks a provider for
        }
        upstreamAnswers(exchange);
        String asked = new String(exchange.request(), UTF_8);
        HttpResponse<String> answer = ask(MODELS + "/gemini/" + exchange.model() + (exchange.isStream() ? ":streamGenerateContent?alt=sse" : ":generateContent"), asked);
        assertThat(answer.statusCode()).isEqualTo(exchange.status());
        assertThat(answer.body()).isEqualTo(new String(exchange.response(), UTF_8));
        assertThat(new String(ServerUnderTest.shared().replay().lastRequest(), UTF_8)).isEqualTo(asked);
    }

    @ParameterizedTest
    @MethodSource("recorded")
    void a_recorded_stream_is_an_array_of_the_same_items(RecordedExchange exchange) throws Exception {
        if (isEvents(exchange)) {
            upstreamAnswers(exchange);
            HttpResponse<String> answer = ask(MODELS + "/gemini/" + exchange.model() + ":streamGenerateContent", new String(exchange.request(), UTF_8));
            List<String> items = ((JsonArray) JsonReader.read(answer.body().getBytes(UTF_8))).items().stream().map(item -> item.raw().text()).toList();
            assertThat(items).isEqualTo(new String(exchange.response(), UTF_8).lines().filter(line -> line.startsWith("data: ")).map(line -> line.substring(6)).toList());
        }
    }

    @ParameterizedTest
    @MethodSource("recorded")
    void an_openai_client_reaches_gemini(RecordedExchange exchange) throws Exception {
        if (exchange.isStream() && !isEvents(exchange)) {
            return;
        }
        upstreamAnswers(exchange);
        HttpResponse<String> answer = ask("/api/chat/completions", "{\"model\":\"gemini/" + exchange.model() + "\",\"stream\":" + exchange.isStream()
                + ",\"messages\":[{\"role\":\"user\",\"content\":\"Hi\"}]}");
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(exchange.status());
        assertThat(new String(ServerUnderTest.shared().replay().lastRequest(), UTF_8)).isEqualTo("{\"contents\":[{\"role\":\"user\",\"parts\":[{\"text\":\"Hi\"}]}]}");
        if (exchange.status() == 200) {
            assertThat(answer.body()).contains(exchange.isStream() ? "data: [DONE]" : "\"finish_reason\":\"");
        }
    }
}
