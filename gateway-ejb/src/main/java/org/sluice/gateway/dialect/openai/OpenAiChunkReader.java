package org.sluice.gateway.dialect.openai;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.sluice.gateway.chat.ChatChunk;
import org.sluice.gateway.dialect.ChunkReader;
import org.sluice.gateway.dialect.ServerSentEvent;
import org.sluice.gateway.dialect.Slice;
import org.sluice.gateway.error.ErrorType;
import org.sluice.gateway.error.GatewayException;
import org.sluice.gateway.json.JsonReader;
import org.sluice.gateway.json.JsonValue;
import org.sluice.gateway.json.JsonValue.JsonObject;
import org.sluice.gateway.usage.Usage;

/** Reads the chunks of one stream. Bytes that are not UTF-8 become U+FFFD. */
final class OpenAiChunkReader implements ChunkReader {
    private static final Set<String> KNOWN = Set.of("id", "object", "created", "model", "choices", "usage", "x_groq");
    private final Map<Integer, ChoiceReader> choices = new HashMap<>();
    private final TextTemplate template = new TextTemplate();
    private boolean hasStarted;
    private boolean hasEnded;

    @Override
    public List<ChatChunk> read(ServerSentEvent event) {
        Slice data = event.data();
        if (data == null || data.length() == 0 || hasEnded) {
            return List.of();
        }
        ChatChunk words = event.event() == null ? template.read(data) : null;
        if (words != null) {
            return List.of(words);
        }
        List<ChatChunk> read = new ArrayList<>(2);
        if (EventScan.isDone(data)) {
            hasEnded = true;
            read.add(new ChatChunk.Ended());
            return read;
        }
        JsonObject chunk = chunk(data);
        if (StreamWatch.isError(chunk) || "error".equals(event.event())) {
            throw GatewayException.provider(ErrorReader.read(ErrorReader.BAD_GATEWAY, "application/json", data.toBytes()));
        }
        start(chunk, read);
        for (JsonValue item : chunk.items("choices")) {
            if (item instanceof JsonObject choice) {
                int index = (int) choice.number("index", 0);
                choices.computeIfAbsent(index, ChoiceReader::new).read(choice, read);
            }
        }
        count(chunk, read);
        template.learn(data, read);
        return read;
    }

    private static JsonObject chunk(Slice data) {
        JsonObject chunk = json(data.toBytes());
        if (chunk == null) {
            chunk = json(data.text().getBytes(StandardCharsets.UTF_8));
        }
        if (chunk == null) {
            throw new GatewayException(ErrorType.UPSTREAM_INVALID, "The provider's stream holds an event that is not a chunk.");
        }
        return chunk;
    }

    private static JsonObject json(byte[] bytes) {
        try {
            return JsonReader.readAnswer(bytes);
        } catch (GatewayException notJson) {
            return null;
        }
    }

    /** Azure opens a stream with a chunk that has neither id nor choices; the answer starts after it. */
    private void start(JsonObject chunk, List<ChatChunk> read) {
        String id = chunk.text("id");
        boolean isNamed = id != null && !id.isEmpty();
        if (hasStarted || !isNamed && chunk.items("choices").isEmpty()) {
            return;
        }
        hasStarted = true;
        read.add(new ChatChunk.Started(isNamed ? id : null, chunk.text("model"), Math.max(0, chunk.number("created", 0)),
                Rest.present(chunk, KNOWN)));
    }

    private static void count(JsonObject chunk, List<ChatChunk> read) {
        Usage usage = UsageReader.read(chunk.get("usage"));
        if (usage == null && chunk.object("x_groq") != null) {
            usage = UsageReader.read(chunk.object("x_groq").get("usage"));
        }
        if (usage != null) {
            read.add(new ChatChunk.Counted(usage));
        }
    }
}
