package org.sluice.gateway.dialect.anthropic;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.sluice.gateway.chat.RawJson;
import org.sluice.gateway.chat.Signatures;
import org.sluice.gateway.json.JsonValue.JsonObject;
import org.sluice.gateway.json.JsonWriter;

/** The members of an object that the vocabulary has no word for; null says as much as absence and is left out. */
final class Rest {
    /** What OpenAI and Gemini attach to parts, calls and tools and Anthropic does not take. */
    private static final Set<String> FOREIGN = Set.of("annotations", "logprobs", "index", "status", "type", "custom",
            "reasoning_details", "extra_content", "prompt_cache_breakpoint", "videoMetadata", "video_metadata", "mediaResolution", "media_resolution",
            "partMetadata", "part_metadata", Signatures.EXTRA);

    private Rest() { }

    static Map<String, RawJson> of(JsonObject object, Set<String> known) {
        Map<String, RawJson> rest = new LinkedHashMap<>();
        add(rest, "", object, known);
        return rest;
    }

    static void add(Map<String, RawJson> rest, String prefix, JsonObject object, Set<String> known) {
        if (object == null) {
            return;
        }
        object.members().forEach((name, value) -> {
            if (!known.contains(name) && !value.isNull()) {
                rest.put(prefix + name, value.raw());
            }
        });
    }

    /** Writes what stands on a part: the members without a dot, which marks a nested object of another dialect. */
    static void write(JsonWriter json, Map<String, RawJson> extras) {
        extras.forEach((name, value) -> {
            if (name.indexOf('.') < 0 && !FOREIGN.contains(name)) {
                json.name(name).raw(value);
            }
        });
    }

    /** Writes the members that belong into the nested object, without their prefix. */
    static void writeNested(JsonWriter json, String prefix, Map<String, RawJson> extras) {
        extras.forEach((name, value) -> {
            if (name.startsWith(prefix)) {
                json.name(name.substring(prefix.length())).raw(value);
            }
        });
    }

    /** Whether another dialect attaches this to what it says, so that its absence is no loss. */
    static boolean isForeign(String extra) {
        return FOREIGN.contains(extra);
    }

    static boolean isEmpty(Map<String, RawJson> extras) {
        return extras.keySet().stream().noneMatch(name -> name.indexOf('.') < 0 && !FOREIGN.contains(name));
    }
}
