package org.sluice.gateway.dialect.anthropic;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.Map;
import org.sluice.gateway.chat.ChatChunk;
import org.sluice.gateway.chat.FinishReason;
import org.sluice.gateway.chat.RawJson;
import org.sluice.gateway.dialect.ChunkWriter;
import org.sluice.gateway.dialect.Slice;
import org.sluice.gateway.json.JsonWriter;
import org.sluice.gateway.usage.Usage;

/**
 * Writes the events of one stream: one block open at a time, indexes counted up, each start with its stop.
 *
 * <p>{@code message_start} waits for the first piece after it, because counts may follow and belong into it. Pieces of
 * another part wait while a tool call is open, until it ends or the answer finishes; text and thinking give way at once.
 * Only the first choice is written. A slice is valid until the next write.
 */
final class EventWriter implements ChunkWriter {
    private final JsonWriter json = new JsonWriter();
    private final BlockFrames blocks = new BlockFrames(json);
    private final Deque<ChatChunk> waiting = new ArrayDeque<>();
    private final Map<String, RawJson> extras = new LinkedHashMap<>();
    private ChatChunk.Started started;
    private boolean hasBegun;
    private boolean isRefused;
    private FinishReason reason;
    private Usage usage;

    @Override
    public Slice write(ChatChunk chunk) {
        json.reset();
        if (chunk instanceof ChatChunk.Started begun) {
            started = begun;
            blocks.begin(begun.extras());
        } else if (chunk instanceof ChatChunk.Counted counted) {
            usage = counted.usage();
            begin();
        } else if (chunk instanceof ChatChunk.Finished finished) {
            if (finished.choice() == 0) {
                begin();
                finish(finished);
            }
        } else if (!(chunk instanceof ChatChunk.Ended) && BlockFrames.choice(chunk) == 0) {
            begin();
            isRefused |= chunk instanceof ChatChunk.RefusalDelta;
            piece(chunk);
        }
        return json.size() == 0 ? null : json.toSlice();
    }

    @Override
    public Slice end() {
        json.reset();
        begin();
        drain();
        blocks.close();
        frame("message_delta").name("delta").beginObject()
                .name("stop_reason").raw(StopReasons.write(ResponseWriter.finishReason(reason, isRefused), extras))
                .name("stop_sequence").raw(extras.getOrDefault("stop_sequence", RawJson.NULL));
        ResponseWriter.said(json, extras);
        json.endObject().name("usage");
        UsageCount.write(json, usage, extras);
        json.endObject().outside("\n\n");
        frame("message_stop").endObject().outside("\n\n");
        return json.toSlice();
    }

    private void begin() {
        if (hasBegun) {
            return;
        }
        hasBegun = true;
        frame("message_start").name("message").beginObject();
        ResponseWriter.head(json, started == null ? null : started.id(), started == null ? null : started.responseModel());
        json.name("content").beginArray().endArray().name("stop_reason").value(null).name("stop_sequence").value(null).name("usage");
        UsageCount.write(json, usage, started == null ? Map.of() : started.extras());
        json.endObject().endObject().outside("\n\n");
    }

    private JsonWriter frame(String type) {
        return json.outside("event: " + type + "\ndata: ").beginObject().name("type").value(type);
    }

    private void piece(ChatChunk chunk) {
        int part = BlockFrames.part(chunk);
        if (!blocks.mayWrite(part)) {
            waiting.add(chunk);
            return;
        }
        blocks.write(chunk, part);
        if (chunk instanceof ChatChunk.PartEnded && !waiting.isEmpty()) {
            replay();
        }
    }

    /** Writes what waited, as far as no open tool call holds it up again. */
    private void replay() {
        Deque<ChatChunk> held = new ArrayDeque<>(waiting);
        waiting.clear();
        held.forEach(this::piece);
    }

    private void finish(ChatChunk.Finished finished) {
        drain();
        blocks.close();
        reason = finished.reason() == null ? reason : finished.reason();
        extras.putAll(finished.extras());
    }

    private void drain() {
        while (!waiting.isEmpty()) {
            blocks.close();
            replay();
        }
    }
}
