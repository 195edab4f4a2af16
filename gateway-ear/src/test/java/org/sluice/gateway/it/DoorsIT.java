package org.sluice.gateway.it;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
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
import org.junit.jupiter.params.provider.ValueSource;

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
                new Asked("token count alias", "POST", "/api/anthropic/messages/count_tokens", key, json, "{\"model\":\"demo/echo\"," + HI + "}"),
                new Asked("response", "POST", "/api/responses", key, json, "{\"model\":\"demo/echo\",\"input\":\"alpha beta é\"}"),
                new Asked("streamed response", "POST", "/api/v1/responses/", key, json, "{\"model\":\"demo/echo\",\"stream\":true,\"input\":\"alpha beta é\"}"),
                new Asked("response without a key", "POST", "/api/responses", null, json, "{}"),
                new Asked("response by a wrong method", "PUT", "/api/responses", key, json, "{}"),
                new Asked("response with a wrong parameter", "POST", "/api/responses/", key, json, "{\"model\":\"demo/echo\",\"input\":7}"));
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

    /** Reliability A7 and H7, from addresses of its own, for the other tests' refusals come from 127.0.0.1. */
    @ParameterizedTest(name = "fast lane {0}")
    @ValueSource(booleans = {true, false})
    void an_address_with_many_wrong_keys_is_told_to_wait_and_its_valid_key_works(boolean isLane) throws Exception {
        ServerUnderTest server = isLane ? ServerUnderTest.shared() : resource;
        String wrong = "abcdefgh." + "0".repeat(32);
        int refused = 0;
        String answer = post(server, "127.0.0.9", wrong, "");
        for (; answer.startsWith("HTTP/1.1 401 ") && refused < 90; refused++) {
            answer = post(server, "127.0.0.9", wrong, "");
        }
        assertThat(answer).startsWith("HTTP/1.1 429 ").containsPattern("(?i)\r\nretry-after: \\d+\r\n").containsPattern("(?i)\r\ncache-control: no-store\r\n")
                .contains("\"type\":\"rate_limit_error\"", "\"code\":\"rate_limit_exceeded\"", "\"detail\":\"");
        assertThat(refused).as("answers 401: thirty, and one more every two seconds").isBetween(30, 60);
        assertThat(post(server, "127.0.0.9", wrong, "X-Forwarded-For: 198.51.100.1\r\nForwarded: for=198.51.100.1\r\n")).startsWith("HTTP/1.1 429 ");
        assertThat(exchange(server, "127.0.0.9", "GET /api/models HTTP/1.1\r\nx-api-key: " + wrong + "\r\n", "")).as("management")
                .startsWith("HTTP/1.1 429 ").contains("rate_limit_exceeded");
        assertThat(post(server, "127.0.0.9", ServerUnderTest.key(), "")).startsWith("HTTP/1.1 200 ");
        assertThat(post(server, "127.0.0.10", wrong, "")).as("another address").startsWith("HTTP/1.1 401 ");
    }

    private static String post(ServerUnderTest server, String from, String key, String headers) throws IOException {
        String body = "{\"model\":\"demo/echo\"," + HI + "}";
        return exchange(server, from, "POST /api/chat/completions HTTP/1.1\r\nAuthorization: Bearer " + key + "\r\nContent-Type: application/json\r\n"
                + headers + "Content-Length: " + body.getBytes(UTF_8).length + "\r\n", body);
    }

    /** The whole answer to a request that comes from this address. */
    private static String exchange(ServerUnderTest server, String from, String head, String body) throws IOException {
        URI base = URI.create(server.baseUrl());
        try (Socket socket = new Socket()) {
            socket.bind(new InetSocketAddress(from, 0));
            socket.connect(new InetSocketAddress(base.getHost(), base.getPort()), 5_000);
            socket.setSoTimeout(30_000);
            socket.getOutputStream().write((head + "Host: gateway\r\nConnection: close\r\n\r\n" + body).getBytes(UTF_8));
            return new String(socket.getInputStream().readAllBytes(), UTF_8);
        }
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
        return body.replaceAll("chatcmpl-[0-9a-f-]{36}|gw[0-9a-f]{32}|msg_[0-9a-f]{32}|\"request_id\":\"[0-9a-f-]{36}\"", "ID")
                .replaceAll("\"(created|created_at)\":\\d+", "\"$1\":0");
    }

    private static Map<String, String> headers(HttpResponse<String> answer) {
        Map<String, String> compared = new TreeMap<>();
        COMPARED.forEach(name -> answer.headers().firstValue(name).ifPresent(value -> compared.put(name, value.replace(" ", "").toLowerCase(java.util.Locale.ROOT))));
        return compared;
    }
}
