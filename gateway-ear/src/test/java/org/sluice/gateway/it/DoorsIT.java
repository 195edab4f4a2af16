package org.sluice.gateway.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The JAX-RS resource and the fast lane in front of it give the same answers. */
class DoorsIT {
    private static final String HI = "\"messages\":[{\"role\":\"user\",\"content\":\"alpha beta é\"}]";
    private static final List<String> COMPARED = List.of("content-type", "cache-control", "www-authenticate", "allow", "retry-after", "x-accel-buffering");
    private static ServerUnderTest resource;
    private final HttpClient http = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    /** @param key null for none */
    record Asked(String name, String method, String path, String key, String type, String body) {
        @Override
        public String toString() {
            return name;
        }
    }

    @BeforeAll
    static void start() {
        resource = ServerUnderTest.named("resource").with("GATEWAY_DOOR_FAST_LANE", "false").start();
    }

    @AfterAll
    static void stop() {
        resource.close();
    }

    static List<Asked> requests() {
        String key = ServerUnderTest.key();
        String json = "application/json";
        String path = "/api/chat/completions";
        return List.of(
                new Asked("whole", "POST", path, key, json, "{\"model\":\"demo/echo\"," + HI + "}"),
                new Asked("stream", "POST", path, key, json, "{\"model\":\"demo/echo\",\"stream\":true,\"stream_options\":{\"include_usage\":true}," + HI + "}"),
                new Asked("alias", "POST", "/api/v1/chat/completions/", key, json, "{\"model\":\"demo/echo\"," + HI + "}"),
                new Asked("short alias", "POST", "/chat/completions", key, json, "{\"model\":\"demo/echo\"," + HI + "}"),
                new Asked("key in the query", "POST", path + "?key=" + key, null, json, "{\"model\":\"demo/echo\"," + HI + "}"),
                new Asked("charset", "POST", path, key, "application/json; charset=utf-8", "{\"model\":\"demo/echo\"," + HI + "}"),
                new Asked("no key", "POST", path, null, json, "{}"),
                new Asked("wrong key", "POST", path, "abcdefgh." + "0".repeat(32), json, "{}"),
                new Asked("not JSON", "POST", path, key, json, "{\"model\""),
                new Asked("no body", "POST", path, key, json, ""),
                new Asked("wrong parameter", "POST", path, key, json, "{\"model\":\"demo/echo\",\"n\":0," + HI + "}"),
                new Asked("unknown model", "POST", path, key, json, "{\"model\":\"no-such-model\"," + HI + "}"),
                new Asked("a failing stream", "POST", path, key, json, "{\"model\":\"demo/echo\",\"stream\":true,\"messages\":[{\"role\":\"user\",\"content\":\"fail 429\"}]}"),
                new Asked("an error in the stream", "POST", path, key, json, "{\"model\":\"demo/echo\",\"stream\":true,\"messages\":[{\"role\":\"user\",\"content\":\"fail midstream\"}]}"),
                new Asked("wrong method", "GET", path, key, json, ""),
                new Asked("text", "POST", path, key, "text/plain", "{\"model\":\"demo/echo\"," + HI + "}"),
                new Asked("message", "POST", "/api/anthropic/v1/messages?beta=true", key, json, "{\"model\":\"demo/echo\",\"max_tokens\":9," + HI + "}"),
                new Asked("message stream", "POST", "/api/anthropic/messages/", key, json, "{\"model\":\"demo/echo\",\"stream\":true," + HI + "}"),
                new Asked("message, no key", "POST", "/api/anthropic/v1/messages", null, json, "{}"),
                new Asked("message, wrong method", "GET", "/api/anthropic/v1/messages", key, json, ""),
                new Asked("message, text", "POST", "/api/anthropic/v1/messages", key, "text/plain", "{}"),
                new Asked("message, an error in the stream", "POST", "/api/anthropic/v1/messages", key, json, "{\"model\":\"demo/echo\",\"stream\":true,\"messages\":[{\"role\":\"user\",\"content\":\"fail midstream\"}]}"),
                new Asked("token count", "POST", "/api/anthropic/v1/messages/count_tokens", key, json, "{\"model\":\"demo/echo\"," + HI + "}"),
                new Asked("token count alias", "POST", "/api/anthropic/messages/count_tokens", key, json, "{\"model\":\"demo/echo\"," + HI + "}"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("requests")
    void both_doors_answer_alike(Asked asked) throws Exception {
        HttpResponse<String> lane = send(ServerUnderTest.shared(), asked);
        HttpResponse<String> other = send(resource, asked);
        assertThat(other.statusCode()).isEqualTo(lane.statusCode());
        assertThat(neutral(other.body())).isEqualTo(neutral(lane.body()));
        assertThat(headers(other)).isEqualTo(headers(lane));
        assertThat(other.headers().firstValue("X-Respan-Gateway-Request-Id")).isPresent();
        assertThat(other.headers().firstValue("X-Respan-Log-Id").isPresent()).isEqualTo(lane.headers().firstValue("X-Respan-Log-Id").isPresent());
    }

    private HttpResponse<String> send(ServerUnderTest server, Asked asked) throws Exception {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(server.baseUrl() + asked.path())).header("Content-Type", asked.type());
        if (asked.key() != null) {
            request.header("Authorization", "Bearer " + asked.key());
        }
        HttpRequest.BodyPublisher body = asked.body().isEmpty() ? HttpRequest.BodyPublishers.noBody() : HttpRequest.BodyPublishers.ofString(asked.body());
        return http.send(request.method(asked.method(), body).build(), HttpResponse.BodyHandlers.ofString());
    }

    /** Without what differs from call to call. */
    private static String neutral(String body) {
        return body.replaceAll("chatcmpl-[0-9a-f-]{36}|msg_[0-9a-f]{32}|\"request_id\":\"[0-9a-f-]{36}\"", "ID").replaceAll("\"created\":\\d+", "\"created\":0");
    }

    private static Map<String, String> headers(HttpResponse<String> answer) {
        Map<String, String> compared = new TreeMap<>();
        COMPARED.forEach(name -> answer.headers().firstValue(name).ifPresent(value -> compared.put(name, value.replace(" ", "").toLowerCase(java.util.Locale.ROOT))));
        return compared;
    }
}
