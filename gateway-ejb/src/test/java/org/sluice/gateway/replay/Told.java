package org.sluice.gateway.replay;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.util.List;
import org.sluice.gateway.chat.ChatChunk;
import org.sluice.gateway.dialect.ChunkReader;
import org.sluice.gateway.dialect.ChunkWriter;
import org.sluice.gateway.dialect.Dialect;
import org.sluice.gateway.dialect.ServerSentEvent;
import org.sluice.gateway.dialect.Slice;
import org.sluice.gateway.error.GatewayException;
import org.sluice.gateway.provider.Provider;

/** The way of a stream through the gateway, without the gateway. */
final class Told {
    private Told() { }

    /**
     * Reads a provider's stream into chunks; a failure in it is given back, not thrown.
     *
     * @param provider null for server-sent events
     */
    static GatewayException read(Provider provider, Dialect dialect, byte[] body, List<ChatChunk> into) {
        ChunkReader reader = dialect.chunkReader();
        try {
            for (ServerSentEvent event : Wired.events(provider, dialect, body)) {
                into.addAll(reader.read(event));
            }
            if (into.isEmpty() || !(into.get(into.size() - 1) instanceof ChatChunk.Ended)) {
                into.addAll(reader.end());
            }
            return null;
        } catch (GatewayException failure) {
            return failure;
        }
    }

    /** What the client gets: the frames of every chunk, then those of the end or of the failure. */
    static String stream(Dialect client, List<ChatChunk> chunks, GatewayException failure) {
        ChunkWriter writer = client.chunkWriter(true);
        ByteArrayOutputStream out = frames(writer, chunks);
        long number = client.eventNumber(Slice.of(out.toByteArray())) + 1;
        Slice last = failure == null ? writer.end() : client.writeErrorEvent(failure, "call-1", number);
        if (last != null) {
            out.writeBytes(last.toBytes());
        }
        return out.toString(UTF_8);
    }

    /** Whether the client has got something by now, after which a failure can only be told inside the stream. */
    static boolean hasBegun(Dialect client, List<ChatChunk> chunks) {
        return frames(client.chunkWriter(true), chunks).size() > 0;
    }

    private static ByteArrayOutputStream frames(ChunkWriter writer, List<ChatChunk> chunks) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        for (ChatChunk chunk : chunks) {
            Slice frame = chunk instanceof ChatChunk.Ended ? null : writer.write(chunk);
            if (frame != null) {
                out.writeBytes(frame.toBytes());
            }
        }
        return out;
    }

    /** The JSON of every event. */
    static List<Object> payloads(String stream) {
        return stream.lines().filter(line -> line.startsWith("data:")).map(line -> line.substring(5).strip()).filter(data -> data.startsWith("{")).map(Tree::read).toList();
    }
}
