package org.sluice.gateway.provider.compatible;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
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
import org.sluice.gateway.dialect.Slice;
import org.sluice.gateway.dialect.anthropic.AnthropicDialect;
import org.sluice.gateway.dialect.openai.OpenAiDialect;
import org.sluice.gateway.json.JsonReader;
import org.sluice.gateway.json.JsonValue;
import org.sluice.gateway.json.JsonValue.JsonObject;
import org.sluice.gateway.recorded.RecordedEvents;
import org.sluice.gateway.recorded.Recording;
import org.sluice.gateway.recorded.Recordings;

/** Chat completions of compatible providers whose requests are not known: read, and told to a client of each dialect. */
class RecordedAnswersTest {
    private static final Dialect DIALECT = new OpenAiDialect();

    private record Said(String text, String thought, List<String> calls, long tokens) { }

    static Stream<Recording> answers() {
        return Recordings.responsesOnly(RecordedAnswersTest::isChat).filter(recording -> recording.streamFormat() == null && recording.status() == 200);
    }

    static Stream<Recording> streams() {
        return Recordings.responsesOnly(RecordedAnswersTest::isChat).filter(recording -> recording.streamFormat() != null);
    }

    private static boolean isChat(Recording recording) {
        return recording.endpoint().endsWith("chat/completions");
    }

    private static Said said(ChatResponse response) {
        StringBuilder text = new StringBuilder();
        StringBuilder thought = new StringBuilder();
        List<String> calls = new ArrayList<>();
        for (Part part : response.choices().get(0).message().parts()) {
            if (part instanceof Part.Text words) {
                text.append(words.text());
            } else if (part instanceof Part.Thinking words) {
                thought.append(words.text());
            } else if (part instanceof Part.ToolCall call) {
                calls.add(call.name() + " " + JsonReader.read(call.arguments().getBytes(UTF_8)).raw().text().replaceAll("\\s", ""));
            }
        }
        return new Said(text.toString(), thought.toString(), calls, response.usage() == null ? 0 : response.usage().outputTokens());
    }

    private static String words(JsonObject of, String... names) {
        return of == null ? "" : Stream.of(names).map(of::text).filter(text -> text != null && !text.isEmpty()).findFirst().orElse("");
    }

    /** Mistral's thoughts are parts of its content. */
    private static void addContent(JsonObject message, StringBuilder text, StringBuilder thought) {
        text.append(words(message, "content"));
        thought.append(words(message, "reasoning_content", "reasoning"));
        for (JsonValue item : message == null ? List.<JsonValue>of() : message.items("content")) {
            text.append(words((JsonObject) item, "text"));
            ((JsonObject) item).items("thinking").forEach(piece -> thought.append(words((JsonObject) piece, "text")));
        }
    }

    @ParameterizedTest
    @MethodSource("answers")
    void an_answer_says_what_was_recorded_to_every_client(Recording recording) {
        JsonObject recorded = JsonReader.readObject(recording.response());
        JsonObject message = ((JsonObject) recorded.items("choices").get(0)).object("message");
        StringBuilder text = new StringBuilder();
        StringBuilder thought = new StringBuilder();
        addContent(message, text, thought);
        List<String> calls = message.items("tool_calls").stream().map(call -> ((JsonObject) call).object("function"))
                .map(function -> function.text("name") + " " + function.text("arguments").replaceAll("\\s", "")).toList();
        ChatResponse response = DIALECT.readResponse(recording.response());
        Said said = said(response);
        assertThat(said.text()).isEqualTo(text.toString());
        assertThat(said.thought()).isEqualTo(thought.toString());
        assertThat(said.calls()).isEqualTo(calls);
        assertThat(said.tokens()).isGreaterThanOrEqualTo(recorded.object("usage").number("completion_tokens", 0));
        for (Dialect client : List.of(DIALECT, new AnthropicDialect())) {
            assertThat(said(client.readResponse(client.writeResponse(response)))).as(client.name()).isEqualTo(said);
        }
    }

    private static byte[] framed(Recording recording) {
        String body = new String(recording.response(), UTF_8);
        String framed = recording.isSse() ? body : body.lines().map(line -> "data: " + line + "\n\n").collect(Collectors.joining());
        return (framed.contains("[DONE]") ? framed : framed + "data: [DONE]\n\n").getBytes(UTF_8);
    }

    private static ChatResponse assembled(List<ChatChunk> chunks) {
        ChatResponseAssembler all = new ChatResponseAssembler();
        chunks.forEach(all::add);
        assertThat(all.isEnded()).isTrue();
        return all.response();
    }

    private static List<ChatChunk> read(byte[] body, Dialect dialect) {
        ChunkReader reader = dialect.chunkReader();
        List<ChatChunk> read = new ArrayList<>();
        RecordedEvents.of(body).forEach(event -> read.addAll(reader.read(event)));
        return read;
    }

    @ParameterizedTest
    @MethodSource("streams")
    void a_stream_says_what_was_recorded_to_every_client(Recording recording) {
        StringBuilder text = new StringBuilder();
        StringBuilder thought = new StringBuilder();
        Map<Long, String> calls = new TreeMap<>();
        for (String line : new String(recording.response(), UTF_8).split("\n")) {
            int at = line.indexOf('{');
            if (at < 0) {
                continue;
            }
            for (JsonValue choice : JsonReader.readObject(line.substring(at).strip().getBytes(UTF_8)).items("choices")) {
                JsonObject delta = ((JsonObject) choice).object("delta");
                addContent(delta, text, thought);
                for (JsonValue item : delta == null ? List.<JsonValue>of() : delta.items("tool_calls")) {
                    JsonObject call = (JsonObject) item;
                    long index = call.number("index", 0);
                    calls.merge(index, (calls.containsKey(index) ? "" : words(call.object("function"), "name") + " ") + words(call.object("function"), "arguments"), String::concat);
                }
            }
        }
        List<ChatChunk> chunks = read(framed(recording), DIALECT);
        Said said = said(assembled(chunks));
        assertThat(said.text()).isEqualTo(text.toString());
        assertThat(said.thought()).isEqualTo(thought.toString());
        assertThat(said.calls()).isEqualTo(calls.values().stream().map(call -> call.replaceFirst(" ", "\n").replaceAll("(?<!^)[ \\t]", "").replaceFirst("\n", " ")).toList());
        for (Dialect client : List.of(DIALECT, new AnthropicDialect())) {
            var writer = client.chunkWriter(true);
            StringBuilder frames = new StringBuilder();
            for (ChatChunk chunk : chunks) {
                Slice frame = chunk instanceof ChatChunk.Ended ? writer.end() : writer.write(chunk);
                frames.append(frame == null ? "" : frame.text());
            }
            assertThat(said(assembled(read(frames.toString().getBytes(UTF_8), client)))).as(client.name()).isEqualTo(said);
        }
    }
}
