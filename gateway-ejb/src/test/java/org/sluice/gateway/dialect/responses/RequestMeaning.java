package org.sluice.gateway.dialect.responses;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.sluice.gateway.json.JsonReader;
import org.sluice.gateway.json.JsonValue;
import org.sluice.gateway.json.JsonValue.JsonArray;
import org.sluice.gateway.json.JsonValue.JsonNumber;
import org.sluice.gateway.json.JsonValue.JsonObject;

/** A request as plain maps and lists, in the one spelling of what may be spelled in several ways. */
final class RequestMeaning {
    private RequestMeaning() { }

    static Object of(byte[] body) {
        Map<String, Object> request = map(JsonReader.readObject(body));
        request.remove("stream", false);
        Object input = request.get("input");
        if (input instanceof String text) {
            request.put("input", List.of(message("user", text)));
        } else {
            List<Object> items = new ArrayList<>();
            ((List<?>) input).forEach(item -> items.add(item((Map<?, ?>) item)));
            request.put("input", items);
        }
        return request;
    }

    private static Object message(String role, String text) {
        return new TreeMap<>(Map.of("type", "message", "role", role, "content", List.of(part(role, text))));
    }

    private static Object part(String role, String text) {
        return new TreeMap<>(Map.of("type", role.equals("assistant") ? "output_text" : "input_text", "text", text));
    }

    private static Object item(Map<?, ?> item) {
        Map<Object, Object> meant = new TreeMap<>(item);
        meant.putIfAbsent("type", "message");
        meant.remove("status", "completed");
        if (meant.get("content") instanceof String text && meant.get("type").equals("message")) {
            meant.put("content", List.of(part((String) meant.get("role"), text)));
        }
        if (meant.get("content") instanceof List<?> parts) {
            List<Object> all = new ArrayList<>();
            for (Object part : parts) {
                Map<Object, Object> one = new TreeMap<>((Map<?, ?>) part);
                one.remove("annotations", List.of());
                one.remove("logprobs", List.of());
                all.add(one);
            }
            meant.put("content", all);
            if (meant.get("type").equals("reasoning") && all.isEmpty()) {
                meant.remove("content");
            }
        }
        return meant;
    }

    private static Map<String, Object> map(JsonObject object) {
        Map<String, Object> map = new TreeMap<>();
        object.members().forEach((name, value) -> {
            if (!value.isNull()) {
                map.put(name, plain(value));
            }
        });
        return map;
    }

    private static Object plain(JsonValue value) {
        return value instanceof JsonObject object ? map(object)
                : value instanceof JsonArray array ? array.items().stream().map(RequestMeaning::plain).toList()
                : value.asText() != null ? value.asText()
                : value instanceof JsonNumber number ? number.decimal().stripTrailingZeros() : value == JsonValue.JsonLiteral.TRUE;
    }
}
