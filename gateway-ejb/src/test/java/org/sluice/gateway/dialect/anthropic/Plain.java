package org.sluice.gateway.dialect.anthropic;

import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.sluice.gateway.json.JsonReader;
import org.sluice.gateway.json.JsonValue;
import org.sluice.gateway.json.JsonValue.JsonArray;
import org.sluice.gateway.json.JsonValue.JsonLiteral;
import org.sluice.gateway.json.JsonValue.JsonNumber;
import org.sluice.gateway.json.JsonValue.JsonObject;
import org.sluice.gateway.json.JsonWriter;

/** JSON as maps, lists, strings, booleans and numbers by value; members that are null are left out. */
final class Plain {
    private Plain() { }

    static Object of(String json) {
        return of(JsonReader.read(json.getBytes(StandardCharsets.UTF_8)));
    }

    static Object of(byte[] json) {
        return of(JsonReader.read(json));
    }

    static Object of(JsonValue value) {
        if (value instanceof JsonObject object) {
            Map<String, Object> members = new TreeMap<>();
            object.members().forEach((name, member) -> {
                if (!member.isNull()) {
                    members.put(name, of(member));
                }
            });
            return members;
        }
        if (value instanceof JsonArray array) {
            List<Object> items = new ArrayList<>();
            array.items().forEach(item -> items.add(of(item)));
            return items;
        }
        if (value instanceof JsonNumber number) {
            BigDecimal decimal = number.decimal().stripTrailingZeros();
            return decimal.signum() == 0 ? BigDecimal.ZERO : decimal;
        }
        return value instanceof JsonLiteral literal ? literal == JsonLiteral.NULL ? "null literal" : (Object) (literal == JsonLiteral.TRUE) : value.asText();
    }

    @SuppressWarnings("unchecked")
    static Map<String, Object> object(Object value) {
        return (Map<String, Object>) value;
    }

    @SuppressWarnings("unchecked")
    static List<Object> list(Object value) {
        return (List<Object>) value;
    }

    /** The value as JSON again. */
    static String text(Object value) {
        if (value instanceof Map<?, ?>) {
            return object(value).entrySet().stream().map(member -> text(member.getKey()) + ":" + text(member.getValue())).collect(Collectors.joining(",", "{", "}"));
        }
        if (value instanceof List<?>) {
            return list(value).stream().map(Plain::text).collect(Collectors.joining(",", "[", "]"));
        }
        return value instanceof String text ? new JsonWriter().value(text).toText() : String.valueOf(value);
    }
}
