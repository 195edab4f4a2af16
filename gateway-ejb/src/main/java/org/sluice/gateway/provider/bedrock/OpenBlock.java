package org.sluice.gateway.provider.bedrock;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.sluice.gateway.chat.ChatChunk;
import org.sluice.gateway.chat.RawJson;
import org.sluice.gateway.json.JsonValue.JsonArray;
import org.sluice.gateway.json.JsonValue.JsonObject;
import org.sluice.gateway.json.JsonWriter;

/** One content block of a stream, from its start to its stop. */
final class OpenBlock {
    private enum Kind { PLAIN, TOOL_CALL, ANSWER, OTHER }

    private final int part;
    private final Kind kind;
    private final String name;
    private final JsonObject start;
    private final StringBuilder input = new StringBuilder();
    private final StringBuilder items = new StringBuilder();
    private final BedrockModel model;
    private boolean hasInput;
    private boolean isSigned;

    private OpenBlock(int part, Kind kind, String name, JsonObject start, BedrockModel model) {
        this.model = model;
        this.part = part;
        this.kind = kind;
        this.name = name;
        this.start = start;
    }

    static OpenBlock plain(int part, BedrockModel model) {
        return new OpenBlock(part, Kind.PLAIN, null, null, model);
    }

    static OpenBlock of(int part, JsonObject start, BedrockModel model) {
        JsonObject call = start.object("toolUse");
        if (call != null && ConverseAnswer.isForCaller(call)) {
            return new OpenBlock(part, AnswerForm.TOOL_NAME.equals(call.text("name")) ? Kind.ANSWER : Kind.TOOL_CALL, "toolUse", call, model);
        }
        String name = start.members().isEmpty() ? null : start.members().keySet().iterator().next();
        return name == null ? plain(part, model) : new OpenBlock(part, Kind.OTHER, name, start.object(name), model);
    }

    boolean isToolCall() {
        return kind == Kind.TOOL_CALL;
    }

    void start(List<ChatChunk> chunks) {
        if (kind == Kind.TOOL_CALL) {
            chunks.add(new ChatChunk.ToolCallStarted(0, part, start.text("toolUseId"), start.text("name"), Map.of()));
        }
    }

    void delta(JsonObject delta, List<ChatChunk> chunks) {
        JsonObject reasoning = delta.object("reasoningContent");
        if (kind == Kind.OTHER) {
            change(delta);
        } else if (delta.object("toolUse") != null) {
            input(delta.object("toolUse").text("input"), chunks);
        } else if (reasoning != null) {
            reasoning(reasoning, chunks);
        } else if (delta.present("citation") != null) {
            chunks.add(new ChatChunk.PartExtra(0, part, "citations", delta.get("citation").raw()));
        } else if (delta.text("text") != null && !delta.text("text").isEmpty()) {
            chunks.add(new ChatChunk.TextDelta(0, part, delta.text("text")));
        }
    }

    private void reasoning(JsonObject reasoning, List<ChatChunk> chunks) {
        if (reasoning.text("text") != null && !reasoning.text("text").isEmpty()) {
            chunks.add(new ChatChunk.ThinkingDelta(0, part, reasoning.text("text")));
        }
        if (reasoning.text("signature") != null && !reasoning.text("signature").isEmpty()) {
            chunks.add(new ChatChunk.ThinkingSignature(0, part, isSigned ? reasoning.text("signature") : model.signature(reasoning.text("signature"))));
            isSigned = true;
        }
        if (reasoning.text("redactedContent") != null) {
            String signature = model.redactedSignature(reasoning.text("redactedContent"));
            chunks.add(signature == null ? new ChatChunk.RedactedThinking(0, part, ConverseAnswer.redacted(reasoning.text("redactedContent")))
                    : new ChatChunk.ThinkingSignature(0, part, signature));
        }
    }

    private void input(String fragment, List<ChatChunk> chunks) {
        if (fragment != null && !fragment.isEmpty()) {
            hasInput = true;
            chunks.add(kind == Kind.ANSWER ? new ChatChunk.TextDelta(0, part, fragment) : new ChatChunk.ArgumentsDelta(0, part, fragment));
        }
    }

    /** Fragments of a call of the provider's own tool are joined, pieces of its result are listed. */
    private void change(JsonObject delta) {
        if (delta.object("toolUse") != null) {
            input.append(delta.object("toolUse").text("input") == null ? "" : delta.object("toolUse").text("input"));
        } else if (delta.get(name) instanceof JsonArray pieces) {
            pieces.items().forEach(piece -> items.append(items.isEmpty() ? "" : ",").append(piece.raw().text()));
        }
    }

    /** A whole block of another kind is told now; a call without fragments has no arguments. */
    void stop(List<ChatChunk> chunks) {
        if (kind == Kind.OTHER) {
            chunks.add(new ChatChunk.OpaquePart(0, part, ConverseAnswer.opaque(name, whole())));
        } else if ((kind == Kind.TOOL_CALL || kind == Kind.ANSWER) && !hasInput) {
            input("{}", chunks);
        }
        chunks.add(new ChatChunk.PartEnded(0, part));
    }

    private RawJson whole() {
        Map<String, RawJson> members = new LinkedHashMap<>();
        if (start != null) {
            start.members().forEach((member, value) -> members.put(member, value.raw()));
        }
        if (name.equals("toolUse")) {
            members.put("input", ContentWriter.input(input.toString()));
        } else if (!items.isEmpty()) {
            members.put("content", new RawJson("[" + items + "]"));
        }
        return new RawJson(new JsonWriter().beginObject().members(members).endObject().toText());
    }
}
