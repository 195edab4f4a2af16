package org.sluice.gateway.replay;

import static java.nio.charset.StandardCharsets.UTF_8;

import jakarta.json.Json;
import jakarta.json.JsonArray;
import jakarta.json.JsonException;
import jakarta.json.JsonNumber;
import jakarta.json.JsonObject;
import jakarta.json.JsonReader;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import java.io.StringReader;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/**
 * JSON as maps, lists, strings, booleans and numbers by value, read by a parser that the gateway does not use. Members that
 * are null are left out; what is not there reads as empty.
 */
final class Tree {
    private static final String NULL = "(null)";

    private Tree() { }

    static Object read(byte[] json) {
        return read(new String(json, UTF_8));
    }

    static Object read(String json) {
        try (JsonReader reader = Json.createReader(new StringReader(json))) {
            return plain(reader.readValue());
        }
    }

    /** The value of a text that should be JSON; the text itself when it is not. Nothing at all means no arguments. */
    static Object readOrText(String json) {
        if (json == null || json.isBlank()) {
            return Map.of();
        }
        try {
            Object value = read(json);
            return value.equals(NULL) ? Map.of() : value;
        } catch (JsonException | IllegalStateException notJson) {
            return json;
        }
    }

    private static Object plain(JsonValue value) {
        if (value instanceof JsonObject object) {
            Map<String, Object> members = new LinkedHashMap<>();
            object.forEach((name, member) -> {
                if (member != JsonValue.NULL && member.getValueType() != JsonValue.ValueType.NULL) {
                    members.put(name, plain(member));
                }
            });
            return members;
        }
        if (value instanceof JsonArray array) {
            List<Object> items = new ArrayList<>();
            array.forEach(item -> items.add(plain(item)));
            return items;
        }
        if (value instanceof JsonNumber number) {
            BigDecimal decimal = number.bigDecimalValue();
            return decimal.signum() == 0 ? BigDecimal.ZERO : decimal.stripTrailingZeros();
        }
        return value instanceof JsonString string ? string.getString() : value.getValueType() == JsonValue.ValueType.NULL ? NULL
                : (Object) (value.getValueType() == JsonValue.ValueType.TRUE);
    }

    /** An object of names and values in turn; values that are null are left out. */
    static Map<String, Object> of(Object... namesAndValues) {
        Map<String, Object> object = new LinkedHashMap<>();
        for (int i = 0; i < namesAndValues.length; i += 2) {
            if (namesAndValues[i + 1] != null) {
                object.put((String) namesAndValues[i], namesAndValues[i + 1]);
            }
        }
        return object;
    }

    static String write(Object value) {
        if (value instanceof Map<?, ?> object) {
            return object.entrySet().stream().map(member -> write(member.getKey()) + ":" + write(member.getValue())).collect(Collectors.joining(",", "{", "}"));
        }
        if (value instanceof List<?> array) {
            return array.stream().map(Tree::write).collect(Collectors.joining(",", "[", "]"));
        }
        return value instanceof String text ? Json.createValue(text).toString() : value instanceof BigDecimal number ? number.toPlainString() : String.valueOf(value);
    }

    /** What stands at the end of a path of member names; null when there is nothing. */
    static Object at(Object from, String... path) {
        Object at = from;
        for (String name : path) {
            at = at instanceof Map<?, ?> members ? members.get(name) : null;
        }
        return at;
    }

    @SuppressWarnings("unchecked")
    static Map<String, Object> object(Object from, String... path) {
        return at(from, path) instanceof Map<?, ?> members ? (Map<String, Object>) members : Map.of();
    }

    @SuppressWarnings("unchecked")
    static List<Object> list(Object from, String... path) {
        return at(from, path) instanceof List<?> items ? (List<Object>) items : List.of();
    }

    /** The text there, or null. */
    static String text(Object from, String... path) {
        return at(from, path) instanceof String text ? text : null;
    }

    static String textOr(String other, Object from, String... path) {
        String text = text(from, path);
        return text == null ? other : text;
    }

    /** The number there, or 0. */
    static long number(Object from, String... path) {
        return at(from, path) instanceof BigDecimal number ? number.longValue() : 0;
    }

    /** Every string value below, wherever it stands. */
    static void strings(Object from, Consumer<String> to) {
        if (from instanceof Map<?, ?> members) {
            members.values().forEach(member -> strings(member, to));
        } else if (from instanceof List<?> items) {
            items.forEach(item -> strings(item, to));
        } else if (from instanceof String text) {
            to.accept(text);
        }
    }
}
