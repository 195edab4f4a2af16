package org.sluice.gateway.dialect.gemini;

import java.util.LinkedHashMap;
import java.util.Map;
import org.sluice.gateway.chat.ChatChunk;
import org.sluice.gateway.chat.FinishReason;
import org.sluice.gateway.chat.Part;
import org.sluice.gateway.chat.RawJson;
import org.sluice.gateway.citation.CitedText;
import org.sluice.gateway.json.JsonWriter;

/** What the writer of a stream remembers of one candidate: calls whose arguments are coming, a signature in pieces, the end. */
final class CandidateFrames {
    private final int choice;
    private final EventWriter out;
    private final Map<Integer, ChatChunk.ToolCallStarted> calls = new LinkedHashMap<>();
    private final Map<Integer, StringBuilder> arguments = new LinkedHashMap<>();
    private final Map<String, RawJson> extras = new LinkedHashMap<>();
    private final CitedText cited;
    private final StringBuilder said = new StringBuilder();
    private final StringBuilder signature = new StringBuilder(0);
    private int signedPart = -1;
    private int thoughtPart = -1;
    private boolean hasImages;
    private boolean hasSpoken;
    private FinishReason reason;

    CandidateFrames(int choice, EventWriter out, Map<String, RawJson> answer) {
        this.cited = new CitedText(answer);
        this.choice = choice;
        this.out = out;
    }

    boolean hasSpoken() {
        return hasSpoken;
    }

    void say(int part, Part piece) {
        flushSignature();
        if (piece instanceof Part.Text text) {
            if (text.text().isEmpty()) {
                return;
            }
            said.append(text.text());
            cited.say(part, text.text());
        }
        hasImages |= piece instanceof Part.Opaque;
        frame(piece);
    }

    void think(int part, String words) {
        flushSignature();
        if (!words.isEmpty()) {
            thoughtPart = part;
            frame(new Part.Thinking(words, null));
        }
    }

    void sign(int part, String fragment) {
        if (part != signedPart) {
            flushSignature();
            signedPart = part;
        }
        signature.append(fragment);
    }

    /** The signature of a thought that had words, or of a text that has been told. */
    private void flushSignature() {
        if (signedPart < 0) {
            return;
        }
        String whole = signature.toString();
        boolean hadWords = signedPart == thoughtPart;
        signature.setLength(0);
        signedPart = -1;
        hasSpoken = true;
        JsonWriter json = out.open();
        if (hadWords) {
            PartWriter.write(json, new Part.Thinking("", null), Signed.toClient(whole), "content");
        } else {
            AnswerParts.write(json, new Part.Thinking("", whole));
        }
        out.close(choice);
    }

    void call(ChatChunk.ToolCallStarted call) {
        flushSignature();
        calls.put(call.part(), call);
        arguments.put(call.part(), new StringBuilder());
    }

    void argue(int part, String fragment) {
        if (arguments.containsKey(part)) {
            arguments.get(part).append(fragment);
        }
    }

    void attach(ChatChunk.PartExtra extra) {
        if (!cited.cite(extra) && extra.name().equals(Images.EXTRA) && !hasImages) {
            hasSpoken = true;
            Images.write(out.open(), extra.value());
            out.close(choice);
        }
    }

    void end(int part) {
        if (part == signedPart) {
            flushSignature();
        }
        ChatChunk.ToolCallStarted call = calls.remove(part);
        if (call != null) {
            frame(new Part.ToolCall(call.id(), call.name(), arguments.remove(part).toString(), call.extras()));
        }
    }

    void finish(ChatChunk.Finished finished) {
        drain();
        reason = finished.reason() == null ? reason : finished.reason();
        extras.putAll(finished.extras());
    }

    /** Tells what has waited. */
    void drain() {
        flushSignature();
        calls.keySet().stream().toList().forEach(this::end);
    }

    private void frame(Part piece) {
        hasSpoken = true;
        AnswerParts.write(out.open(), piece);
        out.close(choice);
    }

    /** Written as Google does: with an empty text, which many clients look for. */
    void writeEnd(JsonWriter json) {
        json.beginObject().name("content").beginObject().name("parts").beginArray().beginObject().name("text").value("").endObject().endArray()
                .name("role").value("model").endObject()
                .optional("finishReason", FinishReasons.write(reason == null ? FinishReason.STOP : reason, extras)).name("index").value(choice);
        ResponseWriter.said(json, extras, cited.take(), said.toString());
        json.endObject();
    }
}
