package org.sluice.gateway.dialect.anthropic;

import java.util.ArrayList;
import java.util.List;
import org.sluice.gateway.chat.RawJson;
import org.sluice.gateway.json.JsonValue;
import org.sluice.gateway.json.JsonValue.JsonArray;
import org.sluice.gateway.json.JsonValue.JsonObject;
import org.sluice.gateway.json.JsonWriter;

/**
 * OpenAI's {@code annotations} as Anthropic's citations: pages found on the web. What else they name has no word here.
 *
 * @see <a href="https://platform.claude.com/docs/en/build-with-claude/citations">Claude: citations</a>
 */
final class Citations {
    static final String ANNOTATIONS = "annotations";
    static final String MEMBER = "citations";

    private Citations() { }

    /** @param annotations an array, or null */
    static List<RawJson> of(RawJson annotations) {
        List<RawJson> citations = new ArrayList<>();
        if (annotations != null && ProviderJson.valueOrNull(annotations.text()) instanceof JsonArray array) {
            for (JsonValue item : array.items()) {
                JsonObject page = item instanceof JsonObject object && "url_citation".equals(object.text("type"))
                        ? object.object("url_citation") == null ? object : object.object("url_citation") : null;
                if (page != null && page.text("url") != null) {
                    citations.add(new RawJson(new JsonWriter().beginObject().name("type").value("web_search_result_location").name("cited_text").value("")
                            .name("encrypted_index").value("").name("title").value(page.text("title")).name("url").value(page.text("url")).endObject().toText()));
                }
            }
        }
        return citations;
    }

    /** The same as one array; null when there is none. */
    static RawJson array(RawJson annotations) {
        List<RawJson> citations = of(annotations);
        return citations.isEmpty() ? null : new RawJson("[" + String.join(",", citations.stream().map(RawJson::text).toList()) + "]");
    }
}
