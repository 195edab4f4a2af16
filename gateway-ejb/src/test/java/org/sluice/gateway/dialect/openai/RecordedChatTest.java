package org.sluice.gateway.dialect.openai;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.sluice.gateway.chat.ChatChunk;
import org.sluice.gateway.chat.ChatResponse;
import org.sluice.gateway.chat.ChatResponse.Choice;
import org.sluice.gateway.chat.Part;
import org.sluice.gateway.dialect.ChunkReader;
import org.sluice.gateway.dialect.ChunkWriter;
import org.sluice.gateway.dialect.Dialect;
import org.sluice.gateway.dialect.EventWatch;
import org.sluice.gateway.dialect.EventWatch.Verdict;
import org.sluice.gateway.dialect.ResponseOutline;
import org.sluice.gateway.dialect.ServerSentEvent;
import org.sluice.gateway.dialect.Slice;
import org.sluice.gateway.error.GatewayException;
import org.sluice.gateway.error.ProviderError;
import org.sluice.gateway.json.JsonReader;
import org.sluice.gateway.json.JsonValue;
import org.sluice.gateway.json.JsonValue.JsonArray;
import org.sluice.gateway.json.JsonValue.JsonObject;
import org.sluice.gateway.recorded.Recording;
import org.sluice.gateway.recorded.RecordedEvents;
import org.sluice.gateway.recorded.Recordings;

/** Every recorded chat completion of OpenAI and its compatible providers. What it means is found here by other means. */
class RecordedChatTest {
    private static final Dialect DIALECT = new OpenAiDialect();

    private static Stream<Recording> chats() {
        return Recordings.where(recording -> recording.endpoint().endsWith("chat/completions"));
    }

    static Stream<Recording> answers() {
        return chats().filter(recording -> recording.status() == 200 && !recording.isSse());
    }

    static Stream<Recording> streams() {
        return chats().filter(Recording::isSse);
    }

    static Stream<Recording> errors() {
        return chats().filter(recording -> recording.status() >= 400);
    }

    private static JsonObject object(JsonValue value) {
        return (JsonObject) value;
    }

    private static String text(JsonObject object, String... names) {
        return Stream.of(names).map(object::text).filter(text -> text != null && !text.isEmpty()).findFirst().orElse("");
    }

    private static List<String> calls(JsonObject message) {
        return message.items("tool_calls").stream().map(call -> object(call).text("id") + " " + object(call).object("function").text("name") + " "
                + object(call).object("function").text("arguments")).toList();
    }

    private static String joined(Choice choice, Class<? extends Part> type) {
        return choice.message().parts().stream().filter(type::isInstance).map(part -> part instanceof Part.Text text ? text.text() : ((Part.Thinking) part).text())
                .collect(Collectors.joining());
    }

    @ParameterizedTest
    @MethodSource("answers")
    void an_answer_is_outlined(Recording recording) {
        ResponseOutline outline = DIALECT.readResponseOutline(recording.response());
        JsonObject body = JsonReader.readObject(recording.response());
        assertThat(outline.isError()).isFalse();
        assertThat(outline.responseModel()).isEqualTo(body.text("model")).isNotEmpty();
        assertThat(outline.id() == null ? "" : outline.id()).isEqualTo(body.text("id"));
        JsonObject usage = body.object("usage");
        assertThat(outline.usage().totalTokens()).isEqualTo(usage.number("total_tokens", -1));
        assertThat(outline.usage().inputTokens()).isGreaterThanOrEqualTo(usage.number("prompt_tokens", -1));
        assertThat(outline.usage().outputTokens()).isGreaterThanOrEqualTo(usage.number("completion_tokens", -1));
        assertThat(!recording.kinds().contains("cache_read_usage") || outline.usage().cacheReadTokens() > 0).isTrue();
        assertThat(recording.kinds().contains("cache_write_usage")).isEqualTo(outline.usage().cacheWriteTokens() > 0);
    }

    @ParameterizedTest
    @MethodSource("answers")
    void an_answer_translated_says_the_same(Recording recording) {
        ChatResponse response = DIALECT.readResponse(recording.response());
        JsonObject source = JsonReader.readObject(recording.response());
        JsonObject written = JsonReader.readObject(DIALECT.writeResponse(response));
        assertThat(written.text("model")).isEqualTo(source.text("model"));
        assertThat(written.number("created", -1)).isEqualTo(source.number("created", -2));
        assertThat(written.text("id")).startsWith("chatcmpl-");
        assertThat(written.items("choices")).hasSameSizeAs(source.items("choices"));
        assertThat(UsageReader.read(written.get("usage"))).isEqualTo(UsageReader.read(source.get("usage")));
        for (int i = 0; i < source.items("choices").size(); i++) {
            JsonObject before = object(source.items("choices").get(i));
            JsonObject after = object(written.items("choices").get(i));
            assertThat(text(after, "finish_reason")).isEqualTo(text(before, "finish_reason"));
            assertThat(text(after.object("message"), "content")).isEqualTo(text(before.object("message"), "content"));
            assertThat(calls(after.object("message"))).isEqualTo(calls(before.object("message")));
            if (!text(before.object("message"), "reasoning_content", "reasoning").isEmpty()) {
                assertThat(text(after.object("message"), "reasoning_content")).isEqualTo(text(before.object("message"), "reasoning_content", "reasoning"));
            }
            for (String attached : List.of("annotations", "reasoning_details")) {
                assertThat(after.object("message").items(attached)).extracting(JsonValue::raw)
                        .isEqualTo(before.object("message").items(attached).stream().map(JsonValue::raw).toList());
            }
        }
        assertThat(DIALECT.readResponse(DIALECT.writeResponse(response)).choices()).isEqualTo(response.choices());
    }

    @ParameterizedTest
    @MethodSource("streams")
    void a_stream_passes_byte_for_byte_but_for_usage_nobody_asked_for(Recording recording) {
        for (boolean keepUsage : new boolean[] {true, false}) {
            EventWatch watch = DIALECT.watch(keepUsage);
            ByteArrayOutputStream relayed = new ByteArrayOutputStream();
            StringBuilder expected = new StringBuilder();
            Verdict last = null;
            for (ServerSentEvent event : RecordedEvents.of(recording.response())) {
                last = watch.see(event);
                if (last != Verdict.DROP) {
                    relayed.writeBytes(event.frame().toBytes());
                }
                String data = event.data() == null ? "" : event.data().text();
                boolean isUsageOnly = data.replace(" ", "").contains("\"choices\":[]") && data.contains("\"usage\":{");
                expected.append(isUsageOnly && !keepUsage ? "" : event.frame().text());
            }
            assertThat(relayed.toString(UTF_8)).isEqualTo(expected.toString());
            boolean isBroken = recording.kinds().contains("midstream_error");
            boolean hasEnd = expected.toString().contains("[DONE]");
            assertThat(last).isEqualTo(isBroken ? Verdict.ERROR : hasEnd ? Verdict.LAST : Verdict.RELAY);
            assertThat(watch.isComplete()).isEqualTo(!isBroken);
            assertThat(watch.usage()).isEqualTo(lastUsage(recording));
            assertThat(watch.responseModel()).isNotNull();
        }
    }

    private static org.sluice.gateway.usage.Usage lastUsage(Recording recording) {
        org.sluice.gateway.usage.Usage usage = null;
        for (JsonObject chunk : chunks(recording)) {
            usage = chunk.object("usage") == null ? usage : UsageReader.read(chunk.object("usage"));
        }
        return usage;
    }

    private static List<JsonObject> chunks(Recording recording) {
        List<JsonObject> chunks = new ArrayList<>();
        for (String line : new String(recording.response(), UTF_8).split("\n")) {
            if (line.startsWith("data:") && line.contains("{")) {
                chunks.add(JsonReader.readObject(line.substring(line.indexOf('{')).strip().getBytes(UTF_8)));
            }
        }
        return chunks;
    }

    private static List<ChatChunk> read(byte[] body) {
        ChunkReader reader = DIALECT.chunkReader();
        List<ChatChunk> read = new ArrayList<>();
        try {
            RecordedEvents.of(body).forEach(event -> read.addAll(reader.read(event)));
        } catch (GatewayException failure) {
            assertThat(failure.providerError()).isPresent();
        }
        return read;
    }

    @ParameterizedTest
    @MethodSource("streams")
    void a_stream_read_says_the_same(Recording recording) {
        List<ChatChunk> read = read(recording.response());
        Assembled said = Assembled.of(read);
        Map<String, String> words = new TreeMap<>();
        List<JsonObject> chunks = chunks(recording);
        for (JsonObject chunk : chunks) {
            chunk.items("choices").forEach(choice -> add(words, object(choice)));
        }
        for (int choice = 0; choice < 2; choice++) {
            assertThat(said.words(choice, "text:")).isEqualTo(words.getOrDefault(choice + " text", ""));
            assertThat(said.words(choice, "thinking:").replaceAll("\\|.*$", "")).isEqualTo(words.getOrDefault(choice + " thinking", ""));
            String prefix = choice + " call ";
            assertThat(said.calls(choice)).isEqualTo(words.entrySet().stream().filter(entry -> entry.getKey().startsWith(prefix)).map(Map.Entry::getValue).toList());
        }
        assertThat(said.usage()).isEqualTo(lastUsage(recording));
        assertThat(read.get(0)).isInstanceOf(ChatChunk.Started.class);
        boolean hasEnd = new String(recording.response(), UTF_8).contains("[DONE]");
        assertThat(read.get(read.size() - 1) instanceof ChatChunk.Ended).isEqualTo(hasEnd);
        assertThat(said.finishes().isEmpty()).isEqualTo(recording.kinds().contains("midstream_error"));
    }

    private static void add(Map<String, String> words, JsonObject choice) {
        String index = Long.toString(choice.number("index", 0));
        JsonObject delta = choice.object("delta");
        words.merge(index + " text", text(delta, "content"), String::concat);
        words.merge(index + " thinking", text(delta, "reasoning_content", "reasoning"), String::concat);
        for (JsonValue item : delta.items("tool_calls")) {
            JsonObject call = object(item);
            JsonObject function = call.object("function");
            String key = index + " call " + call.number("index", 0);
            if (!words.containsKey(key)) {
                words.put(key, call.text("id") + " " + function.text("name") + " ");
            }
            words.merge(key, text(function, "arguments"), String::concat);
        }
    }

    @ParameterizedTest
    @MethodSource("streams")
    void a_stream_translated_says_the_same(Recording recording) {
        List<ChatChunk> read = read(recording.response());
        ChunkWriter writer = DIALECT.chunkWriter(true);
        StringBuilder body = new StringBuilder();
        for (ChatChunk chunk : read) {
            Slice frame = writer.write(chunk);
            body.append(frame == null ? "" : frame.text());
        }
        Assembled before = Assembled.of(read);
        Assembled after = Assembled.of(read(body.append(writer.end().text()).toString().getBytes(UTF_8)));
        assertThat(after).isEqualTo(before);
        assertThat(chunksOf(body.toString()).stream().map(chunk -> chunk.text("id")).collect(Collectors.toSet())).hasSize(1);
    }

    private static List<JsonObject> chunksOf(String body) {
        return Stream.of(body.split("\n\n")).filter(frame -> frame.startsWith("data: {"))
                .map(frame -> JsonReader.readObject(frame.substring(6).getBytes(UTF_8))).toList();
    }

    @ParameterizedTest
    @MethodSource("errors")
    void an_error_keeps_its_words(Recording recording) {
        ProviderError error = DIALECT.readError(recording.status(), recording.contentType(), recording.response());
        assertThat(error.status()).isEqualTo(recording.status());
        String body = new String(recording.response(), UTF_8);
        assertThat(body.replace("\\\"", "\"").replace("\\n", "\n")).contains(error.message().replaceFirst("^body\\.[a-z.]+: ", "").lines().findFirst().orElseThrow());
        assertThat(error.message()).doesNotStartWith("{");
        JsonValue json = body.startsWith("{") ? JsonReader.read(recording.response()) : null;
        JsonObject inner = json == null ? null : object(json).object("error") != null ? object(json).object("error") : object(json);
        if (inner != null) {
            assertThat(error.type()).isEqualTo(inner.text("type"));
            assertThat(error.code()).isEqualTo(inner.present("code") == null ? null : inner.get("code").asText() == null ? inner.get("code").raw().text() : inner.text("code"));
            assertThat(DIALECT.writeError(GatewayException.provider(error), null)).isEqualTo(recording.response());
        } else if (recording.contentType() != null && recording.contentType().startsWith("text/plain")) {
            assertThat(DIALECT.writeError(GatewayException.provider(error), null)).isEqualTo(recording.response());
        } else {
            byte[] written = DIALECT.writeError(GatewayException.provider(error), null);
            boolean isPlainText = recording.contentType() != null && recording.contentType().startsWith("text/plain");
            if (isPlainText) {
                assertThat(written).isEqualTo(recording.response());
            } else {
                assertThat(Set.of("error", "detail")).isSubsetOf(JsonReader.readMembers(written).keySet());
            }
        }
    }
}
