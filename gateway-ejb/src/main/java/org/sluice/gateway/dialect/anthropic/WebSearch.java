package org.sluice.gateway.dialect.anthropic;

import java.util.Set;
import org.sluice.gateway.chat.RawJson;
import org.sluice.gateway.json.JsonValue.JsonObject;
import org.sluice.gateway.json.JsonWriter;

/**
 * OpenAI's {@code web_search_options} as Anthropic's web search tool.
 *
 * @see <a href="https://platform.claude.com/docs/en/agents-and-tools/tool-use/web-search-tool">Claude: web search tool</a>
 */
final class WebSearch {
    private WebSearch() { }

    static void write(JsonWriter json, RawJson options) {
        json.beginObject().name("type").value("web_search_20250305").name("name").value("web_search");
        JsonObject given = ProviderJson.value(options) instanceof JsonObject object ? object.object("user_location") : null;
        JsonObject place = given == null ? null : given.object("approximate") == null ? given : given.object("approximate");
        if (place != null) {
            json.name("user_location").beginObject().name("type").value("approximate")
                    .members(Rest.of(place, Set.of("type"))).endObject();
        }
        json.endObject();
    }
}
