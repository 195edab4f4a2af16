package org.sluice.gateway.it;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.List;
import java.util.Map;
import org.sluice.gateway.json.JsonReader;
import org.sluice.gateway.json.JsonValue.JsonObject;

/**
 * A model of every provider dialect, all but the first answered by {@link ReplayUpstream#play()}, and what clients ask them:
 * the same as {@code src/test/js/gateway.mjs}.
 */
final class PlayedModels {
    static final List<String> ALL = List.of("demo/echo", "openai/gpt-5", "anthropic/claude-sonnet-4-5", "gemini/gemini-2.5-flash");
    static final String QUESTION = "call weather {\"city\":\"Bern\"}";
    static final Map<String, Object> WEATHER = Map.of("type", "object", "properties", Map.of("city", Map.of("type", "string")), "required", List.of("city"), "additionalProperties", false);
    static final Map<String, Object> PLACE = Map.of("type", "object", "properties", Map.of("name", Map.of("type", "string"), "people", Map.of("type", "integer")),
            "required", List.of("name", "people"), "additionalProperties", false);

    private PlayedModels() { }

    /** Whether a text is a document of {@link #PLACE}. */
    static boolean isPlace(String text) {
        JsonObject said = JsonReader.readObject(text.getBytes(UTF_8));
        return said.text("name") != null && said.number("people", -1) >= 0;
    }
}
