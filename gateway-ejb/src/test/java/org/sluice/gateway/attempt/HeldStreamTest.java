package org.sluice.gateway.attempt;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.sluice.gateway.dialect.Dialect;
import org.sluice.gateway.dialect.Slice;
import org.sluice.gateway.dialect.gemini.GeminiDialect;
import org.sluice.gateway.error.ErrorType;
import org.sluice.gateway.error.GatewayException;
import org.sluice.gateway.provider.Credential;
import org.sluice.gateway.provider.Deployment;
import org.sluice.gateway.provider.UpstreamResponse;
import org.sluice.gateway.route.Target;
import org.sluice.gateway.upstream.SseReader;

/** Streams of a dialect without a last event: the end of the connection is the end of the answer. */
class HeldStreamTest {
    private static final Dialect GEMINI = new GeminiDialect();
    private static final Target TARGET = new Target(null, GEMINI, new Deployment("d", "gemini", "m", null, Map.of()), Credential.None.NONE, null);
    private static final String A = event("{\"candidates\":[{\"content\":{\"parts\":[{\"text\":\"a\"}]}}],\"modelVersion\":\"m\",\"responseId\":\"r\"}");
    private static final String STOP = event("{\"candidates\":[{\"content\":{\"parts\":[{\"text\":\"b\"}]},\"finishReason\":\"STOP\"}],\"usageMetadata\":{\"promptTokenCount\":3,\"candidatesTokenCount\":4}}");

    private static String event(String data) {
        return "data: " + data + "\r\n\r\n";
    }

    private record FakeResponse(InputStream body) implements UpstreamResponse {
        @Override public int status() { return 200; }
        @Override public Map<String, String> headers() { return Map.of(); }
        @Override public void close() { }
    }

    private static AnswerFrames relayed(String stream) {
        InputStream body = new ByteArrayInputStream(stream.getBytes(UTF_8));
        return new RelayedFrames(new FakeResponse(body), new SseReader(body), GEMINI.watch(true), GEMINI);
    }

    private static AnswerFrames translated(String stream) {
        InputStream body = new ByteArrayInputStream(stream.getBytes(UTF_8));
        return new TranslatedFrames(new FakeResponse(body), new SseReader(body), ModelName.added(GEMINI.chunkReader(), TARGET), GEMINI.chunkWriter(true));
    }

    /** What is handed out, a bar before the frame that is known to be the last. */
    private static String told(AnswerFrames frames, StringBuilder told) {
        for (Slice frame = frames.next(); frame != null; frame = frames.next()) {
            told.append(frames.isLast() ? "|" : "").append(frame.text());
        }
        return told.toString();
    }

    @Test
    void the_frame_with_the_finish_reason_is_known_to_be_the_last() {
        AnswerFrames frames = relayed(A + STOP);
        assertThat(told(frames, new StringBuilder())).isEqualTo(A + "|" + STOP);
        assertThat(frames.usage().outputTokens()).isEqualTo(4);
        assertThat(frames.id()).isEqualTo("r");
    }

    @Test
    void a_finish_reason_on_every_event_loses_none() {
        assertThat(told(relayed(STOP + STOP + STOP), new StringBuilder())).isEqualTo(STOP + STOP + "|" + STOP);
        assertThat(told(relayed(STOP + A), new StringBuilder())).isEqualTo(STOP + "|" + A);
    }

    @Test
    void comments_stay_where_they_were() {
        assertThat(told(relayed(": hi\n\n" + A + STOP + ": bye\n\n"), new StringBuilder())).isEqualTo(": hi\n\n" + A + "|" + STOP + ": bye\n\n");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "data: {\"usageMetadata\":{}}\n\n"})
    void a_stream_without_a_finish_reason_is_cut_off(String more) {
        StringBuilder told = new StringBuilder();
        GatewayException failure = catchThrowableOfType(GatewayException.class, () -> told(relayed(A + more), told));
        assertThat(failure.type()).isEqualTo(ErrorType.UPSTREAM_TRUNCATED);
        assertThat(told.toString()).isEqualTo(A + more);
        assertThat(catchThrowableOfType(GatewayException.class, () -> told(translated(A + more), new StringBuilder())).type()).isEqualTo(ErrorType.UPSTREAM_TRUNCATED);
    }

    @Test
    void a_translated_stream_ends_with_the_connection() {
        List<String> frames = told(translated(A + STOP), new StringBuilder()).lines().filter(line -> !line.isEmpty()).toList();
        assertThat(frames).hasSize(3);
        assertThat(frames.get(2)).startsWith("|data: ").contains("\"finishReason\":\"STOP\"").contains("\"candidatesTokenCount\":4");
    }
}
