package org.sluice.gateway.dialect.gemini;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.sluice.gateway.chat.RawJson;
import org.sluice.gateway.json.JsonValue.JsonObject;
import org.sluice.gateway.json.JsonWriter;

/** The members of an object that the vocabulary has no word for, as the other side spelled them; null is left out. */
final class Rest {
    private Rest() { }

    /** @param known names in camel case */
    static Map<String, RawJson> of(JsonObject object, Set<String> known) {
        Map<String, RawJson> rest = new LinkedHashMap<>(2);
        add(rest, "", object, known);
        return rest;
    }

    static void add(Map<String, RawJson> rest, String prefix, JsonObject object, Set<String> known) {
        if (object == null) {
            return;
        }
        object.members().forEach((name, value) -> {
            if (!known.contains(name) && !value.isNull() && !known.contains(Fields.camel(name))) {
                rest.put(prefix + name, value.raw());
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

    /** Writes the extras that are members of this dialect's own object. */
    static void writeOwn(JsonWriter json, Set<String> own, Map<String, RawJson> extras) {
        extras.forEach((name, value) -> {
            if (own.contains(Fields.camel(name))) {
                json.name(name).raw(value);
            }
        });
    }
}
