package org.sluice.gateway.dialect.gemini;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * All that the events of an answer say, found in their JSON by hand; a whole answer is one event.
 *
 * @param thoughts words of thoughts
 * @param signatures in order
 * @param calls each as name and arguments, arguments by the path of each value
 * @param others parts that are neither words nor calls
 * @param finish reason in OpenAI's words
 * @param exact reason in Google's
 * @param usage counters in OpenAI's names
 */
record Told(String model, String text, String thoughts, List<String> signatures, List<String> calls, List<Object> others,
        String finish, String exact, Map<String, BigDecimal> usage) {
    private static final Set<String> FILTERED = Set.of("SAFETY", "RECITATION", "BLOCKLIST", "PROHIBITED_CONTENT", "SPII", "MODEL_ARMOR");

    static Told of(List<Map<String, Object>> events) {
        StringBuilder text = new StringBuilder();
        StringBuilder thoughts = new StringBuilder();
        List<String> signatures = new ArrayList<>();
        List<Map<String, Object>> calls = new ArrayList<>();
        List<Object> others = new ArrayList<>();
        Map<String, Object> counters = new TreeMap<>();
        String model = null;
        String exact = null;
        boolean isBlocked = false;
        boolean hasCandidate = false;
        for (Map<String, Object> event : events) {
            model = model == null ? (String) event.get("modelVersion") : model;
            isBlocked |= event.containsKey("promptFeedback");
            counters.putAll(Plain.object(event.getOrDefault("usageMetadata", Map.of())));
            for (Object item : Plain.list(event.getOrDefault("candidates", List.of()))) {
                hasCandidate = true;
                Map<String, Object> candidate = Plain.object(item);
                exact = candidate.containsKey("finishReason") ? name(candidate.get("finishReason")) : exact;
                Map<String, Object> content = Plain.object(candidate.getOrDefault("content", Map.of()));
                for (Object given : Plain.list(content.getOrDefault("parts", List.of()))) {
                    Map<String, Object> part = Plain.object(given);
                    if (part.containsKey("thoughtSignature")) {
                        signatures.add((String) part.get("thoughtSignature"));
                    }
                    if (part.containsKey("functionCall")) {
                        call(calls, Plain.object(part.get("functionCall")));
                    } else if (part.containsKey("text")) {
                        (Boolean.TRUE.equals(part.get("thought")) ? thoughts : text).append(part.get("text"));
                    } else if (!part.isEmpty()) {
                        others.add(part);
                    }
                }
            }
        }
        String finish = exact == null ? hasCandidate ? null : isBlocked ? "content_filter" : "stop" : exact.equals("MAX_TOKENS") ? "length"
                : FILTERED.contains(exact) ? "content_filter" : calls.isEmpty() ? "stop" : "tool_calls";
        return new Told(model, text.toString(), thoughts.toString(), signatures, calls.stream().map(Told::call).toList(), others, finish, exact, usage(counters));
    }

    private static String name(Object reason) {
        return reason instanceof BigDecimal number ? number.intValue() == 1 ? "STOP" : "number " + number : (String) reason;
    }

    private static void call(List<Map<String, Object>> calls, Map<String, Object> call) {
        if (call.containsKey("name")) {
            Map<String, Object> begun = new TreeMap<>();
            begun.put("name", call.get("name"));
            Map<String, String> values = new TreeMap<>();
            flatten("$", call.getOrDefault("args", Map.of()), values);
            begun.put("values", values);
            calls.add(begun);
        }
        @SuppressWarnings("unchecked")
        Map<String, String> values = (Map<String, String>) calls.get(calls.size() - 1).get("values");
        for (Object item : Plain.list(call.getOrDefault("partialArgs", List.of()))) {
            Map<String, Object> piece = Plain.object(item);
            values.merge((String) piece.get("jsonPath"), String.valueOf(piece.getOrDefault("stringValue", piece.getOrDefault("numberValue", piece.get("boolValue")))), String::concat);
        }
    }

    private static String call(Map<String, Object> call) {
        return call.get("name") + " " + call.get("values");
    }

    static String call(String name, Object arguments) {
        Map<String, String> values = new TreeMap<>();
        flatten("$", arguments, values);
        return name + " " + values;
    }

    private static void flatten(String path, Object value, Map<String, String> values) {
        if (value instanceof Map<?, ?> object) {
            object.forEach((name, item) -> flatten(path + "." + name, item, values));
        } else if (value instanceof List<?> list) {
            for (int i = 0; i < list.size(); i++) {
                flatten(path + "[" + i + "]", list.get(i), values);
            }
        } else {
            values.put(path, String.valueOf(value));
        }
    }

    private static Map<String, BigDecimal> usage(Map<String, Object> counters) {
        Map<String, BigDecimal> usage = new TreeMap<>();
        if (!counters.containsKey("promptTokenCount") && !counters.containsKey("candidatesTokenCount")) {
            return usage;
        }
        usage.put("prompt_tokens", number(counters, "promptTokenCount").add(number(counters, "toolUsePromptTokenCount")));
        usage.put("completion_tokens", number(counters, "candidatesTokenCount").add(number(counters, "thoughtsTokenCount")));
        usage.put("cached", number(counters, "cachedContentTokenCount"));
        usage.put("reasoning", number(counters, "thoughtsTokenCount"));
        usage.replaceAll((name, count) -> count.signum() == 0 ? BigDecimal.ZERO : count.stripTrailingZeros());
        return usage;
    }

    static BigDecimal number(Map<String, Object> object, String name) {
        return (BigDecimal) object.getOrDefault(name, BigDecimal.ZERO);
    }
}
