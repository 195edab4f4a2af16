package org.sluice.gateway.it;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.sluice.gateway.json.JsonReader;
import org.sluice.gateway.json.JsonValue.JsonObject;

/** A call's row is there within a second of the answer, and says what happened. */
class RequestLogIT {
    private final HttpClient http = HttpClient.newHttpClient();

    private HttpResponse<byte[]> send(HttpRequest.Builder request) throws Exception {
        return http.send(request.header("Authorization", "Bearer " + ServerUnderTest.key()).header("Content-Type", "application/json").build(),
                HttpResponse.BodyHandlers.ofByteArray());
    }

    private String call(String body) throws Exception {
        HttpResponse<byte[]> answer = send(HttpRequest.newBuilder(URI.create(ServerUnderTest.shared().baseUrl() + "/api/chat/completions"))
                .POST(HttpRequest.BodyPublishers.ofString(body)));
        return answer.headers().firstValue("X-Respan-Log-Id").orElseThrow();
    }

    /** Asks until the row is there; a second is the promise, the rest is room for a busy machine. */
    private JsonObject row(String id) throws Exception {
        long deadline = System.nanoTime() + Duration.ofSeconds(10).toNanos();
        while (true) {
            HttpResponse<byte[]> answer = send(HttpRequest.newBuilder(URI.create(ServerUnderTest.shared().baseUrl() + "/api/request-logs/" + id + "/")).GET());
            if (answer.statusCode() == 200) {
                return JsonReader.readObject(answer.body());
            }
            assertThat(System.nanoTime()).as("row " + id + " is missing: " + new String(answer.body(), UTF_8)).isLessThan(deadline);
            java.util.concurrent.locks.LockSupport.parkNanos(20_000_000);
        }
    }

    @Test
    void a_call_is_kept_with_its_messages_tokens_and_cost() throws Exception {
        String id = call("{\"model\":\"demo/echo\",\"messages\":[{\"role\":\"user\",\"content\":\"Remember é\"}],\"customer_identifier\":\"c1\",\"metadata\":{\"team\":\"ml\"}}");
        JsonObject row = row(id);
        assertThat(row.text("unique_id")).isEqualTo(id);
        assertThat(row.text("status")).isEqualTo("success");
        assertThat(row.number("status_code", 0)).isEqualTo(200);
        assertThat(row.text("provider_id")).isEqualTo("demo");
        assertThat(row.text("customer_identifier")).isEqualTo("c1");
        assertThat(row.object("metadata").text("team")).isEqualTo("ml");
        assertThat(row.text("environment")).isEqualTo("prod");
        assertThat(row.number("prompt_tokens", 0)).isPositive();
        assertThat(row.get("prompt_messages").raw().text()).contains("Remember é");
        assertThat(row.get("completion_message").raw().text()).contains("Remember é");
    }

    @Test
    void a_stream_is_kept_as_one_message() throws Exception {
        JsonObject row = row(call("{\"model\":\"demo/echo\",\"stream\":true,\"messages\":[{\"role\":\"user\",\"content\":\"alpha beta gamma\"}]}"));
        assertThat(row.isTrue("stream")).isTrue();
        assertThat(row.get("completion_message").raw().text()).contains("alpha beta gamma");
        assertThat(row.number("completion_tokens", 0)).isPositive();
    }

    @Test
    void a_failure_is_kept_too() throws Exception {
        JsonObject row = row(call("{\"model\":\"no-such-model\",\"messages\":[{\"role\":\"user\",\"content\":\"x\"}]}"));
        assertThat(row.text("status")).isEqualTo("error");
        assertThat(row.number("status_code", 0)).isEqualTo(404);
        assertThat(row.text("error_message")).contains("not available");
    }

    @Test
    void a_call_with_the_log_disabled_keeps_only_its_numbers() throws Exception {
        JsonObject row = row(call("{\"model\":\"demo/echo\",\"disable_log\":true,\"messages\":[{\"role\":\"user\",\"content\":\"hush\"}]}"));
        assertThat(row.raw().text()).doesNotContain("hush");
        assertThat(row.number("prompt_tokens", 0)).isPositive();
    }

    @Test
    void the_list_shows_the_newest_first_and_pages() throws Exception {
        row(call("{\"model\":\"demo/echo\",\"messages\":[{\"role\":\"user\",\"content\":\"a\"}]}"));
        String last = call("{\"model\":\"demo/echo\",\"messages\":[{\"role\":\"user\",\"content\":\"b\"}]}");
        row(last);
        HttpResponse<byte[]> list = send(HttpRequest.newBuilder(URI.create(ServerUnderTest.shared().baseUrl() + "/api/request-logs/list/?page_size=1")).GET());
        JsonObject page = JsonReader.readObject(list.body());
        assertThat(page.number("count", 0)).isGreaterThanOrEqualTo(2);
        assertThat(((JsonObject) page.items("results").get(0)).text("unique_id")).isEqualTo(last);
        assertThat(page.text("next")).contains("page=2");
    }

    @Test
    void another_id_is_not_found() throws Exception {
        HttpResponse<byte[]> answer = send(HttpRequest.newBuilder(URI.create(ServerUnderTest.shared().baseUrl() + "/api/request-logs/01890000-0000-7000-8000-000000000000/")).GET());
        assertThat(answer.statusCode()).isEqualTo(404);
    }
}
