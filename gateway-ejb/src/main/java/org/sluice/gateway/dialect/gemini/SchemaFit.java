package org.sluice.gateway.dialect.gemini;

import java.math.BigDecimal;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.sluice.gateway.chat.RawJson;
import org.sluice.gateway.error.GatewayException;
import org.sluice.gateway.json.JsonValue;
import org.sluice.gateway.json.JsonValue.JsonArray;
import org.sluice.gateway.json.JsonValue.JsonLiteral;
import org.sluice.gateway.json.JsonValue.JsonNumber;
import org.sluice.gateway.json.JsonValue.JsonObject;
import org.sluice.gateway.json.JsonValue.JsonString;
import org.sluice.gateway.json.JsonWriter;

/**
 * Fits a JSON schema to Gemini's own {@code Schema}, for models that take no other: references are put in place, {@code
 * const} becomes {@code enum}, {@code oneOf} {@code anyOf}, the type null {@code nullable}, and what has no word moves into
 * the description, where the model reads it. What cannot be said at all is refused with its path.
 *
 * @see <a href="https://ai.google.dev/api/caching#Schema">Gemini API: Schema</a>
 */
final class SchemaFit {
    private static final int MAX_DEPTH = 32;
    private static final Set<String> TAKEN = Set.of("title", "minItems", "maxItems", "minLength", "maxLength", "pattern", "minimum",
            "maximum", "minProperties", "maxProperties", "default");
    private static final Set<String> SILENT = Set.of("$schema", "$id", "$comment", "$defs", "definitions", "additionalProperties", "nullable",
            "propertyOrdering", "type", "properties", "required", "items", "prefixItems", "anyOf", "oneOf", "allOf", "enum", "const", "format",
            "description", "$ref", "examples", "example", "deprecated", "readOnly", "writeOnly");
    private static final Set<String> FORMATS = Set.of("enum", "date-time", "float", "double", "int32", "int64");
    private final JsonObject root;
    private final Deque<String> references = new ArrayDeque<>();

    private SchemaFit(JsonObject root) {
        this.root = root;
    }

    static RawJson of(RawJson schema, String path) {
        JsonValue value = ProviderJson.value(schema);
        JsonWriter json = new JsonWriter();
        new SchemaFit(value instanceof JsonObject object ? object : null).schema(json, value, path, 0, false);
        return new RawJson(json.toText());
    }

    /** Null for a function without parameters: Gemini refuses an object without properties. */
    static RawJson parameters(RawJson schema, String path) {
        JsonObject object = (JsonObject) ProviderJson.value(schema);
        boolean isEmpty = object.get("$ref") == null && object.get("anyOf") == null && object.get("oneOf") == null && object.get("allOf") == null
                && (object.object("properties") == null || object.object("properties").members().isEmpty());
        return isEmpty ? null : of(schema, path);
    }

    private static GatewayException refused(String path, String why) {
        return GatewayException.invalid(path, "'" + path + "' cannot be told to this Gemini model: " + why);
    }

    private void schema(JsonWriter json, JsonValue value, String path, int depth, boolean isNullable) {
        if (depth > MAX_DEPTH) {
            throw refused(path, "it is nested deeper than " + MAX_DEPTH + ".");
        }
        if (value == JsonLiteral.FALSE) {
            throw refused(path, "nothing fits it.");
        }
        if (!(value instanceof JsonObject given)) {
            json.beginObject().name("type").value("STRING").endObject();
            return;
        }
        int entered = references.size();
        JsonObject schema = merged(given, path);
        List<JsonValue> choices = new ArrayList<>(schema.items("anyOf").isEmpty() ? schema.items("oneOf") : schema.items("anyOf"));
        int all = choices.size();
        choices.removeIf(SchemaFit::isNull);
        List<String> types = types(schema);
        boolean hasNull = isNullable || choices.size() < all || types.remove("null") || schema.isTrue("nullable")
                || schema.items("enum").stream().anyMatch(JsonValue::isNull);
        if (choices.size() == 1 && types.isEmpty() && schema.object("properties") == null) {
            schema(json, choices.get(0), path + ".anyOf[0]", depth + 1, hasNull);
        } else {
            json.beginObject();
            body(json, schema, types, path, depth);
            choices(json, choices, types, path, depth);
            if (hasNull) {
                json.name("nullable").value(true);
            }
            json.endObject();
        }
        while (references.size() > entered) {
            references.pop();
        }
    }

    private static boolean isNull(JsonValue choice) {
        return choice instanceof JsonObject object && "null".equals(object.text("type"));
    }

    private static List<String> types(JsonObject schema) {
        List<String> types = new ArrayList<>();
        JsonValue type = schema.present("type");
        if (type instanceof JsonArray array) {
            array.items().forEach(item -> types.add(String.valueOf(item.asText())));
        } else if (type != null) {
            types.add(String.valueOf(type.asText()));
        }
        return types;
    }

    /** References and {@code allOf} put in place; the schema itself when there are none. */
    private JsonObject merged(JsonObject schema, String path) {
        JsonObject merged = schema;
        while (merged.text("$ref") != null) {
            String reference = merged.text("$ref");
            if (references.contains(reference)) {
                throw refused(path + ".$ref", "it holds itself.");
            }
            references.push(reference);
            merged = joined(without(merged, "$ref"), target(reference, path), path);
        }
        List<JsonValue> all = merged.items("allOf");
        if (!all.isEmpty()) {
            JsonObject whole = without(merged, "allOf");
            for (int i = 0; i < all.size(); i++) {
                if (!(all.get(i) instanceof JsonObject part)) {
                    throw refused(path + ".allOf[" + i + "]", "it is no object.");
                }
                whole = joined(whole, merged(part, path + ".allOf[" + i + "]"), path + ".allOf[" + i + "]");
            }
            return whole;
        }
        return merged;
    }

    private static JsonObject without(JsonObject object, String name) {
        Map<String, JsonValue> members = new LinkedHashMap<>(object.members());
        members.remove(name);
        return new JsonObject(members, new byte[0], 0, 0);
    }

    private static JsonObject joined(JsonObject first, JsonObject second, String path) {
        Map<String, JsonValue> members = new LinkedHashMap<>(second.members());
        first.members().forEach((name, value) -> {
            JsonValue other = members.get(name);
            if (name.equals("properties") && other instanceof JsonObject more && value instanceof JsonObject some) {
                Map<String, JsonValue> both = new LinkedHashMap<>(some.members());
                more.members().forEach(both::putIfAbsent);
                members.put(name, new JsonObject(both, new byte[0], 0, 0));
            } else if (name.equals("required") && other instanceof JsonArray more && value instanceof JsonArray some) {
                List<JsonValue> both = new ArrayList<>(some.items());
                more.items().stream().filter(item -> !both.contains(item)).forEach(both::add);
                members.put(name, new JsonArray(both, new byte[0], 0, 0));
            } else if (name.equals("type") && other != null && !other.raw().text().equals(value.raw().text())) {
                throw refused(path, "its parts are of different types.");
            } else {
                members.put(name, value);
            }
        });
        return new JsonObject(members, new byte[0], 0, 0);
    }

    private JsonObject target(String reference, String path) {
        JsonValue at = root;
        if (!reference.startsWith("#")) {
            throw refused(path + ".$ref", "it refers to another document.");
        }
        for (String step : reference.substring(1).split("/")) {
            if (!step.isEmpty()) {
                String name = step.replace("~1", "/").replace("~0", "~");
                at = at instanceof JsonObject object ? object.get(name)
                        : at instanceof JsonArray array && name.matches("\\d{1,4}") && Integer.parseInt(name) < array.items().size()
                        ? array.items().get(Integer.parseInt(name)) : null;
            }
        }
        if (!(at instanceof JsonObject object)) {
            throw refused(path + ".$ref", "nothing stands where it refers to.");
        }
        return object;
    }

    private void body(JsonWriter json, JsonObject schema, List<String> types, String path, int depth) {
        List<String> notes = new ArrayList<>();
        JsonObject properties = schema.object("properties");
        String type = types.size() == 1 ? types.get(0) : types.isEmpty() ? inferred(schema) : null;
        if (type != null) {
            json.name("type").value(type.toUpperCase(Locale.ROOT));
        }
        values(json, schema, type, notes);
        String format = schema.text("format");
        if (format != null && FORMATS.contains(format)) {
            json.name("format").value(format);
        } else if (format != null) {
            notes.add("format: " + format);
        }
        schema.members().forEach((name, member) -> {
            if (TAKEN.contains(name)) {
                json.name(name).raw(member.raw());
            } else if (name.startsWith("exclusive") && member instanceof JsonNumber number && "integer".equals(type) && number.isLong()) {
                long bound = number.longValue() + (name.endsWith("Minimum") ? 1 : -1);
                json.name(name.endsWith("Minimum") ? "minimum" : "maximum").literal(BigDecimal.valueOf(bound).toPlainString());
            } else if (!SILENT.contains(name)) {
                notes.add(name + ": " + text(member));
            }
        });
        if (schema.get("additionalProperties") instanceof JsonObject free) {
            notes.add("keys are free, each value fits " + text(free));
        }
        if (properties != null) {
            properties(json, schema, properties, path, depth);
        }
        items(json, schema, path, depth);
        description(json, schema.text("description"), notes);
    }

    private static String inferred(JsonObject schema) {
        return schema.object("properties") != null ? "OBJECT" : schema.get("items") != null || schema.get("prefixItems") != null ? "ARRAY"
                : schema.get("anyOf") != null || schema.get("oneOf") != null ? null : "STRING";
    }

    /** Gemini takes lists of strings only; other values are told in words. */
    private static void values(JsonWriter json, JsonObject schema, String type, List<String> notes) {
        JsonValue only = schema.get("const");
        List<JsonValue> values = new ArrayList<>(only != null ? List.of(only) : schema.items("enum"));
        values.removeIf(JsonValue::isNull);
        if (values.isEmpty()) {
            return;
        }
        if (values.stream().allMatch(JsonString.class::isInstance) && (type == null || type.equalsIgnoreCase("string"))) {
            json.name("enum").beginArray();
            values.forEach(value -> json.value(value.asText()));
            json.endArray();
        } else {
            StringBuilder words = new StringBuilder("one of ");
            values.forEach(value -> words.append(words.length() > 7 ? ", " : "").append(value.raw().text()));
            notes.add(words.toString());
        }
    }

    private void properties(JsonWriter json, JsonObject schema, JsonObject properties, String path, int depth) {
        json.name("properties").beginObject();
        properties.members().forEach((name, property) -> schema(json.name(name), property, path + ".properties." + name, depth + 1, false));
        json.endObject();
        List<JsonValue> required = schema.items("required").stream().filter(name -> properties.get(String.valueOf(name.asText())) != null).toList();
        if (!required.isEmpty()) {
            json.name("required").beginArray();
            required.forEach(name -> json.value(name.asText()));
            json.endArray();
        }
        if (properties.members().size() > 1) {
            json.name("propertyOrdering").beginArray();
            properties.members().keySet().forEach(json::value);
            json.endArray();
        }
    }

    private void items(JsonWriter json, JsonObject schema, String path, int depth) {
        List<JsonValue> places = schema.get("items") instanceof JsonArray array ? array.items() : schema.items("prefixItems");
        if (!places.isEmpty()) {
            json.name("items").beginObject().name("anyOf").beginArray();
            for (int i = 0; i < places.size(); i++) {
                schema(json, places.get(i), path + ".prefixItems[" + i + "]", depth + 1, false);
            }
            json.endArray().endObject();
        } else if (schema.get("items") != null) {
            schema(json.name("items"), schema.get("items"), path + ".items", depth + 1, false);
        }
    }

    /** Alternatives, or one for each of several types. */
    private void choices(JsonWriter json, List<JsonValue> choices, List<String> types, String path, int depth) {
        if (choices.isEmpty() && types.size() < 2) {
            return;
        }
        json.name("anyOf").beginArray();
        for (int i = 0; i < choices.size(); i++) {
            schema(json, choices.get(i), path + ".anyOf[" + i + "]", depth + 1, false);
        }
        if (choices.isEmpty()) {
            types.forEach(type -> json.beginObject().name("type").value(type.toUpperCase(Locale.ROOT)).endObject());
        }
        json.endArray();
    }

    private static void description(JsonWriter json, String given, List<String> notes) {
        String noted = String.join(", ", notes);
        String text = given == null ? noted : notes.isEmpty() ? given : given + " (" + noted + ")";
        if (!text.isEmpty()) {
            json.name("description").value(text);
        }
    }

    /** JSON text of a value whose parts may have been put together here. */
    private static String text(JsonValue value) {
        return value instanceof JsonObject object && object.to() == 0 || value instanceof JsonArray array && array.to() == 0 ? "..." : value.raw().text();
    }
}
