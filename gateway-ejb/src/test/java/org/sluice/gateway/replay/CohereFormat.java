package org.sluice.gateway.replay;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.sluice.gateway.recorded.Recording;

/**
 * Cohere's second chat API.
 *
 * @see <a href="https://docs.cohere.com/reference/chat">Cohere: chat</a>
 */
final class CohereFormat implements WireFormat {
    @Override
    public String dialect() {
        return "cohere";
    }

    @Override
    public boolean covers(Recording recording) {
        return recording.endpoint().equals("v2/chat");
    }

    @Override
    public Said whole(Object body) {
        Said said = new Said();
        Said.Choice choice = said.choice(0);
        Object message = Tree.at(body, "message");
        choice.thinking.append(Tree.textOr("", message, "tool_plan"));
        Tree.list(message, "content").forEach(part -> {
            choice.text.append(Tree.textOr("", part, "text"));
            choice.thinking.append(Tree.textOr("", part, "thinking"));
        });
        Tree.list(message, "tool_calls").forEach(call -> choice.calls.add(new Said.Call(Tree.text(call, "id"), Tree.text(call, "function", "name"),
                Tree.readOrText(Tree.text(call, "function", "arguments")))));
        Tree.list(message, "citations").forEach(citation -> cite(choice, citation));
        end(said, choice, body);
        return said;
    }

    private static void cite(Said.Choice choice, Object citation) {
        Object source = Tree.list(citation, "sources").stream().findFirst().orElse(null);
        Said.cite(choice, Tree.text(source, "document", "url"), Tree.text(source, "document", "title"), Tree.text(source, "document", "id"), Tree.text(citation, "text"));
    }

    /** Billed tokens are what Cohere sells; {@code tokens} is what the model read and wrote. */
    private static void end(Said said, Said.Choice choice, Object from) {
        String reason = Tree.text(from, "finish_reason");
        choice.end = reason == null ? choice.end : switch (reason) {
            case "COMPLETE", "STOP_SEQUENCE" -> "stop";
            case "MAX_TOKENS" -> "length";
            case "TOOL_CALL" -> "tool_calls";
            default -> "other";
        };
        Object usage = Tree.at(from, "usage");
        if (usage != null) {
            said.usage = new Said.Counts(Tree.number(usage, "tokens", "input_tokens") + Tree.number(usage, "tokens", "image_tokens"), Tree.number(usage, "tokens", "output_tokens"), Tree.number(usage, "cached_tokens"), 0,
                    Tree.number(usage, "tokens", "reasoning_tokens"));
        }
    }

    @Override
    public Said stream(List<Object> payloads) {
        Said said = new Said();
        Said.Choice choice = said.choice(0);
        Map<Long, Object> calls = new LinkedHashMap<>();
        Map<Long, StringBuilder> arguments = new LinkedHashMap<>();
        for (Object event : payloads) {
            Object message = Tree.at(event, "delta", "message");
            long index = Tree.number(event, "index");
            switch (Tree.textOr("", event, "type")) {
                case "content-start", "content-delta" -> {
                    choice.text.append(Tree.textOr("", message, "content", "text"));
                    choice.thinking.append(Tree.textOr("", message, "content", "thinking"));
                }
                case "tool-plan-delta" -> choice.thinking.append(Tree.textOr("", message, "tool_plan"));
                case "tool-call-start" -> {
                    calls.put(index, Tree.at(message, "tool_calls"));
                    arguments.put(index, new StringBuilder(Tree.textOr("", message, "tool_calls", "function", "arguments")));
                }
                case "tool-call-delta" -> arguments.get(index).append(Tree.textOr("", message, "tool_calls", "function", "arguments"));
                case "citation-start" -> cite(choice, Tree.at(message, "citations"));
                case "message-end" -> end(said, choice, Tree.at(event, "delta"));
                default -> { }
            }
        }
        calls.forEach((index, call) -> choice.calls.add(new Said.Call(Tree.text(call, "id"), Tree.text(call, "function", "name"), Tree.readOrText(arguments.get(index).toString()))));
        return said;
    }

    @Override
    public String errorMessage(Object body) {
        return Tree.text(body, "message");
    }

    @Override
    public Set<String> toldAs(String end) {
        return Set.of(end);
    }
}
