package org.sluice.gateway.provider.bedrock;

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
import org.sluice.gateway.dialect.Slice;
import org.sluice.gateway.error.ErrorType;
import org.sluice.gateway.error.GatewayException;
import org.sluice.gateway.json.JsonReader;
import org.sluice.gateway.json.JsonValue.JsonObject;
import org.sluice.gateway.usage.Usage;

/**
 * Reads the events of one ConverseStream, as {@link ConverseEvents} gives them. The end of the answer is told when its
 * counts have come too, which follow it as a rule. {@code p} is padding.
 */
final class ConverseReader implements ChunkReader {
    private static final Set<String> STOP = Set.of("stopReason", "p");
    private static final Set<String> METADATA = Set.of("usage", "p");
    private final String model;
    private final BedrockModel family;
    private final Map<Long, OpenBlock> open = new HashMap<>();
    private final Map<String, RawJson> extras = new LinkedHashMap<>();
    private boolean hasStarted;
    private boolean hasCalls;
    private boolean hasStopped;
    private boolean hasMetadata;
    private boolean hasEnded;
    private FinishReason reason;
    private Usage usage;

    ConverseReader(String model) {
        this.model = model;
        this.family = BedrockModel.of(String.valueOf(model));
    }

    @Override
    public List<ChatChunk> read(ServerSentEvent event) {
        String name = event.event();
        if (name.startsWith(ConverseEvents.FAILURE)) {
            throw GatewayException.provider(ConverseError.inStream(name.substring(1), event.data()));
        }
        JsonObject data = object(event.data());
        List<ChatChunk> chunks = new ArrayList<>(3);
        if (!hasStarted) {
            hasStarted = true;
            chunks.add(new ChatChunk.Started(null, model, 0, Map.of()));
        }
        long index = data.number("contentBlockIndex", 0);
        switch (name) {
            case "contentBlockStart" -> start(index, data.object("start"), chunks);
            case "contentBlockDelta" -> delta(index, data.object("delta"), chunks);
            case "contentBlockStop" -> stop(index, chunks);
            case "messageStop" -> {
                reason = StopReason.read(data.text("stopReason"), hasCalls);
                StopReason.extras(data, extras);
                keep(data, STOP);
                hasStopped = true;
                end(hasMetadata, chunks);
            }
            case "metadata" -> {
                keep(data, METADATA);
                usage = ConverseUsage.read(data.object("usage"));
                hasMetadata = true;
                end(hasStopped, chunks);
            }
            case ConverseEvents.END -> end(hasStopped, chunks);
            default -> { }
        }
        return chunks;
    }

    private static JsonObject object(Slice data) {
        try {
            if (JsonReader.readAnswer(data.array(), data.from(), data.to()) instanceof JsonObject object) {
                return object;
            }
        } catch (GatewayException notJson) {
            // told below
        }
        throw new GatewayException(ErrorType.UPSTREAM_INVALID, "An event of the provider's stream is not a JSON object.");
    }

    private void start(long index, JsonObject start, List<ChatChunk> chunks) {
        if (start != null) {
            OpenBlock block = OpenBlock.of((int) index, start, family);
            open.put(index, block);
            hasCalls |= block.isToolCall();
            block.start(chunks);
        }
    }

    /** Text and reasoning begin without a start. */
    private void delta(long index, JsonObject delta, List<ChatChunk> chunks) {
        if (delta != null) {
            open.computeIfAbsent(index, unused -> OpenBlock.plain((int) index, family)).delta(delta, chunks);
        }
    }

    private void stop(long index, List<ChatChunk> chunks) {
        OpenBlock block = open.remove(index);
        if (block != null) {
            block.stop(chunks);
        }
    }

    private void keep(JsonObject data, Set<String> known) {
        data.members().forEach((name, value) -> {
            if (!known.contains(name) && !value.isNull()) {
                extras.put(name, value.raw());
            }
        });
    }

    private void end(boolean isComplete, List<ChatChunk> chunks) {
        if (hasEnded || !isComplete) {
            return;
        }
        hasEnded = true;
        chunks.add(new ChatChunk.Finished(0, reason, extras));
        if (usage != null) {
            chunks.add(new ChatChunk.Counted(usage));
        }
        chunks.add(new ChatChunk.Ended());
    }
}
