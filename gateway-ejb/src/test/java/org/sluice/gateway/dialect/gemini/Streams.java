package org.sluice.gateway.dialect.gemini;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.sluice.gateway.chat.ChatChunk;
import org.sluice.gateway.chat.ChatResponse;
import org.sluice.gateway.chat.ChatResponseAssembler;
import org.sluice.gateway.dialect.ChunkReader;
import org.sluice.gateway.dialect.ChunkWriter;
import org.sluice.gateway.dialect.Slice;
import org.sluice.gateway.recorded.RecordedEvents;

/** Streams read, written and put together, for tests. */
final class Streams {
    private Streams() { }

    static List<ChatChunk> chunks(ChunkReader reader, byte[] stream) {
        List<ChatChunk> chunks = new ArrayList<>();
        RecordedEvents.of(stream).forEach(event -> chunks.addAll(reader.read(event)));
        chunks.addAll(reader.end());
        return chunks;
    }

    static byte[] written(ChunkWriter writer, List<ChatChunk> chunks) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        for (ChatChunk chunk : chunks) {
            Slice frame = chunk instanceof ChatChunk.Ended ? null : writer.write(chunk);
            if (frame != null) {
                out.writeBytes(frame.toBytes());
            }
        }
        out.writeBytes(writer.end().toBytes());
        return out.toByteArray();
    }

    static ChatResponse assembled(List<ChatChunk> chunks) {
        ChatResponseAssembler assembler = new ChatResponseAssembler();
        chunks.forEach(assembler::add);
        return assembler.response();
    }

    /** The payloads of a stream as plain maps. */
    static List<Map<String, Object>> payloads(byte[] stream) {
        List<Map<String, Object>> payloads = new ArrayList<>();
        new String(stream, UTF_8).lines().filter(line -> line.startsWith("data: {")).forEach(line -> payloads.add(Plain.object(Plain.of(line.substring(6)))));
        return payloads;
    }
}
