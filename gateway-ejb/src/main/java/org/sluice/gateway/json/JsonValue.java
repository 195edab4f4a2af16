package org.sluice.gateway.json;

import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.sluice.gateway.chat.RawJson;

/** A JSON value that still knows its exact text. Of a name that stands twice in an object the last value holds. */
public sealed interface JsonValue {
    /** The value's own text. */
    RawJson raw();

    /** The text of a string, else null. */
    default String asText() {
        return this instanceof JsonString string ? string.text() : null;
    }

    default boolean isNull() {
        return this == JsonLiteral.NULL;
    }

    record JsonString(String text) implements JsonValue {
        @Override public RawJson raw() { return new RawJson(new JsonWriter().value(text).toText()); }
    }

    record JsonNumber(String text) implements JsonValue {
        @Override public RawJson raw() { return new RawJson(text); }

        public BigDecimal decimal() {
            return new BigDecimal(text);
        }

        /** Whether it is spelled as an integer (no point, no exponent) that fits a long. */
        public boolean isLong() {
            for (int i = 0; i < text.length(); i++) {
                char c = text.charAt(i);
                if (c == '.' || c == 'e' || c == 'E') {
                    return false;
                }
            }
            return new java.math.BigInteger(text).bitLength() < 64;
        }

        public long longValue() {
            return decimal().longValue();
        }
    }

    enum JsonLiteral implements JsonValue {
        TRUE, FALSE, NULL;

        @Override public RawJson raw() { return new RawJson(name().toLowerCase(java.util.Locale.ROOT)); }
    }

    record JsonArray(List<JsonValue> items, byte[] body, int from, int to) implements JsonValue {
        @Override public RawJson raw() { return new RawJson(new String(body, from, to - from, StandardCharsets.UTF_8)); }
    }

    record JsonObject(Map<String, JsonValue> members, byte[] body, int from, int to) implements JsonValue {
        @Override public RawJson raw() { return new RawJson(new String(body, from, to - from, StandardCharsets.UTF_8)); }

        /** The member, or null when absent; JSON null is {@link JsonLiteral#NULL}. */
        public JsonValue get(String name) {
            return members.get(name);
        }

        /** The member unless it is absent or JSON null; then null. */
        public JsonValue present(String name) {
            JsonValue value = members.get(name);
            return value == null || value.isNull() ? null : value;
        }

        /** The text of a string member, else null. */
        public String text(String name) {
            JsonValue value = members.get(name);
            return value == null ? null : value.asText();
        }

        public JsonObject object(String name) {
            return members.get(name) instanceof JsonObject object ? object : null;
        }

        /** The items of an array member; none when it is not an array. */
        public List<JsonValue> items(String name) {
            return members.get(name) instanceof JsonArray array ? array.items() : List.of();
        }

        /** The value of an integer member, {@code otherwise} when it is absent or not an integer. */
        public long number(String name, long otherwise) {
            return members.get(name) instanceof JsonNumber number && number.isLong() ? number.longValue() : otherwise;
        }

        public boolean isTrue(String name) {
            return members.get(name) == JsonLiteral.TRUE;
        }
    }
}
