package org.sluice.gateway.dialect.openai;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.sluice.gateway.chat.ChatChunk;
import org.sluice.gateway.chat.Part;
import org.sluice.gateway.chat.RawJson;
import org.sluice.gateway.chat.Signatures;
import org.sluice.gateway.json.JsonValue;
import org.sluice.gateway.json.JsonValue.JsonArray;
import org.sluice.gateway.json.JsonValue.JsonObject;

/**
 * Reads the deltas of one choice and numbers its parts: a part begins where the kind of delta changes, a tool call where
 * a new index or a new id appears. Some servers leave out the index, repeat id and name, or send the name late.
 */
final class ChoiceReader {
    /** Members of a delta that belong to its part; sources in {@code citations} come one by one, other lists as they are. */
    static final List<String> ATTACHED = List.of("annotations", "audio", "images", "reasoning_details", "citations");
    private static final Set<String> FINISH = Set.of("index", "delta", "finish_reason", "message", "text", "logprobs", "seed");

    private enum Kind { NONE, TEXT, REFUSAL, THINKING, TOOL_CALL }

    private static final class Call {
        final int index;
        final int part;
        String id;
        boolean isOpen;
        final StringBuilder early = new StringBuilder();

        Call(int index, int part, String id) {
            this.index = index;
            this.part = part;
            this.id = id;
        }
    }

    private final int choice;
    private final List<Call> calls = new ArrayList<>();
    private Kind kind = Kind.NONE;
    private int part;
    private int nextPart;
    private boolean hasFinished;
    private String lastSignature;
    private final ReasoningDetails details = new ReasoningDetails();

    ChoiceReader(int choice) {
        this.choice = choice;
    }

    void read(JsonObject source, List<ChatChunk> read) {
        JsonObject delta = source.object("delta");
        JsonValue logprobs = source.present("logprobs");
        if (delta != null) {
            thinking(delta, read);
            content(delta, logprobs, read);
            String refusal = delta.text("refusal");
            if (refusal != null && !refusal.isEmpty()) {
                read.add(new ChatChunk.RefusalDelta(choice, part(Kind.REFUSAL), refusal));
            }
            for (JsonValue item : delta.items("tool_calls")) {
                if (item instanceof JsonObject call) {
                    call(call, read);
                }
            }
            attached(delta, read);
        }
        String reason = source.text("finish_reason");
        if (reason != null && !reason.isEmpty() && !hasFinished) {
            hasFinished = true;
            read.add(new ChatChunk.Finished(choice, FinishReasons.read(reason), Rest.present(source, FINISH)));
        }
    }

    private int part(Kind wanted) {
        if (kind != wanted) {
            kind = wanted;
            part = nextPart++;
        }
        return part;
    }

    private void thinking(JsonObject delta, List<ChatChunk> read) {
        String words = ThinkingReader.text(delta);
        if (words != null) {
            read.add(new ChatChunk.ThinkingDelta(choice, part(Kind.THINKING), words));
        }
        for (JsonValue item : delta.items("thinking_blocks")) {
            block(item instanceof JsonObject object ? ThinkingReader.block(object) : null, read);
        }
        for (JsonValue item : delta.items("reasoning_details")) {
            if (item instanceof JsonObject detail) {
                signature("reasoning.text".equals(detail.text("type")) ? detail.text("signature") : details.signature(detail), read);
                block(ReasoningDetails.redacted(detail), read);
            }
        }
    }

    /** A signed block closes the thought whose words came before it; without such words it brings its own. */
    private void block(Part block, List<ChatChunk> read) {
        if (block instanceof Part.RedactedThinking redacted) {
            kind = Kind.NONE;
            read.add(new ChatChunk.RedactedThinking(choice, nextPart++, redacted.data()));
        } else if (block instanceof Part.Thinking thinking) {
            if (kind != Kind.THINKING && thinking.text() != null && !thinking.text().isEmpty()) {
                read.add(new ChatChunk.ThinkingDelta(choice, part(Kind.THINKING), thinking.text()));
            }
            signature(thinking.signature(), read);
        }
    }

    /** Words and signature of a thought that comes in pieces; nothing else has told its words. */
    private void thought(Part block, List<ChatChunk> read) {
        if (block instanceof Part.Thinking thinking) {
            if (thinking.text() != null && !thinking.text().isEmpty()) {
                read.add(new ChatChunk.ThinkingDelta(choice, part(Kind.THINKING), thinking.text()));
            }
            signature(thinking.signature(), read);
        }
    }

    /** A signature may stand in two notations at once; it is told once. */
    private void signature(String signature, List<ChatChunk> read) {
        if (signature == null || signature.isEmpty() || signature.equals(lastSignature)) {
            return;
        }
        lastSignature = signature;
        read.add(new ChatChunk.ThinkingSignature(choice, part(Kind.THINKING), signature));
        kind = Kind.NONE;
    }

    /** Content is a string; Mistral's reasoning models send an array of parts. */
    private void content(JsonObject delta, JsonValue logprobs, List<ChatChunk> read) {
        JsonValue content = delta.get("content");
        if (content instanceof JsonArray array) {
            for (JsonValue item : array.items()) {
                if (item instanceof JsonObject object && "thinking".equals(object.text("type"))) {
                    thought(ThinkingReader.block(object), read);
                } else if (item instanceof JsonObject object && object.text("text") != null) {
                    text(object.text("text"), null, read);
                }
            }
        } else if (content != null && content.asText() != null) {
            text(content.asText(), logprobs, read);
        }
    }

    private void text(String text, JsonValue logprobs, List<ChatChunk> read) {
        if (!text.isEmpty() || logprobs != null && hasContent(logprobs)) {
            Map<String, RawJson> extras = logprobs == null ? Map.of() : Map.of("logprobs", logprobs.raw());
            read.add(new ChatChunk.TextDelta(choice, part(Kind.TEXT), text, extras));
        }
    }

    private static boolean hasContent(JsonValue logprobs) {
        return logprobs instanceof JsonObject object && !object.items("content").isEmpty();
    }

    private void call(JsonObject delta, List<ChatChunk> read) {
        String id = delta.text("id");
        JsonObject function = delta.object("function") != null ? delta.object("function") : delta.object("custom");
        int index = (int) delta.number("index", -1);
        Call call = find(index, id);
        if (call == null) {
            kind = Kind.TOOL_CALL;
            part = nextPart++;
            call = new Call(index < 0 ? calls.size() : index, part, id);
            calls.add(call);
        }
        if (call.id == null || call.id.isEmpty()) {
            call.id = id;
        }
        String name = function == null ? null : function.text("name");
        if (!call.isOpen && name != null && !name.isEmpty()) {
            call.isOpen = true;
            String known = call.id == null || call.id.isEmpty() ? "call_" + choice + "_" + call.index : Signatures.idOf(call.id);
            read.add(new ChatChunk.ToolCallStarted(choice, call.part, known, name, ToolCallReader.signed(delta, Rest.present(delta, Set.of("id", "type", "function", "index")))));
        }
        String fragment = function == null ? "" : function.text("input") != null ? function.text("input") : ToolCallReader.arguments(function);
        arguments(call, fragment, read);
    }

    private void arguments(Call call, String fragment, List<ChatChunk> read) {
        call.early.append(fragment);
        if (call.isOpen && call.early.length() > 0) {
            read.add(new ChatChunk.ArgumentsDelta(choice, call.part, call.early.toString()));
            call.early.setLength(0);
        }
    }

    private Call find(int index, String id) {
        for (int i = calls.size() - 1; i >= 0; i--) {
            Call call = calls.get(i);
            if (index < 0 || call.index == index) {
                boolean isOther = id != null && !id.isEmpty() && call.id != null && !call.id.isEmpty() && !call.id.equals(id);
                return isOther ? null : call;
            }
        }
        return null;
    }

    private void attached(JsonObject delta, List<ChatChunk> read) {
        for (String name : ATTACHED) {
            JsonValue value = delta.present(name);
            if (value instanceof JsonArray array && name.equals("citations")) {
                array.items().forEach(item -> attach(name, item, read));
            } else if (value != null && !(value instanceof JsonArray array && array.items().isEmpty())) {
                attach(name, value, read);
            }
        }
        for (Part block : PartReader.blocks(delta)) {
            kind = Kind.NONE;
            read.add(new ChatChunk.OpaquePart(choice, nextPart++, (Part.Opaque) block));
        }
    }

    private void attach(String name, JsonValue value, List<ChatChunk> read) {
        read.add(new ChatChunk.PartExtra(choice, Math.max(0, kind == Kind.NONE ? nextPart - 1 : part), name, value.raw()));
    }
}
