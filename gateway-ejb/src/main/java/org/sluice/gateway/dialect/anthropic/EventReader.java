package org.sluice.gateway.dialect.anthropic;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.sluice.gateway.chat.ChatChunk;
import org.sluice.gateway.chat.FinishReason;
import org.sluice.gateway.chat.RawJson;
import org.sluice.gateway.dialect.ChunkReader;
import org.sluice.gateway.dialect.ServerSentEvent;
import org.sluice.gateway.error.ErrorType;
import org.sluice.gateway.error.GatewayException;
import org.sluice.gateway.json.JsonValue.JsonObject;

/** Reads the events of one stream. Events, blocks and deltas we have no word for do not disturb it. */
final class EventReader implements ChunkReader {
    private static final Set<String> STARTED = Set.of("id", "type", "role", "model", "content", "usage", "stop_reason",
            "stop_sequence", "stop_details");
    private final Map<Long, BlockEvents> open = new HashMap<>();
    private final UsageCount usage = new UsageCount();
    private boolean hasToolCalls;
    private boolean hasFinished;

    @Override
    public List<ChatChunk> read(ServerSentEvent event) {
        if (event.data() == null || event.data().length() == 0) {
            return List.of();
        }
        JsonObject data = ProviderJson.objectOrNull(event.data());
        if (data == null) {
            throw new GatewayException(ErrorType.UPSTREAM_INVALID, "An event of the provider's stream is not a JSON object.");
        }
        String type = data.text("type") != null ? data.text("type") : event.event();
        if (type == null) {
            return List.of();
        }
        List<ChatChunk> chunks = new ArrayList<>(2);
        switch (type) {
            case "message_start" -> start(data.object("message"), chunks);
            case "content_block_start" -> block(data, chunks);
            case "content_block_delta" -> delta(data, chunks);
            case "content_block_stop" -> stop(data, chunks);
            case "message_delta" -> finish(data, chunks);
            case "message_stop" -> end(chunks);
            case "error" -> throw GatewayException.provider(ErrorReader.inStream(event.data()));
            default -> { }
        }
        return chunks;
    }

    private void start(JsonObject message, List<ChatChunk> chunks) {
        if (message == null) {
            throw new GatewayException(ErrorType.UPSTREAM_INVALID, "The provider's stream begins without a message.");
        }
        Map<String, RawJson> extras = new LinkedHashMap<>(Rest.of(message, STARTED));
        extras.putAll(UsageCount.extras(message.object("usage")));
        chunks.add(new ChatChunk.Started(message.text("id"), message.text("model"), 0, extras));
        count(message.object("usage"), chunks);
    }

    private void count(JsonObject counted, List<ChatChunk> chunks) {
        usage.read(counted);
        if (counted != null && usage.usage() != null) {
            chunks.add(new ChatChunk.Counted(usage.usage()));
        }
    }

    private void block(JsonObject data, List<ChatChunk> chunks) {
        JsonObject block = data.object("content_block");
        if (block == null) {
            return;
        }
        BlockEvents events = BlockEvents.of((int) data.number("index", 0), block);
        hasToolCalls |= events.isToolCall();
        open.put(data.number("index", 0), events);
        events.start(chunks);
    }

    private void delta(JsonObject data, List<ChatChunk> chunks) {
        BlockEvents events = open.get(data.number("index", 0));
        JsonObject delta = data.object("delta");
        if (events != null && delta != null) {
            events.delta(delta, chunks);
        }
    }

    private void stop(JsonObject data, List<ChatChunk> chunks) {
        BlockEvents events = open.remove(data.number("index", 0));
        if (events != null) {
            events.stop(chunks);
        }
    }

    /** {@code message_delta} may come more than once; the last stop reason holds. */
    private void finish(JsonObject data, List<ChatChunk> chunks) {
        JsonObject delta = data.object("delta");
        count(data.object("usage"), chunks);
        Map<String, RawJson> extras = new LinkedHashMap<>(Rest.of(data, Set.of("type", "delta", "usage")));
        extras.putAll(UsageCount.extras(data.object("usage")));
        FinishReason reason = null;
        if (delta != null) {
            extras.putAll(StopReasons.extras(delta, Set.of("stop_reason")));
            reason = StopReasons.read(delta.text("stop_reason"));
        }
        if (reason == FinishReason.TOOL_CALLS && !hasToolCalls) {
            reason = FinishReason.STOP;
        }
        if (reason != null || !extras.isEmpty()) {
            chunks.add(new ChatChunk.Finished(0, reason, extras));
        }
    }

    private void end(List<ChatChunk> chunks) {
        if (!hasFinished) {
            hasFinished = true;
            chunks.add(new ChatChunk.Ended());
        }
    }
}
