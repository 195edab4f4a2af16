package org.sluice.gateway.dialect.responses;

import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.sluice.gateway.chat.RawJson;
import org.sluice.gateway.dialect.RequestOutline;
import org.sluice.gateway.dialect.Slice;
import org.sluice.gateway.json.JsonReader;
import org.sluice.gateway.json.JsonValue;
import org.sluice.gateway.json.JsonValue.JsonArray;
import org.sluice.gateway.json.JsonValue.JsonObject;
import org.sluice.gateway.json.JsonWriter;

/**
 * What an answer repeats of its request, because clients of this dialect read it there, and the custom tools it must name
 * as such.
 */
final class Asked {
    private static final Map<String, RawJson> DEFAULTS = defaults();
    /** Of these the client's own word holds: a provider may have been asked otherwise. */
    private static final Set<String> CLIENTS = Set.of("previous_response_id", "metadata", "store");
    private final Map<String, RawJson> members;
    private final Set<String> customTools;

    private Asked(Map<String, RawJson> members, Set<String> customTools) {
        this.members = members;
        this.customTools = customTools;
    }

    private static Map<String, RawJson> defaults() {
        Map<String, RawJson> defaults = new LinkedHashMap<>();
        String[] all = {"background", "false", "instructions", "null", "max_output_tokens", "null", "max_tool_calls", "null", "metadata", "{}",
            "parallel_tool_calls", "true", "previous_response_id", "null", "prompt_cache_key", "null",
            "reasoning", "{\"effort\":null,\"summary\":null}", "safety_identifier", "null", "service_tier", "\"default\"", "store", "true",
            "temperature", "1.0", "text", "{\"format\":{\"type\":\"text\"}}", "tool_choice", "\"auto\"", "tools", "[]", "top_logprobs", "0",
            "top_p", "1.0", "truncation", "\"disabled\"", "user", "null"};
        for (int i = 0; i < all.length; i += 2) {
            defaults.put(all[i], new RawJson(all[i + 1]));
        }
        return defaults;
    }

    /** @param outline of the request, or null when it is not known */
    static Asked of(RequestOutline outline) {
        Map<String, RawJson> members = new LinkedHashMap<>();
        Set<String> customTools = new HashSet<>();
        if (outline != null) {
            for (String name : DEFAULTS.keySet()) {
                Slice value = outline.value(name);
                if (value != null && value.array()[value.from()] != 'n') {
                    members.put(name, new RawJson(value.text()));
                }
            }
            if (members.containsKey("tools") && members.get("tools").text().contains("\"custom\"")) {
                Slice tools = outline.value("tools");
                addCustom(JsonReader.read(tools.array(), tools.from(), tools.to()), customTools);
            }
        }
        return new Asked(members, customTools);
    }

    private static void addCustom(JsonValue tools, Set<String> customTools) {
        if (tools instanceof JsonArray array) {
            for (JsonValue item : array.items()) {
                if (item instanceof JsonObject tool && "custom".equals(tool.text("type")) && tool.text("name") != null) {
                    customTools.add(tool.text("name"));
                }
            }
        }
    }

    boolean isCustom(String tool) {
        return customTools.contains(tool);
    }

    /** @param extras of the answer: what its provider repeated, and more */
    void write(JsonWriter json, Map<String, RawJson> extras) {
        DEFAULTS.forEach((name, otherwise) -> {
            RawJson asked = members.get(name);
            RawJson given = extras.get(Rest.RESPONSE + name);
            RawJson first = CLIENTS.contains(name) ? asked : given;
            json.name(name).raw(first != null ? first : asked != null ? asked : given != null ? given : otherwise);
        });
        extras.forEach((name, value) -> {
            String own = name.startsWith(Rest.RESPONSE) ? name.substring(Rest.RESPONSE.length()) : null;
            if (own != null && !DEFAULTS.containsKey(own)) {
                json.name(own).raw(value);
            }
        });
    }
}
