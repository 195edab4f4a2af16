package org.sluice.gateway.dialect.anthropic;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.sluice.gateway.chat.ChatChunk;
import org.sluice.gateway.chat.Part;
import org.sluice.gateway.chat.RawJson;
import org.sluice.gateway.chat.Signatures;
import org.sluice.gateway.json.JsonValue;
import org.sluice.gateway.json.JsonValue.JsonObject;
import org.sluice.gateway.json.JsonValue.JsonString;
import org.sluice.gateway.json.JsonWriter;

/** The events of one content block, from its start to its stop. */
final class BlockEvents {
    private enum Kind { TEXT, THINKING, REDACTED, TOOL_CALL, ANSWER, OTHER }

    private final int part;
    private final JsonObject block;
    private final Kind kind;
    private final StringBuilder input = new StringBuilder();
    private final Map<String, JsonValue> changes = new LinkedHashMap<>();
    private boolean hasInput;

    private BlockEvents(int part, JsonObject block, Kind kind) {
        this.part = part;
        this.block = block;
        this.kind = kind;
    }

    static BlockEvents of(int part, JsonObject block) {
        return new BlockEvents(part, block, switch (block.text("type") == null ? "" : block.text("type")) {
            case "text" -> Kind.TEXT;
            case "thinking" -> Kind.THINKING;
            case "redacted_thinking" -> Kind.REDACTED;
            case "tool_use" -> StructuredAnswer.TOOL_NAME.equals(block.text("name")) ? Kind.ANSWER : Kind.TOOL_CALL;
            default -> Kind.OTHER;
        });
    }

    boolean isToolCall() {
        return kind == Kind.TOOL_CALL;
    }

    void start(List<ChatChunk> chunks) {
        switch (kind) {
            case TEXT -> {
                text(block.text("text"), chunks);
                block.items("citations").forEach(item -> chunks.add(new ChatChunk.PartExtra(0, part, "citations", item.raw())));
            }
            case THINKING -> {
                thinking(block.text("thinking"), chunks);
                sign(block.text("signature"), chunks);
            }
            case REDACTED -> chunks.add(new ChatChunk.RedactedThinking(0, part, block.text("data") == null ? "" : block.text("data")));
            case TOOL_CALL -> chunks.add(new ChatChunk.ToolCallStarted(0, part, Signatures.idOf(block.text("id")), block.text("name"),
                    CarriedParts.extras(block.text("id"), Rest.of(block, Set.of("type", "id", "name", "input")))));
            default -> { }
        }
    }

    void delta(JsonObject delta, List<ChatChunk> chunks) {
        if (kind == Kind.OTHER) {
            change(delta);
            return;
        }
        switch (delta.text("type") == null ? "" : delta.text("type")) {
            case "text_delta" -> text(delta.text("text"), chunks);
            case "thinking_delta" -> thinking(delta.text("thinking"), chunks);
            case "signature_delta" -> sign(delta.text("signature"), chunks);
            case "input_json_delta" -> input(delta.text("partial_json"), chunks);
            case "citations_delta" -> {
                if (delta.present("citation") != null) {
                    chunks.add(new ChatChunk.PartExtra(0, part, "citations", delta.get("citation").raw()));
                }
            }
            default -> { }
        }
    }

    /** A whole block of another kind is told now; a call without fragments has the input it began with. */
    void stop(List<ChatChunk> chunks) {
        if (kind == Kind.OTHER) {
            chunks.add(new ChatChunk.OpaquePart(0, part, new Part.Opaque(AnthropicDialect.NAME,
                    block.text("type") == null ? "" : block.text("type"), whole())));
        } else if ((kind == Kind.TOOL_CALL || kind == Kind.ANSWER) && !hasInput && block.present("input") != null) {
            input(block.get("input").raw().text(), chunks);
        }
        chunks.add(new ChatChunk.PartEnded(0, part));
    }

    private void text(String text, List<ChatChunk> chunks) {
        if (text != null && !text.isEmpty()) {
            chunks.add(new ChatChunk.TextDelta(0, part, text));
        }
    }

    private void thinking(String text, List<ChatChunk> chunks) {
        if (text != null && !text.isEmpty()) {
            chunks.add(new ChatChunk.ThinkingDelta(0, part, text));
        }
    }

    private void sign(String signature, List<ChatChunk> chunks) {
        String canonical = CarriedParts.signature(signature);
        if (canonical != null) {
            chunks.add(new ChatChunk.ThinkingSignature(0, part, canonical));
        }
    }

    private void input(String fragment, List<ChatChunk> chunks) {
        if (fragment != null && !fragment.isEmpty()) {
            hasInput = true;
            chunks.add(kind == Kind.ANSWER ? new ChatChunk.TextDelta(0, part, fragment) : new ChatChunk.ArgumentsDelta(0, part, fragment));
        }
    }

    /** Fragments of {@code input} are joined; of other deltas strings are joined and lists and values taken over. */
    private void change(JsonObject delta) {
        if ("input_json_delta".equals(delta.text("type"))) {
            input.append(delta.text("partial_json") == null ? "" : delta.text("partial_json"));
            return;
        }
        delta.members().forEach((name, value) -> {
            JsonValue before = changes.getOrDefault(name, block.get(name));
            boolean isJoined = before instanceof JsonString && value instanceof JsonString;
            if (!name.equals("type") && !value.isNull()) {
                changes.put(name, isJoined ? new JsonString(before.asText() + value.asText()) : value);
            }
        });
    }

    private RawJson whole() {
        if (input.isEmpty() && changes.isEmpty()) {
            return block.raw();
        }
        Map<String, RawJson> members = new LinkedHashMap<>();
        block.members().forEach((name, value) -> members.put(name, value.raw()));
        changes.forEach((name, value) -> members.put(name, value.raw()));
        if (!input.isEmpty()) {
            boolean isJson = ProviderJson.valueOrNull(input.toString()) != null;
            members.put("input", isJson ? new RawJson(input.toString()) : BlockWriter.input(input.toString()));
        }
        return new RawJson(new JsonWriter().beginObject().members(members).endObject().toText());
    }
}
