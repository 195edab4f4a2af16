package org.sluice.gateway.dialect.gemini;

import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.sluice.gateway.json.JsonValue;
import org.sluice.gateway.json.JsonValue.JsonArray;
import org.sluice.gateway.json.JsonValue.JsonNumber;
import org.sluice.gateway.json.JsonValue.JsonObject;

/**
 * Members as Google's JSON writes them: the name in camel case or in snake case, a 64-bit number as a number or a string,
 * one item in place of a list of one.
 *
 * @see <a href="https://protobuf.dev/programming-guides/json/">Protocol buffers: JSON</a>
 */
final class Fields {
    private static final int LONGEST_LONG = 18;
    private static final Map<String, String> SNAKE = new ConcurrentHashMap<>();

    private Fields() { }

    /** The member unless it is absent or JSON null; then null. */
    static JsonValue get(JsonObject object, String camel) {
        JsonValue value = object.get(camel);
        if (value == null) {
            String snake = SNAKE.computeIfAbsent(camel, Fields::snake);
            value = snake.equals(camel) ? null : object.get(snake);
        }
        return value == null || value.isNull() ? null : value;
    }

    static String text(JsonObject object, String camel) {
        JsonValue value = get(object, camel);
        return value == null ? null : value.asText();
    }

    static JsonObject object(JsonObject object, String camel) {
        return get(object, camel) instanceof JsonObject nested ? nested : null;
    }

    static List<JsonValue> items(JsonObject object, String camel) {
        JsonValue value = get(object, camel);
        return value == null ? List.of() : value instanceof JsonArray array ? array.items() : List.of(value);
    }

    static boolean isTrue(JsonObject object, String camel) {
        return get(object, camel) == JsonValue.JsonLiteral.TRUE;
    }

    /** An integer member, {@code otherwise} when there is none. */
    static long number(JsonObject object, String camel, long otherwise) {
        return number(get(object, camel), otherwise);
    }

    static long number(JsonValue value, long otherwise) {
        if (value instanceof JsonNumber number) {
            return number.isLong() ? number.longValue() : otherwise;
        }
        String text = value == null ? null : value.asText();
        return text != null && text.matches("-?\\d{1," + LONGEST_LONG + "}") ? Long.parseLong(text) : otherwise;
    }

    /** {@code mime_type} as {@code mimeType}. */
    static String camel(String name) {
        if (name.indexOf('_') < 0) {
            return name;
        }
        StringBuilder camel = new StringBuilder(name.length());
        for (int i = 0; i < name.length(); i++) {
            boolean isMark = name.charAt(i) == '_' && i > 0 && i + 1 < name.length();
            camel.append(isMark ? Character.toUpperCase(name.charAt(++i)) : name.charAt(i));
        }
        return camel.toString();
    }

    private static String snake(String camel) {
        StringBuilder snake = new StringBuilder(camel.length() + 4);
        for (int i = 0; i < camel.length(); i++) {
            char c = camel.charAt(i);
            if (Character.isUpperCase(c)) {
                snake.append('_');
            }
            snake.append(Character.toLowerCase(c));
        }
        return snake.toString();
    }
}
