package org.sluice.gateway.provider.cohere;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.sluice.gateway.chat.ChatChunk;
import org.sluice.gateway.chat.ChatResponse;
import org.sluice.gateway.chat.ChatResponseAssembler;
import org.sluice.gateway.chat.Part;
import org.sluice.gateway.dialect.ChunkReader;
import org.sluice.gateway.dialect.Dialect;
import org.sluice.gateway.dialect.ServerSentEvent;
import org.sluice.gateway.dialect.Slice;
import org.sluice.gateway.dialect.anthropic.AnthropicDialect;
import org.sluice.gateway.dialect.openai.OpenAiDialect;
import org.sluice.gateway.error.ProviderError;
import org.sluice.gateway.json.JsonReader;
import org.sluice.gateway.json.JsonValue;
import org.sluice.gateway.json.JsonValue.JsonObject;
import org.sluice.gateway.recorded.RecordedEvents;
import org.sluice.gateway.recorded.Recording;
import org.sluice.gateway.recorded.Recordings;

/** Every recorded chat of Cohere's second version. Its first version (v1/chat) is another API, which the gateway does not speak. */
class RecordedCohereTest {
    private static final CohereDialect DIALECT = new CohereDialect();

    private static Stream<Recording> chats() {
        return Stream.concat(Recordings.where(RecordedCohereTest::isChat), Recordings.responsesOnly(RecordedCohereTest::isChat));
    }

    private static boolean isChat(Recording recording) {
        return recording.provider().equals("cohere") && recording.endpoint().equals("v2/chat");
    }

    static Stream<Recording> answers() {
        return chats().filter(recording -> recording.status() == 200 && recording.streamFormat() == null);
    }

    static Stream<Recording> streams() {
        return chats().filter(recording -> recording.streamFormat() != null);
    }

    static Stream<Recording> errors() {
        return chats().filter(recording -> recording.status() >= 400);
    }

    private static String joined(ChatResponse response, Class<? extends Part> type) {
        return response.choices().get(0).message().parts().stream().filter(type::isInstance)
                .map(part -> part instanceof Part.Text text ? text.text() : ((Part.Thinking) part).text()).collect(Collectors.joining());
    }

    private static List<String> calls(ChatResponse response) {
        return response.choices().get(0).message().parts().stream().filter(Part.ToolCall.class::isInstance).map(Part.ToolCall.class::cast)
                .map(call -> call.id() + " " + call.name() + " " + call.arguments()).toList();
    }

    @ParameterizedTest
    @MethodSource("answers")
    void an_answer_says_what_was_recorded(Recording recording) {
        JsonObject said = JsonReader.readObject(recording.response());
        ChatResponse response = DIALECT.readResponse(recording.response());
        JsonObject message = said.object("message");
        StringBuilder text = new StringBuilder();
        StringBuilder thought = new StringBuilder(message.text("tool_plan") == null ? "" : message.text("tool_plan"));
        for (JsonValue item : message.items("content")) {
            text.append(((JsonObject) item).text("text") == null ? "" : ((JsonObject) item).text("text"));
            thought.append(((JsonObject) item).text("thinking") == null ? "" : ((JsonObject) item).text("thinking"));
        }
        assertThat(joined(response, Part.Text.class)).isEqualTo(text.toString());
        assertThat(joined(response, Part.Thinking.class)).isEqualTo(thought.toString());
        assertThat(calls(response)).isEqualTo(message.items("tool_calls").stream().map(JsonObject.class::cast).map(call -> call.text("id") + " "
                + call.object("function").text("name") + " " + call.object("function").text("arguments").replaceFirst("^null$", "{}")).toList());
        assertUsage(said.object("usage"), response);
        assertThat(DIALECT.readResponseOutline(recording.response()).usage()).isEqualTo(response.usage());
        assertThat(DIALECT.readResponseOutline(recording.response()).isError()).isFalse();
        assertThat(response.id()).isEqualTo(said.text("id"));
        assertFinish(said.text("finish_reason"), response);
        for (Dialect client : List.of(new OpenAiDialect(), new AnthropicDialect())) {
            ChatResponse again = client.readResponse(client.writeResponse(response));
            assertThat(joined(again, Part.Text.class)).isEqualTo(text.toString());
            assertThat(joined(again, Part.Thinking.class)).isEqualTo(thought.toString());
            assertThat(calls(again)).hasSameSizeAs(calls(response));
        }
    }

    private static void assertUsage(JsonObject usage, ChatResponse response) {
        JsonObject tokens = usage.object("tokens");
        assertThat(response.usage().inputTokens()).isEqualTo(tokens.number("input_tokens", 0) + tokens.number("image_tokens", 0));
        assertThat(response.usage().outputTokens()).isEqualTo(tokens.number("output_tokens", 0));
        assertThat(response.usage().reasoningTokens()).isEqualTo(tokens.number("reasoning_tokens", 0));
        assertThat(response.usage().cacheReadTokens()).isEqualTo(usage.number("cached_tokens", 0));
        assertThat(response.extras().get("usage.billed_units")).isEqualTo(usage.object("billed_units").raw());
    }

    private static void assertFinish(String recorded, ChatResponse response) {
        String wanted = switch (recorded) {
            case "COMPLETE", "STOP_SEQUENCE" -> "STOP";
            case "MAX_TOKENS" -> "LENGTH";
            default -> "TOOL_CALLS";
        };
        assertThat(response.choices().get(0).finishReason()).hasToString(wanted);
    }

    /** Recordings without framing hold one payload in each line. */
    private static byte[] framed(Recording recording) {
        String body = new String(recording.response(), UTF_8);
        return (recording.isSse() ? body : body.lines().map(line -> "data: " + line + "\n\n").collect(Collectors.joining())).getBytes(UTF_8);
    }

    private static List<ChatChunk> read(Iterable<ServerSentEvent> events, ChunkReader reader) {
        List<ChatChunk> read = new ArrayList<>();
        events.forEach(event -> read.addAll(reader.read(event)));
        return read;
    }

    private static ChatResponse assembled(List<ChatChunk> chunks) {
        ChatResponseAssembler all = new ChatResponseAssembler();
        chunks.forEach(all::add);
        assertThat(all.isEnded()).isTrue();
        return all.response();
    }

    @ParameterizedTest
    @MethodSource("streams")
    void a_stream_says_what_was_recorded(Recording recording) {
        byte[] body = framed(recording);
        ChatResponse response = assembled(read(RecordedEvents.of(body), DIALECT.chunkReader()));
        StringBuilder text = new StringBuilder();
        StringBuilder thought = new StringBuilder();
        TreeMap<Long, String> called = new TreeMap<>();
        JsonObject end = null;
        for (String line : new String(body, UTF_8).split("\n")) {
            if (!line.startsWith("data: {")) {
                continue;
            }
            JsonObject event = JsonReader.readObject(line.substring(6).getBytes(UTF_8));
            JsonObject message = event.object("delta") == null ? null : event.object("delta").object("message");
            JsonObject content = message == null ? null : message.object("content");
            text.append(content == null || content.text("text") == null ? "" : content.text("text"));
            thought.append(content == null || content.text("thinking") == null ? "" : content.text("thinking"));
            thought.append(message == null || message.text("tool_plan") == null ? "" : message.text("tool_plan"));
            JsonObject call = message == null ? null : message.object("tool_calls");
            if (call != null) {
                String begin = call.text("id") == null ? "" : call.text("id") + " " + call.object("function").text("name") + " ";
                called.merge(event.number("index", 0), begin + call.object("function").text("arguments"), String::concat);
            }
            end = "message-end".equals(event.text("type")) ? event.object("delta") : end;
        }
        assertThat(joined(response, Part.Text.class)).isEqualTo(text.toString());
        assertThat(joined(response, Part.Thinking.class)).isEqualTo(thought.toString());
        assertThat(calls(response)).isEqualTo(List.copyOf(called.values()));
        assertUsage(end.object("usage"), response);
        assertFinish(end.text("finish_reason"), response);
    }

    @ParameterizedTest
    @MethodSource("streams")
    void a_stream_translated_says_the_same_to_each_client(Recording recording) {
        List<ChatChunk> chunks = read(RecordedEvents.of(framed(recording)), DIALECT.chunkReader());
        ChatResponse response = assembled(chunks);
        for (Dialect client : List.of(new OpenAiDialect(), new AnthropicDialect())) {
            var writer = client.chunkWriter(true);
            StringBuilder frames = new StringBuilder();
            for (ChatChunk chunk : chunks) {
                Slice frame = chunk instanceof ChatChunk.Ended ? writer.end() : writer.write(chunk);
                frames.append(frame == null ? "" : frame.text());
            }
            ChatResponse again = assembled(read(RecordedEvents.of(frames.toString().getBytes(UTF_8)), client.chunkReader()));
            assertThat(joined(again, Part.Text.class)).isEqualTo(joined(response, Part.Text.class));
            assertThat(joined(again, Part.Thinking.class)).isEqualTo(joined(response, Part.Thinking.class));
            assertThat(calls(again)).isEqualTo(calls(response));
            assertThat(again.usage().totalTokens()).isEqualTo(response.usage().totalTokens());
        }
    }

    @ParameterizedTest
    @MethodSource("errors")
    void an_error_keeps_its_words(Recording recording) {
        ProviderError error = DIALECT.readError(recording.status(), recording.contentType(), recording.response());
        assertThat(error.message()).isEqualTo(JsonReader.readObject(recording.response()).text("message"));
        assertThat(error.status()).isEqualTo(recording.status());
    }
}
