package org.sluice.gateway.dialect.anthropic;

import java.util.Map;
import org.sluice.gateway.chat.ChatChunk;
import org.sluice.gateway.chat.Part;
import org.sluice.gateway.chat.RawJson;
import org.sluice.gateway.chat.Signatures;
import org.sluice.gateway.citation.CitedText;
import org.sluice.gateway.json.JsonWriter;

/** The frames of content blocks: which one is open, and its index. */
final class BlockFrames {
    private enum Kind { TEXT, THINKING, TOOL_CALL }

    private final JsonWriter json;
    private CitedText cited = new CitedText(Map.of());
    private int nextIndex;
    private int openPart = -1;
    private Kind openKind;
    private boolean isSigned;

    BlockFrames(JsonWriter json) {
        this.json = json;
    }

    /** @param answer what the answer said about itself at its beginning */
    void begin(Map<String, RawJson> answer) {
        cited = new CitedText(answer);
    }

    /** Whether a piece of this part can be written now: not while another part's tool call is open. */
    boolean mayWrite(int part) {
        return openKind != Kind.TOOL_CALL || part == openPart;
    }

    void write(ChatChunk chunk, int part) {
        if (chunk instanceof ChatChunk.TextDelta text) {
            delta(part, Kind.TEXT, "text_delta", "text", text.text());
        } else if (chunk instanceof ChatChunk.RefusalDelta refusal) {
            delta(part, Kind.TEXT, "text_delta", "text", refusal.text());
        } else if (chunk instanceof ChatChunk.ThinkingDelta thinking) {
            ensure(part, Kind.THINKING);
            if (!thinking.text().isEmpty()) {
                delta(part, Kind.THINKING, "thinking_delta", "thinking", thinking.text());
            }
        } else if (chunk instanceof ChatChunk.ThinkingSignature signature) {
            delta(part, Kind.THINKING, "signature_delta", "signature", CarriedParts.signatureToClient(signature.signature()));
            isSigned = true;
        } else if (chunk instanceof ChatChunk.ToolCallStarted call) {
            open(part, Kind.TOOL_CALL, CarriedParts.toClient(new Part.ToolCall(call.id() == null ? "toolu_" + nextIndex : call.id(), call.name(), "", call.extras())));
        } else if (chunk instanceof ChatChunk.ArgumentsDelta arguments && openKind == Kind.TOOL_CALL) {
            delta(part, Kind.TOOL_CALL, "input_json_delta", "partial_json", arguments.fragment());
        } else if (chunk instanceof ChatChunk.PartExtra extra && extra.name().equals(Citations.MEMBER)
                && extra.value().text().startsWith("{") && Citations.areOwn(extra.value())) {
            citation(part, extra.value());
        } else if (chunk instanceof ChatChunk.PartExtra extra && cited.cite(extra)) {
            cited.take().forEach(page -> citation(part, Citations.one(page)));
        } else if (chunk instanceof ChatChunk.RedactedThinking redacted) {
            whole(new Part.RedactedThinking(redacted.data(), Map.of()));
        } else if (chunk instanceof ChatChunk.OpaquePart opaque && ResponseWriter.isShown(opaque.value())) {
            whole(opaque.value());
        } else if (chunk instanceof ChatChunk.PartEnded && part == openPart) {
            close();
        }
    }

    void close() {
        if (openKind == Kind.THINKING && !isSigned) {
            deltaFrame("signature_delta").name("signature").value(Signatures.unsigned()).endObject().endObject().outside("\n\n");
        }
        if (openKind != null) {
            frame("content_block_stop").name("index").value(nextIndex - 1).endObject().outside("\n\n");
            openKind = null;
            openPart = -1;
        }
    }

    private void delta(int part, Kind kind, String type, String name, String text) {
        ensure(part, kind);
        deltaFrame(type).name(name).value(text).endObject().endObject().outside("\n\n");
    }

    private void citation(int part, RawJson value) {
        ensure(part, Kind.TEXT);
        deltaFrame("citations_delta").name("citation").raw(value).endObject().endObject().outside("\n\n");
    }

    private void ensure(int part, Kind kind) {
        if (openKind != kind || openPart != part) {
            open(part, kind, kind == Kind.TEXT ? new Part.Text("") : new Part.Thinking("", ""));
        }
    }

    private void open(int part, Kind kind, Part empty) {
        close();
        start(empty);
        openPart = part;
        openKind = kind;
        isSigned = false;
        if (kind == Kind.TEXT) {
            cited.take().forEach(page -> citation(part, Citations.one(page)));
        }
    }

    private void whole(Part part) {
        close();
        start(part);
        frame("content_block_stop").name("index").value(nextIndex - 1).endObject().outside("\n\n");
    }

    private void start(Part part) {
        frame("content_block_start").name("index").value(nextIndex++).name("content_block");
        BlockWriter.write(json, part, "content", null);
        json.endObject().outside("\n\n");
    }

    private JsonWriter deltaFrame(String type) {
        return frame("content_block_delta").name("index").value(nextIndex - 1).name("delta").beginObject().name("type").value(type);
    }

    private JsonWriter frame(String type) {
        return json.outside("event: " + type + "\ndata: ").beginObject().name("type").value(type);
    }

    /** The choice a piece belongs to, -1 when it belongs to none. */
    static int choice(ChatChunk chunk) {
        return place(chunk)[0];
    }

    static int part(ChatChunk chunk) {
        return place(chunk)[1];
    }

    private static int[] place(ChatChunk chunk) {
        return chunk instanceof ChatChunk.TextDelta c ? new int[] {c.choice(), c.part()}
                : chunk instanceof ChatChunk.RefusalDelta c ? new int[] {c.choice(), c.part()}
                : chunk instanceof ChatChunk.ThinkingDelta c ? new int[] {c.choice(), c.part()}
                : chunk instanceof ChatChunk.ThinkingSignature c ? new int[] {c.choice(), c.part()}
                : chunk instanceof ChatChunk.RedactedThinking c ? new int[] {c.choice(), c.part()}
                : chunk instanceof ChatChunk.ToolCallStarted c ? new int[] {c.choice(), c.part()}
                : chunk instanceof ChatChunk.ArgumentsDelta c ? new int[] {c.choice(), c.part()}
                : chunk instanceof ChatChunk.PartExtra c ? new int[] {c.choice(), c.part()}
                : chunk instanceof ChatChunk.OpaquePart c ? new int[] {c.choice(), c.part()}
                : chunk instanceof ChatChunk.PartEnded c ? new int[] {c.choice(), c.part()} : new int[] {-1, -1};
    }
}
