package org.sluice.gateway.dialect.openai;

import java.util.List;
import org.sluice.gateway.chat.Part;
import org.sluice.gateway.chat.Signatures;
import org.sluice.gateway.json.JsonWriter;

/** Writes a message's reasoning: the words as {@code reasoning_content}; signatures and more need {@code thinking_blocks}. Those of a router stand in its details. */
final class ThinkingWriter {
    private ThinkingWriter() { }

    static void write(JsonWriter json, List<Part> parts) {
        write(json, parts, true);
    }

    /** @param takesBlocks whether more than the words may be written */
    static void write(JsonWriter json, List<Part> parts, boolean takesBlocks) {
        StringBuilder words = new StringBuilder();
        int blocks = 0;
        boolean needsBlocks = false;
        for (Part part : parts) {
            if (part instanceof Part.Thinking thinking) {
                words.append(thinking.text() == null ? "" : thinking.text());
                needsBlocks |= !ReasoningDetails.isOwn(part) && (++blocks > 1 || thinking.signature() != null || thinking.text() == null
                        || thinking.text().isEmpty() || !thinking.extras().isEmpty());
            }
            needsBlocks |= part instanceof Part.RedactedThinking;
        }
        if (words.length() > 0) {
            json.name("reasoning_content").value(words.toString());
        }
        if (needsBlocks && takesBlocks) {
            json.name("thinking_blocks").beginArray();
            parts.stream().filter(part -> !ReasoningDetails.isOwn(part)).forEach(part -> block(json, part));
            json.endArray();
        }
    }

    static void block(JsonWriter json, Part part) {
        if (part instanceof Part.Thinking thinking) {
            json.beginObject().name("type").value("thinking").optional("thinking", thinking.text())
                    .optional("signature", Signatures.carried(thinking.signature())).members(Rest.own(thinking.extras())).endObject();
        } else if (part instanceof Part.RedactedThinking redacted) {
            json.beginObject().name("type").value("redacted_thinking").name("data").value(redacted.data())
                    .members(Rest.own(redacted.extras())).endObject();
        }
    }
}
