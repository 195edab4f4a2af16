package org.sluice.gateway.dialect.openai;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.sluice.gateway.chat.ChatChunk;
import org.sluice.gateway.chat.FinishReason;
import org.sluice.gateway.chat.RawJson;
import org.sluice.gateway.dialect.ChunkReader;
import org.sluice.gateway.dialect.ChunkWriter;
import org.sluice.gateway.dialect.Dialect;
import org.sluice.gateway.dialect.ServerSentEvent;
import org.sluice.gateway.dialect.Slice;
import org.sluice.gateway.error.ErrorType;
import org.sluice.gateway.error.GatewayException;
import org.sluice.gateway.recorded.RecordedEvents;
import org.sluice.gateway.usage.Usage;

class ChunksTest {
    private static final Dialect DIALECT = new OpenAiDialect(Clock.fixed(Instant.ofEpochSecond(77), ZoneOffset.UTC));

    private static List<ChatChunk> read(String... datas) {
        ChunkReader reader = DIALECT.chunkReader();
        List<ChatChunk> chunks = new ArrayList<>();
        for (String data : datas) {
            chunks.addAll(reader.read(new ServerSentEvent(null, Slice.utf8(data), null, true)));
        }
        return chunks;
    }

    private static String delta(String delta) {
        return "{\"id\":\"c\",\"created\":5,\"model\":\"m\",\"choices\":[{\"index\":0,\"delta\":" + delta + "}]}";
    }

    private static List<ChatChunk> deltas(String... deltas) {
        String[] datas = new String[deltas.length];
        for (int i = 0; i < deltas.length; i++) {
            datas[i] = delta(deltas[i]);
        }
        List<ChatChunk> chunks = read(datas);
        assertThat(chunks.remove(0)).isEqualTo(new ChatChunk.Started("c", "m", 5, Map.of()));
        return chunks;
    }

    private static String write(boolean includeUsage, ChatChunk... chunks) {
        ChunkWriter writer = DIALECT.chunkWriter(includeUsage);
        StringBuilder frames = new StringBuilder();
        for (ChatChunk chunk : chunks) {
            Slice frame = writer.write(chunk);
            frames.append(frame == null ? "" : frame.text());
        }
        return frames.append(writer.end().text()).toString();
    }

    @Test
    void texts_thoughts_and_refusals_are_parts_of_their_own() {
        assertThat(deltas("{\"role\":\"assistant\",\"content\":\"\"}", "{\"reasoning_content\":\"h\"}", "{\"reasoning\":\"m\",\"content\":null}", "{\"content\":\"a\"}", "{\"content\":\"b\"}", "{\"refusal\":\"no\"}"))
                .containsExactly(new ChatChunk.ThinkingDelta(0, 0, "h"), new ChatChunk.ThinkingDelta(0, 0, "m"), new ChatChunk.TextDelta(0, 1, "a"),
                        new ChatChunk.TextDelta(0, 1, "b"), new ChatChunk.RefusalDelta(0, 2, "no"));
    }

    @Test
    void calls_are_told_apart_by_index_and_by_id() {
        assertThat(deltas("{\"tool_calls\":[{\"index\":0,\"id\":\"c1\",\"type\":\"function\",\"function\":{\"name\":\"f\",\"arguments\":\"\"}}]}",
                "{\"tool_calls\":[{\"index\":0,\"function\":{\"arguments\":\"{\\\"a\\\":\"}}]}", "{\"tool_calls\":[{\"index\":1,\"id\":\"c2\",\"function\":{\"name\":\"g\",\"arguments\":\"{}\"}}]}",
                "{\"tool_calls\":[{\"index\":0,\"function\":{\"arguments\":\"1}\"}}]}"))
                .containsExactly(new ChatChunk.ToolCallStarted(0, 0, "c1", "f", Map.of()), new ChatChunk.ArgumentsDelta(0, 0, "{\"a\":"),
                        new ChatChunk.ToolCallStarted(0, 1, "c2", "g", Map.of()), new ChatChunk.ArgumentsDelta(0, 1, "{}"), new ChatChunk.ArgumentsDelta(0, 0, "1}"));
        assertThat(deltas("{\"tool_calls\":[{\"index\":0,\"id\":\"c1\",\"function\":{\"name\":\"f\",\"arguments\":\"{}\"}},{\"index\":0,\"id\":\"c2\",\"function\":{\"name\":\"f\",\"arguments\":\"{}\"}}]}"))
                .extracting(chunk -> chunk instanceof ChatChunk.ToolCallStarted started ? started.id() : "").containsExactly("c1", "", "c2", "");
        assertThat(deltas("{\"tool_calls\":[{\"id\":\"c1\",\"function\":{\"name\":\"f\",\"arguments\":\"{\"}}]}", "{\"tool_calls\":[{\"function\":{\"arguments\":\"}\"}}]}"))
                .containsExactly(new ChatChunk.ToolCallStarted(0, 0, "c1", "f", Map.of()), new ChatChunk.ArgumentsDelta(0, 0, "{"), new ChatChunk.ArgumentsDelta(0, 0, "}"));
        assertThat(deltas("{\"tool_calls\":[{\"index\":0,\"id\":\"c1\",\"function\":{\"arguments\":\"{\"}}]}", "{\"tool_calls\":[{\"index\":0,\"id\":\"c1\",\"function\":{\"name\":\"late\",\"arguments\":\"}\"}}]}"))
                .containsExactly(new ChatChunk.ToolCallStarted(0, 0, "c1", "late", Map.of()), new ChatChunk.ArgumentsDelta(0, 0, "{}"));
    }

    @Test
    void finish_usage_and_end_are_read() {
        assertThat(read("{\"id\":\"c\",\"choices\":[{\"index\":1,\"delta\":{},\"finish_reason\":\"eos\",\"native_finish_reason\":\"x\"}],\"usage\":null}",
                "{\"id\":\"c\",\"choices\":[],\"usage\":{\"prompt_tokens\":1,\"completion_tokens\":2}}", "[DONE]", "[DONE]"))
                .containsExactly(new ChatChunk.Started("c", null, 0, Map.of()), new ChatChunk.Finished(1, FinishReason.STOP, Map.of("native_finish_reason", new RawJson("\"x\""))),
                        new ChatChunk.Counted(Usage.of(1, 2)), new ChatChunk.Ended());
    }

    @Test
    void u25_bytes_that_are_no_utf8_are_replaced() {
        byte[] data = delta("{\"content\":\"a\u00c3(b\"}").getBytes(ISO_8859_1);
        List<ChatChunk> chunks = DIALECT.chunkReader().read(new ServerSentEvent(null, Slice.of(data), null, true));
        assertThat(chunks.get(1)).isEqualTo(new ChatChunk.TextDelta(0, 0, "a\ufffd(b"));
    }

    @Test
    void an_error_event_is_the_providers_error() {
        GatewayException failure = catchThrowableOfType(GatewayException.class, () -> read("{\"error\":{\"message\":\"Busy\",\"code\":503}}"));
        assertThat(failure.type()).isEqualTo(ErrorType.PROVIDER);
        assertThat(failure.status()).isEqualTo(503);
        assertThat(failure.getMessage()).isEqualTo("Busy");
        assertThat(catchThrowableOfType(GatewayException.class, () -> read("{\"choices\":")).type()).isEqualTo(ErrorType.UPSTREAM_INVALID);
    }

    @Test
    void a_stream_is_written_with_one_id_and_one_role() {
        assertThat(write(true, new ChatChunk.Started("chatcmpl-1", "m", 5, Map.of()), new ChatChunk.TextDelta(0, 0, "a\nb"), new ChatChunk.TextDelta(0, 0, "c"),
                new ChatChunk.PartEnded(0, 0), new ChatChunk.Finished(0, FinishReason.STOP, Map.of()), new ChatChunk.Counted(Usage.of(1, 2)))).isEqualTo("""
                data: {"id":"chatcmpl-1","object":"chat.completion.chunk","created":5,"model":"m","choices":[{"index":0,"delta":{"role":"assistant","content":"a\\nb"},"finish_reason":null}]}

                data: {"id":"chatcmpl-1","object":"chat.completion.chunk","created":5,"model":"m","choices":[{"index":0,"delta":{"content":"c"},"finish_reason":null}]}

                data: {"id":"chatcmpl-1","object":"chat.completion.chunk","created":5,"model":"m","choices":[{"index":0,"delta":{},"finish_reason":"stop"}]}

                data: {"id":"chatcmpl-1","object":"chat.completion.chunk","created":5,"model":"m","choices":[],"usage":{"completion_tokens":2,"prompt_tokens":1,"total_tokens":3,\
                "completion_tokens_details":{"accepted_prediction_tokens":0,"audio_tokens":0,"reasoning_tokens":0,"rejected_prediction_tokens":0},\
                "prompt_tokens_details":{"audio_tokens":0,"cached_tokens":0,"cache_creation_tokens":0},"cache_creation_input_tokens":0,"cache_read_input_tokens":0}}

                data: [DONE]

                """);
    }

    @Test
    void usage_is_not_told_to_who_did_not_ask() {
        assertThat(write(false, new ChatChunk.Started("x", "m", 0, Map.of()), new ChatChunk.Counted(Usage.of(1, 2)))).isEqualTo("data: [DONE]\n\n");
    }

    @Test
    void a_signed_thought_follows_its_words_as_a_whole_block() {
        String frames = write(false, new ChatChunk.Started("msg", "m", 0, Map.of()), new ChatChunk.ThinkingDelta(0, 0, "h"), new ChatChunk.ThinkingDelta(0, 0, "m"),
                new ChatChunk.ThinkingSignature(0, 0, "s=="), new ChatChunk.RedactedThinking(0, 1, "d"));
        assertThat(frames).contains("\"reasoning_content\":\"h\"").contains("\"thinking_blocks\":[{\"type\":\"thinking\",\"thinking\":\"hm\",\"signature\":\"s==\"}]")
                .contains("\"thinking_blocks\":[{\"type\":\"redacted_thinking\",\"data\":\"d\"}]").contains("\"created\":77");
    }

    @Test
    void a_call_without_arguments_gets_an_empty_object() {
        String ended = write(false, new ChatChunk.ToolCallStarted(0, 3, "t", "f", Map.of()), new ChatChunk.PartEnded(0, 3), new ChatChunk.Finished(0, FinishReason.TOOL_CALLS, Map.of()));
        String silent = write(false, new ChatChunk.ToolCallStarted(0, 3, "t", "f", Map.of()), new ChatChunk.Finished(0, FinishReason.TOOL_CALLS, Map.of()));
        for (String frames : List.of(ended, silent)) {
            assertThat(frames).containsOnlyOnce("\"arguments\":\"{}\"").contains("{\"index\":0,\"id\":\"t\",\"type\":\"function\",\"function\":{\"name\":\"f\",\"arguments\":\"\"}}");
        }
    }

    /** P24 and more: whatever is said comes back, part by part, and every frame is one event. */
    @Test
    void what_is_written_is_read_back() {
        Random random = new Random(5);
        for (int round = 0; round < 2_000; round++) {
            RandomStream stream = new RandomStream(random);
            ChunkWriter writer = DIALECT.chunkWriter(true);
            StringBuilder body = new StringBuilder();
            for (ChatChunk chunk : stream.chunks) {
                Slice frame = writer.write(chunk);
                body.append(frame == null ? "" : frame.text());
            }
            body.append(writer.end().text());
            ChunkReader reader = DIALECT.chunkReader();
            List<ChatChunk> read = new ArrayList<>();
            RecordedEvents.of(body.toString().getBytes(UTF_8)).forEach(event -> read.addAll(reader.read(event)));
            assertThat(Assembled.of(read)).as(body.toString()).isEqualTo(Assembled.of(stream.chunks));
            assertThat(read.get(read.size() - 1)).isEqualTo(new ChatChunk.Ended());
        }
    }
}
