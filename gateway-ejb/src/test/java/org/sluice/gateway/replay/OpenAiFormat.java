package org.sluice.gateway.replay;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.sluice.gateway.recorded.Recording;

/**
 * OpenAI's chat completions and what compatible providers make of it.
 *
 * @see <a href="https://platform.openai.com/docs/api-reference/chat/object">The chat completion object</a>
 */
final class OpenAiFormat implements WireFormat {
    @Override
    public String dialect() {
        return "openai";
    }

    @Override
    public boolean covers(Recording recording) {
        return recording.endpoint().endsWith("chat/completions");
    }

    @Override
    public Said whole(Object body) {
        return stream(List.of(body));
    }

    /** An answer is a stream of one piece, its message the one delta. */
    @Override
    public Said stream(List<Object> payloads) {
        Said said = new Said();
        Map<String, CallPieces> calls = new LinkedHashMap<>();
        Map<Long, StringBuilder> details = new HashMap<>();
        for (Object chunk : payloads) {
            said.model(Tree.text(chunk, "model"));
            Object usage = Tree.at(chunk, "usage") != null ? Tree.at(chunk, "usage") : Tree.at(chunk, "x_groq", "usage");
            said.usage = usage == null ? said.usage : usage(usage);
            if (Tree.at(chunk, "error") != null) {
                said.error = errorMessage(chunk);
            }
            for (Object choice : Tree.list(chunk, "choices")) {
                boolean isWhole = Tree.at(choice, "message") != null;
                read(said.choice(Tree.number(choice, "index")), choice, Tree.at(choice, isWhole ? "message" : "delta"), Tree.number(choice, "index"), calls);
            }
            Tree.list(chunk, "choices").forEach(choice -> details.computeIfAbsent(Tree.number(choice, "index"), unused -> new StringBuilder()).append(details(choice)));
            Tree.list(chunk, "citations").forEach(url -> {
                if (url instanceof String text && said.choices.containsKey(0) && !said.choice(0).citations.contains(text)) {
                    said.choice(0).citations.add(text);
                }
            });
        }
        calls.values().forEach(pieces -> said.choice(pieces.choice).calls.add(new Said.Call(pieces.id, pieces.name, Tree.readOrText(pieces.arguments.toString()))));
        said.choices.forEach((index, choice) -> choice.thinking.append(choice.thinking.isEmpty() ? details.get(index.longValue()) : ""));
        return said;
    }

    /** OpenRouter repeats its reasoning in details; Snowflake tells it there alone. */
    private static String details(Object choice) {
        StringBuilder words = new StringBuilder();
        Tree.list(choice, Tree.at(choice, "message") != null ? "message" : "delta", "reasoning_details").stream()
                .filter(detail -> "reasoning.text".equals(Tree.text(detail, "type"))).forEach(detail -> words.append(Tree.textOr("", detail, "text")));
        return words.toString();
    }

    private static final class CallPieces {
        final long choice;
        String id;
        String name;
        final StringBuilder arguments = new StringBuilder();

        CallPieces(long choice) {
            this.choice = choice;
        }
    }

    private static void read(Said.Choice said, Object choice, Object delta, long index, Map<String, CallPieces> calls) {
        if (Tree.at(delta, "content") instanceof List<?> parts) {
            parts.forEach(part -> {
                said.text.append(Tree.textOr("", part, "text"));
                Tree.list(part, "thinking").forEach(thought -> said.thinking.append(Tree.textOr("", thought, "text")));
            });
        } else {
            said.text.append(Tree.textOr("", delta, "content"));
        }
        said.refusal.append(Tree.textOr("", delta, "refusal"));
        said.thinking.append(Tree.textOr(Tree.textOr("", delta, "reasoning"), delta, "reasoning_content"));
        for (String blocks : List.of("reasoning_details", "thinking_blocks")) {
            Tree.list(delta, blocks).forEach(block -> {
                Said.sign(said, Tree.text(block, "signature"));
                Said.sign(said, Tree.text(block, "data"));
            });
        }
        Tree.list(delta, "annotations").forEach(note -> Said.cite(said, Tree.text(note, "url_citation", "url")));
        int position = 0;
        for (Object call : Tree.list(delta, "tool_calls")) {
            String at = index + " " + (Tree.at(call, "index") == null ? "at " + position : Long.toString(Tree.number(call, "index")));
            CallPieces pieces = calls.computeIfAbsent(at, unused -> new CallPieces(index));
            pieces.id = pieces.id == null ? Tree.text(call, "id") : pieces.id;
            pieces.name = pieces.name == null ? Tree.textOr(Tree.text(call, "custom", "name"), call, "function", "name") : pieces.name;
            pieces.arguments.append(Tree.textOr("", call, "function", "arguments")).append(Tree.textOr("", call, "custom", "input"));
            position++;
        }
        if (!Tree.textOr("", delta, "function_call", "name").isEmpty()) {
            CallPieces pieces = calls.computeIfAbsent(index + " function", unused -> new CallPieces(index));
            pieces.name = Tree.text(delta, "function_call", "name");
            pieces.arguments.append(Tree.textOr("", delta, "function_call", "arguments"));
        }
        String reason = Tree.text(choice, "finish_reason");
        said.end = reason == null || reason.isEmpty() ? said.end : end(reason);
    }

    private static String end(String reason) {
        return switch (reason) {
            case "stop", "eos", "eos_token", "stop_sequence" -> "stop";
            case "length", "tool_calls", "content_filter" -> reason;
            case "function_call" -> "tool_calls";
            default -> "other";
        };
    }

    /**
     * A total that is more than its parts says what they leave out: the reasoning where that is the number, else sound that was read. No more can
     * come from a cache than was read.
     */
    private static Said.Counts usage(Object usage) {
        long input = Tree.number(usage, "prompt_tokens");
        long output = Tree.number(usage, "completion_tokens");
        long total = Tree.number(usage, "total_tokens");
        long reasoning = Tree.number(usage, "completion_tokens_details", "reasoning_tokens");
        long beside = Math.max(0, total - input - output);
        boolean isReasoning = reasoning > 0 && beside == reasoning;
        return new Said.Counts(isReasoning ? input : input + beside, isReasoning ? output + reasoning : output, Math.min(isReasoning ? input : input + beside, Math.max(Tree.number(usage, "prompt_tokens_details", "cached_tokens"), Math.max(Tree.number(usage, "prompt_cache_hit_tokens"), Tree.number(usage, "num_cached_tokens")))),
                Math.max(Tree.number(usage, "prompt_tokens_details", "cache_write_tokens"), Tree.number(usage, "prompt_tokens_details", "cache_creation_tokens")),
                reasoning);
    }

    @Override
    public String errorMessage(Object body) {
        Object error = Tree.at(body, "error") == null ? body : Tree.at(body, "error");
        return error instanceof String text ? text : Tree.textOr(Tree.text(Tree.list(error, "detail").stream().findFirst().orElse(null), "msg"), error, "message");
    }

    @Override
    public void checkOrder(List<Object> payloads, String raw) {
        assertThat(payloads.stream().filter(chunk -> Tree.at(chunk, "error") == null).map(chunk -> Tree.text(chunk, "id")).collect(Collectors.toSet())).as("one id").hasSize(1);
        boolean hasFailed = payloads.stream().anyMatch(chunk -> Tree.at(chunk, "error") != null);
        assertThat(raw.stripTrailing().endsWith("data: [DONE]")).as("the mark of the end").isEqualTo(!hasFailed);
        assertThat(payloads.stream().flatMap(chunk -> Tree.list(chunk, "choices").stream()).map(choice -> Tree.text(choice, "finish_reason")).filter(Objects::nonNull).count())
                .as("an end for each choice, once").isLessThanOrEqualTo(payloads.stream().flatMap(chunk -> Tree.list(chunk, "choices").stream()).map(choice -> Tree.number(choice, "index")).distinct().count());
    }

    @Override
    public Set<String> toldAs(String end) {
        return switch (end) {
            case "refusal" -> Set.of("content_filter", "stop");
            case "paused" -> Set.of("stop");
            case "other" -> Set.of("stop", "content_filter", "other", "length");
            default -> Set.of(end);
        };
    }

    @Override
    public boolean hasManyChoices() {
        return true;
    }
}
