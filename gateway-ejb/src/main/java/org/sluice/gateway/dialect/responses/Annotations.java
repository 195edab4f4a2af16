package org.sluice.gateway.dialect.responses;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.sluice.gateway.chat.ChatResponse;
import org.sluice.gateway.chat.Part;
import org.sluice.gateway.chat.RawJson;
import org.sluice.gateway.citation.Citation;
import org.sluice.gateway.citation.Citations;
import org.sluice.gateway.json.JsonValue.JsonArray;
import org.sluice.gateway.json.JsonValue.JsonObject;
import org.sluice.gateway.json.JsonWriter;

/** Annotations of a text: this dialect's own as they are, citations of others as pages, files and documents. */
final class Annotations {
    private Annotations() { }

    /** The array that a text carries, or null. */
    static RawJson of(Part.Text text) {
        RawJson own = text.extras().get(ContentReader.ANNOTATIONS);
        return own != null ? own : array(Citations.of(text));
    }

    /** The parts of an answer, each text with its citations in this dialect's form. */
    static List<Part> cited(ChatResponse.Choice choice, Map<String, RawJson> answer) {
        List<Part> parts = new ArrayList<>(choice.message().parts());
        if (parts.stream().anyMatch(part -> part.extras().containsKey(ContentReader.ANNOTATIONS))) {
            return parts;
        }
        List<List<Citation>> citations = Citations.byPart(choice, answer);
        for (int i = 0; i < parts.size(); i++) {
            RawJson array = array(citations.get(i));
            parts.set(i, array == null ? parts.get(i) : ContentReader.with(parts.get(i), Map.of(ContentReader.ANNOTATIONS, array)));
        }
        return parts;
    }

    /** What a provider of this dialect takes back: the gateway's own type is not known there. Null when nothing is left. */
    static RawJson forProvider(Part.Text text) {
        RawJson own = of(text);
        if (own == null || !own.text().contains(Citations.DOCUMENT) || !(Json.valueOrNull(own.text()) instanceof JsonArray array)) {
            return own;
        }
        JsonWriter json = new JsonWriter().beginArray();
        array.items().stream().filter(item -> !(item instanceof JsonObject object && Citations.DOCUMENT.equals(object.text("type")))).forEach(item -> json.raw(item.raw()));
        return new RawJson(json.endArray().toText());
    }

    private static RawJson array(List<Citation> citations) {
        JsonWriter json = new JsonWriter().beginArray();
        int empty = json.size();
        citations.stream().map(Annotations::one).forEach(json::raw);
        return json.size() == empty ? null : new RawJson(json.endArray().toText());
    }

    /** A document that is no file has a type of the gateway's own, which clients pass over. */
    static RawJson one(Citation citation) {
        JsonWriter json = new JsonWriter().beginObject().name("type");
        if (citation.isPage()) {
            json.value("url_citation").name("start_index").value(citation.from()).name("end_index").value(citation.to())
                    .name("url").value(citation.url()).name("title").value(citation.titleOrEmpty());
        } else if (citation.source() != null && citation.source().startsWith("file")) {
            json.value("file_citation").name("index").value(citation.to()).name("file_id").value(citation.source()).name("filename").value(citation.titleOrEmpty());
        } else {
            json.value(Citations.DOCUMENT).name("start_index").value(citation.from()).name("end_index").value(citation.to())
                    .name("document_id").value(citation.source()).name("title").value(citation.title()).name("cited_text").value(citation.quoted())
                    .optional("citation", citation.own());
        }
        return new RawJson(json.endObject().toText());
    }
}
