package org.sluice.gateway.provider.bedrock;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.sluice.gateway.usage.Usage;

/**
 * What an answer says, found by hand in Converse's JSON, in its stream's payloads and in the OpenAI answer made of it.
 *
 * @param usage prompt, completion, cached, written
 */
record Told(String text, List<String> thinking, List<Object> calls, List<Object> citations, List<Object> others, String end, List<Long> usage) {
    static Told ofConverse(Map<String, Object> answer) {
        StringBuilder text = new StringBuilder();
        List<String> thinking = new ArrayList<>();
        List<Object> calls = new ArrayList<>();
        List<Object> citations = new ArrayList<>();
        List<Object> others = new ArrayList<>();
        for (Object item : Wire.list(Wire.object(Wire.object(answer.get("output")).get("message")).get("content"))) {
            Map<String, Object> block = Wire.object(item);
            Map<String, Object> call = Wire.object(block.get("toolUse"));
            Map<String, Object> reasoning = Wire.object(Wire.object(block.get("reasoningContent")).get("reasoningText"));
            if (block.get("text") != null) {
                text.append(block.get("text"));
                citations.addAll(Wire.list(block.get("citations")));
            } else if (!reasoning.isEmpty()) {
                thinking.add(reasoning.get("text") + "|" + reasoning.get("signature"));
            } else if (!call.isEmpty() && (call.get("type") == null || call.get("type").equals("tool_use"))) {
                calls.add(List.of(call.get("toolUseId"), call.get("name"), call.get("input")));
            } else {
                block.remove("type");
                others.add(block);
            }
        }
        Map<String, Object> usage = Wire.object(answer.get("usage"));
        long read = number(usage, "cacheReadInputTokens");
        long written = number(usage, "cacheWriteInputTokens");
        return new Told(text.toString(), thinking, calls, citations, others, switch ((String) answer.get("stopReason")) {
            case "tool_use" -> "tool_calls";
            case "max_tokens" -> "length";
            case "guardrail_intervened", "content_filtered" -> "content_filter";
            default -> "stop";
        }, List.of(number(usage, "inputTokens") + read + written, number(usage, "outputTokens"), read, written));
    }

    /** The payloads of a stream put together into the JSON of the whole answer. */
    static Map<String, Object> folded(List<Wire.Frame> frames) {
        Map<String, Object> answer = new TreeMap<>();
        Map<Object, Map<String, Object>> blocks = new TreeMap<>();
        Map<Object, StringBuilder> inputs = new TreeMap<>();
        for (Wire.Frame frame : frames) {
            Map<String, Object> payload = Wire.object(Wire.value(frame.payload()));
            Object index = payload.get("contentBlockIndex");
            switch (frame.name()) {
                case "contentBlockStart" -> blocks.put(index, Wire.object(payload.get("start")));
                case "contentBlockDelta" -> delta(blocks.computeIfAbsent(index, unused -> new TreeMap<>()), Wire.object(payload.get("delta")),
                        inputs.computeIfAbsent(index, unused -> new StringBuilder()));
                case "messageStop", "metadata" -> answer.putAll(payload);
                default -> { }
            }
        }
        blocks.forEach((index, block) -> {
            if (block.get("toolUse") != null) {
                String input = inputs.containsKey(index) ? inputs.get(index).toString() : "";
                Wire.object(block.get("toolUse")).put("input", Wire.value(input.isEmpty() ? "{}" : input));
            }
        });
        blocks.values().removeIf(Map::isEmpty);
        answer.put("output", Map.of("message", Map.of("content", new ArrayList<Object>(blocks.values()))));
        return answer;
    }

    private static void delta(Map<String, Object> block, Map<String, Object> delta, StringBuilder input) {
        Map<String, Object> reasoning = Wire.object(delta.get("reasoningContent"));
        if (delta.get("text") != null) {
            block.merge("text", delta.get("text"), (a, b) -> (String) a + b);
        } else if (delta.get("toolUse") != null) {
            input.append(Wire.object(delta.get("toolUse")).get("input"));
        } else if (delta.get("citation") != null) {
            Wire.list(block.computeIfAbsent("citations", name -> new ArrayList<>())).add(delta.get("citation"));
            block.putIfAbsent("text", "");
        } else if (delta.get("toolResult") != null) {
            Wire.list(Wire.object(block.get("toolResult")).computeIfAbsent("content", name -> new ArrayList<>())).addAll(Wire.list(delta.get("toolResult")));
        } else if (!reasoning.isEmpty()) {
            Map<String, Object> text = Wire.object(Wire.object(block.computeIfAbsent("reasoningContent", name -> new TreeMap<>(Map.of("reasoningText", new TreeMap<>())))).get("reasoningText"));
            reasoning.forEach((name, value) -> text.merge(name, value, (a, b) -> (String) a + b));
        } else {
            throw new IllegalStateException("a delta this test does not know: " + delta);
        }
    }

    static Told ofCompletion(Map<String, Object> completion) {
        Map<String, Object> choice = Wire.object(Wire.list(completion.get("choices")).get(0));
        Map<String, Object> message = Wire.object(choice.get("message"));
        List<Object> calls = new ArrayList<>();
        for (Object item : Wire.list(message.get("tool_calls"))) {
            Map<String, Object> function = Wire.object(Wire.object(item).get("function"));
            calls.add(List.of(Wire.object(item).get("id"), function.get("name"), Wire.value((String) function.get("arguments"))));
        }
        List<String> thinking = new ArrayList<>();
        if (message.get("thinking_blocks") != null) {
            Wire.list(message.get("thinking_blocks")).forEach(block -> thinking.add(Wire.object(block).get("thinking") + "|" + Wire.object(block).get("signature")));
        } else if (message.get("reasoning_content") != null) {
            thinking.add(message.get("reasoning_content") + "|null");
        }
        List<Object> others = new ArrayList<>();
        Wire.list(message.get("content_blocks")).forEach(block -> {
            Map<String, Object> bare = new TreeMap<>(Wire.object(block));
            bare.remove("type");
            others.add(bare);
        });
        Map<String, Object> usage = Wire.object(completion.get("usage"));
        Map<String, Object> details = Wire.object(usage.get("prompt_tokens_details"));
        return new Told((String) message.getOrDefault("content", ""), thinking, calls, Wire.list(message.get("citations")), others,
                (String) choice.get("finish_reason"), List.of(number(usage, "prompt_tokens"), number(usage, "completion_tokens"),
                number(details, "cached_tokens"), number(details, "cache_creation_tokens")));
    }

    static List<Long> counts(Usage usage) {
        return List.of(usage.inputTokens(), usage.outputTokens(), usage.cacheReadTokens(), usage.cacheWriteTokens());
    }

    private static long number(Map<String, Object> object, String name) {
        return ((BigDecimal) object.getOrDefault(name, BigDecimal.ZERO)).longValueExact();
    }
}
