package org.sluice.gateway.dialect.anthropic;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * All that an answer says, found in its JSON by hand; equal for a Messages answer and the OpenAI answer made of it.
 *
 * @param thinking each thought as its words, a bar and its signature; an encrypted one as its data
 * @param calls each as id, name and arguments by value
 * @param others blocks that OpenAI has no word for
 * @param end finish reason in OpenAI's words
 * @param extras stop sequence, container and the like
 * @param usage counters by name, cached tokens counted in
 */
record Answer(String model, String text, List<String> thinking, List<Object> citations, List<String> calls, List<Object> others, Object end,
        Map<String, Object> extras, Map<String, Object> usage) {

    private static final List<String> SAID_AT_END = List.of("stop_sequence", "stop_details", "container", "context_management");

    static Answer ofMessage(Map<String, Object> message) {
        StringBuilder text = new StringBuilder();
        List<String> thinking = new ArrayList<>();
        List<Object> citations = new ArrayList<>();
        List<String> calls = new ArrayList<>();
        List<Object> others = new ArrayList<>();
        for (Object item : Plain.list(message.get("content"))) {
            Map<String, Object> block = Plain.object(item);
            switch ((String) block.get("type")) {
                case "text" -> {
                    text.append(block.get("text"));
                    citations.addAll(Plain.list(block.getOrDefault("citations", List.of())));
                }
                case "thinking" -> thinking.add(block.get("thinking") + "|" + block.get("signature"));
                case "redacted_thinking" -> thinking.add("data:" + block.get("data"));
                case "tool_use" -> calls.add(block.get("id") + " " + block.get("name") + " " + block.get("input") + " " + block.get("caller"));
                default -> others.add(block);
            }
        }
        String reason = (String) message.get("stop_reason");
        boolean isCall = "tool_use".equals(reason) && !calls.isEmpty();
        return new Answer((String) message.get("model"), text.toString(), thinking, citations, calls, others,
                reason == null ? null : isCall ? "tool_calls" : reason.equals("max_tokens") ? "length" : reason.equals("refusal") ? "content_filter" : "stop",
                extras(message), messageUsage(Plain.object(message.get("usage"))));
    }

    private static Map<String, Object> extras(Map<String, Object> from) {
        Map<String, Object> extras = new TreeMap<>(from);
        extras.keySet().retainAll(SAID_AT_END);
        return extras;
    }

    private static Map<String, Object> messageUsage(Map<String, Object> usage) {
        Map<String, Object> counted = new TreeMap<>(usage);
        List.of("cache_creation", "output_tokens_details", "input_tokens", "output_tokens").forEach(counted::remove);
        BigDecimal read = number(usage, "cache_read_input_tokens");
        BigDecimal written = number(usage, "cache_creation_input_tokens");
        counted.put("cache_read_input_tokens", read);
        counted.put("cache_creation_input_tokens", written);
        counted.put("prompt_tokens", plain(number(usage, "input_tokens").add(read).add(written)));
        counted.put("completion_tokens", number(usage, "output_tokens"));
        counted.put("cached", read);
        counted.put("written", written);
        counted.put("written 1h", number(nested(usage, "cache_creation"), "ephemeral_1h_input_tokens"));
        counted.put("reasoning", number(nested(usage, "output_tokens_details"), "thinking_tokens"));
        return counted;
    }

    static Answer ofCompletion(Map<String, Object> completion) {
        Map<String, Object> choice = Plain.object(Plain.list(completion.get("choices")).get(0));
        Map<String, Object> message = Plain.object(choice.get("message"));
        List<String> calls = new ArrayList<>();
        for (Object item : Plain.list(message.getOrDefault("tool_calls", List.of()))) {
            Map<String, Object> call = Plain.object(item);
            Map<String, Object> function = Plain.object(call.get("function"));
            calls.add(call.get("id") + " " + function.get("name") + " " + Plain.of((String) function.get("arguments")) + " " + call.get("caller"));
        }
        List<String> thinking = new ArrayList<>();
        for (Object item : Plain.list(message.getOrDefault("thinking_blocks", List.of()))) {
            Map<String, Object> block = Plain.object(item);
            thinking.add(block.containsKey("data") ? "data:" + block.get("data") : block.getOrDefault("thinking", "") + "|" + block.get("signature"));
        }
        return new Answer((String) completion.get("model"), (String) message.getOrDefault("content", ""), thinking,
                Plain.list(message.getOrDefault("citations", List.of())), calls, Plain.list(message.getOrDefault("content_blocks", List.of())),
                choice.get("finish_reason"), extras(choice), completionUsage(Plain.object(completion.get("usage"))));
    }

    private static Map<String, Object> completionUsage(Map<String, Object> usage) {
        Map<String, Object> counted = new TreeMap<>(usage);
        List.of("total_tokens", "prompt_tokens_details", "completion_tokens_details", "cache_creation").forEach(counted::remove);
        counted.put("cached", number(nested(usage, "prompt_tokens_details"), "cached_tokens"));
        counted.put("written", number(nested(usage, "prompt_tokens_details"), "cache_creation_tokens"));
        counted.put("written 1h", number(nested(usage, "cache_creation"), "ephemeral_1h_input_tokens"));
        counted.put("reasoning", number(nested(usage, "completion_tokens_details"), "reasoning_tokens"));
        BigDecimal total = number(usage, "prompt_tokens").add(number(usage, "completion_tokens"));
        return plain(total).equals(usage.get("total_tokens")) ? counted : Map.of("wrong total", usage);
    }

    private static Map<String, Object> nested(Map<String, Object> object, String name) {
        return object.get(name) == null ? Map.of() : Plain.object(object.get(name));
    }

    private static BigDecimal number(Map<String, Object> object, String name) {
        return (BigDecimal) object.getOrDefault(name, BigDecimal.ZERO);
    }

    private static BigDecimal plain(BigDecimal number) {
        return number.signum() == 0 ? BigDecimal.ZERO : number.stripTrailingZeros();
    }
}
