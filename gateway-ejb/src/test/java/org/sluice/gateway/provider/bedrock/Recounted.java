package org.sluice.gateway.provider.bedrock;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** A recorded Converse request as an OpenAI client would have sent it, and in a form in which two requests can be compared. */
final class Recounted {
    private Recounted() { }

    static Map<String, Object> asOpenAi(Map<String, Object> converse, String model) {
        Map<String, Object> request = new TreeMap<>();
        List<Object> messages = new ArrayList<>();
        if (converse.get("system") != null && !Wire.list(converse.get("system")).isEmpty()) {
            messages.add(new TreeMap<>(Map.of("role", "system", "content", parts(Wire.list(converse.get("system"))))));
        }
        for (Object item : Wire.list(converse.get("messages"))) {
            message(Wire.object(item), messages);
        }
        request.put("model", model);
        request.put("messages", messages);
        Map<String, Object> inference = Wire.object(converse.get("inferenceConfig"));
        putIfPresent(request, "max_tokens", inference.get("maxTokens"));
        putIfPresent(request, "temperature", inference.get("temperature"));
        putIfPresent(request, "top_p", inference.get("topP"));
        putIfPresent(request, "stop", inference.get("stopSequences"));
        tools(Wire.object(converse.get("toolConfig")), request);
        for (String own : List.of("guardrailConfig", "additionalModelRequestFields")) {
            putIfPresent(request, own, converse.get(own));
        }
        return request;
    }

    private static void message(Map<String, Object> message, List<Object> messages) {
        List<Object> content = new ArrayList<>();
        List<Object> calls = new ArrayList<>();
        List<Object> blocks = new ArrayList<>();
        for (Object item : Wire.list(message.get("content"))) {
            Map<String, Object> block = Wire.object(item);
            Map<String, Object> call = Wire.object(block.get("toolUse"));
            Map<String, Object> result = Wire.object(block.get("toolResult"));
            boolean isAssistant = message.get("role").equals("assistant");
            if (isAssistant && (!result.isEmpty() || call.get("type") != null)) {
                Map<String, Object> typed = new TreeMap<>(block);
                typed.put("type", block.keySet().iterator().next());
                blocks.add(typed);
            } else if (!call.isEmpty()) {
                calls.add(Map.of("id", call.get("toolUseId"), "type", "function", "function",
                        Map.of("name", call.get("name"), "arguments", new String(Wire.json(call.get("input")), java.nio.charset.StandardCharsets.UTF_8))));
            } else if (!result.isEmpty()) {
                messages.add(Map.of("role", "tool", "tool_call_id", result.get("toolUseId"), "content", parts(Wire.list(result.get("content")))));
            } else {
                content.add(block);
            }
        }
        Map<String, Object> told = new TreeMap<>(Map.of("role", message.get("role")));
        if (!content.isEmpty()) {
            told.put("content", parts(content));
        }
        if (!calls.isEmpty()) {
            told.put("tool_calls", calls);
        }
        if (!blocks.isEmpty()) {
            told.put("content_blocks", blocks);
        }
        if (told.size() > 1) {
            messages.add(told);
        }
    }

    private static List<Object> parts(List<Object> blocks) {
        List<Object> parts = new ArrayList<>();
        for (Object item : blocks) {
            Map<String, Object> block = Wire.object(item);
            Map<String, Object> image = Wire.object(block.get("image"));
            Map<String, Object> document = Wire.object(block.get("document"));
            if (block.get("text") != null) {
                parts.add(new TreeMap<>(Map.of("type", "text", "text", block.get("text"))));
            } else if (block.get("json") != null) {
                parts.add(new TreeMap<>(Map.of("type", "text", "text", new String(Wire.json(block.get("json")), java.nio.charset.StandardCharsets.UTF_8))));
            } else if (!image.isEmpty()) {
                parts.add(new TreeMap<>(Map.of("type", "image_url", "image_url",
                        Map.of("url", "data:image/" + image.get("format") + ";base64," + Wire.object(image.get("source")).get("bytes")))));
            } else if (!document.isEmpty()) {
                parts.add(new TreeMap<>(Map.of("type", "file", "file", Map.of("filename", document.get("name") + ".txt",
                        "file_data", "data:text/plain;base64," + Wire.object(document.get("source")).get("bytes")))));
            } else if (block.get("cachePoint") != null) {
                Wire.object(parts.get(parts.size() - 1)).put("cache_control", Map.of("type", "ephemeral"));
            } else {
                Map<String, Object> typed = new TreeMap<>(block);
                typed.put("type", block.keySet().iterator().next());
                parts.add(typed);
            }
        }
        return parts;
    }

    private static void tools(Map<String, Object> config, Map<String, Object> request) {
        List<Object> tools = new ArrayList<>();
        for (Object item : Wire.list(config.get("tools"))) {
            Map<String, Object> spec = Wire.object(Wire.object(item).get("toolSpec"));
            if (Wire.object(item).get("cachePoint") != null) {
                Wire.object(tools.get(tools.size() - 1)).put("cache_control", Map.of("type", "ephemeral"));
            } else if (spec.isEmpty()) {
                tools.add(new TreeMap<>(Map.of("type", Wire.object(Wire.object(item).get("systemTool")).get("name"))));
            } else {
                Map<String, Object> function = new TreeMap<>(Map.of("name", spec.get("name"), "parameters", Wire.object(spec.get("inputSchema")).get("json")));
                putIfPresent(function, "description", spec.get("description"));
                putIfPresent(function, "strict", spec.get("strict"));
                tools.add(new TreeMap<>(Map.of("type", "function", "function", function)));
            }
        }
        if (!tools.isEmpty()) {
            request.put("tools", tools);
        }
        Map<String, Object> choice = Wire.object(config.get("toolChoice"));
        if (choice.containsKey("any")) {
            request.put("tool_choice", "required");
        } else if (choice.containsKey("auto")) {
            request.put("tool_choice", "auto");
        } else if (choice.containsKey("tool")) {
            request.put("tool_choice", Map.of("type", "function", "function", Map.of("name", Wire.object(choice.get("tool")).get("name"))));
        }
    }

    private static void putIfPresent(Map<String, Object> object, String name, Object value) {
        if (value != null) {
            object.put(name, value);
        }
    }

    /** Without what says nothing: blank texts, empty objects, a good status. */
    static Object meaning(Object plain) {
        if (plain instanceof List<?> list) {
            List<Object> kept = new ArrayList<>();
            for (Object item : list) {
                boolean isBlank = item instanceof Map<?, ?> block && block.get("text") instanceof String text && text.isBlank();
                if (!isBlank) {
                    kept.add(meaning(item));
                }
            }
            return kept;
        }
        if (!(plain instanceof Map<?, ?>)) {
            return plain;
        }
        Map<String, Object> kept = new TreeMap<>();
        Wire.object(plain).forEach((name, value) -> {
            boolean isNothing = name.equals("status") && "success".equals(value)
                    || List.of("inferenceConfig", "system").contains(name) && (value.equals(Map.of()) || value.equals(List.of()));
            if (!isNothing) {
                kept.put(name, meaning(value));
            }
        });
        return kept;
    }
}
