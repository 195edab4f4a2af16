package org.sluice.gateway.provider.cohere;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.sluice.gateway.chat.ChatChunk;
import org.sluice.gateway.chat.RawJson;
import org.sluice.gateway.dialect.ChunkReader;
import org.sluice.gateway.dialect.ServerSentEvent;
import org.sluice.gateway.dialect.Slice;
import org.sluice.gateway.error.ErrorType;
import org.sluice.gateway.error.GatewayException;
import org.sluice.gateway.error.ProviderError;
import org.sluice.gateway.json.JsonReader;
import org.sluice.gateway.json.JsonValue.JsonObject;

/** Reads the events of one stream. */
final class EventReader implements ChunkReader {
    private static final int BAD_GATEWAY = 502;
    private final Map<String, Integer> parts = new HashMap<>();
    private final Set<Integer> ended = new HashSet<>();
    /** Beginnings of arguments by call; null once they pass. */
    private final Map<Integer, String> heldBack = new HashMap<>();
    private boolean isEnded;

    @Override
    public List<ChatChunk> read(ServerSentEvent event) {
        Slice data = event.data();
        if (data == null || data.length() == 0 || isEnded || data.text().equals("[DONE]")) {
            return List.of();
        }
        JsonObject json = object(data);
        JsonObject delta = json.object("delta");
        JsonObject message = delta == null ? null : delta.object("message");
        String type = json.text("type");
        int index = (int) json.number("index", 0);
        List<ChatChunk> read = new ArrayList<>(2);
        if (type == null) {
            throw failure(json.text("message") == null ? "The provider's stream holds an event without a type." : json.text("message"), data);
        }
        switch (type) {
            case "message-start" -> read.add(new ChatChunk.Started(json.text("id"), null, 0, Map.of()));
            case "content-start", "content-delta" -> content(index, message == null ? null : message.object("content"), read);
            case "content-end" -> end("content " + index, read);
            case "tool-plan-delta" -> plan(message, read);
            case "tool-call-start" -> call(index, message == null ? null : message.object("tool_calls"), read);
            case "tool-call-delta" -> arguments(index, message == null ? null : message.object("tool_calls"), read);
            case "tool-call-end" -> {
                release(index, read);
                end("call " + index, read);
            }
            case "citation-start" -> citation(message == null ? null : message.object(ResponseReader.CITATIONS), read);
            case "message-end" -> finish(delta, data, read);
            default -> { }
        }
        return read;
    }

    private static JsonObject object(Slice data) {
        try {
            return JsonReader.readAnswer(data.toBytes());
        } catch (GatewayException e) {
            throw new GatewayException(ErrorType.UPSTREAM_INVALID, "The provider's stream holds an event that is not JSON.", e);
        }
    }

    private int part(String key) {
        return parts.computeIfAbsent(key, k -> parts.size());
    }

    private void end(String key, List<ChatChunk> read) {
        Integer part = parts.get(key);
        if (part != null && ended.add(part)) {
            read.add(new ChatChunk.PartEnded(0, part));
        }
    }

    private void content(int index, JsonObject content, List<ChatChunk> read) {
        if (content == null) {
            return;
        }
        int part = part("content " + index);
        if (content.text("thinking") != null) {
            read.add(new ChatChunk.ThinkingDelta(0, part, content.text("thinking")));
        } else if (content.text("text") != null) {
            read.add(new ChatChunk.TextDelta(0, part, content.text("text")));
        }
    }

    private void plan(JsonObject message, List<ChatChunk> read) {
        if (message != null && message.text("tool_plan") != null) {
            read.add(new ChatChunk.ThinkingDelta(0, part("plan"), message.text("tool_plan")));
        }
    }

    private void call(int index, JsonObject call, List<ChatChunk> read) {
        if (call == null || call.object("function") == null) {
            return;
        }
        end("plan", read);
        read.add(new ChatChunk.ToolCallStarted(0, part("call " + index), call.text("id"), call.object("function").text("name"), Map.of()));
        arguments(index, call, read);
    }

    /** The first letters are held back until it is clear that they are not {@code null}, which means no arguments. */
    private void arguments(int index, JsonObject call, List<ChatChunk> read) {
        String fragment = call == null || call.object("function") == null ? null : call.object("function").text("arguments");
        if (fragment == null || fragment.isEmpty()) {
            return;
        }
        String held = heldBack.getOrDefault(index, "");
        if (held != null && "null".startsWith(held + fragment)) {
            heldBack.put(index, held + fragment);
            return;
        }
        heldBack.put(index, null);
        read.add(new ChatChunk.ArgumentsDelta(0, part("call " + index), held == null ? fragment : held + fragment));
    }

    private void release(int index, List<ChatChunk> read) {
        String held = heldBack.getOrDefault(index, "");
        if (held != null && parts.containsKey("call " + index)) {
            heldBack.put(index, null);
            read.add(new ChatChunk.ArgumentsDelta(0, part("call " + index), held.isEmpty() || held.equals("null") ? "{}" : held));
        }
    }

    private void citation(JsonObject citation, List<ChatChunk> read) {
        if (citation != null) {
            int at = parts.getOrDefault("content " + citation.number("content_index", 0), Math.max(0, parts.size() - 1));
            read.add(new ChatChunk.PartExtra(0, at, ResponseReader.CITATIONS, new RawJson("[" + citation.raw().text() + "]")));
        }
    }

    private void finish(JsonObject delta, Slice data, List<ChatChunk> read) {
        String reason = delta == null ? null : delta.text("finish_reason");
        if (ResponseReader.isFailure(reason)) {
            throw failure(delta.text("error") == null ? "The provider ended the answer with " + reason + "." : delta.text("error"), data);
        }
        isEnded = true;
        JsonObject usage = delta == null ? null : delta.object("usage");
        read.add(new ChatChunk.Finished(0, ResponseReader.finish(reason), ResponseReader.aboutUsage(usage)));
        if (ResponseReader.usage(usage) != null) {
            read.add(new ChatChunk.Counted(ResponseReader.usage(usage)));
        }
        read.add(new ChatChunk.Ended());
    }

    private static GatewayException failure(String words, Slice data) {
        return GatewayException.provider(new ProviderError(BAD_GATEWAY, null, null, null, words, CohereDialect.NAME, "application/json",
                data.text().getBytes(StandardCharsets.UTF_8), null, Map.of()));
    }
}
