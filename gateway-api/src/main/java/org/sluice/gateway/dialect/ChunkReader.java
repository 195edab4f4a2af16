package org.sluice.gateway.dialect;

import java.util.List;
import org.sluice.gateway.chat.ChatChunk;

/** Reads the events of one provider stream. Stateful, one per stream, not thread-safe. */
@FunctionalInterface
public interface ChunkReader {
    /**
     * The pieces in one event, in order; none for a comment or an event without content.
     *
     * @throws org.sluice.gateway.error.GatewayException when the event is an error (type PROVIDER) or not readable (UPSTREAM_INVALID)
     */
    List<ChatChunk> read(ServerSentEvent event);

    /**
     * The pieces that the end of the stream brings, for a dialect that has no event for it: the last is {@link
     * ChatChunk.Ended}. None when the answer was not complete.
     */
    default List<ChatChunk> end() {
        return List.of();
    }
}
