package org.sluice.gateway.dialect.gemini;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.sluice.gateway.chat.RawJson;
import org.sluice.gateway.citation.Citation;
import org.sluice.gateway.json.JsonValue;
import org.sluice.gateway.json.JsonValue.JsonArray;
import org.sluice.gateway.json.JsonValue.JsonObject;
import org.sluice.gateway.json.JsonWriter;

/**
 * Sources of what the model says. {@code groundingMetadata} and {@code citationMetadata} count bytes of UTF-8; {@code
 * annotations}, the form in which the gateway's vocabulary carries them, count characters.
 *
 * @see <a href="https://ai.google.dev/gemini-api/docs/google-search">Gemini API: grounding</a>
 */
final class Citations {
    static final String ANNOTATIONS = "annotations";
    private static final String CITATIONS = "citationMetadata";

    private record Place(String url, String title, long from, long to) { }

    private Citations() { }

    /** The annotations of a candidate, null when it names no source. */
    static RawJson annotations(Map<String, RawJson> candidate, String text) {
        List<Place> places = new ArrayList<>();
        candidate.forEach((name, value) -> {
            if (Fields.camel(name).equals("groundingMetadata") && ProviderJson.value(value) instanceof JsonObject grounding) {
                grounded(grounding, places);
            } else if (Fields.camel(name).equals(CITATIONS) && ProviderJson.value(value) instanceof JsonObject citations) {
                cited(citations, places);
            }
        });
        if (places.isEmpty()) {
            return null;
        }
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        JsonWriter json = new JsonWriter().beginArray();
        for (Place place : places) {
            json.beginObject().name("type").value("url_citation").name("url_citation").beginObject()
                    .name("start_index").value(characters(bytes, place.from)).name("end_index").value(characters(bytes, place.to))
                    .name("url").value(place.url).name("title").value(place.title == null ? "" : place.title).endObject().endObject();
        }
        return new RawJson(json.endArray().toText());
    }

    private static void grounded(JsonObject grounding, List<Place> places) {
        List<JsonValue> chunks = Fields.items(grounding, "groundingChunks");
        for (JsonValue item : Fields.items(grounding, "groundingSupports")) {
            JsonObject segment = item instanceof JsonObject support ? Fields.object(support, "segment") : null;
            if (segment == null) {
                continue;
            }
            for (JsonValue index : Fields.items((JsonObject) item, "groundingChunkIndices")) {
                int at = (int) Fields.number(index, -1);
                JsonObject source = at >= 0 && at < chunks.size() && chunks.get(at) instanceof JsonObject chunk ? source(chunk) : null;
                if (source != null && Fields.text(source, "uri") != null) {
                    places.add(new Place(Fields.text(source, "uri"), Fields.text(source, "title"),
                            Fields.number(segment, "startIndex", 0), Fields.number(segment, "endIndex", 0)));
                }
            }
        }
    }

    private static JsonObject source(JsonObject chunk) {
        for (String kind : new String[] {"web", "retrievedContext", "maps"}) {
            if (Fields.object(chunk, kind) != null) {
                return Fields.object(chunk, kind);
            }
        }
        return null;
    }

    /** {@code citationSources} at one of Google's addresses, {@code citations} at the other. */
    private static void cited(JsonObject citations, List<Place> places) {
        List<JsonValue> items = Fields.items(citations, "citationSources").isEmpty() ? Fields.items(citations, "citations") : Fields.items(citations, "citationSources");
        for (JsonValue item : items) {
            if (item instanceof JsonObject source && Fields.text(source, "uri") != null) {
                places.add(new Place(Fields.text(source, "uri"), Fields.text(source, "title"),
                        Fields.number(source, "startIndex", 0), Fields.number(source, "endIndex", 0)));
            }
        }
    }

    /** Sources that came in two events. */
    static RawJson joined(RawJson first, RawJson second) {
        if (!(ProviderJson.value(first) instanceof JsonObject before) || !(ProviderJson.value(second) instanceof JsonObject after)) {
            return second;
        }
        for (String name : new String[] {"citationSources", "citations"}) {
            if (Fields.get(before, name) instanceof JsonArray some && Fields.get(after, name) instanceof JsonArray more) {
                return new RawJson(new JsonWriter().beginObject().name(name).raw(together(some.raw(), more.raw())).endObject().toText());
            }
        }
        return second;
    }

    /** Two arrays as one. */
    private static RawJson together(RawJson first, RawJson second) {
        JsonWriter json = new JsonWriter().beginArray();
        for (RawJson one : new RawJson[] {first, second}) {
            if (ProviderJson.value(one) instanceof JsonArray array) {
                array.items().forEach(item -> json.raw(item.raw()));
            }
        }
        return new RawJson(json.endArray().toText());
    }

    private static long characters(byte[] bytes, long to) {
        int end = (int) Math.max(0, Math.min(to, bytes.length));
        return new String(bytes, 0, end, StandardCharsets.UTF_8).length();
    }

    /** {@code citationMetadata} for pages of another dialect's citations, {@code groundingMetadata} for documents. */
    static void write(JsonWriter json, List<Citation> citations, String text) {
        List<Citation> pages = citations.stream().filter(Citation::isPage).toList();
        List<Citation> documents = citations.stream().filter(citation -> !citation.isPage()).toList();
        if (!pages.isEmpty()) {
            json.name(CITATIONS).beginObject().name("citationSources").beginArray();
            pages.forEach(page -> json.beginObject().name("startIndex").value(bytes(text, page.from())).name("endIndex").value(bytes(text, page.to()))
                    .name("uri").value(page.url()).optional("title", page.title()).endObject());
            json.endArray().endObject();
        }
        if (!documents.isEmpty()) {
            json.name("groundingMetadata").beginObject().name("groundingChunks").beginArray();
            documents.forEach(document -> json.beginObject().name("retrievedContext").beginObject().optional("uri", document.source())
                    .optional("title", document.title()).optional("text", document.quoted()).endObject().endObject());
            json.endArray().name("groundingSupports").beginArray();
            for (int i = 0; i < documents.size(); i++) {
                json.beginObject().name("segment").beginObject().name("startIndex").value(bytes(text, documents.get(i).from()))
                        .name("endIndex").value(bytes(text, documents.get(i).to())).endObject()
                        .name("groundingChunkIndices").beginArray().value(i).endArray().endObject();
            }
            json.endArray().endObject();
        }
    }

    private static long bytes(String text, long characters) {
        int end = (int) Math.max(0, Math.min(characters, text.length()));
        return text.substring(0, end).getBytes(StandardCharsets.UTF_8).length;
    }
}
