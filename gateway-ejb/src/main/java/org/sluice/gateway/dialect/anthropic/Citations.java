package org.sluice.gateway.dialect.anthropic;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.sluice.gateway.chat.ChatResponse;
import org.sluice.gateway.chat.Part;
import org.sluice.gateway.chat.RawJson;
import org.sluice.gateway.citation.Citation;
import org.sluice.gateway.json.JsonValue;
import org.sluice.gateway.json.JsonValue.JsonArray;
import org.sluice.gateway.json.JsonValue.JsonObject;
import org.sluice.gateway.json.JsonWriter;

/**
 * Citations of other dialects as Anthropic's: pages found on the web. A document has none here, because Claude's name
 * places in documents of the request.
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

    /** Null for a document. */
    static RawJson one(Citation citation) {
        return !citation.isPage() ? null : new RawJson(new JsonWriter().beginObject().name("type").value("web_search_result_location")
                .name("cited_text").value(citation.quoted() == null ? "" : citation.quoted()).name("encrypted_index").value("")
                .name("title").value(citation.title()).name("url").value(citation.url()).endObject().toText());
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
                Map<String, RawJson> extras = new LinkedHashMap<>(text.extras());
                extras.remove(MEMBER);
                List<String> pages = citations.get(i).stream().map(Citations::one).filter(one -> one != null).map(RawJson::text).toList();
                if (!pages.isEmpty()) {
                    extras.put(MEMBER, new RawJson("[" + String.join(",", pages) + "]"));
                }
                parts.set(i, new Part.Text(text.text(), extras));
            }
        }
        return parts;
    }
}
