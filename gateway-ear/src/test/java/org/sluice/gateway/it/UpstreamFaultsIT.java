package org.sluice.gateway.it;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.InputStream;
import java.math.BigDecimal;
import java.net.http.HttpResponse;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.sluice.gateway.it.ScriptedUpstream.Script;
import org.sluice.gateway.json.JsonReader;
import org.sluice.gateway.json.JsonValue.JsonObject;

/**
 * What a client sees, and what the row says, when a provider misbehaves (reliability U1-U28 and U36). The framing in
 * detail is the matter of the upstream client's own tests.
 */
class UpstreamFaultsIT {
    private static final String OK_HEAD = "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n";
    private static final String EVENT = "data: {\"id\":\"c\",\"object\":\"chat.completion.chunk\",\"choices\":[{\"index\":0,\"delta\":{\"content\":\"word \"}}]}\n\n";
    private static final String END = "data: {\"id\":\"c\",\"object\":\"chat.completion.chunk\",\"choices\":[{\"index\":0,\"delta\":{},\"finish_reason\":\"stop\"}]}\n\n";
    private static final String DONE = "data: [DONE]\n\n";
    private static final String ANSWER = "{\"id\":\"x\",\"object\":\"chat.completion\",\"model\":\"m\",\"choices\":[{\"index\":0,\"message\":{\"role\":\"assistant\","
            + "\"content\":\"Fine.\"},\"finish_reason\":\"stop\"}],\"usage\":{\"prompt_tokens\":1,\"completion_tokens\":1,\"total_tokens\":2}}";
    private final FaultServer faults = FaultServer.shared();

    /** @param outcome of the row */
    private record Fault(String name, String code, int status, String outcome, Script script) {
        @Override
        public String toString() {
            return name;
        }
    }

    private static Fault invalid(String name, Script script) {
        return new Fault(name, "upstream_invalid_response", 502, "upstream_error", script);
    }

    private static Fault invalid(String name, String bytes) {
        return invalid(name, exchange -> exchange.write(bytes));
    }

    /** Faults that show before the client got anything: a status of its own and a body in OpenAI's shape. */
    static Stream<Fault> beforeTheFirstByte() {
        return Stream.of(
                new Fault("U5 reset without a byte", "upstream_reset", 502, "upstream_error", ScriptedUpstream.Exchange::reset),
                new Fault("U5 end without a byte", "upstream_reset", 502, "upstream_error", exchange -> { }),
                new Fault("U8 no answer", "upstream_timeout", 504, "upstream_timeout", exchange -> exchange.isClosedByPeerWithin(20_000)),
                new Fault("U9 head byte by byte", "upstream_timeout", 504, "upstream_timeout", exchange -> {
                    exchange.write("HTTP/1.1 200 OK\r\nX-Slow: ");
                    while (!exchange.isClosedByPeerWithin(100)) {
                        exchange.write("a");
                    }
                }),
                new Fault("U10 head, then silence", "upstream_timeout", 504, "upstream_timeout", exchange -> exchange.write(OK_HEAD + "Content-Length: 100\r\n\r\n{")
                        .isClosedByPeerWithin(20_000)),
                invalid("U18 chunk size in letters", OK_HEAD + "Transfer-Encoding: chunked\r\n\r\nZZ\r\n{}\r\n0\r\n\r\n"),
                invalid("U18 chunk size 7fffffffffffffff", OK_HEAD + "Transfer-Encoding: chunked\r\n\r\n7fffffffffffffff\r\n{}\r\n"),
                invalid("U18 negative chunk size", OK_HEAD + "Transfer-Encoding: chunked\r\n\r\n-2\r\n{}\r\n0\r\n\r\n"),
                invalid("U19 no HTTP", "SSH-2.0-OpenSSH_9.6\r\n\r\n"),
                invalid("U19 status 999", "HTTP/1.1 999 X\r\nContent-Length: 0\r\n\r\n"),
                invalid("U19 flood of interim answers", "HTTP/1.1 102 Processing\r\n\r\n".repeat(200) + OK_HEAD + "Content-Length: 2\r\n\r\n{}"),
                invalid("U19 head of 2 MB", OK_HEAD + "X-A: " + "a".repeat(2_000_000) + "\r\nContent-Length: 2\r\n\r\n{}"),
                invalid("U20 two lengths", OK_HEAD + "Content-Length: 2\r\nContent-Length: 5\r\n\r\n{}abc"),
                invalid("U20 length and chunks", OK_HEAD + "Content-Length: 2\r\nTransfer-Encoding: chunked\r\n\r\n2\r\n{}\r\n0\r\n\r\n"),
                invalid("U21 no JSON", exchange -> exchange.answer(200, "application/json", "{\"id\":")),
                invalid("U21 login page", exchange -> exchange.answer(200, "text/html", "<html><title>Log in</title></html>")),
                invalid("U21 empty body", exchange -> exchange.answer(200, "application/json", "")),
                invalid("U21 no content", "HTTP/1.1 204 No Content\r\n\r\n"),
                invalid("U36 redirect", exchange -> exchange.answer(302, "text/html", "", "Location: http://169.254.169.254/latest/meta-data")),
                invalid("U36 permanent redirect", exchange -> exchange.answer(308, "text/html", "", "Location: https://example.org/")));
    }

    @ParameterizedTest
    @MethodSource("beforeTheFirstByte")
    void a_fault_before_the_first_byte_is_a_clear_error(Fault fault) throws Exception {
        faults.upstream().answerWith(fault.script());
        HttpResponse<String> answer = faults.ask("openai/gpt-4o", "\"timeout\":2");
        requireError(answer, fault.status(), fault.code());
        assertThat(faults.upstream().requests()).as("requests the provider saw").isEqualTo(1);
        requireRow(answer, fault.status(), fault.outcome());
    }

    @ParameterizedTest
    @MethodSource("beforeTheFirstByte")
    void the_same_fault_has_its_status_when_a_stream_was_asked_for(Fault fault) throws Exception {
        faults.upstream().answerWith(fault.script());
        HttpResponse<String> answer = faults.ask("openai/gpt-4o", "\"stream\":true,\"timeout\":2");
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(fault.status());
        assertThat(answer.headers().firstValue("Content-Type").orElse("")).startsWith("application/json");
        assertThat(error(answer).text("type")).isNotBlank();
        requireRow(answer, fault.status(), null);
    }

    @Test
    void a_body_that_breaks_off_is_an_error() throws Exception {
        faults.upstream().answerWith(exchange -> exchange.write(OK_HEAD + "Content-Length: 100\r\n\r\n0123456789"));
        HttpResponse<String> answer = faults.ask("openai/gpt-4o", "");
        assertThat(answer.statusCode()).as("U15").isEqualTo(502);
        assertThat(error(answer).text("code")).isIn("upstream_invalid_response", "upstream_truncated");
        requireRow(answer, 502, null);
    }

    @Test
    void a_provider_that_cannot_be_reached_is_told_alike_whatever_the_reason() throws Exception {
        HttpResponse<String> refused = faults.ask("groq/llama-3.3-70b-versatile", "");
        HttpResponse<String> unknown = faults.ask("xai/grok-3", "");
        requireError(refused, 502, "upstream_unreachable");
        requireError(unknown, 502, "upstream_unreachable");
        assertThat(error(unknown).text("message")).isEqualTo(error(refused).text("message"));
        requireRow(refused, 502, "upstream_error");
        requireRow(unknown, 502, "upstream_error");
    }

    @Test
    void a_plaintext_port_is_not_spoken_to_in_plain_text() throws Exception {
        faults.upstream().answerWith(exchange -> exchange.answer(200, "application/json", ANSWER));
        HttpResponse<String> answer = faults.ask("deepseek/deepseek-chat", "");
        requireError(answer, 502, "upstream_tls");
        assertThat(faults.upstream().requests()).isZero();
        requireRow(answer, 502, "upstream_error");
    }

    @Test
    void a_network_that_swallows_everything_is_left_at_the_connect_limit() throws Exception {
        long from = System.nanoTime();
        HttpResponse<String> answer = faults.ask("mistral/mistral-large-latest", "");
        assertThat(millisSince(from)).as("U3").isBetween(1_900L, 4_500L);
        requireError(answer, 504, "upstream_timeout");
        JsonObject row = requireRow(answer, 504, "upstream_timeout");
        assertThat(row.items("attempts").get(0).raw().text()).contains("\"phase\":\"P0\"", "\"cost_uncertain\":false");
        assertThat(new BigDecimal(row.get("cost").raw().text())).isZero();
    }

    @Test
    void a_stream_without_its_first_event_is_left_at_the_first_byte_limit_and_answered_with_a_status() throws Exception {
        CompletableFuture<Boolean> left = new CompletableFuture<>();
        faults.upstream().answerWith(exchange -> left.complete(exchange.beginStream().isClosedByPeerWithin(30_000)));
        long from = System.nanoTime();
        HttpResponse<String> answer = faults.ask("openai/gpt-4o", "\"stream\":true");
        assertThat(millisSince(from)).as("U11").isBetween(FaultServer.FIRST_BYTE.toMillis() - 100, FaultServer.FIRST_BYTE.toMillis() + 3_000);
        requireError(answer, 504, "upstream_timeout");
        assertThat(left.get(5, TimeUnit.SECONDS)).as("the provider is left").isTrue();
        requireRow(answer, 504, "upstream_timeout");
    }

    /** Faults after ten events: the client has a status 200 already and is told by an error event. */
    static Stream<Fault> inTheMiddle() {
        return Stream.of(
                new Fault("U12 silence", "upstream_timeout", 0, null, exchange -> exchange.isClosedByPeerWithin(20_000)),
                new Fault("U13 reset", "upstream_", 0, null, ScriptedUpstream.Exchange::reset),
                new Fault("U14 no last chunk", "upstream_truncated", 0, "upstream_truncated", exchange -> { }),
                new Fault("U16 good framing, no [DONE]", "upstream_truncated", 0, "upstream_truncated", exchange -> exchange.write("0\r\n\r\n")),
                new Fault("U18 bad chunk", "upstream_", 0, null, exchange -> exchange.write("ZZ\r\n\r\n")),
                new Fault("U26 event of 5 MiB", "upstream_", 0, null, exchange -> exchange.chunk("data: " + "a".repeat(5 << 20))),
                new Fault("error event", "", 0, "upstream_error", exchange -> exchange.chunk("data: {\"error\":{\"message\":\"overloaded\",\"type\":\"server_error\"}}\n\n")));
    }

    @ParameterizedTest
    @MethodSource("inTheMiddle")
    void a_fault_in_the_middle_is_an_error_event_and_no_good_end(Fault fault) throws Exception {
        CountDownLatch relayed = new CountDownLatch(1);
        faults.upstream().answerWith(exchange -> {
            exchange.beginStream();
            for (int i = 0; i < 10; i++) {
                exchange.chunk(EVENT);
            }
            relayed.await(20, TimeUnit.SECONDS);
            fault.script().run(exchange);
        });
        HttpResponse<InputStream> answer = faults.open("openai/gpt-4o", "\"stream\":true");
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(new String(answer.body().readNBytes(10 * EVENT.length()), UTF_8)).isEqualTo(EVENT.repeat(10));
        relayed.countDown();
        String rest = new String(answer.body().readAllBytes(), UTF_8);
        assertThat(rest).contains("data: {\"error\":").doesNotContain("[DONE]");
        String last = rest.substring(rest.lastIndexOf("data: {\"error\":") + 6);
        JsonObject error = JsonReader.readObject(last.getBytes(UTF_8)).object("error");
        assertThat(error.text("message")).isNotBlank();
        assertThat(String.valueOf(error.text("code"))).contains(fault.code());
        requireNoSecret(rest);
        assertThat(faults.upstream().requests()).as("no second try").isEqualTo(1);
        JsonObject row = requireRow(answer, -1, fault.outcome());
        assertThat(row.get("completion_message").raw().text()).contains("word word");
        assertThat(row.number("completion_tokens", 0)).as("usage is estimated").isPositive();
    }

    @Test
    void a_stream_that_ends_with_the_connection_is_whole_when_it_said_so() throws Exception {
        faults.upstream().answerWith(exchange -> exchange.write("HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\n\r\n" + EVENT + END + DONE));
        HttpResponse<String> answer = faults.ask("openai/gpt-4o", "\"stream\":true");
        assertThat(answer.body()).isEqualTo(EVENT + END + DONE);
        assertThat(faults.log().row(id(answer)).text("outcome")).isEqualTo("ok");
    }

    @ParameterizedTest
    @ValueSource(ints = {400, 401, 403, 404, 408, 413, 422, 429, 500, 502, 503, 504, 529})
    void a_providers_error_keeps_its_status_and_its_words(int status) throws Exception {
        String body = "{\"error\":{\"message\":\"Because.\",\"type\":\"some_error\",\"param\":null,\"code\":\"because\"}}";
        faults.upstream().answerWith(exchange -> exchange.answer(status, "application/json", body, "Retry-After: 7"));
        HttpResponse<String> answer = faults.ask("openai/gpt-4o", "");
        assertThat(answer.statusCode()).isEqualTo(status);
        assertThat(answer.body()).isEqualTo(body);
        assertThat(answer.headers().firstValue("Retry-After")).contains("7");
        assertThat(faults.upstream().requests()).isEqualTo(1);
        assertThat(requireRow(answer, status, "upstream_error").text("error_message")).contains("Because.");
    }

    @ParameterizedTest
    @ValueSource(ints = {403, 502, 503})
    void an_error_page_becomes_an_error_in_our_shape(int status) throws Exception {
        faults.upstream().answerWith(exchange -> exchange.answer(status, "text/html", "<html><body>cloudflare</body></html>"));
        HttpResponse<String> answer = faults.ask("openai/gpt-4o", "");
        assertThat(answer.statusCode()).isEqualTo(status);
        assertThat(error(answer).text("message")).isNotBlank();
        requireRow(answer, status, "upstream_error");
    }

    @Test
    void an_error_under_status_200_is_an_error() throws Exception {
        faults.upstream().answerWith(exchange -> exchange.answer(200, "application/json", "{\"error\":{\"message\":\"quota\",\"type\":\"t\",\"code\":null}}"));
        HttpResponse<String> answer = faults.ask("openai/gpt-4o", "");
        assertThat(answer.statusCode()).as("U22").isGreaterThanOrEqualTo(400);
        assertThat(error(answer).text("message")).contains("quota");
        requireRow(answer, answer.statusCode(), "upstream_error");
    }

    @Test
    void a_key_that_the_provider_echoes_is_blotted_out() throws Exception {
        faults.upstream().answerWith(exchange -> exchange.answer(401, "application/json",
                "{\"error\":{\"message\":\"Incorrect API key provided: " + FaultServer.PROVIDER_KEY + "\",\"type\":\"invalid_request_error\",\"code\":\"invalid_api_key\"}}"));
        HttpResponse<String> answer = faults.ask("openai/gpt-4o", "");
        assertThat(answer.statusCode()).isEqualTo(401);
        requireNoSecret(answer.body());
        requireNoSecret(requireRow(answer, 401, "upstream_error").raw().text());
    }

    @Test
    void a_translated_answer_fails_in_the_same_way() throws Exception {
        faults.upstream().answerWith(exchange -> exchange.answer(529, "application/json", "{\"type\":\"error\",\"error\":{\"type\":\"overloaded_error\",\"message\":\"Overloaded\"}}"));
        HttpResponse<String> busy = faults.ask("anthropic/claude-sonnet-4-5", "");
        assertThat(busy.statusCode()).isEqualTo(529);
        assertThat(error(busy).text("message")).isEqualTo("Overloaded");
        faults.upstream().answerWith(exchange -> exchange.answer(200, "application/json", "{\"type\":\"message\",\"content\":"));
        requireError(faults.ask("anthropic/claude-sonnet-4-5", ""), 502, "upstream_invalid_response");
    }

    private static long millisSince(long nanos) {
        return (System.nanoTime() - nanos) / 1_000_000;
    }

    private static String id(HttpResponse<?> answer) {
        return answer.headers().firstValue("X-Respan-Log-Id").orElseThrow();
    }

    private static JsonObject error(HttpResponse<String> answer) {
        return JsonReader.readObject(answer.body().getBytes(UTF_8)).object("error");
    }

    private void requireError(HttpResponse<String> answer, int status, String code) {
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
        assertThat(answer.headers().firstValue("Content-Type").orElse("")).startsWith("application/json");
        assertThat(answer.headers().firstValue("Cache-Control")).contains("no-store");
        JsonObject error = error(answer);
        assertThat(error.text("code")).as(answer.body()).isEqualTo(code);
        assertThat(error.text("message")).isNotBlank();
        assertThat(JsonReader.readObject(answer.body().getBytes(UTF_8)).text("detail")).isEqualTo(error.text("message"));
        requireNoSecret(answer.body());
    }

    /** No key, no address, no class name, nothing a provider sent in place of an answer. */
    private void requireNoSecret(String body) {
        assertThat(body).doesNotContain(FaultServer.PROVIDER_KEY, ServerUnderTest.key(), "127.0.0.1", String.valueOf(faults.upstream().port()),
                ".invalid", "Exception", "org.sluice", "<html");
    }

    /** @param status -1: any; @param outcome null: any but ok */
    private JsonObject requireRow(HttpResponse<?> answer, int status, String outcome) {
        JsonObject row = faults.log().row(id(answer));
        assertThat(row.text("status")).isEqualTo("error");
        assertThat(row.text("error_message")).isNotBlank();
        assertThat(row.items("attempts")).hasSize(1);
        if (status >= 0) {
            assertThat(row.number("status_code", 0)).isEqualTo(status);
        }
        if (outcome != null) {
            assertThat(row.text("outcome")).isEqualTo(outcome);
        } else {
            assertThat(row.text("outcome")).startsWith("upstream_");
        }
        return row;
    }
}
