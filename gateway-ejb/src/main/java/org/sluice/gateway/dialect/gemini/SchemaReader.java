package org.sluice.gateway.dialect.gemini;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.sluice.gateway.chat.RawJson;
import org.sluice.gateway.json.JsonValue;
import org.sluice.gateway.json.JsonValue.JsonArray;
import org.sluice.gateway.json.JsonValue.JsonObject;
import org.sluice.gateway.json.JsonWriter;

/**
 * Reads Gemini's own {@code Schema} as JSON schema: types in lower case, {@code nullable} as the type null, counts as
 * numbers, properties in the order that {@code propertyOrdering} gives. A schema that is JSON schema already keeps its text.
 *
 * @see <a href="https://ai.google.dev/api/caching#Schema">Gemini API: Schema</a>
 */
final class SchemaReader {
    private static final List<String> BY_NUMBER = List.of("type_unspecified", "string", "number", "integer", "boolean", "array", "object", "null");
    private static final Set<String> COUNTS = Set.of("minItems", "maxItems", "minLength", "maxLength", "minProperties", "maxProperties");
    private static final Set<String> OWN = Set.of("type", "nullable", "propertyOrdering", "properties");
    private boolean isChanged;

    private SchemaReader() { }

    static RawJson read(JsonValue schema) {
        SchemaReader reader = new SchemaReader();
        JsonWriter json = new JsonWriter();
        reader.schema(json, schema);
        return reader.isChanged ? new RawJson(json.toText()) : schema.raw();
    }

    private void schema(JsonWriter json, JsonValue value) {
        if (!(value instanceof JsonObject schema)) {
            json.raw(value.raw());
            return;
        }
        json.beginObject();
        type(json, schema);
        schema.members().forEach((written, member) -> {
            String name = Fields.camel(written);
            isChanged |= !name.equals(written);
            if (!OWN.contains(name) && !member.isNull()) {
                member(json, name, member);
            }
        });
        if (Fields.object(schema, "properties") != null) {
            properties(json.name("properties"), Fields.object(schema, "properties"), Fields.items(schema, "propertyOrdering"));
        }
        json.endObject();
    }

    private void type(JsonWriter json, JsonObject schema) {
        JsonValue written = Fields.get(schema, "type");
        if (written instanceof JsonArray) {
            json.name("type").raw(written.raw());
            return;
        }
        int number = (int) Fields.number(written, -1);
        String type = number >= 0 && number < BY_NUMBER.size() ? BY_NUMBER.get(number) : written == null ? null : written.asText();
        String lower = type == null ? null : type.toLowerCase(Locale.ROOT);
        boolean isNullable = Fields.isTrue(schema, "nullable");
        isChanged |= lower != null && (written.asText() == null || !written.asText().equals(lower)) || isNullable;
        if (lower == null || lower.equals(BY_NUMBER.get(0))) {
            return;
        }
        json.name("type");
        if (isNullable) {
            json.beginArray().value(lower).value("null").endArray();
        } else {
            json.value(lower);
        }
    }

    private void member(JsonWriter json, String name, JsonValue member) {
        if (COUNTS.contains(name) && member.asText() != null) {
            isChanged = true;
            json.name(name).literal(Long.toString(Fields.number(member, 0)));
        } else if (name.equals("items") || name.equals("additionalProperties") || name.equals("not")) {
            schema(json.name(name), member);
        } else if (member instanceof JsonArray array && (name.equals("anyOf") || name.equals("oneOf") || name.equals("allOf") || name.equals("prefixItems"))) {
            json.name(name).beginArray();
            array.items().forEach(item -> schema(json, item));
            json.endArray();
        } else if (member instanceof JsonObject object && (name.equals("$defs") || name.equals("definitions") || name.equals("defs"))) {
            properties(json.name(name), object, List.of());
        } else {
            json.name(name).raw(member.raw());
        }
    }

    private void properties(JsonWriter json, JsonObject properties, List<JsonValue> order) {
        Map<String, JsonValue> ordered = new LinkedHashMap<>();
        isChanged |= !order.isEmpty();
        order.forEach(name -> {
            if (name.asText() != null && properties.get(name.asText()) != null) {
                ordered.put(name.asText(), properties.get(name.asText()));
            }
        });
        properties.members().forEach(ordered::putIfAbsent);
        json.beginObject();
        ordered.forEach((name, schema) -> schema(json.name(name), schema));
        json.endObject();
    }
}
