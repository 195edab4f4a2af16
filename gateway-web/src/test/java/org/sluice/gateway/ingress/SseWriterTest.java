package org.sluice.gateway.ingress;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.sluice.gateway.call.FrameStream;
import org.sluice.gateway.dialect.Dialect;
import org.sluice.gateway.dialect.Slice;
import org.sluice.gateway.dialect.anthropic.AnthropicDialect;
import org.sluice.gateway.dialect.gemini.GeminiDialect;
import org.sluice.gateway.dialect.responses.ResponsesDialect;
import org.sluice.gateway.error.ErrorType;
import org.sluice.gateway.error.GatewayException;

/** What a client is told beside the frames: that a silent stream lives, and that it failed. */
class SseWriterTest {
    private final ByteArrayOutputStream client = new ByteArrayOutputStream();

    /** Frames of a stream that is silent before each of them, and breaks off. */
    private final class Frames implements FrameStream {
        private final Deque<String> frames;
        SseWriter writer;

        Frames(List<String> frames) {
            this.frames = new ArrayDeque<>(frames);
        }

        @Override
        public Slice next() {
            try {
                writer.ping();
            } catch (IOException gone) {
                throw new UncheckedIOException(gone);
            }
            if (frames.isEmpty()) {
                throw new GatewayException(ErrorType.UPSTREAM_TRUNCATED, "It broke off.");
            }
            return Slice.utf8(frames.remove());
        }

        @Override public void cancel() { }
        @Override public void close() { }
    }

    private String told(Dialect dialect, String... frames) throws IOException {
        Frames stream = new Frames(List.of(frames));
        stream.writer = new SseWriter(client, new Heartbeat(), dialect, "id", null);
        stream.writer.copy(stream);
        return client.toString(UTF_8);
    }

    @Test
    void anthropics_clients_get_their_own_ping_once_the_message_has_started() throws Exception {
        assertThat(told(new AnthropicDialect(), "event: message_start\ndata: {}\n\n"))
                .startsWith(": ping\n\nevent: message_start\ndata: {}\n\nevent: ping\ndata: {\"type\": \"ping\"}\n\nevent: error\n");
    }

    @Test
    void geminis_clients_get_comments() throws Exception {
        assertThat(told(new GeminiDialect(), "data: {}\n\n")).startsWith(": ping\n\ndata: {}\n\n: ping\n\n");
    }

    @Test
    void a_failure_has_the_number_after_the_last_event() throws Exception {
        String told = told(new ResponsesDialect(), "event: a\ndata: {\"type\":\"a\",\"sequence_number\":0}\n\nevent: b\ndata: {\"type\":\"b\",\"sequence_number\":1}\n\n",
                "event: c\ndata: {\"type\":\"c\",\"sequence_number\":2}\n\n", ": comment\n\n");
        assertThat(told).contains("event: error\ndata: {\"type\":\"error\",\"sequence_number\":3,");
    }
}
