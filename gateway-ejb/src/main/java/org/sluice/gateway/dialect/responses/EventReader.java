package org.sluice.gateway.dialect.responses;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.sluice.gateway.chat.ChatChunk;
import org.sluice.gateway.chat.RawJson;
import org.sluice.gateway.dialect.ChunkReader;
import org.sluice.gateway.dialect.ServerSentEvent;
import org.sluice.gateway.error.ErrorType;
import org.sluice.gateway.error.GatewayException;
import org.sluice.gateway.json.JsonValue;
import org.sluice.gateway.json.JsonValue.JsonObject;
import org.sluice.gateway.usage.Usage;

/**
 * Reads the events of one stream. What deltas did not tell is taken from the event that closes a piece, an item or the
 * answer, so that a provider may leave either out; events without a word here do not disturb.
 */
final class EventReader implements ChunkReader {
    private final Map<Long, ItemEvents> items = new LinkedHashMap<>();
    private final PartNumbers numbers = new PartNumbers();
    private boolean hasStarted;
    private boolean hasCalls;
    private boolean hasEnded;

    /** Numbers the parts of the answer as they begin. */
    static final class PartNumbers {
        private int next;

        int take() {
            return next++;
        }
    }

    @Override
    public List<ChatChunk> read(ServerSentEvent event) {
        if (event.data() == null || event.data().length() == 0 || hasEnded) {
            return List.of();
        }
        JsonObject data = Json.objectOrNull(event.data());
        if (data == null) {
            if (event.data().text().strip().equals("[DONE]")) {
                return List.of();
            }
            throw new GatewayException(ErrorType.UPSTREAM_INVALID, "An event of the provider's stream is not a JSON object.");
        }
        String type = data.text("type") != null ? data.text("type") : event.event() == null ? "" : event.event();
        List<ChatChunk> chunks = new ArrayList<>(2);
        switch (type) {
            case "response.created", "response.in_progress", "response.queued" -> start(data.object("response"), chunks);
            case "response.completed", "response.incomplete" -> finish(data.object("response"), chunks);
            case "response.failed", "error" ->
                throw GatewayException.provider(ErrorReader.read(502, "application/json", event.data().toBytes()));
            default -> piece(type, data, chunks);
        }
        return chunks;
    }

    private void start(JsonObject response, List<ChatChunk> chunks) {
        if (!hasStarted && response != null) {
            hasStarted = true;
            chunks.add(new ChatChunk.Started(response.text("id"), response.text("model"), ResponseReader.created(response), ResponseReader.said(response)));
        }
    }

    private void piece(String type, JsonObject data, List<ChatChunk> chunks) {
        long index = data.number("output_index", 0);
        JsonObject item = data.object("item");
        if (type.equals("response.output_item.added") && item != null) {
            open(index, item, chunks);
        } else if (type.equals("response.output_item.done") && item != null) {
            done(index, item, chunks);
        } else if (items.get(index) != null) {
            items.get(index).event(type, data, chunks);
        }
    }

    private ItemEvents open(long index, JsonObject item, List<ChatChunk> chunks) {
        ItemEvents events = new ItemEvents(item, numbers);
        hasCalls |= events.isCall();
        items.put(index, events);
        events.start(item, chunks);
        return events;
    }

    private void done(long index, JsonObject item, List<ChatChunk> chunks) {
        ItemEvents events = items.get(index);
        (events == null ? open(index, item, chunks) : events).done(item, chunks);
    }

    private boolean isKnown(JsonObject item) {
        String id = item.text("id");
        return id != null && items.values().stream().anyMatch(events -> events.isDone(id));
    }

    private void finish(JsonObject response, List<ChatChunk> chunks) {
        if (response == null) {
            throw new GatewayException(ErrorType.UPSTREAM_INVALID, "The provider's stream ends without a response.");
        }
        start(response, chunks);
        long index = 0;
        for (JsonValue value : response.items("output")) {
            if (value instanceof JsonObject item && !isKnown(item)) {
                done(index, item, chunks);
            }
            index++;
        }
        Usage usage = UsageCount.read(response.get("usage"));
        if (usage != null) {
            chunks.add(new ChatChunk.Counted(usage));
        }
        Map<String, RawJson> extras = UsageCount.extras(response.get("usage"));
        chunks.add(new ChatChunk.Finished(0, ResponseReader.finish(response, hasCalls), extras));
        chunks.add(new ChatChunk.Ended());
        hasEnded = true;
    }
}
