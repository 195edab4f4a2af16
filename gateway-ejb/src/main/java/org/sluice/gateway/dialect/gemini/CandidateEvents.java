package org.sluice.gateway.dialect.gemini;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.sluice.gateway.chat.ChatChunk;
import org.sluice.gateway.chat.Part;
import org.sluice.gateway.chat.RawJson;
import org.sluice.gateway.json.JsonValue;
import org.sluice.gateway.json.JsonValue.JsonObject;

/**
 * The events of one candidate. A part begins where the kind changes; calls and media are parts of their own. The finish
 * reason is told at the end: some servers give one with every event.
 */
final class CandidateEvents {
    private enum Kind { NONE, TEXT, THINKING }

    private final int choice;
    private final MadeIds ids;
    private final StringBuilder said = new StringBuilder();
    private final Map<String, RawJson> extras = new LinkedHashMap<>();
    private Kind kind = Kind.NONE;
    private int part;
    private int nextPart;
    private int textPart;
    private PartialArguments arguments;
    private int openCall;
    private boolean hasCalls;
    private String reason;

    CandidateEvents(int choice, MadeIds ids) {
        this.choice = choice;
        this.ids = ids;
    }

    boolean isFinished() {
        return reason != null;
    }

    void read(JsonObject candidate, List<ChatChunk> chunks) {
        JsonObject content = Fields.object(candidate, "content");
        Rest.of(candidate, ResponseReader.CANDIDATE).forEach(this::keep);
        if (content != null) {
            RawJson logprobs = Logprobs.read(Rest.of(candidate, ResponseReader.CANDIDATE));
            for (JsonValue item : Fields.items(content, "parts")) {
                if (item instanceof JsonObject given) {
                    part(given, logprobs, chunks);
                }
            }
        }
        String given = FinishReasons.name(Fields.get(candidate, "finishReason"));
        reason = given == null ? reason : given;
    }

    /** The last word holds, but an empty one takes nothing back, and sources are collected. */
    private void keep(String name, RawJson value) {
        boolean isEmpty = value.text().equals("{}") || value.text().equals("[]");
        RawJson before = extras.get(name);
        if (before == null || !isEmpty) {
            extras.put(name, before != null && Fields.camel(name).equals("citationMetadata") ? Citations.joined(before, value) : value);
        }
    }

    private void part(JsonObject given, RawJson logprobs, List<ChatChunk> chunks) {
        JsonObject call = Fields.object(given, "functionCall");
        String text = Fields.text(given, "text");
        if (call != null) {
            call(given, call, chunks);
        } else if (text != null) {
            boolean isThought = Fields.isTrue(given, "thought");
            if (!text.isEmpty()) {
                words(isThought, text, logprobs, chunks);
            }
            sign(given, isThought, chunks);
        } else {
            other(given, chunks);
        }
    }

    private void words(boolean isThought, String text, RawJson logprobs, List<ChatChunk> chunks) {
        int at = begin(isThought ? Kind.THINKING : Kind.TEXT, chunks);
        if (isThought) {
            chunks.add(new ChatChunk.ThinkingDelta(choice, at, text));
        } else {
            said.append(text);
            textPart = at;
            chunks.add(new ChatChunk.TextDelta(choice, at, text, logprobs == null ? Map.of() : Map.of(Logprobs.COMMON, logprobs)));
        }
    }

    private int begin(Kind wanted, List<ChatChunk> chunks) {
        if (kind != wanted) {
            close(chunks);
            kind = wanted;
            part = nextPart++;
        }
        return part;
    }

    private void close(List<ChatChunk> chunks) {
        if (kind != Kind.NONE) {
            chunks.add(new ChatChunk.PartEnded(choice, part));
            kind = Kind.NONE;
        }
    }

    /** A signature closes the thought it belongs to; that of a text stands after it. */
    private void sign(JsonObject given, boolean isThought, List<ChatChunk> chunks) {
        String canonical = Signed.read(Fields.text(given, "thoughtSignature"));
        if (canonical != null) {
            if (!isThought || kind != Kind.THINKING) {
                close(chunks);
                begin(Kind.THINKING, chunks);
            }
            chunks.add(new ChatChunk.ThinkingSignature(choice, part, canonical));
            close(chunks);
        }
    }

    private void call(JsonObject given, JsonObject call, List<ChatChunk> chunks) {
        boolean isOpen = Fields.isTrue(call, "willContinue");
        String name = Fields.text(call, "name");
        if (name != null) {
            closeCall(chunks);
            close(chunks);
            hasCalls = true;
            openCall = nextPart++;
            String id = Fields.text(call, "id");
            chunks.add(new ChatChunk.ToolCallStarted(choice, openCall, id == null || id.isEmpty() ? ids.get() : id, name, PartReader.signature(given)));
            JsonValue args = Fields.get(call, "args");
            if (args != null && !isOpen) {
                chunks.add(new ChatChunk.ArgumentsDelta(choice, openCall, args.raw().text()));
            }
            arguments = new PartialArguments();
        }
        if (arguments != null) {
            arguments.add(call);
            if (!isOpen) {
                closeCall(chunks);
            }
        }
    }

    private void closeCall(List<ChatChunk> chunks) {
        if (arguments != null) {
            if (!arguments.text().isEmpty()) {
                chunks.add(new ChatChunk.ArgumentsDelta(choice, openCall, arguments.text()));
            }
            chunks.add(new ChatChunk.PartEnded(choice, openCall));
            arguments = null;
        }
    }

    private void other(JsonObject given, List<ChatChunk> chunks) {
        String type = PartReader.kind(given);
        if (type == null) {
            sign(given, false, chunks);
            return;
        }
        close(chunks);
        chunks.add(new ChatChunk.OpaquePart(choice, nextPart, new Part.Opaque(GeminiDialect.NAME, type, given.raw())));
        List<Part> media = new ArrayList<>(2);
        PartReader.add(given, media, ids);
        RawJson images = Images.of(media);
        if (images != null) {
            chunks.add(new ChatChunk.PartExtra(choice, nextPart, Images.EXTRA, images));
        }
        nextPart++;
    }

    void end(Map<String, RawJson> answer, List<ChatChunk> chunks) {
        closeCall(chunks);
        RawJson annotations = Citations.annotations(extras, said.toString());
        if (annotations != null) {
            chunks.add(new ChatChunk.PartExtra(choice, textPart, Citations.ANNOTATIONS, annotations));
        }
        close(chunks);
        FinishReasons.keepExact(reason, extras);
        extras.putAll(answer);
        chunks.add(new ChatChunk.Finished(choice, FinishReasons.read(reason, hasCalls), extras));
    }
}
