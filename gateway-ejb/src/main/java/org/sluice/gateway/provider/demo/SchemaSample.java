package org.sluice.gateway.provider.demo;

import org.sluice.gateway.json.JsonValue;
import org.sluice.gateway.json.JsonValue.JsonArray;
import org.sluice.gateway.json.JsonValue.JsonLiteral;
import org.sluice.gateway.json.JsonValue.JsonNumber;
import org.sluice.gateway.json.JsonValue.JsonObject;
import org.sluice.gateway.json.JsonValue.JsonString;
import org.sluice.gateway.json.JsonWriter;

/**
 * A small document that satisfies a JSON schema: required properties only, the first of several choices, references
 * within the schema followed. Twelve levels deep at most, 64 KiB long; beyond that null.
 */
final class SchemaSample {
    private static final int MAX_DEPTH = 12;
    private static final int MAX_SIZE = 64 * 1024;
    private final JsonValue root;
    private final JsonWriter json = new JsonWriter();

    private SchemaSample(JsonValue root) {
        this.root = root;
    }

    static String of(JsonValue schema) {
        SchemaSample sample = new SchemaSample(schema);
        sample.write(schema, 0);
        return sample.json.toText();
    }

    private void write(JsonValue value, int depth) {
        if (!(value instanceof JsonObject schema) || depth > MAX_DEPTH || json.size() > MAX_SIZE) {
            json.literal("null");
            return;
        }
        JsonObject chosen = chosen(schema);
        if (chosen != null) {
            write(chosen, depth + 1);
        } else if (schema.get("const") != null) {
            json.raw(schema.get("const").raw());
        } else if (!schema.items("enum").isEmpty()) {
            json.raw(schema.items("enum").get(0).raw());
        } else {
            typed(schema, depth);
        }
    }

    /** The schema this one stands for: a reference, or the first of several. */
    private JsonObject chosen(JsonObject schema) {
        String reference = schema.text("$ref");
        if (reference != null) {
            return resolve(reference);
        }
        for (String name : new String[] {"anyOf", "oneOf", "allOf"}) {
            if (!schema.items(name).isEmpty() && schema.items(name).get(0) instanceof JsonObject first) {
                return first;
            }
        }
        return null;
    }

    private JsonObject resolve(String reference) {
        JsonValue at = reference.startsWith("#") ? root : null;
        String[] steps = reference.substring(Math.min(reference.length(), 1)).split("/");
        for (int i = 1; i < steps.length && at != null; i++) {
            at = at instanceof JsonObject object ? object.get(steps[i].replace("~1", "/").replace("~0", "~")) : null;
        }
        return at instanceof JsonObject object ? object : null;
    }

    private void typed(JsonObject schema, int depth) {
        JsonValue type = schema.get("type");
        if (type instanceof JsonArray several && !several.items().isEmpty()) {
            type = several.items().get(0);
        }
        String name = type instanceof JsonString string ? string.text() : schema.object("properties") != null ? "object" : "string";
        switch (name) {
            case "object" -> object(schema, depth);
            case "array" -> array(schema, depth);
            case "integer", "number" -> json.literal(number(schema));
            case "boolean" -> json.value(true);
            case "null" -> json.literal("null");
            default -> json.value(string(schema));
        }
    }

    private void object(JsonObject schema, int depth) {
        json.beginObject();
        JsonObject properties = schema.object("properties");
        for (JsonValue required : schema.items("required")) {
            if (required.asText() != null) {
                json.name(required.asText());
                JsonValue property = properties == null ? null : properties.get(required.asText());
                if (property == null || property == JsonLiteral.TRUE) {
                    json.value("text");
                } else {
                    write(property, depth + 1);
                }
            }
        }
        json.endObject();
    }

    private void array(JsonObject schema, int depth) {
        json.beginArray();
        long items = Math.min(100, Math.max(0, schema.number("minItems", 1)));
        for (long i = 0; i < items; i++) {
            if (schema.get("items") == null) {
                json.value("text");
            } else {
                write(schema.get("items"), depth + 1);
            }
        }
        json.endArray();
    }

    private static String number(JsonObject schema) {
        return schema.get("minimum") instanceof JsonNumber minimum ? minimum.text() : "1";
    }

    private static String string(JsonObject schema) {
        String format = schema.text("format") == null ? "" : schema.text("format");
        String text = switch (format) {
            case "date-time" -> "2026-01-01T00:00:00Z";
            case "date" -> "2026-01-01";
            case "time" -> "00:00:00Z";
            case "email" -> "demo@example.com";
            case "uri" -> "https://example.com/";
            case "uuid" -> "00000000-0000-4000-8000-000000000000";
            default -> "text";
        };
        int missing = (int) Math.min(1000, schema.number("minLength", 0)) - text.length();
        return missing <= 0 ? text : text + "t".repeat(missing);
    }
}
