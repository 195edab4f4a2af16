package org.sluice.gateway.dialect.anthropic;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.sluice.gateway.chat.ChatChunk;
import org.sluice.gateway.chat.ChatResponse;
import org.sluice.gateway.dialect.ChunkReader;
import org.sluice.gateway.dialect.ChunkWriter;
import org.sluice.gateway.dialect.Dialect;
import org.sluice.gateway.dialect.EventWatch;
import org.sluice.gateway.dialect.ResponseOutline;
import org.sluice.gateway.dialect.ServerSentEvent;
import org.sluice.gateway.dialect.Slice;
import org.sluice.gateway.dialect.openai.OpenAiDialect;
import org.sluice.gateway.error.GatewayException;
import org.sluice.gateway.error.ProviderError;
import org.sluice.gateway.recorded.Recording;
import org.sluice.gateway.recorded.RecordedEvents;
import org.sluice.gateway.recorded.Recordings;
import org.sluice.gateway.upstream.SseReader;

/** Every recorded answer of Anthropic, told in OpenAI's dialect and again in Anthropic's. What it says is found by hand. */
class RecordedMessagesTest {
    private static final Dialect ANTHROPIC = new AnthropicDialect();
    private static final Dialect OPENAI = new OpenAiDialect();

    private static Stream<Recording> messages() {
        return Stream.concat(Recordings.where(RecordedMessagesTest::isMessage), Recordings.responsesOnly(RecordedMessagesTest::isMessage));
    }

    private static boolean isMessage(Recording recording) {
        return recording.provider().equals("anthropic") && recording.endpoint().equals("messages");
    }

    static Stream<Recording> answers() {
        return messages().filter(recording -> recording.status() == 200 && recording.streamFormat() == null);
    }

    static Stream<Recording> streams() {
        return messages().filter(recording -> recording.streamFormat() != null && !recording.kinds().contains("midstream_error"))
                .flatMap(RecordedMessagesTest::single);
    }

    /** Some recordings hold the streams of several calls in a row; those that broke off are no answer. */
    private static Stream<Recording> single(Recording all) {
        String[] streams = sse(all).split("(?<=\n)(?=(event: message_start\n)?data: ?\\{\"type\": ?\"message_start\")");
        return Stream.of(streams).filter(stream -> stream.contains("\"message_stop\"")).map(stream -> new Recording(all.id(), all.provider(),
                all.endpoint(), all.model(), all.kinds(), all.request(), all.status(), all.headers(), stream.getBytes(UTF_8), true, "sse"));
    }

    static Stream<Recording> errors() {
        return messages().filter(recording -> recording.status() >= 400);
    }

    /** Of some streams the payloads alone were recorded, one to a line. */
    private static String sse(Recording recording) {
        if (recording.isSse()) {
            return new String(recording.response(), UTF_8);
        }
        StringBuilder frames = new StringBuilder();
        new String(recording.response(), UTF_8).lines().filter(line -> line.startsWith("{")).forEach(line -> frames.append("data: ").append(line).append("\n\n"));
        return frames.toString();
    }

    private static Map<String, Object> object(byte[] json) {
        return Plain.object(Plain.of(json));
    }

    @ParameterizedTest
    @MethodSource("answers")
    void an_answer_says_the_same_to_an_openai_client(Recording recording) {
        ChatResponse response = ANTHROPIC.readResponse(recording.response());
        Map<String, Object> written = object(OPENAI.writeResponse(response));
        assertThat(Answer.ofCompletion(written)).isEqualTo(Answer.ofMessage(object(recording.response())));
        assertThat((String) written.get("id")).startsWith("chatcmpl-");
        assertThat(written).containsEntry("object", "chat.completion");
    }

    /** What OpenAI's dialect cannot tell, here the order of blocks, is out of {@link Answer} already. */
    @ParameterizedTest
    @MethodSource("answers")
    void an_answer_written_again_says_the_same(Recording recording) {
        ChatResponse response = ANTHROPIC.readResponse(recording.response());
        Map<String, Object> again = object(ANTHROPIC.writeResponse(response));
        Map<String, Object> source = object(recording.response());
        assertThat(again.get("content")).isEqualTo(source.get("content"));
        assertThat(again.get("id")).isEqualTo(source.get("id"));
        assertThat(again.get("stop_reason")).isEqualTo(source.get("stop_reason"));
        assertThat(Answer.ofMessage(again)).isEqualTo(Answer.ofMessage(source));
        ResponseOutline outline = ANTHROPIC.readResponseOutline(recording.response());
        assertThat(outline.usage()).isEqualTo(response.usage());
        assertThat(outline.id()).isEqualTo(source.get("id"));
        assertThat(outline.isError()).isFalse();
    }

    private static List<ChatChunk> chunks(byte[] stream) {
        ChunkReader reader = ANTHROPIC.chunkReader();
        List<ChatChunk> chunks = new ArrayList<>();
        RecordedEvents.of(stream).forEach(event -> chunks.addAll(reader.read(event)));
        return chunks;
    }

    private static byte[] written(ChunkWriter writer, List<ChatChunk> chunks) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        for (ChatChunk chunk : chunks) {
            Slice frame = writer.write(chunk);
            if (frame != null) {
                out.writeBytes(frame.toBytes());
            }
        }
        out.writeBytes(writer.end().toBytes());
        return out.toByteArray();
    }

    @ParameterizedTest
    @MethodSource("streams")
    void a_stream_says_the_same_to_an_openai_client(Recording recording) {
        List<ChatChunk> chunks = chunks(recording.response());
        byte[] told = written(OPENAI.chunkWriter(true), chunks);
        assertThat(Answer.ofCompletion(Folded.completion(told))).isEqualTo(Answer.ofMessage(Folded.message(recording.response())));
        assertThat(new String(told, UTF_8)).endsWith("data: [DONE]\n\n").doesNotContain("usage.");
        assertThat(chunks.get(chunks.size() - 1)).isInstanceOf(ChatChunk.Ended.class);
    }

    @ParameterizedTest
    @MethodSource("streams")
    void a_stream_written_again_says_the_same(Recording recording) {
        Map<String, Object> again = Folded.message(written(ANTHROPIC.chunkWriter(true), chunks(recording.response())));
        Map<String, Object> source = Folded.message(recording.response());
        assertThat(again.get("content")).isEqualTo(withoutEmpty(source));
        assertThat(again.get("stop_reason")).isEqualTo(source.get("stop_reason"));
        assertThat(Answer.ofMessage(again)).isEqualTo(Answer.ofMessage(source));
    }

    /** A text block in which nothing was said is not told. */
    private static List<Object> withoutEmpty(Map<String, Object> message) {
        return Plain.list(message.get("content")).stream().filter(block -> !Map.of("type", "text", "text", "").equals(block)).toList();
    }

    @ParameterizedTest
    @MethodSource("streams")
    void a_stream_cut_into_any_pieces_is_the_same_stream(Recording recording) {
        byte[] stream = recording.response();
        List<ChatChunk> whole = chunks(stream);
        for (int seed = 0; seed < 3; seed++) {
            SseReader events = new SseReader(new Pieces(stream, new Random(seed), seed == 0 ? 1 : 40));
            ChunkReader reader = ANTHROPIC.chunkReader();
            List<ChatChunk> read = new ArrayList<>();
            for (ServerSentEvent event = events.next(); event != null; event = events.next()) {
                read.addAll(reader.read(event));
            }
            assertThat(read).isEqualTo(whole);
        }
    }

    @ParameterizedTest
    @MethodSource("streams")
    void a_stream_that_breaks_off_is_told_so_far_and_has_no_end(Recording recording) {
        byte[] stream = recording.response();
        List<ChatChunk> whole = chunks(stream);
        for (int cut = 1; cut < stream.length - 30; cut += 1 + stream.length / 60) {
            ChunkReader reader = ANTHROPIC.chunkReader();
            EventWatch watch = ANTHROPIC.watch(true);
            List<ChatChunk> read = new ArrayList<>();
            for (ServerSentEvent event : RecordedEvents.of(Arrays.copyOf(stream, cut))) {
                if (event.isComplete()) {
                    read.addAll(reader.read(event));
                    watch.see(event);
                }
            }
            assertThat(read).isEqualTo(whole.subList(0, read.size())).noneMatch(ChatChunk.Ended.class::isInstance);
            assertThat(watch.isComplete()).isFalse();
        }
    }

    @ParameterizedTest
    @MethodSource("streams")
    void a_stream_that_passes_through_is_counted(Recording recording) {
        EventWatch watch = ANTHROPIC.watch(true);
        List<EventWatch.Verdict> seen = RecordedEvents.of(recording.response()).stream().map(watch::see).toList();
        assertThat(seen.subList(0, seen.size() - 1)).containsOnly(EventWatch.Verdict.RELAY);
        assertThat(seen.get(seen.size() - 1)).isEqualTo(EventWatch.Verdict.LAST);
        ChatChunk.Counted last = null;
        for (ChatChunk chunk : chunks(recording.response())) {
            last = chunk instanceof ChatChunk.Counted counted ? counted : last;
        }
        assertThat(watch.usage()).isEqualTo(last.usage());
        assertThat(watch.id()).isEqualTo(Folded.message(recording.response()).get("id"));
    }

    static Stream<Recording> brokenStreams() {
        return messages().filter(recording -> recording.kinds().contains("midstream_error"));
    }

    @ParameterizedTest
    @MethodSource("brokenStreams")
    void an_error_in_a_stream_is_the_providers_own(Recording recording) {
        Map<String, Object> said = Plain.object(Folded.data(recording.response()).get(Folded.data(recording.response()).size() - 1).get("error"));
        GatewayException failure = catchThrowableOfType(GatewayException.class, () -> chunks(recording.response()));
        assertThat(failure.getMessage()).isEqualTo(said.get("message"));
        assertThat(failure.providerError().orElseThrow().type()).isEqualTo(said.get("type"));
        EventWatch watch = ANTHROPIC.watch(true);
        assertThat(RecordedEvents.of(recording.response()).stream().map(watch::see)).endsWith(EventWatch.Verdict.ERROR);
    }

    @ParameterizedTest
    @MethodSource("errors")
    void an_error_keeps_status_type_and_words(Recording recording) {
        ProviderError error = ANTHROPIC.readError(recording.status(), recording.contentType(), recording.response());
        Map<String, Object> said = Plain.object(object(recording.response()).get("error"));
        assertThat(error.status()).isEqualTo(recording.status());
        assertThat(error.type()).isEqualTo(said.get("type"));
        assertThat(error.message()).isEqualTo(said.get("message"));
        GatewayException failure = GatewayException.provider(error);
        assertThat(Plain.object(object(OPENAI.writeError(failure, null)).get("error"))).containsEntry("message", said.get("message"));
        assertThat(ANTHROPIC.writeError(failure, null)).isEqualTo(recording.response());
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
