package org.sluice.gateway.dialect.anthropic;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.sluice.gateway.chat.ChatResponse;
import org.sluice.gateway.chat.Part;
import org.sluice.gateway.chat.RawJson;
import org.sluice.gateway.chat.Signatures;
import org.sluice.gateway.citation.Citation;
import org.sluice.gateway.json.JsonValue;
import org.sluice.gateway.json.JsonValue.JsonArray;
import org.sluice.gateway.json.JsonValue.JsonObject;
import org.sluice.gateway.json.JsonWriter;

/**
 * Citations of other dialects as Anthropic's: pages found on the web, documents as search results, because Claude's other
 * forms name places in documents of the request. Such a citation has the mark of what nobody signed in {@code encrypted_index}, by which
 * it is taken out again when a client sends it back and Claude is asked.
 *
 * @see <a href="https://platform.claude.com/docs/en/build-with-claude/citations">Claude: citations</a>
 */
final class Citations {
    static final String MEMBER = "citations";

    private static final List<String> FOREIGN = List.of("sources", "location", "sourceContent");

    private Citations() { }

    /** Whether none of these is in the form of Cohere or Converse, or an address alone. */
    static boolean areOwn(RawJson citations) {
        return !isForeign(ProviderJson.valueOrNull(citations.text()));
    }

    private static boolean isForeign(JsonValue value) {
        return value instanceof JsonArray array && array.items().stream().anyMatch(Citations::isForeign)
                || value instanceof JsonObject object && FOREIGN.stream().anyMatch(name -> object.get(name) != null)
                || value != null && value.asText() != null;
    }

    static RawJson one(Citation citation) {
        if (!citation.isPage()) {
            return new RawJson(new JsonWriter().beginObject().name("type").value("search_result_location")
                    .name("cited_text").value(citation.quoted() == null ? "" : citation.quoted()).name("encrypted_index").value(Signatures.unsigned())
                    .name("title").value(citation.title()).name("source").value(citation.source() == null ? citation.titleOrEmpty() : citation.source())
                    .name("search_result_index").value(0).name("start_block_index").value(0).name("end_block_index").value(1).endObject().toText());
        }
        return new RawJson(new JsonWriter().beginObject().name("type").value("web_search_result_location")
                .name("cited_text").value(citation.quoted() == null ? "" : citation.quoted()).name("encrypted_index").value(Signatures.unsigned())
                .name("title").value(citation.title()).name("url").value(citation.url()).endObject().toText());
    }

    /** A text without the citations that are not Claude's; any other part as it is. */
    static Part toProvider(Part part) {
        RawJson citations = part instanceof Part.Text ? part.extras().get(MEMBER) : null;
        if (citations == null || !citations.text().contains(Signatures.unsigned()) || !(ProviderJson.value(citations) instanceof JsonArray array)) {
            return part;
        }
        return with((Part.Text) part, array.items().stream()
                .filter(item -> !(item instanceof JsonObject citation && Signatures.unsigned().equals(citation.text("encrypted_index")))).map(JsonValue::raw).toList());
    }

    private static Part with(Part.Text text, List<RawJson> citations) {
        Map<String, RawJson> extras = new LinkedHashMap<>(text.extras());
        extras.remove(MEMBER);
        if (!citations.isEmpty()) {
            extras.put(MEMBER, new RawJson("[" + String.join(",", citations.stream().map(RawJson::text).toList()) + "]"));
        }
        return new Part.Text(text.text(), extras);
    }

    /** The parts of an answer, each text with the citations that a client of this dialect can read. */
    static List<Part> cited(ChatResponse.Choice choice, Map<String, RawJson> answer) {
        List<Part> parts = new ArrayList<>(choice.message().parts());
        if (parts.stream().anyMatch(part -> part.extras().containsKey(MEMBER) && areOwn(part.extras().get(MEMBER)))) {
            return parts;
        }
        List<List<Citation>> citations = org.sluice.gateway.citation.Citations.byPart(choice, answer);
        for (int i = 0; i < parts.size(); i++) {
            if (parts.get(i) instanceof Part.Text text && (text.extras().containsKey(MEMBER) || !citations.get(i).isEmpty())) {
                parts.set(i, with(text, citations.get(i).stream().map(Citations::one).toList()));
            }
        }
        return parts;
    }
}
