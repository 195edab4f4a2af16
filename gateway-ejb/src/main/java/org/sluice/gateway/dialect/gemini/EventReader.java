package org.sluice.gateway.dialect.gemini;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.sluice.gateway.chat.ChatChunk;
import org.sluice.gateway.chat.FinishReason;
import org.sluice.gateway.chat.RawJson;
import org.sluice.gateway.dialect.ChunkReader;
import org.sluice.gateway.dialect.ServerSentEvent;
import org.sluice.gateway.error.ErrorType;
import org.sluice.gateway.error.GatewayException;
import org.sluice.gateway.json.JsonValue;
import org.sluice.gateway.json.JsonValue.JsonObject;
import org.sluice.gateway.usage.Usage;

/**
 * Reads the events of one stream: each is an answer with a piece of what is said. There is no last event; a stream has
 * ended well when every candidate has given a finish reason, or the prompt was blocked.
 */
final class EventReader implements ChunkReader {
    private final SortedMap<Integer, CandidateEvents> candidates = new TreeMap<>();
    private final UsageCount usage = new UsageCount();
    private final Map<String, RawJson> answer = new LinkedHashMap<>();
    private Usage told;
    private String seed;
    private boolean isBlocked;
    private boolean hasEnded;

    @Override
    public List<ChatChunk> read(ServerSentEvent event) {
        if (event.data() == null || event.data().length() == 0) {
            return List.of();
        }
        JsonObject data = ProviderJson.objectOrNull(event.data());
        if (data == null) {
            if (!event.isComplete() || event.data().text().equals("[DONE]")) {
                return List.of();
            }
            throw new GatewayException(ErrorType.UPSTREAM_INVALID, "An event of the provider's stream is not a JSON object.");
        }
        if (Fields.get(data, "error") != null && Fields.get(data, "candidates") == null) {
            throw GatewayException.provider(ErrorReader.inStream(event.data()));
        }
        List<ChatChunk> chunks = new ArrayList<>(4);
        start(data, event, chunks);
        List<JsonValue> items = Fields.items(data, "candidates");
        for (int i = 0; i < items.size(); i++) {
            if (items.get(i) instanceof JsonObject candidate) {
                int index = (int) Fields.number(candidate, "index", i);
                candidates.computeIfAbsent(index, at -> new CandidateEvents(at, ResponseReader.ids(seed, at))).read(candidate, chunks);
            }
        }
        count(Fields.object(data, "usageMetadata"), chunks);
        return chunks;
    }

    private void start(JsonObject data, ServerSentEvent event, List<ChatChunk> chunks) {
        isBlocked |= Fields.object(data, ResponseReader.FEEDBACK) != null;
        if (seed == null) {
            seed = ResponseReader.seed(data, event.data());
            chunks.add(new ChatChunk.Started(Fields.text(data, "responseId"), Fields.text(data, "modelVersion"), ResponseReader.created(data),
                    Rest.of(data, ResponseReader.MEMBERS)));
        } else if (Fields.get(data, ResponseReader.FEEDBACK) != null) {
            answer.put(ResponseReader.FEEDBACK, Fields.get(data, ResponseReader.FEEDBACK).raw());
        }
    }

    private void count(JsonObject counted, List<ChatChunk> chunks) {
        if (counted == null) {
            return;
        }
        usage.read(counted);
        answer.putAll(UsageCount.extras(counted));
        if (usage.usage() != null && !usage.usage().equals(told)) {
            told = usage.usage();
            chunks.add(new ChatChunk.Counted(told));
        }
    }

    @Override
    public List<ChatChunk> end() {
        boolean isComplete = candidates.isEmpty() ? isBlocked : candidates.values().stream().allMatch(CandidateEvents::isFinished);
        if (hasEnded || !isComplete) {
            return List.of();
        }
        hasEnded = true;
        List<ChatChunk> chunks = new ArrayList<>(4);
        if (candidates.isEmpty()) {
            chunks.add(new ChatChunk.Finished(0, FinishReason.CONTENT_FILTER, answer));
        }
        boolean isFirst = true;
        for (CandidateEvents candidate : candidates.values()) {
            candidate.end(isFirst ? answer : Map.of(), chunks);
            isFirst = false;
        }
        chunks.add(new ChatChunk.Ended());
        return chunks;
    }
}
