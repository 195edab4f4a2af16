package org.sluice.gateway.log;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.sluice.gateway.chat.ChatChunk;
import org.sluice.gateway.chat.ChatResponseAssembler;
import org.sluice.gateway.dialect.ChunkReader;
import org.sluice.gateway.dialect.Dialect;
import org.sluice.gateway.dialect.ServerSentEvent;

/** Assembles streams with the reader and the writer of the dialect they were sent in. */
final class DialectStreams implements StreamAssembly {
    private final Map<String, Dialect> dialects = new HashMap<>();

    DialectStreams(Iterable<Dialect> dialects) {
        dialects.forEach(dialect -> this.dialects.put(dialect.name(), dialect));
    }

    @Override
    public byte[] assemble(String dialectName, byte[] frames) {
        Dialect dialect = dialects.get(dialectName);
        if (dialect == null) {
            return null;
        }
        try {
            ChatResponseAssembler assembler = new ChatResponseAssembler();
            return addAll(dialect.chunkReader(), StoredFrames.read(frames), assembler) ? dialect.writeResponse(assembler.response()) : null;
        } catch (RuntimeException e) {
            return null;
        }
    }

    /** What came before an event that cannot be read, an error for instance, still counts; false when there was nothing. */
    private static boolean addAll(ChunkReader reader, List<ServerSentEvent> events, ChatResponseAssembler assembler) {
        boolean hasAny = false;
        for (ServerSentEvent event : events) {
            try {
                for (ChatChunk chunk : reader.read(event)) {
                    assembler.add(chunk);
                    hasAny = true;
                }
            } catch (RuntimeException e) {
                return hasAny;
            }
        }
        reader.end().forEach(assembler::add);
        return hasAny;
    }
}
