package org.sluice.gateway.it;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.sluice.gateway.json.JsonReader;
import org.sluice.gateway.json.JsonValue;
import org.sluice.gateway.json.JsonValue.JsonArray;
import org.sluice.gateway.json.JsonValue.JsonLiteral;
import org.sluice.gateway.json.JsonValue.JsonNumber;
import org.sluice.gateway.json.JsonValue.JsonObject;

/**
 * What a request to Anthropic means: a string is one text block, neighbouring turns of one role are one turn, defaults
 * ({@code stream}, {@code is_error} and {@code disable_parallel_tool_use} false, a tool's type {@code custom}) and nulls
 * are as good as absent, and numbers count by value. All else counts, the order of blocks, turns and tools included.
 */
final class RequestMeaning {
    private RequestMeaning() { }

    static Map<String, Object> of(byte[] body) {
        Map<String, Object> request = object(plain(JsonReader.read(body)));
        request.remove("stream", false);
        request.computeIfPresent("system", (name, content) -> blocks(content));
        List<Object> turns = new ArrayList<>();
        for (Object turn : list(request.getOrDefault("messages", List.of()))) {
            add(turns, object(turn));
        }
        request.put("messages", turns);
        list(request.getOrDefault("tools", List.of())).forEach(tool -> object(tool).remove("type", "custom"));
        if (request.get("tool_choice") != null) {
            object(request.get("tool_choice")).remove("disable_parallel_tool_use", false);
        }
        return request;
    }

    private static void add(List<Object> turns, Map<String, Object> turn) {
        List<Object> blocks = blocks(turn.get("content"));
        blocks.forEach(block -> {
            object(block).remove("is_error", false);
            object(block).computeIfPresent("content", (name, content) -> object(block).get("type").equals("tool_result") ? blocks(content) : content);
        });
        Map<String, Object> before = turns.isEmpty() ? Map.of() : object(turns.get(turns.size() - 1));
        if (turn.get("role").equals(before.get("role"))) {
            list(before.get("content")).addAll(blocks);
        } else {
            turn.put("content", blocks);
            turns.add(turn);
        }
    }

    private static List<Object> blocks(Object content) {
        return content instanceof String text ? new ArrayList<>(List.of(new TreeMap<>(Map.of("type", "text", "text", text)))) : list(content);
    }

    private static Object plain(JsonValue value) {
        if (value instanceof JsonObject object) {
            Map<String, Object> members = new TreeMap<>();
            object.members().forEach((name, member) -> {
                if (!member.isNull()) {
                    members.put(name, plain(member));
                }
            });
            return members;
        }
        if (value instanceof JsonArray array) {
            List<Object> items = new ArrayList<>();
            array.items().forEach(item -> items.add(plain(item)));
            return items;
        }
        return value instanceof JsonNumber number ? Double.valueOf(number.text()) : value instanceof JsonLiteral literal ? (Object) (literal == JsonLiteral.TRUE)
                : value.asText();
    }

    @SuppressWarnings("unchecked")
    private static Map<String, Object> object(Object value) {
        return (Map<String, Object>) value;
    }

    @SuppressWarnings("unchecked")
    private static List<Object> list(Object value) {
        return (List<Object>) value;
    }
}
