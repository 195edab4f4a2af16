package org.sluice.gateway.dialect.anthropic;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.sluice.gateway.chat.RawJson;
import org.sluice.gateway.json.JsonValue;
import org.sluice.gateway.json.JsonValue.JsonArray;
import org.sluice.gateway.json.JsonValue.JsonNumber;
import org.sluice.gateway.json.JsonValue.JsonObject;
import org.sluice.gateway.json.JsonWriter;

/**
 * Fits a JSON schema to what structured outputs take: objects without {@code additionalProperties} get {@code false},
 * bounds the API refuses move into the description, where the model reads them. A schema that fits keeps its text.
 *
 * @see <a href="https://platform.claude.com/docs/en/build-with-claude/structured-outputs">Claude: structured outputs</a>
 */
final class SchemaFit {
    private static final Set<String> REFUSED = Set.of("minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum",
            "multipleOf", "minLength", "maxLength", "maxItems", "uniqueItems", "minProperties", "maxProperties");
    private static final Set<String> ONE = Set.of("items", "not");
    private static final Set<String> LISTED = Set.of("anyOf", "allOf", "oneOf", "prefixItems");
    private static final Set<String> NAMED = Set.of("properties", "$defs", "definitions");
    private boolean isChanged;

    private SchemaFit() { }

    static RawJson of(RawJson schema) {
        SchemaFit fit = new SchemaFit();
        JsonWriter json = new JsonWriter();
        fit.schema(json, ProviderJson.value(schema));
        return fit.isChanged ? new RawJson(json.toText()) : schema;
    }

    private void schema(JsonWriter json, JsonValue value) {
        if (!(value instanceof JsonObject schema)) {
            json.raw(value.raw());
            return;
        }
        Map<String, RawJson> bounds = new LinkedHashMap<>();
        json.beginObject();
        schema.members().forEach((name, member) -> {
            if (isRefused(name, member)) {
                bounds.put(name, member.raw());
            } else if (!name.equals("description")) {
                json.name(name);
                member(json, name, member);
            }
        });
        if (isObject(schema) && schema.get("additionalProperties") == null) {
            json.name("additionalProperties").value(false);
            isChanged = true;
        }
        description(json, schema, bounds);
        json.endObject();
    }

    private void member(JsonWriter json, String name, JsonValue member) {
        if (ONE.contains(name)) {
            schema(json, member);
        } else if (LISTED.contains(name) && member instanceof JsonArray array) {
            json.beginArray();
            array.items().forEach(item -> schema(json, item));
            json.endArray();
        } else if (NAMED.contains(name) && member instanceof JsonObject object) {
            json.beginObject();
            object.members().forEach((key, nested) -> schema(json.name(key), nested));
            json.endObject();
        } else {
            json.raw(member.raw());
        }
    }

    private void description(JsonWriter json, JsonObject schema, Map<String, RawJson> bounds) {
        if (bounds.isEmpty()) {
            json.optional("description", schema.get("description") == null ? null : schema.get("description").raw());
            return;
        }
        isChanged = true;
        StringBuilder text = new StringBuilder(schema.text("description") == null ? "" : schema.text("description") + " ");
        bounds.forEach((name, bound) -> text.append(text.isEmpty() || text.charAt(text.length() - 1) == ' ' ? "" : ", ").append(name).append(": ").append(bound.text()));
        json.name("description").value(text.toString());
    }

    private static boolean isObject(JsonObject schema) {
        return "object".equals(schema.text("type")) || schema.get("type") == null && schema.object("properties") != null;
    }

    private static boolean isRefused(String name, JsonValue value) {
        return REFUSED.contains(name) || name.equals("minItems") && value instanceof JsonNumber number && number.isLong() && number.longValue() > 1;
    }
}
