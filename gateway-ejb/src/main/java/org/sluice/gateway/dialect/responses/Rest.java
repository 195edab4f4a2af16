package org.sluice.gateway.dialect.responses;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.sluice.gateway.chat.RawJson;
import org.sluice.gateway.json.JsonValue;
import org.sluice.gateway.json.JsonValue.JsonObject;
import org.sluice.gateway.json.JsonWriter;

/**
 * Members of an object that the vocabulary has no word for, under a prefix, by which other dialects know that they are
 * this one's: {@value #ITEM} on messages, parts and tools, {@value #RESPONSE} on answers. {@code cache_control} is common
 * to many dialects and stands without.
 */
final class Rest {
    static final String ITEM = "item.";
    static final String RESPONSE = "response.";
    private static final String CACHE_CONTROL = "cache_control";

    private Rest() { }

    /** The members of an item, a part or a tool; null says as much as absence. */
    static Map<String, RawJson> ofItem(JsonObject object, Set<String> known) {
        Map<String, RawJson> rest = new LinkedHashMap<>();
        object.members().forEach((name, value) -> {
            if (!known.contains(name) && !value.isNull()) {
                rest.put(name.equals(CACHE_CONTROL) ? name : ITEM + name, value.raw());
            }
        });
        return rest;
    }

    static void add(Map<String, RawJson> rest, String prefix, JsonObject object, Set<String> known) {
        object.members().forEach((name, value) -> {
            if (!known.contains(name) && !value.isNull()) {
                rest.put(prefix + name, value.raw());
            }
        });
    }

    /** Writes what belongs to an item back, but for what the writer wrote itself. */
    static void write(JsonWriter json, Map<String, RawJson> extras, Set<String> written) {
        extras.forEach((name, value) -> {
            if (name.equals(CACHE_CONTROL)) {
                json.name(name).raw(value);
            } else if (name.startsWith(ITEM) && !name.startsWith(OutputReader.MESSAGE) && !written.contains(name.substring(ITEM.length()))) {
                json.name(name.substring(ITEM.length())).raw(value);
            }
        });
    }

    static void writeNested(JsonWriter json, String prefix, Map<String, RawJson> extras) {
        extras.forEach((name, value) -> {
            if (name.startsWith(prefix)) {
                json.name(name.substring(prefix.length())).raw(value);
            }
        });
    }

    /** The text of an extra that is a JSON string, or null. */
    static String text(Map<String, RawJson> extras, String name) {
        RawJson raw = extras.get(name);
        JsonValue value = raw == null ? null : Json.valueOrNull(raw.text());
        return value == null ? null : value.asText();
    }

    static RawJson string(String text) {
        return new RawJson(new JsonWriter(text.length() + 8).value(text).toText());
    }
}
