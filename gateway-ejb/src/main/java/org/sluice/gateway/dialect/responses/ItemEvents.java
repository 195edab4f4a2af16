package org.sluice.gateway.dialect.responses;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.sluice.gateway.chat.ChatChunk;
import org.sluice.gateway.chat.Part;
import org.sluice.gateway.chat.RawJson;
import org.sluice.gateway.chat.Signatures;
import org.sluice.gateway.json.JsonValue;
import org.sluice.gateway.json.JsonValue.JsonObject;

/** The events of one output item, from its beginning to its end, which may both be told more than once. */
final class ItemEvents {
    private enum Kind { MESSAGE, REASONING, CALL, CUSTOM_CALL, OTHER }

    /** One content part of a message. */
    private static final class Words {
        final int part;
        boolean hasText;
        boolean hasAnnotations;
        boolean hasLogprobs;

        Words(int part) {
            this.part = part;
        }
    }

    private final EventReader.PartNumbers numbers;
    private final String id;
    private final Kind kind;
    private final Map<Long, Words> contents = new HashMap<>();
    private Map<String, RawJson> members;
    private int part = -1;
    private boolean hasText;
    private Boolean isContent;
    private boolean isDone;

    ItemEvents(JsonObject item, EventReader.PartNumbers numbers) {
        this.numbers = numbers;
        this.id = item.text("id");
        this.kind = switch (item.text("type") == null ? "message" : item.text("type")) {
            case "message" -> Kind.MESSAGE;
            case "reasoning" -> Kind.REASONING;
            case "function_call" -> Kind.CALL;
            case "custom_tool_call" -> Kind.CUSTOM_CALL;
            default -> Kind.OTHER;
        };
    }

    /** Whether this is the item of that id and has ended. */
    boolean isDone(String itemId) {
        return isDone && itemId.equals(id);
    }

    boolean isCall() {
        return kind == Kind.CALL || kind == Kind.CUSTOM_CALL;
    }

    void start(JsonObject item, List<ChatChunk> chunks) {
        if (kind == Kind.MESSAGE) {
            members = OutputReader.messageMembers(item);
        } else if (kind == Kind.REASONING && id != null && !Ids.isOurs(id)) {
            part = numbers.take();
            chunks.add(new ChatChunk.ThinkingDelta(0, part, "", Map.of(Thoughts.ID, Rest.string(id))));
        } else if (isCall()) {
            part = numbers.take();
            List<Part> read = new ArrayList<>();
            OutputReader.add(read, item, "item");
            Part.ToolCall call = (Part.ToolCall) read.get(0);
            chunks.add(new ChatChunk.ToolCallStarted(0, part, Signatures.idOf(call.id()), call.name(), call.extras()));
        }
    }

    void event(String type, JsonObject data, List<ChatChunk> chunks) {
        String delta = data.text("delta");
        switch (type) {
            case "response.output_text.delta" -> {
                text(words(data), delta, chunks);
                logprobs(words(data), data, chunks);
            }
            case "response.refusal.delta" -> refusal(words(data), delta, chunks);
            case "response.output_text.annotation.added" -> annotation(words(data), data.present("annotation"), chunks);
            case "response.content_part.done" -> content(data.number("content_index", 0), data.object("part"), chunks);
            case "response.function_call_arguments.delta", "response.mcp_call_arguments.delta" -> arguments(delta, chunks);
            case "response.reasoning_summary_part.added" -> {
                if (data.number("summary_index", 0) > 0 && hasText && !Boolean.TRUE.equals(isContent)) {
                    think(Thoughts.BREAK, false, chunks);
                }
            }
            case "response.reasoning_summary_text.delta" -> think(delta, false, chunks);
            case "response.reasoning_text.delta" -> think(delta, true, chunks);
            default -> { }
        }
    }

    /** Says what was not said before. */
    void done(JsonObject item, List<ChatChunk> chunks) {
        if (isDone) {
            return;
        }
        isDone = true;
        switch (kind) {
            case MESSAGE -> {
                List<JsonValue> content = item.items("content");
                for (int i = 0; i < content.size(); i++) {
                    content(i, content.get(i) instanceof JsonObject object ? object : null, chunks);
                }
                contents.values().stream().sorted((a, b) -> a.part - b.part).forEach(words -> chunks.add(new ChatChunk.PartEnded(0, words.part)));
            }
            case REASONING -> reasoning(item, chunks);
            case CALL -> call(item.text("arguments"), chunks);
            case CUSTOM_CALL -> call(OutputReader.customArguments(item.text("input")), chunks);
            case OTHER -> {
                part = numbers.take();
                chunks.add(new ChatChunk.OpaquePart(0, part, new Part.Opaque(ResponsesDialect.NAME, item.text("type"), item.raw())));
                chunks.add(new ChatChunk.PartEnded(0, part));
            }
        }
    }

    private Words words(JsonObject data) {
        return contents.computeIfAbsent(data.number("content_index", 0), index -> new Words(numbers.take()));
    }

    /** The first text of an item tells the item's members. */
    private void text(Words words, String text, List<ChatChunk> chunks) {
        if (text != null) {
            chunks.add(new ChatChunk.TextDelta(0, words.part, text, members()));
            words.hasText = true;
        }
    }

    private Map<String, RawJson> members() {
        Map<String, RawJson> told = members == null ? Map.of() : members;
        members = null;
        return told;
    }

    private static void refusal(Words words, String text, List<ChatChunk> chunks) {
        if (text != null) {
            chunks.add(new ChatChunk.RefusalDelta(0, words.part, text));
            words.hasText = true;
        }
    }

    private void logprobs(Words words, JsonObject told, List<ChatChunk> chunks) {
        for (JsonValue item : told.items("logprobs")) {
            chunks.add(new ChatChunk.PartExtra(0, words.part, ContentReader.LOGPROBS, item.raw()));
            words.hasLogprobs = true;
        }
    }

    private static void annotation(Words words, JsonValue annotation, List<ChatChunk> chunks) {
        if (annotation != null) {
            words.hasAnnotations = true;
            chunks.add(new ChatChunk.PartExtra(0, words.part, ContentReader.ANNOTATIONS, annotation.raw()));
        }
    }

    private void content(long index, JsonObject content, List<ChatChunk> chunks) {
        String type = content == null || kind != Kind.MESSAGE || content.text("type") == null ? "" : content.text("type");
        if (!type.equals("output_text") && !type.equals("refusal")) {
            return;
        }
        Words words = contents.computeIfAbsent(index, unused -> new Words(numbers.take()));
        if (type.equals("refusal")) {
            refusal(words, words.hasText ? null : content.text("refusal"), chunks);
            return;
        }
        text(words, words.hasText ? null : content.text("text"), chunks);
        if (!words.hasAnnotations) {
            content.items("annotations").forEach(item -> annotation(words, item, chunks));
        }
        if (!words.hasLogprobs) {
            logprobs(words, content, chunks);
        }
    }

    private void arguments(String fragment, List<ChatChunk> chunks) {
        if (kind == Kind.CALL && fragment != null && !fragment.isEmpty()) {
            hasText = true;
            chunks.add(new ChatChunk.ArgumentsDelta(0, part, fragment));
        }
    }

    private void call(String arguments, List<ChatChunk> chunks) {
        if (!hasText && arguments != null && !arguments.isEmpty()) {
            chunks.add(new ChatChunk.ArgumentsDelta(0, part, arguments));
        }
        chunks.add(new ChatChunk.PartEnded(0, part));
    }

    /** Of summary and content the one that came first is the text. */
    private void think(String text, boolean fromContent, List<ChatChunk> chunks) {
        if (text == null || text.isEmpty() || kind != Kind.REASONING || isContent != null && isContent != fromContent) {
            return;
        }
        part = part < 0 ? numbers.take() : part;
        chunks.add(new ChatChunk.ThinkingDelta(0, part, text));
        if (isContent == null && fromContent) {
            chunks.add(new ChatChunk.PartExtra(0, part, Thoughts.CONTENT, new RawJson("true")));
        }
        isContent = fromContent;
        hasText = true;
    }

    private void reasoning(JsonObject item, List<ChatChunk> chunks) {
        if (Thoughts.read(item) instanceof Part.RedactedThinking redacted) {
            part = part < 0 ? numbers.take() : part;
            chunks.add(new ChatChunk.RedactedThinking(0, part, redacted.data()));
            chunks.add(new ChatChunk.PartEnded(0, part));
            return;
        }
        if (!hasText) {
            String content = Thoughts.joined(item, "content");
            think(content.isEmpty() ? Thoughts.joined(item, "summary") : content, !content.isEmpty(), chunks);
        }
        String signature = Thoughts.signature(item);
        if (signature != null) {
            part = part < 0 ? numbers.take() : part;
            chunks.add(new ChatChunk.ThinkingSignature(0, part, signature));
        }
        if (part >= 0) {
            chunks.add(new ChatChunk.PartEnded(0, part));
        }
    }
}
