package org.sluice.gateway.dialect.anthropic;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The data lines of a stream put together by hand into the JSON of the whole answer. */
final class Folded {
    private Folded() { }

    static List<Map<String, Object>> data(byte[] stream) {
        List<Map<String, Object>> data = new ArrayList<>();
        for (String line : new String(stream, StandardCharsets.UTF_8).split("\n")) {
            if (line.startsWith("data:") && line.contains("{")) {
                data.add(Plain.object(Plain.of(line.substring(5).strip())));
            }
        }
        return data;
    }

    static Map<String, Object> message(byte[] stream) {
        Map<String, Object> message = new TreeMap<>();
        Map<Object, Map<String, Object>> blocks = new TreeMap<>();
        Map<Object, StringBuilder> inputs = new TreeMap<>();
        for (Map<String, Object> event : data(stream)) {
            switch ((String) event.get("type")) {
                case "message_start" -> message.putAll(Plain.object(event.get("message")));
                case "content_block_start" -> blocks.put(event.get("index"), Plain.object(event.get("content_block")));
                case "content_block_delta" -> delta(blocks.get(event.get("index")), Plain.object(event.get("delta")),
                        inputs.computeIfAbsent(event.get("index"), index -> new StringBuilder()));
                case "message_delta" -> {
                    message.putAll(Plain.object(event.get("delta")));
                    Plain.object(message.get("usage")).putAll(Plain.object(event.getOrDefault("usage", Map.of())));
                    event.forEach((name, value) -> message.putIfAbsent(name, value));
                }
                default -> { }
            }
        }
        inputs.forEach((index, input) -> {
            if (!input.isEmpty()) {
                blocks.get(index).put("input", Plain.of(input.toString()));
            }
        });
        message.put("content", new ArrayList<Object>(blocks.values()));
        return message;
    }

    private static void delta(Map<String, Object> block, Map<String, Object> delta, StringBuilder input) {
        switch ((String) delta.get("type")) {
            case "text_delta" -> block.merge("text", delta.get("text"), Folded::joined);
            case "thinking_delta" -> block.merge("thinking", delta.get("thinking"), Folded::joined);
            case "signature_delta" -> block.merge("signature", delta.get("signature"), Folded::joined);
            case "input_json_delta" -> input.append(delta.get("partial_json"));
            case "citations_delta" -> Plain.list(block.computeIfAbsent("citations", name -> new ArrayList<>())).add(delta.get("citation"));
            default -> throw new IllegalStateException("a delta this test does not know: " + delta);
        }
    }

    static Map<String, Object> completion(byte[] stream) {
        Map<String, Object> completion = new TreeMap<>();
        Map<String, Object> choice = new TreeMap<>();
        Map<String, Object> message = new TreeMap<>();
        for (Map<String, Object> chunk : data(stream)) {
            completion.putAll(chunk);
            for (Object item : Plain.list(chunk.get("choices"))) {
                choice.putAll(Plain.object(item));
                Plain.object(Plain.object(item).get("delta")).forEach((name, value) -> add(message, name, value));
            }
        }
        choice.put("message", message);
        completion.put("choices", List.of(choice));
        return completion;
    }

    private static void add(Map<String, Object> message, String name, Object value) {
        if (value instanceof String) {
            message.merge(name, value, Folded::joined);
        } else if (!name.equals("tool_calls")) {
            Plain.list(message.computeIfAbsent(name, list -> new ArrayList<>())).addAll(Plain.list(value));
        } else {
            List<Object> calls = Plain.list(message.computeIfAbsent(name, list -> new ArrayList<>()));
            for (Object item : Plain.list(value)) {
                Map<String, Object> call = Plain.object(item);
                int index = Integer.parseInt(call.get("index").toString());
                if (index == calls.size()) {
                    calls.add(call);
                } else {
                    Plain.object(Plain.object(calls.get(index)).get("function")).merge("arguments", Plain.object(call.get("function")).get("arguments"), Folded::joined);
                }
            }
        }
    }

    private static Object joined(Object before, Object more) {
        return (String) before + more;
    }
}
