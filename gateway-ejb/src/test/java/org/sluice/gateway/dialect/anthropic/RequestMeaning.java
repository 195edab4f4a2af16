package org.sluice.gateway.dialect.anthropic;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * What a Messages request means, as the API's documentation says: a string is one text block, neighbouring turns of one
 * role are one turn, and defaults are as good as absent ({@code stream: false}, {@code is_error: false}, a tool's type
 * {@code custom}, {@code disable_parallel_tool_use: false}, empty content of a tool result). Order within objects does
 * not count, nor do members that are null. All else does.
 */
final class RequestMeaning {
    private RequestMeaning() { }

    static Object of(byte[] body) {
        Map<String, Object> request = Plain.object(Plain.of(body));
        request.remove("stream", false);
        blocks(request, "system");
        List<Object> turns = new ArrayList<>();
        if (request.get("messages") != null) {
            Plain.list(request.get("messages")).forEach(turn -> add(turns, Plain.object(turn)));
            request.put("messages", turns);
        }
        if (request.get("tools") != null) {
            Plain.list(request.get("tools")).forEach(tool -> Plain.object(tool).remove("type", "custom"));
        }
        if (request.get("tool_choice") != null) {
            Plain.object(request.get("tool_choice")).remove("disable_parallel_tool_use", false);
        }
        return request;
    }

    private static void add(List<Object> turns, Map<String, Object> turn) {
        blocks(turn, "content");
        Plain.list(turn.get("content")).forEach(block -> result(Plain.object(block)));
        Map<String, Object> before = turns.isEmpty() ? Map.of() : Plain.object(turns.get(turns.size() - 1));
        if (turn.get("role").equals(before.get("role"))) {
            Plain.list(before.get("content")).addAll(Plain.list(turn.get("content")));
        } else {
            turns.add(turn);
        }
    }

    private static void result(Map<String, Object> block) {
        if (block.get("type").equals("tool_result")) {
            block.remove("is_error", false);
            block.remove("content", "");
            block.remove("content", List.of());
            blocks(block, "content");
        }
    }

    private static void blocks(Map<String, Object> holder, String name) {
        if (holder.get(name) instanceof String text) {
            holder.put(name, new ArrayList<>(List.of(Plain.of("{\"type\":\"text\",\"text\":null}"))));
            Plain.object(Plain.list(holder.get(name)).get(0)).put("text", text);
        }
    }
}
