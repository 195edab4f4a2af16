package org.sluice.gateway.replay;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.sluice.gateway.recorded.Recording;

/**
 * Anthropic's messages, at Anthropic and at clouds that pass them on.
 *
 * @see <a href="https://platform.claude.com/docs/en/build-with-claude/streaming">Streaming messages</a>
 */
final class AnthropicFormat implements WireFormat {
    @Override
    public String dialect() {
        return "anthropic";
    }

    @Override
    public boolean covers(Recording recording) {
        boolean isInvoked = recording.endpoint().startsWith("invoke") && recording.model().contains("anthropic.claude");
        return recording.endpoint().equals("messages") || recording.endpoint().startsWith("anthropic:") || isInvoked;
    }

    @Override
    public Said whole(Object body) {
        Said said = new Said();
        said.model(Tree.text(body, "model"));
        Said.Choice choice = said.choice(0);
        for (Object block : Tree.list(body, "content")) {
            switch (Tree.textOr("", block, "type")) {
                case "text" -> {
                    choice.text.append(Tree.textOr("", block, "text"));
                    Tree.list(block, "citations").forEach(citation -> Said.cite(choice, Tree.text(citation, "url"), Tree.text(citation, "cited_text"), Tree.text(citation, "document_title")));
                }
                case "thinking" -> {
                    choice.thinking.append(Tree.textOr("", block, "thinking"));
                    Said.sign(choice, Tree.text(block, "signature"));
                }
                case "redacted_thinking" -> Said.sign(choice, Tree.text(block, "data"));
                case "tool_use" -> choice.calls.add(new Said.Call(Tree.text(block, "id"), Tree.text(block, "name"), Tree.object(block, "input")));
                default -> { }
            }
        }
        String reason = Tree.text(body, "stop_reason");
        choice.end = reason == null ? null : end(reason);
        said.usage = Tree.at(body, "usage") == null ? null : usage(Tree.object(body, "usage"));
        return said;
    }

    private static String end(String reason) {
        return switch (reason) {
            case "end_turn", "stop_sequence" -> "stop";
            case "max_tokens", "model_context_window_exceeded" -> "length";
            case "tool_use" -> "tool_calls";
            case "pause_turn" -> "paused";
            case "refusal" -> "refusal";
            default -> "other";
        };
    }

    private static Said.Counts usage(Object usage) {
        long read = Tree.number(usage, "cache_read_input_tokens");
        long written = Tree.number(usage, "cache_creation_input_tokens");
        return new Said.Counts(Tree.number(usage, "input_tokens") + read + written, Tree.number(usage, "output_tokens"), read, written,
                Tree.number(usage, "output_tokens_details", "thinking_tokens"));
    }

    @Override
    public Said stream(List<Object> payloads) {
        Map<String, Object> message = new LinkedHashMap<>();
        Map<String, Object> usage = new LinkedHashMap<>();
        Map<Long, Map<String, Object>> blocks = new TreeMap<>();
        Map<Long, StringBuilder> inputs = new TreeMap<>();
        String error = null;
        for (Object event : payloads) {
            long index = Tree.number(event, "index");
            switch (Tree.textOr("", event, "type")) {
                case "message_start" -> {
                    message.putAll(Tree.object(event, "message"));
                    usage.putAll(Tree.object(event, "message", "usage"));
                }
                case "content_block_start" -> blocks.put(index, new LinkedHashMap<>(Tree.object(event, "content_block")));
                case "content_block_delta" -> delta(blocks.get(index), Tree.at(event, "delta"), inputs.computeIfAbsent(index, unused -> new StringBuilder()));
                case "message_delta" -> {
                    message.putAll(Tree.object(event, "delta"));
                    usage.putAll(Tree.object(event, "usage"));
                }
                case "error" -> error = errorMessage(event);
                default -> { }
            }
        }
        inputs.forEach((index, input) -> {
            if (!input.isEmpty()) {
                blocks.get(index).put("input", Tree.readOrText(input.toString()));
            }
        });
        message.put("content", new ArrayList<Object>(blocks.values()));
        if (!usage.isEmpty()) {
            message.put("usage", usage);
        }
        Said said = whole(message);
        said.error = error;
        return said;
    }

    private static void delta(Map<String, Object> block, Object delta, StringBuilder input) {
        switch (Tree.textOr("", delta, "type")) {
            case "text_delta" -> block.merge("text", Tree.text(delta, "text"), AnthropicFormat::joined);
            case "thinking_delta" -> block.merge("thinking", Tree.text(delta, "thinking"), AnthropicFormat::joined);
            case "signature_delta" -> block.merge("signature", Tree.text(delta, "signature"), AnthropicFormat::joined);
            case "input_json_delta" -> input.append(Tree.textOr("", delta, "partial_json"));
            case "citations_delta" -> {
                List<Object> citations = new ArrayList<>(Tree.list(block, "citations"));
                citations.add(Tree.at(delta, "citation"));
                block.put("citations", citations);
            }
            default -> { }
        }
    }

    private static Object joined(Object before, Object more) {
        return (String) before + more;
    }

    @Override
    public String errorMessage(Object body) {
        return Tree.textOr(Tree.text(body, "message"), body, "error", "message");
    }

    @Override
    public void checkOrder(List<Object> payloads, String raw) {
        List<String> types = payloads.stream().map(event -> Tree.text(event, "type")).filter(type -> !type.equals("ping")).toList();
        boolean hasFailed = types.contains("error");
        assertThat(types).startsWith("message_start").endsWith(hasFailed ? "error" : "message_stop");
        if (!hasFailed) {
            assertThat(types.subList(types.size() - 2, types.size())).containsExactly("message_delta", "message_stop");
        }
        long open = -1;
        long next = 0;
        for (Object event : payloads) {
            long index = Tree.number(event, "index");
            switch (Tree.text(event, "type")) {
                case "content_block_start" -> {
                    assertThat(open).as("one block at a time").isEqualTo(-1);
                    assertThat(index).as("blocks are counted up").isEqualTo(next++);
                    open = index;
                }
                case "content_block_delta" -> assertThat(index).as("a delta of the open block").isEqualTo(open);
                case "content_block_stop" -> {
                    assertThat(index).as("the open block ends").isEqualTo(open);
                    open = -1;
                }
                default -> { }
            }
        }
        assertThat(hasFailed || open == -1).as("every block has ended").isTrue();
    }

    @Override
    public Set<String> toldAs(String end) {
        return switch (end) {
            case "content_filter" -> Set.of("refusal");
            case "other" -> Set.of("stop", "refusal", "other", "length");
            default -> Set.of(end);
        };
    }
}
