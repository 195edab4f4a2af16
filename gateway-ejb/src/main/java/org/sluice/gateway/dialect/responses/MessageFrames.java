package org.sluice.gateway.dialect.responses;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.sluice.gateway.chat.RawJson;
import org.sluice.gateway.citation.CitedText;
import org.sluice.gateway.json.JsonValue;
import org.sluice.gateway.json.JsonWriter;

/** The frames of one message and of its content parts, one after the other. */
final class MessageFrames {
    private static final int NONE = Integer.MIN_VALUE;
    final int index;
    private final JsonWriter json;
    private final EventWriter.Frames frames;
    private final String id;
    private final Map<String, RawJson> members = new LinkedHashMap<>();
    private final List<RawJson> content = new ArrayList<>();
    private final StringBuilder text = new StringBuilder();
    private final List<RawJson> annotations = new ArrayList<>();
    private final List<RawJson> logprobs = new ArrayList<>();
    private boolean isRefusal;
    private final CitedText cited;
    private int openPart = NONE;

    MessageFrames(JsonWriter json, EventWriter.Frames frames, Ids ids, int index, Map<String, RawJson> extras, CitedText cited) {
        this.cited = cited;
        this.json = json;
        this.frames = frames;
        this.index = index;
        String given = Rest.text(extras, OutputReader.MESSAGE + "id");
        this.id = given == null ? ids.item("msg", index) : given;
        extras.forEach((name, value) -> {
            if (name.startsWith(OutputReader.MESSAGE) && name.length() > OutputReader.MESSAGE.length()) {
                members.put(name.substring(OutputReader.MESSAGE.length()), value);
            }
        });
        members.remove("id");
        members.remove("status");
        item("response.output_item.added", "in_progress");
    }

    boolean isOpen(int part) {
        return openPart == part;
    }

    void text(int part, String delta, List<JsonValue> tokens) {
        open(part, false);
        tokens.forEach(token -> logprobs.add(token.raw()));
        if (delta.isEmpty() && tokens.isEmpty()) {
            return;
        }
        text.append(delta);
        begin("response.output_text.delta").name("delta").value(delta).name("logprobs").beginArray();
        tokens.forEach(token -> json.raw(token.raw()));
        json.endArray();
        frames.end();
    }

    void refusal(int part, String delta) {
        open(part, true);
        text.append(delta);
        begin("response.refusal.delta").name("delta").value(delta);
        frames.end();
    }

    /** Null is told to nobody. */
    void annotation(RawJson annotation) {
        if (annotation == null) {
            return;
        }
        begin("response.output_text.annotation.added").name("annotation_index").value(annotations.size()).name("annotation").raw(annotation);
        frames.end();
        annotations.add(annotation);
    }

    void logprob(RawJson token) {
        logprobs.add(token);
    }

    private void open(int part, boolean asRefusal) {
        if (openPart == part && isRefusal == asRefusal) {
            return;
        }
        endPart();
        openPart = part;
        isRefusal = asRefusal;
        begin("response.content_part.added").name("part");
        part("", List.of(), List.of());
        frames.end();
    }

    void endPart() {
        if (openPart == NONE) {
            return;
        }
        if (isRefusal) {
            begin("response.refusal.done").name("refusal").value(text.toString());
        } else {
            if (annotations.isEmpty()) {
                int start = cited.start(openPart);
                cited.take().forEach(citation -> annotation(Annotations.one(citation.within(start, text.length()))));
            }
            begin("response.output_text.done").name("text").value(text.toString());
            array("logprobs", logprobs);
        }
        frames.end();
        begin("response.content_part.done").name("part");
        int from = json.size();
        part(text.toString(), annotations, logprobs);
        content.add(new RawJson(new String(json.toSlice().array(), from, json.size() - from, java.nio.charset.StandardCharsets.UTF_8)));
        frames.end();
        openPart = NONE;
        text.setLength(0);
        annotations.clear();
        logprobs.clear();
    }

    private void part(String said, List<RawJson> notes, List<RawJson> tokens) {
        json.beginObject().name("type").value(isRefusal ? "refusal" : "output_text");
        if (isRefusal) {
            json.name("refusal").value(said);
        } else {
            array("annotations", notes);
            array("logprobs", tokens);
            json.name("text").value(said);
        }
        json.endObject();
    }

    private void array(String name, List<RawJson> values) {
        json.name(name).beginArray();
        values.forEach(json::raw);
        json.endArray();
    }

    private JsonWriter begin(String type) {
        return frames.begin(type).name("item_id").value(id).name("output_index").value(index).name("content_index").value(content.size());
    }

    /** Ends the message; the whole item. */
    RawJson close() {
        endPart();
        return item("response.output_item.done", "completed");
    }

    private RawJson item(String type, String status) {
        JsonWriter item = new JsonWriter().beginObject().name("id").value(id).name("type").value("message").name("status").value(status)
                .name("role").value("assistant").name("content").beginArray();
        content.forEach(item::raw);
        RawJson whole = new RawJson(item.endArray().members(members).endObject().toText());
        frames.begin(type).name("output_index").value(index).name("item").raw(whole);
        frames.end();
        return whole;
    }
}
