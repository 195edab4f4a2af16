package org.sluice.gateway.dialect.openai;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.sluice.gateway.chat.Part;
import org.sluice.gateway.chat.RawJson;
import org.sluice.gateway.chat.Signatures;
import org.sluice.gateway.json.JsonValue;
import org.sluice.gateway.json.JsonValue.JsonArray;
import org.sluice.gateway.json.JsonValue.JsonObject;

/**
 * Reads a message's reasoning. {@code thinking_blocks} say all there is to say; without them it is {@code
 * reasoning_content}, or {@code reasoning} as Groq and OpenRouter call it, with the signature OpenRouter puts into {@code
 * reasoning_details}, see {@link ReasoningDetails}.
 */
final class ThinkingReader {
    private ThinkingReader() { }

    static List<Part> parts(JsonObject message) {
        List<Part> parts = new ArrayList<>();
        for (JsonValue item : message.items("thinking_blocks")) {
            Part block = item instanceof JsonObject object ? block(object) : null;
            if (block != null) {
                parts.add(block);
            }
        }
        if (!parts.isEmpty()) {
            return parts;
        }
        parts.addAll(thought(message));
        ReasoningDetails details = new ReasoningDetails();
        for (JsonValue item : message.items(ReasoningDetails.MEMBER)) {
            Part redacted = item instanceof JsonObject detail ? ReasoningDetails.redacted(detail) : null;
            String signature = item instanceof JsonObject detail ? details.signature(detail) : null;
            if (redacted != null) {
                parts.add(redacted);
            } else if (signature != null) {
                sign(parts, signature);
            }
        }
        return parts;
    }

    /** The thought that has no signature yet, or one without words. */
    private static void sign(List<Part> parts, String signature) {
        int last = parts.size() - 1;
        if (last >= 0 && parts.get(last) instanceof Part.Thinking thinking && thinking.signature() == null) {
            parts.set(last, new Part.Thinking(thinking.text(), signature, thinking.extras()));
        } else {
            parts.add(new Part.Thinking("", signature));
        }
    }

    private static List<Part> thought(JsonObject message) {
        List<Part> parts = new ArrayList<>(1);
        String text = text(message);
        JsonObject detail = onlyText(message);
        if (detail != null) {
            parts.add(new Part.Thinking(text == null ? detail.text("text") : text, detail.text("signature")));
        } else if (text != null) {
            parts.add(new Part.Thinking(text, null));
        }
        return parts;
    }

    /** The reasoning of a message or a delta in plain words; null when there is none. */
    static String text(JsonObject message) {
        String text = message.text("reasoning_content");
        if (text == null || text.isEmpty()) {
            text = message.text("reasoning");
        }
        return text == null || text.isEmpty() ? null : text;
    }

    /** One thinking block, or null when it is of another type. Mistral writes its text as an array of text parts. */
    static Part block(JsonObject block) {
        if ("redacted_thinking".equals(block.text("type"))) {
            return block.text("data") == null ? null : new Part.RedactedThinking(block.text("data"), Rest.of(block, Set.of("type", "data")));
        }
        if (!"thinking".equals(block.text("type"))) {
            return null;
        }
        Map<String, RawJson> extras = Rest.of(block, Set.of("type", "thinking", "signature"));
        return new Part.Thinking(block.get("thinking") instanceof JsonArray array ? joined(array) : block.text("thinking"), Signatures.uncarried(block.text("signature")), extras);
    }

    private static String joined(JsonArray array) {
        StringBuilder text = new StringBuilder();
        for (JsonValue item : array.items()) {
            if (item instanceof JsonObject object && object.text("text") != null) {
                text.append(object.text("text"));
            }
        }
        return text.toString();
    }

    /** The one {@code reasoning.text} of {@code reasoning_details}; null when there is none or more than one. */
    private static JsonObject onlyText(JsonObject message) {
        JsonObject only = null;
        for (JsonValue item : message.items(ReasoningDetails.MEMBER)) {
            if (item instanceof JsonObject detail && "reasoning.text".equals(detail.text("type")) && detail.text("text") != null) {
                if (only != null) {
                    return null;
                }
                only = detail;
            }
        }
        return only;
    }
}
