package org.sluice.gateway.pipeline;

import java.io.ByteArrayInputStream;
import org.sluice.gateway.call.Call;
import org.sluice.gateway.chat.ChatChunk;
import org.sluice.gateway.dialect.ChunkReader;
import org.sluice.gateway.dialect.ServerSentEvent;
import org.sluice.gateway.dialect.Slice;
import org.sluice.gateway.error.GatewayException;
import org.sluice.gateway.upstream.SseReader;
import org.sluice.gateway.usage.Usage;

/**
 * Counts tokens of a call that broke off before the provider told its own count: four bytes a token, the rule of thumb
 * for text. Always marked as an estimate in the log.
 */
final class UsageEstimate {
    private static final int BYTES_PER_TOKEN = 4;

    private UsageEstimate() { }

    static Usage of(Call call, byte[] frames) {
        return Usage.of(inputTokens(call), tokens(textLength(call, frames)));
    }

    static long inputTokens(Call call) {
        Slice messages = call.outline().value(call.ingress().conversationMember());
        return messages == null ? 0 : tokens(messages.length());
    }

    private static long tokens(long bytes) {
        return (bytes + BYTES_PER_TOKEN - 1) / BYTES_PER_TOKEN;
    }

    private static long textLength(Call call, byte[] frames) {
        long length = 0;
        ChunkReader chunks = call.ingress().chunkReader();
        SseReader events = new SseReader(new ByteArrayInputStream(frames));
        try {
            for (ServerSentEvent event = events.next(); event != null; event = events.next()) {
                for (ChatChunk chunk : chunks.read(event)) {
                    length += textLength(chunk);
                }
            }
        } catch (GatewayException cutOff) {
            return length;
        }
        return length;
    }

    private static long textLength(ChatChunk chunk) {
        if (chunk instanceof ChatChunk.TextDelta delta) {
            return delta.text().length();
        }
        if (chunk instanceof ChatChunk.ThinkingDelta delta) {
            return delta.text().length();
        }
        return chunk instanceof ChatChunk.ArgumentsDelta delta ? delta.fragment().length() : 0;
    }
}
