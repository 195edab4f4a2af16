package org.sluice.gateway.dialect.responses;

import org.sluice.gateway.chat.Part;
import org.sluice.gateway.chat.RawJson;
import org.sluice.gateway.json.JsonValue;
import org.sluice.gateway.json.JsonValue.JsonArray;
import org.sluice.gateway.json.JsonValue.JsonObject;
import org.sluice.gateway.json.JsonWriter;

/** Annotations of a text: this dialect's own, chat's, where the citation is an object inside, and Anthropic's web citations. */
final class Annotations {
    static final String CHAT = "annotations";
    static final String ANTHROPIC = "citations";

    private Annotations() { }

    /** The array that a text carries, or null. */
    static RawJson of(Part.Text text) {
        RawJson own = text.extras().get(ContentReader.ANNOTATIONS);
        RawJson citations = text.extras().get(ANTHROPIC);
        return own != null ? own : citations == null ? null : all(citations, text.text().length());
    }

    /** The array with each citation in this dialect's form, or null when none can be told. */
    static RawJson all(RawJson citations, int textLength) {
        JsonWriter json = new JsonWriter().beginArray();
        boolean hasAny = false;
        if (Json.valueOrNull(citations.text()) instanceof JsonArray array) {
            for (JsonValue item : array.items()) {
                RawJson one = item instanceof JsonObject object ? one(object, textLength) : null;
                if (one != null) {
                    json.raw(one);
                    hasAny = true;
                }
            }
        }
        return hasAny ? new RawJson(json.endArray().toText()) : null;
    }

    static RawJson one(JsonObject citation, int textLength) {
        JsonObject inner = citation.object("url_citation");
        if (inner != null) {
            JsonWriter json = new JsonWriter().beginObject().name("type").value("url_citation");
            inner.members().forEach((name, value) -> json.name(name).raw(value.raw()));
            return new RawJson(json.endObject().toText());
        }
        String url = citation.text("url");
        return url == null || "url_citation".equals(citation.text("type")) ? url == null ? null : citation.raw()
                : new RawJson(new JsonWriter().beginObject().name("type").value("url_citation").name("start_index").value(0)
                        .name("end_index").value(textLength).name("url").value(url).name("title").value(citation.text("title") == null ? "" : citation.text("title"))
                        .endObject().toText());
    }
}
