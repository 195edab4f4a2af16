package org.sluice.gateway.dialect.responses;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.sluice.gateway.chat.ChatChunk;
import org.sluice.gateway.chat.Part;
import org.sluice.gateway.chat.RawJson;
import org.sluice.gateway.citation.Citation;
import org.sluice.gateway.citation.CitedText;
import org.sluice.gateway.json.JsonValue;
import org.sluice.gateway.json.JsonValue.JsonObject;
import org.sluice.gateway.json.JsonWriter;

/**
 * The frames of output items. One message or thought is open at a time and gives way to the next piece; calls stay open
 * until they end, because their fragments may come mixed.
 */
final class OutputFrames {
    private final JsonWriter json;
    private final EventWriter.Frames frames;
    private final Ids ids;
    private final Asked asked;
    private final List<RawJson> items = new ArrayList<>();
    private final Map<Integer, CallFrames> calls = new LinkedHashMap<>();
    private final CitedText cited;
    private MessageFrames message;
    private ThoughtFrames thought;

    OutputFrames(JsonWriter json, EventWriter.Frames frames, Ids ids, Asked asked, Map<String, RawJson> answer) {
        this.cited = new CitedText(answer);
        this.json = json;
        this.frames = frames;
        this.ids = ids;
        this.asked = asked;
    }

    /** The items that are done, a JSON array. */
    RawJson items() {
        StringBuilder all = new StringBuilder("[");
        items.forEach(item -> all.append(all.length() > 1 ? "," : "").append(item.text()));
        return new RawJson(all.append(']').toString());
    }

    void write(ChatChunk chunk) {
        if (chunk instanceof ChatChunk.TextDelta text && text.choice() == 0) {
            cited.say(text.part(), text.text());
            message(text.part(), text.extras()).text(text.part(), text.text(), logprobs(text.extras()));
        } else if (chunk instanceof ChatChunk.RefusalDelta refusal && refusal.choice() == 0) {
            message(refusal.part(), Map.of()).refusal(refusal.part(), refusal.text());
        } else if (chunk instanceof ChatChunk.ThinkingDelta thinking && thinking.choice() == 0) {
            thought(thinking.part(), Rest.text(thinking.extras(), Thoughts.ID)).text(thinking.text());
        } else if (chunk instanceof ChatChunk.ThinkingSignature signature && signature.choice() == 0) {
            thought(signature.part(), null).sign(signature.signature());
        } else if (chunk instanceof ChatChunk.RedactedThinking redacted && redacted.choice() == 0) {
            giveWay(thought != null && thought.part == redacted.part() ? thought : null);
            thought(redacted.part(), null).redacted(redacted.data());
            giveWay(null);
        } else if (chunk instanceof ChatChunk.ToolCallStarted call && call.choice() == 0) {
            giveWay(null);
            calls.put(call.part(), new CallFrames(json, frames, ids, asked, open(), call));
        } else if (chunk instanceof ChatChunk.ArgumentsDelta arguments && arguments.choice() == 0) {
            if (calls.containsKey(arguments.part())) {
                calls.get(arguments.part()).arguments(arguments.fragment());
            }
        } else {
            writeRest(chunk);
        }
    }

    private void writeRest(ChatChunk chunk) {
        if (chunk instanceof ChatChunk.PartExtra extra && extra.choice() == 0) {
            if (message != null && message.isOpen(extra.part())) {
                attach(extra);
            }
            if (!extra.name().equals(ContentReader.ANNOTATIONS)) {
                cited.cite(extra);
            }
        } else if (chunk instanceof ChatChunk.OpaquePart opaque && opaque.choice() == 0 && opaque.value().dialect().equals(ResponsesDialect.NAME)) {
            opaque(opaque.value());
        } else if (chunk instanceof ChatChunk.PartEnded ended && ended.choice() == 0) {
            end(ended.part());
        }
    }

    private void attach(ChatChunk.PartExtra extra) {
        switch (extra.name()) {
            case ContentReader.ANNOTATIONS -> message.annotation(extra.value());
            case ContentReader.LOGPROBS -> message.logprob(extra.value());
            default -> { }
        }
    }

    /** The log probabilities that a chunk of chat carries beside its text. */
    private static List<JsonValue> logprobs(Map<String, RawJson> extras) {
        RawJson raw = extras.get("logprobs");
        return raw != null && Json.valueOrNull(raw.text()) instanceof JsonObject object ? object.items("content") : List.of();
    }

    private MessageFrames message(int part, Map<String, RawJson> extras) {
        boolean isNew = message != null && !message.isOpen(part) && extras.keySet().stream().anyMatch(name -> name.startsWith(OutputReader.MESSAGE));
        giveWay(isNew ? null : message);
        if (message == null) {
            message = new MessageFrames(json, frames, ids, open(), extras, cited);
        }
        return message;
    }

    /** @param id the provider's, where it is known when the thought begins, or null */
    private ThoughtFrames thought(int part, String id) {
        giveWay(thought != null && thought.part == part ? thought : null);
        if (thought == null) {
            int index = open();
            thought = new ThoughtFrames(json, frames, id == null ? ids.item("rs", index) : id, index, part);
        }
        return thought;
    }

    private void opaque(Part.Opaque value) {
        giveWay(null);
        int index = open();
        for (String type : new String[] {"response.output_item.added", "response.output_item.done"}) {
            frames.begin(type).name("output_index").value(index).name("item").raw(value.value());
            frames.end();
        }
        items.set(index, value.value());
    }

    private int open() {
        items.add(new RawJson("null"));
        return items.size() - 1;
    }

    /** Ends the message or the thought that is open, unless it is the one that goes on. */
    private void giveWay(Object goesOn) {
        if (message != null && message != goesOn) {
            items.set(message.index, message.close());
            message = null;
        }
        if (thought != null && thought != goesOn) {
            items.set(thought.index, thought.close());
            thought = null;
        }
    }

    private void end(int part) {
        CallFrames call = calls.remove(part);
        if (call != null) {
            items.set(call.index, call.close());
        } else if (message != null && message.isOpen(part)) {
            message.endPart();
        } else if (thought != null && thought.part == part) {
            giveWay(null);
        }
    }

    void close() {
        giveWay(null);
        List<Citation> late = cited.take();
        if (!late.isEmpty()) {
            message(-1, Map.of()).text(-1, "", List.of());
            late.forEach(citation -> message.annotation(Annotations.one(citation.within(0, 0))));
            giveWay(null);
        }
        calls.values().forEach(call -> items.set(call.index, call.close()));
        calls.clear();
    }
}
