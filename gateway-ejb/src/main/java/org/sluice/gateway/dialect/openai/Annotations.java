package org.sluice.gateway.dialect.openai;

import java.util.List;
import java.util.Map;
import org.sluice.gateway.chat.ChatResponse;
import org.sluice.gateway.chat.Part;
import org.sluice.gateway.chat.RawJson;
import org.sluice.gateway.citation.Citation;
import org.sluice.gateway.citation.Citations;
import org.sluice.gateway.json.JsonWriter;

/** {@code annotations} made of other dialects' citations: pages only. A document has no annotation here and stands in {@code citations}. */
final class Annotations {
    private Annotations() { }

    /** Null when there are none, or when the answer has its own. */
    static RawJson of(ChatResponse.Choice choice) {
        boolean hasOwn = choice.message().extras().containsKey(Citations.ANNOTATIONS)
                || choice.message().parts().stream().anyMatch(part -> part.extras().containsKey(Citations.ANNOTATIONS));
        return hasOwn ? null : array(Citations.of(choice, Map.of()));
    }

    /** Documents that an answer of the Responses API cites, as it wrote them, for {@code citations}; null when there are none. */
    static RawJson documents(List<Part> parts) {
        JsonWriter json = new JsonWriter().beginArray();
        int empty = json.size();
        for (Part part : parts) {
            RawJson listed = part instanceof Part.Text ? part.extras().get(Citations.ITEM_ANNOTATIONS) : null;
            if (listed != null) {
                Citations.of(new Part.Text("", Map.of(Citations.ITEM_ANNOTATIONS, listed))).stream()
                        .filter(citation -> !citation.isPage() && citation.own() != null).forEach(document -> json.raw(document.own()));
            }
        }
        return json.size() == empty ? null : new RawJson(json.endArray().toText());
    }

    /** Null when none of them is a page. */
    static RawJson array(List<Citation> citations) {
        if (citations.stream().noneMatch(Citation::isPage)) {
            return null;
        }
        JsonWriter json = new JsonWriter().beginArray();
        citations.stream().filter(Citation::isPage).forEach(page -> json.beginObject().name("type").value("url_citation").name("url_citation").beginObject()
                .name("start_index").value(page.from()).name("end_index").value(page.to())
                .name("url").value(page.url()).name("title").value(page.titleOrEmpty()).endObject().endObject());
        return new RawJson(json.endArray().toText());
    }
}
