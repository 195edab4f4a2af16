package org.sluice.gateway.log;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.sluice.gateway.chat.ChatChunk;
import org.sluice.gateway.chat.ChatResponse;
import org.sluice.gateway.chat.Part;
import org.sluice.gateway.dialect.ChunkReader;
import org.sluice.gateway.dialect.Dialect;
import org.sluice.gateway.dialect.ServerSentEvent;

class DialectStreamsTest {
    @Test
    void frames_are_read_with_line_feeds_and_carriage_returns() {
        List<ServerSentEvent> events = StoredFrames.read(bytes(": hello\n\nevent: a\ndata: 1\n\ndata:2\r\ndata: 3\r\n\r\ndata: cut"));
        assertThat(events).extracting(event -> event.event() + "=" + event.data().text()).containsExactly("a=1", "null=2\n3");
        assertThat(events.get(0).frame().text()).isEqualTo("event: a\ndata: 1\n\n");
        assertThat(StoredFrames.read(bytes(""))).isEmpty();
    }

    @Test
    void a_stream_becomes_the_answer_its_dialect_writes() {
        assertThat(text(assembly().assemble("words", bytes("data: Hel\n\ndata: lo\n\n")))).isEqualTo("Hello");
    }

    @Test
    void what_came_before_a_failure_is_kept() {
        assertThat(text(assembly().assemble("words", bytes("data: Hel\n\ndata: error\n\ndata: lost\n\n")))).isEqualTo("Hel");
    }

    @Test
    void frames_stay_frames_when_nobody_can_read_them() {
        assertThat(assembly().assemble("unknown", bytes("data: Hel\n\n"))).isNull();
        assertThat(assembly().assemble("words", bytes("data: error\n\n"))).isNull();
        assertThat(assembly().assemble("words", bytes("nonsense"))).isNull();
    }

    private StreamAssembly assembly() {
        return new DialectStreams(List.of(new Words()));
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static String text(byte[] bytes) {
        return new String(bytes, StandardCharsets.UTF_8);
    }

    /** Each event's data is a piece of text. */
    private static final class Words implements WordsDialect {
        @Override
        public String name() {
            return "words";
        }

        @Override
        public ChunkReader chunkReader() {
            return event -> {
                if (event.data().text().equals("error")) {
                    throw new IllegalStateException("The provider failed.");
                }
                return List.of(new ChatChunk.TextDelta(0, 0, event.data().text()));
            };
        }

        @Override
        public byte[] writeResponse(ChatResponse response) {
            return bytes(((Part.Text) response.choices().get(0).message().parts().get(0)).text());
        }
    }

    /** What of a dialect is not needed here. */
    private interface WordsDialect extends Dialect {
        Dialect NOTHING = new NamedDialect("nothing");

        @Override default org.sluice.gateway.dialect.RequestOutline readOutline(byte[] body) { return NOTHING.readOutline(body); }
        @Override default org.sluice.gateway.chat.ChatRequest readRequest(org.sluice.gateway.dialect.RequestOutline outline, java.util.Set<String> members) { return NOTHING.readRequest(outline, members); }
        @Override default org.sluice.gateway.dialect.ChunkWriter chunkWriter(boolean includeUsage) { return NOTHING.chunkWriter(includeUsage); }
        @Override default byte[] writeError(org.sluice.gateway.error.GatewayException error, String callId) { return NOTHING.writeError(error, callId); }
        @Override default org.sluice.gateway.dialect.Slice writeErrorEvent(org.sluice.gateway.error.GatewayException error, String callId) { return NOTHING.writeErrorEvent(error, callId); }
        @Override default byte[] writeRequest(org.sluice.gateway.chat.ChatRequest request, org.sluice.gateway.dialect.Losses losses) { return NOTHING.writeRequest(request, losses); }
        @Override default org.sluice.gateway.dialect.Body forward(org.sluice.gateway.dialect.RequestOutline outline, String model, java.util.Set<String> members) { return NOTHING.forward(outline, model, members); }
        @Override default ChatResponse readResponse(byte[] body) { return NOTHING.readResponse(body); }
        @Override default org.sluice.gateway.dialect.ResponseOutline readResponseOutline(byte[] body) { return NOTHING.readResponseOutline(body); }
        @Override default org.sluice.gateway.dialect.EventWatch watch(boolean keepUsage) { return NOTHING.watch(keepUsage); }
        @Override default org.sluice.gateway.error.ProviderError readError(int status, String contentType, byte[] body) { return NOTHING.readError(status, contentType, body); }
    }
}
