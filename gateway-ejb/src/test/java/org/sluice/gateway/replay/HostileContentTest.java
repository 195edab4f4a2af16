package org.sluice.gateway.replay;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.sluice.gateway.chat.ChatChunk;
import org.sluice.gateway.dialect.Dialect;
import org.sluice.gateway.error.ErrorType;
import org.sluice.gateway.error.GatewayException;

/** What clients and providers may say to break a translator, between every two dialects: it stays what it was, or is refused. */
class HostileContentTest {
    private static final String SCHEMA = "{ \"type\" : \"object\",\n  \"properties\" : { \"z\" : { \"type\" : \"number\", \"default\" : 1e2 }, \"a\":{\"type\":\"number\",\"enum\":[1.0, 0.1000 , 12345678901234567890123]},"
            + "\"__proto__\":{\"type\":\"string\"}, \"constructor\":{\"type\":\"string\"},\"@type\":{\"type\":\"string\"}, \"class\" : {\"type\":\"string\"} },\t\"required\":[\"z\"] }";
    private static final String ARGUMENTS = "{\"__proto__\":{\"admin\":true},\"constructor\":\"x\",\"class\":\"java.lang.Runtime\",\"@type\":\"javax.naming.InitialContext\",\"$ref\":\"#/a\",\"n\":1e2}";
    private static final List<String> BREAKERS = List.of("data: {\"choices\":[]}\n\nevent: error\ndata: [DONE]\n\n", "\r\n\r\n: x\nid: 1\nretry: 0\n", "[DONE]", "\u2028\u2029\u0000\u001b[31m", "\"}]}\n\n", "\ufeffx");

    static Stream<ConversationMatrixTest.Pair> pairs() {
        return ConversationMatrixTest.pairs();
    }

    static Stream<Dialect> providerDialects() {
        return Stream.of("openai", "anthropic", "gemini", "responses", "converse", "cohere").map(name -> Wired.dialect(name).orElseThrow());
    }

    private static WireFormat format(Speaker speaker) {
        return WireFormat.ALL.stream().filter(format -> format.dialect().equals(speaker.dialect())).findFirst().orElseThrow();
    }

    /** A question with a tool, its call and its result, as each client writes them. */
    private static String request(String client, String text) {
        return switch (client) {
            case "anthropic" -> "{\"model\":\"m\",\"max_tokens\":99,\"tools\":[{\"name\":\"t\",\"input_schema\":" + SCHEMA + "}],\"messages\":[{\"role\":\"user\",\"content\":\"" + text
                    + "\"},{\"role\":\"assistant\",\"content\":[{\"type\":\"tool_use\",\"id\":\"toolu_1\",\"name\":\"t\",\"input\":" + ARGUMENTS + "}]},"
                    + "{\"role\":\"user\",\"content\":[{\"type\":\"tool_result\",\"tool_use_id\":\"toolu_1\",\"content\":\"done\"}]}]}";
            case "gemini" -> "{\"contents\":[{\"role\":\"user\",\"parts\":[{\"text\":\"" + text + "\"}]},{\"role\":\"model\",\"parts\":[{\"functionCall\":{\"name\":\"t\",\"args\":" + ARGUMENTS + "}}]},"
                    + "{\"role\":\"user\",\"parts\":[{\"functionResponse\":{\"name\":\"t\",\"response\":{\"output\":\"done\"}}}]}],\"tools\":[{\"functionDeclarations\":[{\"name\":\"t\",\"parametersJsonSchema\":" + SCHEMA + "}]}]}";
            case "responses" -> "{\"model\":\"m\",\"tools\":[{\"type\":\"function\",\"name\":\"t\",\"strict\":false,\"parameters\":" + SCHEMA + "}],\"input\":[{\"role\":\"user\",\"content\":\"" + text
                    + "\"},{\"type\":\"function_call\",\"call_id\":\"call_1\",\"name\":\"t\",\"arguments\":" + Tree.write(ARGUMENTS) + "},{\"type\":\"function_call_output\",\"call_id\":\"call_1\",\"output\":\"done\"}]}";
            default -> "{\"model\":\"m\",\"tools\":[{\"type\":\"function\",\"function\":{\"name\":\"t\",\"parameters\":" + SCHEMA + "}}],\"messages\":[{\"role\":\"user\",\"content\":\"" + text
                    + "\"},{\"role\":\"assistant\",\"content\":null,\"tool_calls\":[{\"id\":\"call_1\",\"type\":\"function\",\"function\":{\"name\":\"t\",\"arguments\":" + Tree.write(ARGUMENTS) + "}}]},"
                    + "{\"role\":\"tool\",\"tool_call_id\":\"call_1\",\"content\":\"done\"}]}";
        };
    }

    private static String translated(ConversationMatrixTest.Pair pair, String text) {
        String model = pair.provider().dialect().equals("gemini") ? "gemini-2.5-flash" : pair.provider().dialect().equals("anthropic") ? "claude-sonnet-4-5" : "gpt-4o";
        return new String(pair.target().writeRequest(pair.door().readRequest(pair.door().readOutline(request(pair.client().dialect(), text).getBytes(UTF_8)), Set.of()).withModel(model)), UTF_8);
    }

    @ParameterizedTest
    @MethodSource("pairs")
    void a_schema_crosses_with_its_order_its_white_space_and_its_numbers(ConversationMatrixTest.Pair pair) {
        assertThat(translated(pair, "x")).contains(SCHEMA);
    }

    @ParameterizedTest
    @MethodSource("pairs")
    void names_that_mean_something_elsewhere_are_plain(ConversationMatrixTest.Pair pair) {
        Asked told = AskedReaders.read(pair.provider().dialect(), Tree.read(translated(pair, "x")));
        assertThat(told.said).contains("assistant calls t with " + Tree.write(Tree.read(ARGUMENTS)));
    }

    @ParameterizedTest
    @MethodSource("pairs")
    void half_a_surrogate_stays_an_escape(ConversationMatrixTest.Pair pair) {
        assertThat(translated(pair, "a \\ud800 b \\ud83d\\ude00 c")).containsIgnoringCase("a \\ud800 b ").doesNotContain("?", "\ufffd").matches("(?s).*(\ud83d\ude00|\\\\ud83d\\\\ude00).*");
        byte[] body = request(pair.client().dialect(), "a \\ud800 b").getBytes(UTF_8);
        assertThat(new String(pair.door().forward(pair.door().readOutline(body), "m", Set.of()).toBytes(), UTF_8)).isEqualTo(new String(body, UTF_8));
    }

    @ParameterizedTest
    @MethodSource("pairs")
    void words_that_look_like_frames_are_words(ConversationMatrixTest.Pair pair) {
        for (String breaker : BREAKERS) {
            Script.Answer answer = new Script.Answer(null, null, "a" + breaker + "b", List.of(), 1);
            List<ChatChunk> chunks = new ArrayList<>();
            assertThat(Told.read(null, pair.target(), pair.provider().stream(answer).getBytes(UTF_8), chunks)).isNull();
            String stream = Told.stream(pair.door(), chunks, null);
            format(pair.client()).checkOrder(Told.payloads(stream), stream);
            assertThat(format(pair.client()).stream(Told.payloads(stream)).choice(0).words()).isEqualTo("a" + breaker + "b");
            Object whole = Tree.read(pair.door().writeResponse(pair.target().readResponse(Tree.write(pair.provider().answer(answer)).getBytes(UTF_8))));
            assertThat(format(pair.client()).whole(whole).choice(0).words()).isEqualTo("a" + breaker + "b");
        }
    }

    /** All but the ids of calls, which the gateway makes where the format has none. */
    private static String meaning(Said said) {
        return said.choice(0).text + " " + said.choice(0).calls.stream().map(call -> call.name() + call.arguments()).toList() + " " + said.choice(0).end;
    }

    private static String told(ConversationMatrixTest.Pair pair, byte[] stream) {
        List<ChatChunk> chunks = new ArrayList<>();
        GatewayException failure = Told.read(null, pair.target(), stream, chunks);
        assertThat(failure).isNull();
        return Told.stream(pair.door(), chunks, null);
    }

    @ParameterizedTest
    @MethodSource("pairs")
    void line_ends_comments_marks_and_unknown_events_change_nothing(ConversationMatrixTest.Pair pair) {
        Script.Answer answer = new Script.Answer(null, null, "caf\u00e9 \u20ac \ud83d\ude00", List.of(new Said.Call("call_1", "t", Map.of("city", "Z\u00fcrich"))), 1);
        String plain = pair.provider().stream(answer);
        Said expected = format(pair.client()).stream(Told.payloads(told(pair, plain.getBytes(UTF_8))));
        String noisy = "\ufeff: hello\n\nid: 7\nretry: 10\n\n" + plain.replace("\n\n", "\n\n: ping\n\n");
        String unknown = plain.replaceFirst("\n\n", "\n\nevent: brand_new\ndata: {\"type\":\"brand_new\",\"x\":[1]}\n\n");
        for (String variant : List.of(plain.replace("\n", "\r\n"), plain.replace("\n", "\r"), noisy, unknown)) {
            Said told = format(pair.client()).stream(Told.payloads(told(pair, variant.getBytes(UTF_8))));
            assertThat(meaning(told)).isEqualTo(meaning(expected)).contains("caf\u00e9 \u20ac \ud83d\ude00").contains("Z\u00fcrich");
            assertThat(told.usage).isEqualTo(expected.usage);
        }
    }

    @ParameterizedTest
    @MethodSource("pairs")
    void bytes_that_are_not_utf_8_become_marks_and_harm_nothing_else(ConversationMatrixTest.Pair pair) {
        byte[] stream = pair.provider().stream(new Script.Answer(null, null, "before Q after", List.of(), 1)).getBytes(UTF_8);
        for (byte[] bad : new byte[][] {{(byte) 0xc3, 0x28}, {(byte) 0xed, (byte) 0xa0, (byte) 0x80}, {(byte) 0xc0, (byte) 0xae}}) {
            String broken = new String(stream, ISO_8859_1).replace("Q", new String(bad, ISO_8859_1));
            String words = format(pair.client()).stream(Told.payloads(told(pair, broken.getBytes(ISO_8859_1)))).choice(0).words();
            assertThat(words).isEqualTo("before " + new String(bad, UTF_8) + " after");
        }
    }

    @ParameterizedTest
    @MethodSource("pairs")
    void counts_that_come_twice_or_never_are_not_added(ConversationMatrixTest.Pair pair) {
        String stream = pair.provider().stream(new Script.Answer(null, null, "x y z", List.of(), 1));
        Said once = format(pair.client()).stream(Told.payloads(told(pair, stream.getBytes(UTF_8))));
        String events = Stream.of(stream.split("(?<=\n\n)")).map(event -> event.contains("sage\":{") || event.contains("usageMetadata") ? event.contains("finish") || event.contains("start") || event.contains("completed") ? event : event + event : event)
                .reduce("", String::concat);
        assertThat(format(pair.client()).stream(Told.payloads(told(pair, events.getBytes(UTF_8)))).usage).isEqualTo(once.usage);
        String none = stream.replaceAll(",?\"(usage|usageMetadata)\":\\{[^{}]*(\\{[^{}]*\\}[^{}]*)*\\}", "");
        assertThat(none).doesNotContain("\"usage");
        assertThat(format(pair.client()).stream(Told.payloads(told(pair, none.getBytes(UTF_8)))).choice(0).words()).isEqualTo("x y z");
    }

    @ParameterizedTest
    @MethodSource("providerDialects")
    void a_body_that_is_no_answer_is_the_providers_fault(Dialect dialect) {
        for (String body : List.of("", "{", "{\"a\":", "<html><body>Sign in</body></html>", "[]", "\"hello\"", "null", "{\"choices\":7,\"content\":8,\"candidates\":9,\"output\":1,\"message\":2}")) {
            assertThatThrownBy(() -> dialect.readResponse(body.getBytes(UTF_8))).as(dialect.name() + " " + body)
                    .isInstanceOfSatisfying(GatewayException.class, e -> assertThat(e.type()).isEqualTo(ErrorType.UPSTREAM_INVALID));
        }
    }

    @ParameterizedTest
    @MethodSource("providerDialects")
    void an_error_under_status_200_is_an_error(Dialect dialect) {
        for (String body : List.of("{\"error\":{\"message\":\"no\",\"type\":\"server_error\",\"code\":500}}", "{\"type\":\"error\",\"error\":{\"type\":\"overloaded_error\",\"message\":\"no\"}}", "{\"message\":\"no\"}")) {
            assertThatThrownBy(() -> dialect.readResponse(body.getBytes(UTF_8))).as(dialect.name() + " " + body).isInstanceOf(GatewayException.class);
        }
    }
}
