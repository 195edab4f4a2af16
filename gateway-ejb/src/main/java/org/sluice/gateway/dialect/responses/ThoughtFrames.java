package org.sluice.gateway.dialect.responses;

import java.util.Map;
import org.sluice.gateway.chat.Part;
import org.sluice.gateway.chat.RawJson;
import org.sluice.gateway.json.JsonWriter;

/** The frames of one reasoning item. Its words are a summary with one part; its signature comes with its end. One id from beginning to end. */
final class ThoughtFrames {
    final int index;
    final int part;
    private final JsonWriter json;
    private final EventWriter.Frames frames;
    private final String id;
    private final StringBuilder text = new StringBuilder();
    private StringBuilder signature;
    private String redacted;

    ThoughtFrames(JsonWriter json, EventWriter.Frames frames, String id, int index, int part) {
        this.json = json;
        this.frames = frames;
        this.index = index;
        this.part = part;
        this.id = id;
        frames.begin("response.output_item.added").name("output_index").value(index).name("item").beginObject()
                .name("id").value(id).name("type").value("reasoning").name("summary").beginArray().endArray().endObject();
        frames.end();
    }

    void text(String delta) {
        if (delta.isEmpty()) {
            return;
        }
        if (text.isEmpty()) {
            begin("response.reasoning_summary_part.added").name("part");
            Thoughts.part(json, "summary_text", "");
            frames.end();
        }
        text.append(delta);
        begin("response.reasoning_summary_text.delta").name("delta").value(delta);
        frames.end();
    }

    void sign(String fragment) {
        signature = signature == null ? new StringBuilder() : signature;
        signature.append(fragment);
    }

    void redacted(String data) {
        redacted = data;
    }

    /** Ends the item; the whole item. */
    RawJson close() {
        if (!text.isEmpty()) {
            begin("response.reasoning_summary_text.done").name("text").value(text.toString());
            frames.end();
            begin("response.reasoning_summary_part.done").name("part");
            Thoughts.part(json, "summary_text", text.toString());
            frames.end();
        }
        JsonWriter item = new JsonWriter();
        Part thought = redacted != null ? new Part.RedactedThinking(redacted, Map.of())
                : new Part.Thinking(text.toString(), signature == null ? null : signature.toString());
        Thoughts.writeAs(id, item, thought);
        RawJson whole = new RawJson(item.toText());
        frames.begin("response.output_item.done").name("output_index").value(index).name("item").raw(whole);
        frames.end();
        return whole;
    }

    private JsonWriter begin(String type) {
        return frames.begin(type).name("item_id").value(id).name("output_index").value(index).name("summary_index").value(0);
    }
}
