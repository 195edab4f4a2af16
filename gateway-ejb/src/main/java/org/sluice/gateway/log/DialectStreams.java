package org.sluice.gateway.log;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.sluice.gateway.chat.ChatChunk;
import org.sluice.gateway.chat.ChatResponse;
import org.sluice.gateway.dialect.ChunkReader;
import org.sluice.gateway.dialect.Dialect;
import org.sluice.gateway.dialect.ServerSentEvent;

/** Assembles streams with the reader and the writer of the dialect they were sent in. */
final class DialectStreams implements StreamAssembly {
    /** Collects the pieces of one answer. */
    interface Assembler {
        void add(ChatChunk chunk);

        ChatResponse response();
    }

    private final Map<String, Dialect> dialects = new HashMap<>();
    private final Supplier<Assembler> assemblers;

    DialectStreams(Iterable<Dialect> dialects, Supplier<Assembler> assemblers) {
        dialects.forEach(dialect -> this.dialects.put(dialect.name(), dialect));
        this.assemblers = assemblers;
    }

    @Override
    public byte[] assemble(String dialectName, byte[] frames) {
        Dialect dialect = dialects.get(dialectName);
        if (dialect == null) {
            return null;
        }
        try {
            Assembler assembler = assemblers.get();
            return addAll(dialect.chunkReader(), StoredFrames.read(frames), assembler) ? dialect.writeResponse(assembler.response()) : null;
        } catch (RuntimeException e) {
            return null;
        }
    }

    /** What came before an event that cannot be read, an error for instance, still counts; false when there was nothing. */
    private static boolean addAll(ChunkReader reader, List<ServerSentEvent> events, Assembler assembler) {
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
        return hasAny;
    }
}
