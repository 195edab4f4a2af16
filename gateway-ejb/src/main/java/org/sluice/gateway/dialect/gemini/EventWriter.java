package org.sluice.gateway.dialect.gemini;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.sluice.gateway.chat.ChatChunk;
import org.sluice.gateway.chat.Part;
import org.sluice.gateway.chat.RawJson;
import org.sluice.gateway.dialect.ChunkWriter;
import org.sluice.gateway.dialect.Slice;
import org.sluice.gateway.json.JsonWriter;
import org.sluice.gateway.usage.Usage;

/**
 * Writes the events of one stream: each an answer with one part. Calls are told when their arguments are complete; finish
 * reasons and usage stand in the last event. One id for the whole stream. A slice is valid until the next write.
 */
final class EventWriter implements ChunkWriter {
    private final JsonWriter json = new JsonWriter();
    private final SortedMap<Integer, CandidateFrames> candidates = new TreeMap<>();
    private final Map<String, RawJson> answer = new LinkedHashMap<>();
    private String id;
    private String responseModel;
    private Usage usage;

    @Override
    public Slice write(ChatChunk chunk) {
        json.reset();
        if (chunk instanceof ChatChunk.Started started) {
            id = started.id();
            responseModel = started.responseModel();
            answer.putAll(started.extras());
        } else if (chunk instanceof ChatChunk.Counted counted) {
            usage = counted.usage();
        } else if (chunk instanceof ChatChunk.Finished finished) {
            finished.extras().forEach((name, value) -> {
                if (name.startsWith(UsageCount.PREFIX) || name.equals(ResponseReader.FEEDBACK)) {
                    answer.put(name, value);
                }
            });
            candidate(finished.choice()).finish(finished);
        } else if (chunk instanceof ChatChunk.TextDelta delta) {
            candidate(delta.choice()).say(delta.part(), new Part.Text(delta.text()));
        } else if (chunk instanceof ChatChunk.RefusalDelta delta) {
            candidate(delta.choice()).say(delta.part(), new Part.Text(delta.text()));
        } else if (chunk instanceof ChatChunk.ThinkingDelta delta) {
            candidate(delta.choice()).think(delta.part(), delta.text());
        } else if (chunk instanceof ChatChunk.ThinkingSignature signature) {
            candidate(signature.choice()).sign(signature.part(), signature.signature());
        } else if (chunk instanceof ChatChunk.RedactedThinking redacted) {
            candidate(redacted.choice()).say(redacted.part(), new Part.RedactedThinking(redacted.data(), Map.of()));
        } else if (chunk instanceof ChatChunk.ToolCallStarted call) {
            candidate(call.choice()).call(call);
        } else if (chunk instanceof ChatChunk.ArgumentsDelta delta) {
            candidate(delta.choice()).argue(delta.part(), delta.fragment());
        } else if (chunk instanceof ChatChunk.PartExtra extra) {
            candidate(extra.choice()).attach(extra);
        } else if (chunk instanceof ChatChunk.OpaquePart opaque && opaque.value().dialect().equals(GeminiDialect.NAME)) {
            candidate(opaque.choice()).say(opaque.part(), opaque.value());
        } else if (chunk instanceof ChatChunk.PartEnded ended) {
            candidate(ended.choice()).end(ended.part());
        }
        return json.size() == 0 ? null : json.toSlice();
    }

    private CandidateFrames candidate(int choice) {
        return candidates.computeIfAbsent(choice, index -> new CandidateFrames(index, this, answer));
    }

    /** Opens an event down to the parts of one candidate. */
    JsonWriter open() {
        return json.outside("data: ").beginObject().name("candidates").beginArray().beginObject()
                .name("content").beginObject().name("parts").beginArray();
    }

    void close(int choice) {
        json.endArray().name("role").value("model").endObject().name("index").value(choice).endObject().endArray();
        tail(Map.of());
    }

    private void tail(Map<String, RawJson> extras) {
        id = id == null || id.isEmpty() ? ResponseWriter.newId() : id;
        ResponseWriter.tail(json, id, responseModel, extras);
        json.endObject().outside("\n\n");
    }

    @Override
    public Slice end() {
        json.reset();
        candidates.values().forEach(CandidateFrames::drain);
        json.outside("data: ").beginObject();
        boolean isBlocked = ResponseWriter.isBlocked(answer) && candidates.values().stream().noneMatch(CandidateFrames::hasSpoken);
        if (!isBlocked) {
            json.name("candidates").beginArray();
            if (candidates.isEmpty()) {
                candidate(0);
            }
            candidates.values().forEach(candidate -> candidate.writeEnd(json));
            json.endArray();
        }
        UsageCount.write(json, usage, answer);
        tail(answer);
        return json.toSlice();
    }
}
