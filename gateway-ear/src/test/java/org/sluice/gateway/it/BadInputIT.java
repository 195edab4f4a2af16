package org.sluice.gateway.it;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_16LE;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.InputStream;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.sluice.gateway.json.JsonReader;
import org.sluice.gateway.json.JsonValue.JsonObject;

/** Hostile requests against the running gateway: each gets a clear error in OpenAI's shape. */
class BadInputIT {
    private static final String HI = "\"messages\":[{\"role\":\"user\",\"content\":\"Hi\"}]";
    private final HttpClient http = HttpClient.newHttpClient();

    private HttpResponse<byte[]> post(String path, byte[] body, String... headers) throws Exception {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(ServerUnderTest.shared().baseUrl() + path)).POST(HttpRequest.BodyPublishers.ofByteArray(body));
        if (headers.length == 0) {
            request.header("Authorization", "Bearer " + ServerUnderTest.key()).header("Content-Type", "application/json");
        } else {
            request.headers(headers);
        }
        return http.send(request.build(), HttpResponse.BodyHandlers.ofByteArray());
    }

    private static JsonObject error(HttpResponse<byte[]> answer) {
        assertThat(answer.headers().firstValue("Content-Type")).get().asString().startsWith("application/json");
        assertThat(answer.headers().firstValue("X-Respan-Gateway-Request-Id")).isPresent();
        JsonObject body = JsonReader.readObject(answer.body());
        assertThat(body.text("detail")).isNotBlank();
        assertThat(body.object("error").text("message")).isEqualTo(body.text("detail"));
        assertThat(body.object("error").text("type")).isNotBlank();
        return body.object("error");
    }

    static Stream<Arguments> hostile() {
        String deep = "[".repeat(65) + "]".repeat(65);
        return Stream.of(
                bad("P1 depth in metadata", "{\"model\":\"demo/echo\"," + HI + ",\"metadata\":{\"a\":" + deep + "}}", "invalid_json"),
                bad("P1 depth in tools", "{\"model\":\"demo/echo\"," + HI + ",\"tools\":" + deep + "}", "invalid_json"),
                bad("P2 a million brackets", "[".repeat(1_000_000), "invalid_json"),
                bad("P3 a million digits", "{\"model\":\"demo/echo\"," + HI + ",\"seed\":" + "9".repeat(1_000_000) + "}", "invalid_json"),
                bad("P4 n is 0", "{\"model\":\"demo/echo\"," + HI + ",\"n\":0}", "invalid_value"),
                bad("P4 n is 1e2", "{\"model\":\"demo/echo\"," + HI + ",\"n\":1e2}", "invalid_value"),
                bad("P4 n is text", "{\"model\":\"demo/echo\"," + HI + ",\"n\":\"3\"}", "invalid_value"),
                bad("P5 temperature is huge", "{\"model\":\"demo/echo\"," + HI + ",\"temperature\":1e300}", "invalid_value"),
                bad("P5 max_tokens is huge", "{\"model\":\"demo/echo\"," + HI + ",\"max_tokens\":9223372036854775808}", "invalid_value"),
                bad("P7 two models", "{\"model\":\"a\",\"m\\u006fdel\":\"b\"," + HI + "}", "duplicate_key"),
                bad("P8 two documents", "{\"model\":\"demo/echo\"," + HI + "}{}", "invalid_json"),
                bad("P8 empty", "", "invalid_json"),
                bad("P8 an array", "[]", "invalid_json"),
                bad("P10 half a surrogate in model", "{\"model\":\"\\ud800\"," + HI + "}", "invalid_value"),
                bad("P11 NUL in an identifier", "{\"model\":\"demo/echo\"," + HI + ",\"customer_identifier\":\"a\\u0000\"}", "invalid_value"),
                bad("P23 too many stops", "{\"model\":\"demo/echo\"," + HI + ",\"stop\":[" + "\"a\",".repeat(64) + "\"b\"]}", "invalid_value"),
                bad("no messages", "{\"model\":\"demo/echo\",\"messages\":[]}", "invalid_value"),
                bad("model is a path", "{\"model\":\"openai/../x\"," + HI + "}", "invalid_value"),
                bad("stream is text", "{\"model\":\"demo/echo\"," + HI + ",\"stream\":\"yes\"}", "invalid_value"),
                bad("a credential's field is mistyped", "{\"model\":\"demo/echo\"," + HI + ",\"customer_credentials\":{\"demo\":{\"api_kee\":\"sk-sentinel-do-not-log\"}}}", "invalid_value"));
    }

    private static Arguments bad(String name, String body, String code) {
        return Arguments.of(name, body, code);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("hostile")
    void a_hostile_body_gets_a_400_that_says_why(String name, String body, String code) throws Exception {
        HttpResponse<byte[]> answer = post("/api/chat/completions", body.getBytes(UTF_8));
        assertThat(answer.statusCode()).as(new String(answer.body(), UTF_8)).isEqualTo(400);
        assertThat(error(answer).text("code")).isEqualTo(code);
        assertThat(new String(answer.body(), UTF_8)).doesNotContain("sentinel").doesNotContain("Exception").hasSizeLessThan(2000);
    }

    @Test
    void bytes_that_are_not_utf8_are_refused() throws Exception {
        assertThat(error(post("/api/chat/completions", ("{\"model\":\"demo/echo\"," + HI + "}").getBytes(UTF_16LE))).text("code")).isEqualTo("invalid_json");
        byte[] bad = ("{\"model\":\"demo/echo\",\"messages\":[{\"role\":\"user\",\"content\":\"__\"}]}").replace("__", "\u00c3\u0028").getBytes(ISO_8859_1);
        assertThat(error(post("/api/chat/completions", bad)).text("code")).isEqualTo("invalid_json");
    }

    @Test
    void numbers_and_unknown_parameters_reach_the_provider_as_spelled() throws Exception {
        ServerUnderTest.shared().replay().answerWith(new ReplayUpstream.Answer(200, "application/json",
                "{\"id\":\"x\",\"object\":\"chat.completion\",\"choices\":[]}".getBytes(UTF_8), false));
        String tail = HI + ", \"tools\":[{\"type\":\"function\",\"function\":{\"name\":\"a\",\"parameters\":{\"z\":1.0,\"a\":1e2,\"m\":0.1000}}}],\"brand_new\":{\"k\":[12345678901234567890123]}}";
        post("/api/chat/completions", ("{\"model\":\"openai/gpt-4o\",\"metadata\":{\"a\":1},\"customer_identifier\":\"c\"," + tail).getBytes(UTF_8));
        assertThat(new String(ServerUnderTest.shared().replay().lastRequest(), UTF_8)).isEqualTo("{\"model\":\"gpt-4o\"," + tail);
    }

    @Test
    void keys_are_asked_for_in_every_place_and_two_different_ones_are_refused() throws Exception {
        byte[] body = ("{\"model\":\"demo/echo\"," + HI + "}").getBytes(UTF_8);
        String key = ServerUnderTest.key();
        assertThat(post("/api/chat/completions", body, "Content-Type", "application/json").statusCode()).isEqualTo(401);
        assertThat(post("/api/chat/completions", body, "Content-Type", "application/json", "x-api-key", key).statusCode()).isEqualTo(200);
        assertThat(post("/api/chat/completions", body, "Content-Type", "application/json", "x-goog-api-key", key).statusCode()).isEqualTo(200);
        assertThat(post("/api/chat/completions?key=" + key, body, "Content-Type", "application/json").statusCode()).isEqualTo(200);
        HttpResponse<byte[]> two = post("/api/chat/completions", body, "Content-Type", "application/json", "x-api-key", key, "Authorization", "Bearer abcdefgh." + "0".repeat(32));
        assertThat(two.statusCode()).isEqualTo(400);
        HttpResponse<byte[]> hostile = post("/api/chat/completions", body, "Content-Type", "application/json", "Authorization", "Bearer ' OR '1'='1");
        assertThat(hostile.statusCode()).isEqualTo(401);
        assertThat(hostile.headers().firstValue("WWW-Authenticate")).contains("Bearer");
        assertThat(error(hostile).text("code")).isEqualTo("invalid_api_key");
    }

    @Test
    void every_spelling_of_the_path_is_the_same_endpoint() throws Exception {
        byte[] body = ("{\"model\":\"demo/echo\"," + HI + "}").getBytes(UTF_8);
        for (String path : new String[] {"/api/chat/completions", "/api/chat/completions/", "/api/v1/chat/completions", "/api/v1/chat/completions/", "/chat/completions", "/chat/completions/"}) {
            assertThat(post(path, body).statusCode()).as(path).isEqualTo(200);
        }
    }

    @Test
    void a_wrong_media_type_method_or_path_is_answered_in_our_shape() throws Exception {
        byte[] body = ("{\"model\":\"demo/echo\"," + HI + "}").getBytes(UTF_8);
        HttpResponse<byte[]> text = post("/api/chat/completions", body, "Content-Type", "text/plain", "Authorization", "Bearer " + ServerUnderTest.key());
        assertThat(text.statusCode()).isEqualTo(415);
        error(text);
        HttpResponse<byte[]> get = http.send(HttpRequest.newBuilder(URI.create(ServerUnderTest.shared().baseUrl() + "/api/chat/completions")).GET().build(), HttpResponse.BodyHandlers.ofByteArray());
        assertThat(get.statusCode()).isEqualTo(405);
        error(get);
        HttpResponse<byte[]> lost = post("/api/no/such/path", body);
        assertThat(lost.statusCode()).isEqualTo(404);
        error(lost);
    }

    @Test
    void a_body_of_33_mebibytes_is_refused_before_it_is_read() throws Exception {
        URI base = URI.create(ServerUnderTest.shared().baseUrl());
        try (Socket socket = new Socket(base.getHost(), base.getPort())) {
            socket.setSoTimeout(10_000);
            socket.getOutputStream().write(("POST /api/chat/completions HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer " + ServerUnderTest.key()
                    + "\r\nContent-Type: application/json\r\nContent-Length: 34603009\r\n\r\n{").getBytes(ISO_8859_1));
            assertThat(firstLine(socket.getInputStream())).contains(" 413 ");
        }
    }

    @Test
    void ambiguous_framing_is_refused() throws Exception {
        URI base = URI.create(ServerUnderTest.shared().baseUrl());
        String head = "POST /api/chat/completions HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer " + ServerUnderTest.key() + "\r\nContent-Type: application/json\r\n";
        for (String framing : new String[] {"Content-Length: 5\r\nContent-Length: 6\r\n", "Transfer-Encoding: xchunked\r\n"}) {
            try (Socket socket = new Socket(base.getHost(), base.getPort())) {
                socket.setSoTimeout(10_000);
                socket.getOutputStream().write((head + framing + "\r\n0\r\n\r\n").getBytes(ISO_8859_1));
                String line = firstLine(socket.getInputStream());
                assertThat(line.isEmpty() || line.contains(" 4") || line.contains(" 501")).as(framing + line).isTrue();
            }
        }
    }

    @Test
    void what_a_caller_writes_makes_no_line_in_the_log() throws Exception {
        String evil = "x\\r\\nERROR admin logged in \\u001b[31m${jndi:ldap://127.0.0.1/a} %d %s \\u202e";
        for (String body : new String[] {"{\"model\":\"" + evil + "\"," + HI + "}", "{\"model\":\"demo/echo\",\"user\":\"" + evil + "\",\"customer_identifier\":\"" + evil + "\"," + HI + "}",
            "{\"model\":\"demo/echo\",\"messages\":[{\"role\":\"user\",\"content\":\"fail 500 " + evil + "\"}]}"}) {
            post("/api/chat/completions", body.getBytes(UTF_8), "Authorization", "Bearer " + ServerUnderTest.key(), "Content-Type", "application/json",
                    "X-Request-Id", "${jndi:ldap://127.0.0.1/a} admin logged in", "User-Agent", "admin logged in");
        }
        post("/api/%0d%0aERROR%20admin%20logged%20in", "{}".getBytes(UTF_8));
        post("/api/google/gemini/v1beta/models/%0d%0aERROR%20admin%20logged%20in:generateContent", "{\"contents\":[]}".getBytes(UTF_8));
        assertThat(java.nio.file.Files.readString(ServerUnderTest.shared().log(), ISO_8859_1)).doesNotContain("admin logged in", "admin%20logged", "jndi:ldap");
    }

    private static String firstLine(InputStream in) throws Exception {
        StringBuilder line = new StringBuilder();
        for (int b = in.read(); b >= 0 && b != '\r'; b = in.read()) {
            line.append((char) b);
        }
        return line.toString();
    }
}
