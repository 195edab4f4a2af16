package org.sluice.gateway.provider.demo;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.sluice.gateway.chat.ChatChunk;
import org.sluice.gateway.chat.ChatResponse;
import org.sluice.gateway.chat.FinishReason;
import org.sluice.gateway.chat.Part;
import org.sluice.gateway.dialect.Body;
import org.sluice.gateway.dialect.ChunkReader;
import org.sluice.gateway.dialect.ServerSentEvent;
import org.sluice.gateway.dialect.openai.OpenAiDialect;
import org.sluice.gateway.error.GatewayException;
import org.sluice.gateway.json.JsonReader;
import org.sluice.gateway.json.JsonValue.JsonObject;
import org.sluice.gateway.provider.Credential;
import org.sluice.gateway.provider.Deployment;
import org.sluice.gateway.provider.Dispatch;
import org.sluice.gateway.provider.Operation;
import org.sluice.gateway.provider.UpstreamLimits;
import org.sluice.gateway.provider.UpstreamRequest;
import org.sluice.gateway.provider.UpstreamResponse;
import org.sluice.gateway.recorded.RecordedEvents;

class DemoTest {
    private static final UpstreamLimits LIMITS = new UpstreamLimits(Duration.ofSeconds(1), Duration.ofSeconds(1), Duration.ofSeconds(1), Duration.ofSeconds(1));
    private static final String TOOLS = "\"tools\":[{\"type\":\"function\",\"function\":{\"name\":\"weather\",\"parameters\":{\"type\":\"object\",\"properties\":{\"city\":{\"type\":\"string\"},"
            + "\"days\":{\"type\":\"integer\",\"minimum\":3}},\"required\":[\"city\",\"days\"]}}},{\"type\":\"function\",\"function\":{\"name\":\"time\"}}]";
    private final OpenAiDialect dialect = new OpenAiDialect();
    private final Demo demo = new Demo();

    @BeforeEach
    void wire() {
        demo.dialect = dialect;
    }

    private UpstreamResponse send(String body, boolean stream) {
        UpstreamRequest request = demo.prepare(new Dispatch(Operation.CHAT, new OpenAiDialect(),
                new Deployment("demo/echo", "demo", "echo", demo.baseUrl(), Map.of()), Credential.None.NONE, Body.of(body.getBytes(UTF_8)), stream, LIMITS, null));
        return demo.send(request);
    }

    private static String ask(String text, String... members) {
        return "{\"model\":\"echo\",\"messages\":[{\"role\":\"system\",\"content\":\"Be brief\"},{\"role\":\"user\",\"content\":\"" + text + "\"}]"
                + (members.length == 0 ? "" : "," + String.join(",", members)) + "}";
    }

    private ChatResponse answer(String body) {
        UpstreamResponse response = send(body, false);
        assertThat(response.status()).isEqualTo(200);
        assertThat(response.headers()).containsEntry("content-type", "application/json");
        return dialect.readResponse(bytes(response));
    }

    private static byte[] bytes(UpstreamResponse response) {
        try {
            return response.body().readAllBytes();
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private String text(String body) {
        return ((Part.Text) answer(body).choices().get(0).message().parts().get(0)).text();
    }

    private List<ChatChunk> chunks(byte[] body) {
        ChunkReader reader = dialect.chunkReader();
        List<ChatChunk> chunks = new ArrayList<>();
        RecordedEvents.of(body).forEach(event -> chunks.addAll(reader.read(event)));
        return chunks;
    }

    @Test
    void it_says_what_the_user_said_and_counts() {
        ChatResponse answer = answer(ask("Hello \\u00e9 gateway"));
        assertThat(answer.choices()).hasSize(1);
        assertThat(answer.choices().get(0).message().parts()).containsExactly(new Part.Text("Hello é gateway"));
        assertThat(answer.choices().get(0).finishReason()).isEqualTo(FinishReason.STOP);
        assertThat(answer.responseModel()).isEqualTo("echo");
        assertThat(answer.id()).startsWith("chatcmpl-");
        assertThat(answer.usage().outputTokens()).isEqualTo(3);
        assertThat(answer.usage().inputTokens()).isPositive();
        assertThat(answer(ask("Hello \\u00e9 gateway")).choices()).isEqualTo(answer.choices());
    }

    @Test
    void it_answers_the_last_turn() {
        assertThat(text("{\"model\":\"echo\",\"messages\":[{\"role\":\"user\",\"content\":\"one\"},{\"role\":\"assistant\",\"content\":\"x\"},{\"role\":\"user\",\"content\":\"two\"},{\"role\":\"assistant\",\"content\":\"Sure\"}]}")).isEqualTo("two");
        assertThat(text("{\"model\":\"echo\",\"messages\":[{\"role\":\"user\",\"content\":\"call weather {}\"},{\"role\":\"tool\",\"tool_call_id\":\"c\",\"content\":\"sunny\"}]," + TOOLS + "}")).isEqualTo("sunny");
        assertThat(text("{\"messages\":[{\"content\":\"only rules\",\"role\":\"system\"}],\"model\":\"\\u0065cho\"}")).isEqualTo("only rules");
    }

    @Test
    void a_stream_brings_one_event_a_read_and_says_the_same() throws IOException {
        UpstreamResponse response = send(ask("one two  three\\n four", "\"stream\":true", "\"stream_options\":{\"include_usage\":true}"), true);
        assertThat(response.headers().get("content-type")).startsWith("text/event-stream");
        InputStream body = response.body();
        byte[] buffer = new byte[64 * 1024];
        StringBuilder all = new StringBuilder();
        int reads = 0;
        for (int n = body.read(buffer); n >= 0; n = body.read(buffer)) {
            String read = new String(buffer, 0, n, UTF_8);
            assertThat(read).endsWith("\n\n");
            assertThat(read.indexOf("\n\n")).isEqualTo(read.length() - 2);
            all.append(read);
            reads++;
        }
        assertThat(reads).isEqualTo(8);
        List<ChatChunk> chunks = chunks(all.toString().getBytes(UTF_8));
        StringBuilder text = new StringBuilder();
        chunks.stream().filter(ChatChunk.TextDelta.class::isInstance).forEach(chunk -> text.append(((ChatChunk.TextDelta) chunk).text()));
        assertThat(text.toString()).isEqualTo("one two  three\n four");
        assertThat(chunks).hasAtLeastOneElementOfType(ChatChunk.Counted.class);
        assertThat(chunks.get(chunks.size() - 1)).isEqualTo(new ChatChunk.Ended());
    }

    @Test
    void a_stream_read_byte_by_byte_is_the_same() throws IOException {
        String body = ask("one two", "\"n\":2");
        InputStream slow = send(body, true).body();
        StringBuilder single = new StringBuilder();
        for (int b = slow.read(); b >= 0; b = slow.read()) {
            single.append((char) b);
        }
        String id = "chatcmpl-[0-9a-f-]+";
        assertThat(single.toString().replaceAll(id, "")).isEqualTo(new String(bytes(send(body, true)), UTF_8).replaceAll(id, ""));
        assertThat(single.toString()).doesNotContain("\"usage\"");
        assertThat(chunks(single.toString().getBytes(UTF_8))).filteredOn(ChatChunk.Finished.class::isInstance).hasSize(2);
    }

    @Test
    void it_calls_the_tools_it_is_told_to() {
        String two = "call weather {\\\"city\\\": \\\"Bern\\\"}\\ncall time\\ncall unknown {}";
        assertThat(calls(ask(two, TOOLS))).containsExactly("weather{\"city\": \"Bern\"}", "time{}");
        assertThat(calls(ask(two, TOOLS, "\"parallel_tool_calls\":false"))).containsExactly("weather{\"city\": \"Bern\"}");
        assertThat(calls(ask("hi", TOOLS, "\"tool_choice\":\"required\""))).containsExactly("weather{\"city\":\"text\",\"days\":3}");
        assertThat(calls(ask("hi", TOOLS, "\"tool_choice\":{\"type\":\"function\",\"function\":{\"name\":\"time\"}}"))).containsExactly("time{}");
        assertThat(text(ask("call weather {}", TOOLS, "\"tool_choice\":\"none\""))).isEqualTo("call weather {}");
        assertThat(text(ask("call weather {}"))).isEqualTo("call weather {}");
    }

    private List<String> calls(String body) {
        ChatResponse answer = answer(body);
        assertThat(answer.choices().get(0).finishReason()).isEqualTo(FinishReason.TOOL_CALLS);
        List<String> whole = answer.choices().get(0).message().parts().stream().map(part -> ((Part.ToolCall) part).name() + ((Part.ToolCall) part).arguments()).toList();
        List<String> streamed = new ArrayList<>();
        for (ChatChunk chunk : chunks(bytes(send(body, true)))) {
            if (chunk instanceof ChatChunk.ToolCallStarted started) {
                streamed.add(started.name());
            } else if (chunk instanceof ChatChunk.ArgumentsDelta delta) {
                streamed.set(streamed.size() - 1, streamed.get(streamed.size() - 1) + delta.fragment());
            }
        }
        assertThat(streamed).isEqualTo(whole);
        return whole;
    }

    @Test
    void a_document_satisfies_its_schema() {
        String schema = "{\"$defs\":{\"p\":{\"type\":\"object\",\"properties\":{\"name\":{\"type\":\"string\",\"minLength\":6}},\"required\":[\"name\"]}},\"type\":\"object\","
                + "\"properties\":{\"p\":{\"$ref\":\"#/$defs/p\"},\"e\":{\"enum\":[\"x\",\"y\"]},\"l\":{\"type\":\"array\",\"items\":{\"type\":\"boolean\"}},\"n\":{\"anyOf\":[{\"type\":\"null\"}]},"
                + "\"d\":{\"type\":\"string\",\"format\":\"date\"},\"i\":{\"type\":[\"integer\",\"null\"]},\"loop\":{\"$ref\":\"#\"}},\"required\":[\"p\",\"e\",\"l\",\"n\",\"d\",\"i\"]}";
        assertThat(text(ask("x", "\"response_format\":{\"type\":\"json_schema\",\"json_schema\":{\"name\":\"s\",\"schema\":" + schema + "}}")))
                .isEqualTo("{\"p\":{\"name\":\"texttt\"},\"e\":\"x\",\"l\":[true],\"n\":null,\"d\":\"2026-01-01\",\"i\":1}");
        assertThat(text(ask("x y", "\"response_format\":{\"type\":\"json_object\"}"))).isEqualTo("{\"answer\":\"x y\"}");
        assertThat(text(ask("x", "\"response_format\":{\"type\":\"text\"}"))).isEqualTo("x");
    }

    @Test
    void a_schema_that_refers_to_itself_ends() {
        String endless = "{\"type\":\"object\",\"properties\":{\"a\":{\"$ref\":\"#\"},\"b\":{\"$ref\":\"#\"}},\"required\":[\"a\",\"b\"]}";
        String document = SchemaSample.of(JsonReader.read(endless.getBytes(UTF_8)));
        assertThat(JsonReader.readObject(document.getBytes(UTF_8)).members()).containsOnlyKeys("a", "b");
        assertThat(SchemaSample.of(JsonReader.read("{\"$ref\":\"#\"}".getBytes(UTF_8)))).isEqualTo("null");
    }

    @Test
    void what_is_not_text_is_described() {
        String parts = "[{\"type\":\"text\",\"text\":\"What?\"},{\"type\":\"image_url\",\"image_url\":{\"url\":\"data:image/png;base64,iVBORw0KGgo=\"}},"
                + "{\"type\":\"image_url\",\"image_url\":{\"url\":\"https://x/y.png\"}},{\"type\":\"input_audio\",\"input_audio\":{\"data\":\"AAAA\",\"format\":\"wav\"}}]";
        assertThat(text("{\"model\":\"echo\",\"messages\":[{\"role\":\"user\",\"content\":" + parts + "}]}"))
                .isEqualTo("What?\nimage/png, 8 bytes\nimage at https://x/y.png\naudio/wav, 3 bytes");
    }

    @Test
    void an_answer_ends_at_its_limit() {
        ChatResponse answer = answer(ask("one two three", "\"max_tokens\":2"));
        assertThat(answer.choices().get(0).finishReason()).isEqualTo(FinishReason.LENGTH);
        assertThat(answer.choices().get(0).message().parts()).containsExactly(new Part.Text("one two "));
        assertThat(answer.usage().outputTokens()).isEqualTo(2);
        assertThat(answer(ask("one two", "\"max_completion_tokens\":2")).choices().get(0).finishReason()).isEqualTo(FinishReason.STOP);
        assertThat(text(ask("x".repeat(100_000)))).hasSize(65_536);
    }

    @Test
    void choices_and_log_probabilities_come_as_asked() {
        JsonObject body = JsonReader.readObject(bytes(send(ask("Hi you", "\"n\":3", "\"logprobs\":true", "\"top_logprobs\":2"), false)));
        assertThat(body.items("choices")).hasSize(3);
        JsonObject last = (JsonObject) body.items("choices").get(2);
        assertThat(last.number("index", -1)).isEqualTo(2);
        assertThat(last.object("logprobs").items("content")).hasSize(2);
        assertThat(((JsonObject) last.object("logprobs").items("content").get(0)).items("top_logprobs")).hasSize(2);
        assertThat(body.object("usage").number("completion_tokens", 0)).isEqualTo(6);
        assertThat(new String(bytes(send(ask("Hi", "\"logprobs\":true"), true)), UTF_8)).contains("\"token\":\"Hi\"");
    }

    @ParameterizedTest
    @ValueSource(ints = {400, 401, 404, 429, 500, 503, 529})
    void it_fails_as_it_is_told(int status) {
        for (boolean stream : new boolean[] {false, true}) {
            UpstreamResponse response = send(ask("fail " + status), stream);
            assertThat(response.status()).isEqualTo(status);
            assertThat(response.headers().containsKey("retry-after")).isEqualTo(status == 429 || status == 503);
            assertThat(dialect.readError(status, "application/json", bytes(response)).message()).contains(Integer.toString(status));
        }
        assertThat(text(ask("fail 200"))).isEqualTo("fail 200");
        assertThat(text(ask("fail gracefully"))).isEqualTo("fail gracefully");
    }

    @Test
    void it_fails_in_the_middle_and_breaks_off() {
        byte[] failed = bytes(send(ask("fail midstream one two three"), true));
        List<ServerSentEvent> events = RecordedEvents.of(failed);
        assertThat(events.get(events.size() - 1).data().text()).contains("\"error\"");
        assertThat(new String(failed, UTF_8)).doesNotContain("[DONE]").contains("fail ").doesNotContain("three");
        String cut = new String(bytes(send(ask("fail cut one two three"), true)), UTF_8);
        assertThat(cut).doesNotContain("[DONE]").doesNotContain("error").contains("fail ");
        assertThat(Arrays.stream(new String[] {"fail midstream", "fail cut"}).map(text -> new String(bytes(send(ask(text), false)), UTF_8)))
                .noneMatch(body -> body.endsWith("}"));
    }

    @Test
    void another_model_is_not_known_and_nothing_to_answer_is_an_error() {
        assertThat(send("{\"model\":\"other\",\"messages\":[]}", false).status()).isEqualTo(404);
        assertThat(send("{\"model\":\"echo\"}", true).status()).isEqualTo(400);
        assertThat(send("{\"model\":\"echo\",\"messages\":[ ]}", true).status()).isEqualTo(400);
        assertThat(demo.needsCredential()).isFalse();
        assertThat(demo.id()).isEqualTo("demo");
    }

    @Test
    void what_it_gets_is_what_the_dialect_forwards() throws GatewayException {
        byte[] asked = ask("Hi", "\"stream\":true", "\"metadata\":{}").replace("\"echo\"", "\"demo/echo\"").getBytes(UTF_8);
        byte[] sent = dialect.forward(dialect.readOutline(asked), "echo", Set.of("metadata")).toBytes();
        assertThat(new String(bytes(send(new String(sent, UTF_8), true)), UTF_8)).contains("\"usage\":{").endsWith("data: [DONE]\n\n");
    }
}
