package org.sluice.gateway.dialect;

import org.sluice.gateway.chat.ChatChunk;

/** Writes the events of one client stream. Stateful, one per stream, not thread-safe. */
public interface ChunkWriter {
    /** The complete frames for one piece, ready for the wire; null when the piece needs none yet. */
    Slice write(ChatChunk chunk);

    /** The frames that end the stream well: usage when wanted, then {@code [DONE]}, {@code message_stop} or nothing. */
    Slice end();
}
