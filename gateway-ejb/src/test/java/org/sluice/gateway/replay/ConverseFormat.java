package org.sluice.gateway.replay;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.sluice.gateway.recorded.Recording;

/**
 * Bedrock's Converse; the name of an event stands around its payload.
 *
 * @see <a href="https://docs.aws.amazon.com/bedrock/latest/APIReference/API_runtime_Converse.html">Amazon Bedrock: Converse</a>
 */
final class ConverseFormat implements WireFormat {
    @Override
    public String dialect() {
        return "converse";
    }

    @Override
    public boolean covers(Recording recording) {
        return recording.endpoint().startsWith("converse");
    }

    @Override
    public Said whole(Object body) {
        Said said = new Said();
        Said.Choice choice = said.choice(0);
        for (Object block : Tree.list(body, "output", "message", "content")) {
            choice.text.append(Tree.textOr("", block, "text"));
            choice.text.append(Tree.textOr("", block, "citationsContent", "text"));
            Tree.list(block, "citationsContent", "content").forEach(part -> choice.text.append(Tree.textOr("", part, "text")));
            Tree.list(block, "citationsContent", "citations").forEach(citation -> cite(choice, citation));
            Tree.list(block, "citations").forEach(citation -> cite(choice, citation));
            choice.thinking.append(Tree.textOr("", block, "reasoningContent", "reasoningText", "text"));
            Said.sign(choice, Tree.text(block, "reasoningContent", "reasoningText", "signature"));
            Said.sign(choice, Tree.text(block, "reasoningContent", "redactedContent"));
            Object call = Tree.at(block, "toolUse");
            if (call != null && !"server_tool_use".equals(Tree.text(call, "type"))) {
                choice.calls.add(new Said.Call(Tree.text(call, "toolUseId"), Tree.text(call, "name"), Tree.object(call, "input")));
            }
        }
        String reason = Tree.text(body, "stopReason");
        choice.end = reason == null ? null : end(reason);
        Object usage = Tree.at(body, "usage");
        said.usage = usage == null ? null : usage(usage);
        return said;
    }

    private static void cite(Said.Choice choice, Object citation) {
        Said.cite(choice, Tree.text(citation, "location", "web", "url"), Tree.text(citation, "title"));
    }

    private static String end(String reason) {
        return switch (reason) {
            case "end_turn", "stop_sequence" -> "stop";
            case "max_tokens", "model_context_window_exceeded" -> "length";
            case "tool_use" -> "tool_calls";
            case "guardrail_intervened", "content_filtered" -> "content_filter";
            default -> "other";
        };
    }

    /** {@code inputTokens} leaves out what a cache served or took. */
    private static Said.Counts usage(Object usage) {
        long read = Tree.number(usage, "cacheReadInputTokens");
        long written = Tree.number(usage, "cacheWriteInputTokens");
        return new Said.Counts(Tree.number(usage, "inputTokens") + read + written, Tree.number(usage, "outputTokens"), read, written, 0);
    }

    @Override
    public Said stream(List<Object> payloads) {
        Map<Long, Map<String, Object>> blocks = new TreeMap<>();
        Map<Long, StringBuilder> inputs = new TreeMap<>();
        Map<String, Object> body = new LinkedHashMap<>();
        String error = null;
        for (Object event : payloads) {
            Object begin = Tree.at(event, "contentBlockStart");
            Object delta = Tree.at(event, "contentBlockDelta");
            if (begin != null) {
                blocks.put(Tree.number(begin, "contentBlockIndex"), new LinkedHashMap<>(Tree.object(begin, "start")));
            } else if (delta != null) {
                long index = Tree.number(delta, "contentBlockIndex");
                delta(blocks.computeIfAbsent(index, unused -> new LinkedHashMap<>()), Tree.at(delta, "delta"), inputs.computeIfAbsent(index, unused -> new StringBuilder()));
            } else if (Tree.at(event, "messageStop") != null) {
                body.put("stopReason", Tree.text(event, "messageStop", "stopReason"));
            } else if (Tree.at(event, "metadata") != null) {
                body.put("usage", Tree.at(event, "metadata", "usage"));
            } else if (Tree.at(event, "messageStart") == null && Tree.at(event, "contentBlockStop") == null) {
                error = event.toString();
            }
        }
        inputs.forEach((index, input) -> {
            Map<String, Object> call = new LinkedHashMap<>(Tree.object(blocks.get(index), "toolUse"));
            if (!call.isEmpty()) {
                call.put("input", Tree.readOrText(input.toString()));
                blocks.get(index).put("toolUse", call);
            }
        });
        body.put("output", Map.of("message", Map.of("content", new ArrayList<Object>(blocks.values()))));
        Said said = whole(body);
        said.error = error;
        return said;
    }

    private static void delta(Map<String, Object> block, Object delta, StringBuilder input) {
        input.append(Tree.textOr("", delta, "toolUse", "input"));
        if (Tree.at(delta, "text") != null) {
            block.merge("text", Tree.text(delta, "text"), (before, more) -> (String) before + more);
        }
        if (Tree.at(delta, "citation") != null) {
            List<Object> citations = new ArrayList<>(Tree.list(block, "citations"));
            citations.add(Tree.at(delta, "citation"));
            block.put("citations", citations);
        }
        Object thought = Tree.at(delta, "reasoningContent");
        if (thought != null) {
            Map<String, Object> reasoning = new LinkedHashMap<>(Tree.object(block, "reasoningContent", "reasoningText"));
            for (String name : List.of("text", "signature")) {
                if (Tree.text(thought, name) != null) {
                    reasoning.merge(name, Tree.text(thought, name), (before, more) -> (String) before + more);
                }
            }
            Map<String, Object> content = new LinkedHashMap<>(Tree.object(block, "reasoningContent"));
            content.put("reasoningText", reasoning);
            if (Tree.text(thought, "redactedContent") != null) {
                content.put("redactedContent", Tree.text(thought, "redactedContent"));
            }
            block.put("reasoningContent", content);
        }
    }

    @Override
    public String errorMessage(Object body) {
        return Tree.textOr(Tree.text(body, "Message"), body, "message");
    }

    @Override
    public Set<String> toldAs(String end) {
        return Set.of(end);
    }
}
