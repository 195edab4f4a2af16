package org.sluice.gateway.dialect.gemini;

import java.util.List;
import org.sluice.gateway.chat.Part;
import org.sluice.gateway.chat.Signatures;
import org.sluice.gateway.json.JsonWriter;

/** Writes the parts of an answer for a client. */
final class AnswerParts {
    private AnswerParts() { }

    static void write(JsonWriter json, List<Part> parts) {
        for (int i = 0; i < parts.size(); i++) {
            Part next = i + 1 < parts.size() ? parts.get(i + 1) : null;
            String wire = isSigned(parts.get(i)) && next instanceof Part.Thinking thought && isBare(thought) ? Signed.toProvider(thought.signature()) : null;
            if (wire != null) {
                PartWriter.write(json, parts.get(i), wire, "content");
                i++;
            } else {
                write(json, parts.get(i));
            }
        }
    }

    private static boolean isSigned(Part part) {
        return part instanceof Part.Text || part instanceof Part.Image || part instanceof Part.Audio || part instanceof Part.Document;
    }

    private static boolean isBare(Part.Thinking thinking) {
        return thinking.text() == null || thinking.text().isEmpty();
    }

    /** Parts of another dialect have no place here. */
    static void write(JsonWriter json, Part part) {
        if (part instanceof Part.Thinking thinking) {
            boolean isOwnMark = isBare(thinking) && Signed.toProvider(thinking.signature()) != null;
            PartWriter.write(json, isOwnMark ? new Part.Text("") : part, Signed.toClient(thinking.signature()), "content");
        } else if (part instanceof Part.RedactedThinking redacted) {
            PartWriter.write(json, new Part.Thinking("", null), Signed.redactedToClient(redacted.data()), "content");
        } else if (part instanceof Part.ToolCall call) {
            PartWriter.write(json, call, Signed.toClient(ProviderJson.textOf(call.extras().get(Signatures.EXTRA))), "content");
        } else if (!(part instanceof Part.ToolResult) && !(part instanceof Part.Opaque opaque && !opaque.dialect().equals(GeminiDialect.NAME))) {
            PartWriter.write(json, part, null, "content");
        }
    }
}
