package org.sluice.gateway.dialect.gemini;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.sluice.gateway.chat.ChatChunk;
import org.sluice.gateway.chat.ChatResponse;
import org.sluice.gateway.chat.Part;
import org.sluice.gateway.chat.Signatures;
import org.sluice.gateway.dialect.ChunkReader;
import org.sluice.gateway.dialect.Dialect;
import org.sluice.gateway.dialect.EventWatch;
import org.sluice.gateway.dialect.ServerSentEvent;
import org.sluice.gateway.dialect.anthropic.AnthropicDialect;
import org.sluice.gateway.dialect.openai.OpenAiDialect;
import org.sluice.gateway.error.ErrorType;
import org.sluice.gateway.error.GatewayException;
import org.sluice.gateway.error.ProviderError;
import org.sluice.gateway.json.JsonReader;
import org.sluice.gateway.json.JsonValue.JsonArray;
import org.sluice.gateway.recorded.RecordedEvents;
import org.sluice.gateway.recorded.Recording;
import org.sluice.gateway.recorded.Recordings;
import org.sluice.gateway.upstream.SseReader;

/** Every recorded answer of Gemini, on either of Google's clouds. What it says is found by hand. */
class RecordedGeminiTest {
    private static final Dialect GEMINI = new GeminiDialect();
    private static final Dialect OPENAI = new OpenAiDialect();
    private static final Dialect ANTHROPIC = new AnthropicDialect();

    private static Stream<Recording> all() {
        return Stream.concat(Recordings.where(RecordedGeminiTest::isOurs), Recordings.responsesOnly(RecordedGeminiTest::isOurs));
    }

    private static boolean isOurs(Recording recording) {
        return (recording.provider().equals("gemini") || recording.provider().equals("vertex")) && recording.endpoint().endsWith("enerateContent");
    }

    private static boolean isAnswer(Recording recording) {
        String body = new String(recording.response(), UTF_8);
        return body.contains("\"candidates\"") || body.contains("\"promptFeedback\"");
    }

    static Stream<Recording> answers() {
        return all().filter(recording -> recording.status() == 200 && recording.streamFormat() == null && isAnswer(recording));
    }

    /** Streams that were recorded as an array or as payloads become events. */
    static Stream<Recording> streams() {
        return all().filter(recording -> recording.status() == 200 && recording.streamFormat() != null).map(all -> new Recording(all.id(), all.provider(),
                all.endpoint(), all.model(), all.kinds(), all.request(), all.status(), all.headers(), events(all), true, "sse"));
    }

    private static byte[] events(Recording recording) {
        if (recording.isSse()) {
            return recording.response();
        }
        StringBuilder events = new StringBuilder();
        if (recording.streamFormat().equals("json-array")) {
            ((JsonArray) JsonReader.read(recording.response())).items().forEach(item -> events.append("data: ").append(item.raw().text().replace("\n", "")).append("\r\n\r\n"));
        } else {
            new String(recording.response(), UTF_8).lines().filter(line -> line.startsWith("{")).forEach(line -> events.append("data: ").append(line).append("\r\n\r\n"));
        }
        return events.toString().getBytes(UTF_8);
    }

    static Stream<Recording> errors() {
        return all().filter(recording -> recording.status() >= 400);
    }

    private static Told told(byte[] answer) {
        return Told.of(List.of(Plain.object(Plain.of(answer))));
    }

    private static String words(ChatResponse response, Class<? extends Part> kind) {
        StringBuilder words = new StringBuilder();
        for (Part part : response.choices().get(0).message().parts()) {
            if (kind.isInstance(part)) {
                words.append(part instanceof Part.Text text ? text.text() : ((Part.Thinking) part).text());
            }
        }
        return words.toString();
    }

    private static void assertSays(ChatResponse response, Told told) {
        assertThat(words(response, Part.Text.class)).isEqualTo(told.text());
        assertThat(words(response, Part.Thinking.class)).isEqualTo(told.thoughts());
        List<String> calls = new ArrayList<>();
        List<String> signatures = new ArrayList<>();
        List<String> ids = new ArrayList<>();
        int others = 0;
        for (Part part : response.choices().get(0).message().parts()) {
            if (part instanceof Part.ToolCall call) {
                calls.add(Told.call(call.name(), call.arguments().isEmpty() ? Map.of() : Plain.of(call.arguments())));
                ids.add(call.id());
                if (call.extras().containsKey(Signatures.EXTRA)) {
                    signatures.add(Signatures.untag("gemini", JsonReader.read(call.extras().get(Signatures.EXTRA).text().getBytes(UTF_8)).asText()));
                }
            } else if (part instanceof Part.Thinking thinking && thinking.signature() != null) {
                signatures.add(Signatures.untag("gemini", thinking.signature()));
            } else if (part instanceof Part.Opaque || part instanceof Part.Image) {
                others++;
            }
        }
        assertThat(calls).isEqualTo(told.calls());
        assertThat(ids).doesNotHaveDuplicates().allMatch(id -> id.length() <= 40 && !id.isEmpty());
        assertThat(signatures).isEqualTo(told.signatures());
        assertThat(others).isEqualTo(told.others().size());
        assertThat(response.responseModel()).isEqualTo(told.model());
        Map<String, BigDecimal> usage = new TreeMap<>();
        if (response.usage() != null) {
            usage.put("prompt_tokens", decimal(response.usage().inputTokens()));
            usage.put("completion_tokens", decimal(response.usage().outputTokens()));
            usage.put("cached", decimal(response.usage().cacheReadTokens()));
            usage.put("reasoning", decimal(response.usage().reasoningTokens()));
        }
        assertThat(usage).isEqualTo(told.usage());
    }

    private static BigDecimal decimal(long count) {
        return count == 0 ? BigDecimal.ZERO : BigDecimal.valueOf(count).stripTrailingZeros();
    }

    private static void assertSaysInOpenAi(Map<String, Object> completion, Told told) {
        Map<String, Object> choice = Plain.object(Plain.list(completion.get("choices")).get(0));
        Map<String, Object> message = Plain.object(choice.get("message"));
        assertThat(message.getOrDefault("content", "")).isEqualTo(told.text());
        assertThat(message.getOrDefault("reasoning_content", "")).isEqualTo(told.thoughts());
        List<String> calls = new ArrayList<>();
        for (Object item : Plain.list(message.getOrDefault("tool_calls", List.of()))) {
            Map<String, Object> function = Plain.object(Plain.object(item).get("function"));
            calls.add(Told.call((String) function.get("name"), Plain.of((String) function.get("arguments"))));
        }
        assertThat(calls).isEqualTo(told.calls());
        assertThat(choice.get("finish_reason")).isEqualTo(told.finish());
        if (!told.usage().isEmpty()) {
            Map<String, Object> usage = Plain.object(completion.get("usage"));
            assertThat(usage.get("prompt_tokens")).isEqualTo(told.usage().get("prompt_tokens"));
            assertThat(usage.get("completion_tokens")).isEqualTo(told.usage().get("completion_tokens"));
        }
    }

    /** An answer in Google's dialect again, but for empty parts. */
    private static void assertSame(Told again, Told told) {
        assertThat(again.text()).isEqualTo(told.text());
        assertThat(again.thoughts()).isEqualTo(told.thoughts());
        assertThat(again.signatures()).isEqualTo(told.signatures());
        assertThat(again.calls()).isEqualTo(told.calls());
        assertThat(again.others()).isEqualTo(told.others());
        assertThat(again.finish()).isEqualTo(told.finish());
        assertThat(again.exact()).isEqualTo(told.exact());
        assertThat(again.usage()).isEqualTo(told.usage());
    }

    @ParameterizedTest
    @MethodSource("answers")
    void an_answer_is_read_whole(Recording recording) {
        ChatResponse response = GEMINI.readResponse(recording.response());
        assertSays(response, told(recording.response()));
        assertThat(GEMINI.readResponseOutline(recording.response()).usage()).isEqualTo(response.usage());
        assertThat(GEMINI.readResponseOutline(recording.response()).isError()).isFalse();
        assertThat(GEMINI.readResponse(recording.response())).isEqualTo(response);
    }

    @ParameterizedTest
    @MethodSource("answers")
    void an_answer_says_the_same_to_other_clients(Recording recording) {
        ChatResponse response = GEMINI.readResponse(recording.response());
        assertSaysInOpenAi(Plain.object(Plain.of(OPENAI.writeResponse(response))), told(recording.response()));
        ChatResponse claude = ANTHROPIC.readResponse(ANTHROPIC.writeResponse(response));
        assertThat(words(claude, Part.Text.class)).isEqualTo(words(response, Part.Text.class));
        assertThat(claude.choices().get(0).message().parts().stream().filter(Part.ToolCall.class::isInstance).count())
                .isEqualTo(told(recording.response()).calls().size());
    }

    @ParameterizedTest
    @MethodSource("answers")
    void an_answer_written_again_says_the_same(Recording recording) {
        byte[] again = GEMINI.writeResponse(GEMINI.readResponse(recording.response()));
        assertSame(told(again), told(recording.response()));
        Map<String, Object> source = Plain.object(Plain.of(recording.response()));
        Map<String, Object> written = Plain.object(Plain.of(again));
        for (String name : List.of("promptFeedback", "createTime", "responseId")) {
            if (source.containsKey(name)) {
                assertThat(written.get(name)).as(name).isEqualTo(source.get(name));
            }
        }
        List<Object> candidates = Plain.list(source.getOrDefault("candidates", List.of()));
        if (!candidates.isEmpty()) {
            Map<String, Object> candidate = Plain.object(candidates.get(0));
            candidate.keySet().removeAll(List.of("content", "finishReason", "index"));
            assertThat(Plain.object(Plain.list(written.get("candidates")).get(0))).containsAllEntriesOf(candidate);
        }
    }

    @ParameterizedTest
    @MethodSource("streams")
    void a_stream_is_read_whole(Recording recording) {
        List<ChatChunk> chunks = Streams.chunks(GEMINI.chunkReader(), recording.response());
        Told told = Told.of(Streams.payloads(recording.response()));
        assertSays(Streams.assembled(chunks), told);
        assertThat(chunks.get(chunks.size() - 1)).isInstanceOf(ChatChunk.Ended.class);
        assertThat(chunks.stream().filter(ChatChunk.Finished.class::isInstance)).hasSize(1);
        Map<String, Object> completion = Plain.object(Plain.of(OPENAI.writeResponse(Streams.assembled(chunks))));
        assertSaysInOpenAi(completion, told);
    }

    @ParameterizedTest
    @MethodSource("streams")
    void a_stream_says_the_same_to_an_openai_client(Recording recording) {
        byte[] written = Streams.written(OPENAI.chunkWriter(true), Streams.chunks(GEMINI.chunkReader(), recording.response()));
        Told told = Told.of(Streams.payloads(recording.response()));
        ChatResponse again = Streams.assembled(Streams.chunks(OPENAI.chunkReader(), written));
        assertThat(words(again, Part.Text.class)).isEqualTo(told.text());
        assertThat(words(again, Part.Thinking.class)).isEqualTo(told.thoughts());
        assertThat(new String(written, UTF_8).split("\"finish_reason\":\"", -1)).hasSize(2);
        assertThat(new String(written, UTF_8)).contains("\"finish_reason\":\"" + told.finish() + "\"").endsWith("data: [DONE]\n\n");
    }

    @ParameterizedTest
    @MethodSource("streams")
    void a_stream_written_again_says_the_same(Recording recording) {
        byte[] again = Streams.written(GEMINI.chunkWriter(true), Streams.chunks(GEMINI.chunkReader(), recording.response()));
        assertSame(Told.of(Streams.payloads(again)), Told.of(Streams.payloads(recording.response())));
        List<Object> ids = Streams.payloads(again).stream().map(payload -> payload.get("responseId")).distinct().toList();
        assertThat(ids).hasSize(1);
        Object given = Streams.payloads(recording.response()).get(0).get("responseId");
        assertThat(given == null || ids.get(0).equals(given)).isTrue();
    }

    @ParameterizedTest
    @MethodSource("streams")
    void a_stream_cut_into_any_pieces_is_the_same_stream(Recording recording) {
        List<ChatChunk> whole = Streams.chunks(GEMINI.chunkReader(), recording.response());
        for (int seed = 0; seed < 3; seed++) {
            SseReader events = new SseReader(new Pieces(recording.response(), new Random(seed), seed == 0 ? 1 : 40));
            ChunkReader reader = GEMINI.chunkReader();
            List<ChatChunk> read = new ArrayList<>();
            for (ServerSentEvent event = events.next(); event != null; event = events.next()) {
                read.addAll(reader.read(event));
            }
            read.addAll(reader.end());
            assertThat(read).isEqualTo(whole);
        }
    }

    /** Before the first finish reason nothing looks like an end. */
    @ParameterizedTest
    @MethodSource("streams")
    void a_stream_that_breaks_off_has_no_end(Recording recording) {
        byte[] stream = recording.response();
        String text = new String(stream, UTF_8);
        int said = Math.max(text.indexOf("\"finishReason\""), text.indexOf("\"promptFeedback\"") >= 0 && !text.contains("\"finishReason\"") ? text.indexOf("\"promptFeedback\"") : -1);
        int first = text.substring(0, said).getBytes(UTF_8).length;
        for (int cut = 1; cut < first; cut += 1 + stream.length / 60) {
            ChunkReader reader = GEMINI.chunkReader();
            EventWatch watch = GEMINI.watch(true);
            SseReader events = new SseReader(new ByteArrayInputStream(Arrays.copyOf(stream, cut)));
            for (ServerSentEvent event = events.next(); event != null; event = events.next()) {
                reader.read(event);
                assertThat(watch.see(event)).isEqualTo(EventWatch.Verdict.RELAY);
            }
            assertThat(reader.end()).isEmpty();
            assertThat(watch.isComplete()).isFalse();
        }
    }

    @ParameterizedTest
    @MethodSource("streams")
    void a_stream_that_passes_through_is_counted(Recording recording) {
        EventWatch watch = GEMINI.watch(true);
        List<EventWatch.Verdict> seen = RecordedEvents.of(recording.response()).stream().filter(event -> event.data() != null).map(watch::see).toList();
        assertThat(seen).containsAnyOf(EventWatch.Verdict.HOLD).doesNotContain(EventWatch.Verdict.ERROR, EventWatch.Verdict.DROP, EventWatch.Verdict.LAST);
        assertThat(seen.get(seen.size() - 1)).isEqualTo(EventWatch.Verdict.HOLD);
        assertThat(watch.isComplete()).isTrue();
        ChatResponse read = Streams.assembled(Streams.chunks(GEMINI.chunkReader(), recording.response()));
        assertThat(watch.usage()).isEqualTo(read.usage());
        assertThat(watch.id()).isEqualTo(read.id());
        assertThat(watch.responseModel()).isEqualTo(read.responseModel());
    }

    @ParameterizedTest
    @MethodSource("errors")
    void an_error_keeps_status_and_words(Recording recording) {
        ProviderError error = GEMINI.readError(recording.status(), recording.contentType(), recording.response());
        Map<String, Object> said = Plain.object(Plain.object(Plain.of(recording.response())).get("error"));
        assertThat(error.status()).isEqualTo(recording.status());
        assertThat(error.type()).isEqualTo(said.get("status"));
        assertThat(error.message()).isEqualTo(said.get("message"));
        GatewayException failure = GatewayException.provider(error);
        assertThat(GEMINI.writeError(failure, null)).isEqualTo(recording.response());
        assertThat(Plain.object(Plain.object(Plain.of(OPENAI.writeError(failure, null))).get("error"))).containsEntry("message", said.get("message"));
        assertThat(Plain.object(Plain.object(Plain.of(ANTHROPIC.writeError(failure, null))).get("error"))).containsEntry("message", said.get("message"));
    }

    static Stream<Recording> nonsense() {
        return all().filter(recording -> recording.status() == 200 && recording.streamFormat() == null && !isAnswer(recording));
    }

    @ParameterizedTest
    @MethodSource("nonsense")
    void what_is_no_answer_is_refused(Recording recording) {
        assertThatThrownBy(() -> GEMINI.readResponse(recording.response())).isInstanceOfSatisfying(GatewayException.class,
                failure -> assertThat(failure.type()).isEqualTo(ErrorType.UPSTREAM_INVALID));
    }

    /** Gives at most so many bytes at a time. */
    private static final class Pieces extends InputStream {
        private final ByteArrayInputStream bytes;
        private final Random random;
        private final int most;

        Pieces(byte[] bytes, Random random, int most) {
            this.bytes = new ByteArrayInputStream(bytes);
            this.random = random;
            this.most = most;
        }

        @Override
        public int read() {
            return bytes.read();
        }

        @Override
        public int read(byte[] into, int from, int length) {
            return bytes.read(into, from, Math.min(length, 1 + random.nextInt(most)));
        }
    }
}
