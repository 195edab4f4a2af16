package org.sluice.gateway.dialect.openai;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.sluice.gateway.chat.RawJson;
import org.sluice.gateway.json.JsonValue.JsonObject;
import org.sluice.gateway.json.JsonWriter;

/** The members of an object that the vocabulary has no word for; those of a nested object under a prefix. */
final class Rest {
    private Rest() { }

    static Map<String, RawJson> of(JsonObject object, Set<String> known) {
        Map<String, RawJson> rest = new LinkedHashMap<>();
        add(rest, "", object, known);
        return rest;
    }

    /** The same without members that are null. */
    static Map<String, RawJson> present(JsonObject object, Set<String> known) {
        Map<String, RawJson> rest = of(object, known);
        rest.values().removeIf(RawJson::isNull);
        return rest;
    }

    static void add(Map<String, RawJson> rest, String prefix, JsonObject nested, Set<String> known) {
        if (nested.members().size() <= known.size() && known.containsAll(nested.members().keySet())) {
            return;
        }
        nested.members().forEach((name, value) -> {
            if (!known.contains(name)) {
                rest.put(prefix + name, value.raw());
            }
        });
    }

    /** Whether a member is another dialect's own: of an item or an answer of the Responses API. */
    static boolean isForeign(String name) {
        return name.startsWith("item.") || name.startsWith("response.");
    }

    /** Members without those of other dialects. */
    static Map<String, RawJson> own(Map<String, RawJson> extras) {
        if (extras.isEmpty() || extras.keySet().stream().noneMatch(Rest::isForeign)) {
            return extras;
        }
        Map<String, RawJson> own = new LinkedHashMap<>(extras);
        own.keySet().removeIf(Rest::isForeign);
        return own;
    }

    /** Writes the members that belong into the nested object. */
    static void writeNested(JsonWriter json, String prefix, Map<String, RawJson> extras) {
        extras.forEach((name, value) -> {
            if (name.startsWith(prefix)) {
                json.name(name.substring(prefix.length())).raw(value);
            }
        });
    }

    /** Writes the members that do not belong into the nested object. */
    static void writeOutside(JsonWriter json, String prefix, Map<String, RawJson> extras) {
        extras.forEach((name, value) -> {
            if (!name.startsWith(prefix) && !isForeign(name)) {
                json.name(name).raw(value);
            }
        });
    }
}
