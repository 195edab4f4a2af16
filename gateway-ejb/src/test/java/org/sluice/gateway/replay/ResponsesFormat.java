package org.sluice.gateway.replay;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.sluice.gateway.recorded.Recording;

/**
 * OpenAI's responses.
 *
 * @see <a href="https://platform.openai.com/docs/api-reference/responses/object">The response object</a>
 */
final class ResponsesFormat implements WireFormat {
    private static final Set<String> ENDS = Set.of("response.completed", "response.incomplete", "response.failed");

    @Override
    public String dialect() {
        return "responses";
    }

    @Override
    public boolean covers(Recording recording) {
        return recording.endpoint().equals("responses") || recording.endpoint().endsWith("/responses");
    }

    @Override
    public Said whole(Object body) {
        Said said = new Said();
        said.model(Tree.text(body, "model"));
        Said.Choice choice = said.choice(0);
        Tree.list(body, "output").forEach(item -> item(choice, item));
        choice.end = end(body, choice);
        said.usage = Tree.at(body, "usage") == null ? null : usage(Tree.at(body, "usage"));
        said.error = Tree.text(body, "error", "message");
        return said;
    }

    private static void item(Said.Choice choice, Object item) {
        switch (Tree.textOr("", item, "type")) {
            case "message" -> Tree.list(item, "content").forEach(part -> {
                choice.refusal.append(Tree.textOr("", part, "refusal"));
                choice.text.append(Tree.textOr("", part, "text"));
                Tree.list(part, "annotations").forEach(note -> Said.cite(choice, Tree.text(note, "url"), Tree.text(note, "file_id"), Tree.text(note, "filename")));
            });
            case "reasoning" -> {
                Tree.list(item, "summary").forEach(part -> choice.thinking.append(Tree.textOr("", part, "text")));
                Tree.list(item, "content").forEach(part -> choice.thinking.append(Tree.textOr("", part, "text")));
                Said.sign(choice, Tree.text(item, "encrypted_content"));
            }
            case "function_call" -> choice.calls.add(new Said.Call(Tree.text(item, "call_id"), Tree.text(item, "name"), Tree.readOrText(Tree.text(item, "arguments"))));
            default -> { }
        }
    }

    private static String end(Object body, Said.Choice choice) {
        String why = Tree.text(body, "incomplete_details", "reason");
        return switch (Tree.textOr("", body, "status")) {
            case "completed" -> choice.calls.isEmpty() ? "stop" : "tool_calls";
            case "incomplete" -> "content_filter".equals(why) ? "content_filter" : "length";
            default -> null;
        };
    }

    private static Said.Counts usage(Object usage) {
        return new Said.Counts(Tree.number(usage, "input_tokens"), Tree.number(usage, "output_tokens"), Tree.number(usage, "input_tokens_details", "cached_tokens"),
                Tree.number(usage, "input_tokens_details", "cache_write_tokens"), Tree.number(usage, "output_tokens_details", "reasoning_tokens"));
    }

    /** Put together from the pieces alone; of the events that repeat a whole only counters, status and what has no pieces is taken. */
    @Override
    public Said stream(List<Object> payloads) {
        Map<Long, Map<String, Object>> items = new TreeMap<>();
        Map<String, Object> answer = new LinkedHashMap<>();
        Map<Long, Said.Choice> pieces = new TreeMap<>();
        Map<Long, StringBuilder> arguments = new TreeMap<>();
        String error = null;
        for (Object event : payloads) {
            long index = Tree.number(event, "output_index");
            String delta = Tree.textOr("", event, "delta");
            String type = Tree.textOr("", event, "type");
            switch (type) {
                case "response.output_item.added", "response.output_item.done" -> items.computeIfAbsent(index, unused -> new LinkedHashMap<>()).putAll(Tree.object(event, "item"));
                case "response.output_text.delta" -> pieces.computeIfAbsent(index, unused -> new Said.Choice()).text.append(delta);
                case "response.refusal.delta" -> pieces.computeIfAbsent(index, unused -> new Said.Choice()).refusal.append(delta);
                case "response.reasoning_summary_text.delta", "response.reasoning_text.delta" -> pieces.computeIfAbsent(index, unused -> new Said.Choice()).thinking.append(delta);
                case "response.function_call_arguments.delta" -> arguments.computeIfAbsent(index, unused -> new StringBuilder()).append(delta);
                case "error" -> error = Tree.textOr(Tree.text(event, "error", "message"), event, "message");
                default -> {
                    if (ENDS.contains(type) || type.equals("response.created")) {
                        answer.putAll(Tree.object(event, "response"));
                    }
                }
            }
        }
        Said said = new Said();
        Said.Choice whole = said.choice(0);
        items.forEach((index, item) -> {
            Said.Choice piece = pieces.getOrDefault(index, new Said.Choice());
            Said.Choice told = new Said.Choice();
            item(told, item);
            whole.text.append(piece.text);
            whole.refusal.append(piece.refusal);
            whole.thinking.append(piece.thinking);
            whole.signatures.addAll(told.signatures);
            whole.citations.addAll(told.citations);
            told.calls.forEach(call -> whole.calls.add(new Said.Call(call.id(), call.name(),
                    Tree.readOrText(arguments.containsKey(index) ? arguments.get(index).toString() : Tree.text(item, "arguments")))));
        });
        said.model(Tree.text(answer, "model"));
        whole.end = end(answer, whole);
        said.usage = Tree.at(answer, "usage") == null ? null : usage(Tree.at(answer, "usage"));
        said.error = error != null ? error : Tree.text(answer, "error", "message");
        return said;
    }

    @Override
    public String errorMessage(Object body) {
        return Tree.at(body, "error") instanceof String text ? text : Tree.text(body, "error", "message");
    }

    @Override
    public void checkOrder(List<Object> payloads, String raw) {
        Set<String> ids = new HashSet<>();
        Map<Long, String> open = new TreeMap<>();
        List<String> types = new ArrayList<>();
        long sequence = -1;
        for (Object event : payloads) {
            String type = Tree.text(event, "type");
            types.add(type);
            assertThat(Tree.number(event, "sequence_number")).as("counted up at " + type).isEqualTo(++sequence);
            if (Tree.at(event, "response", "id") != null) {
                ids.add(Tree.text(event, "response", "id"));
            }
            long index = Tree.number(event, "output_index");
            if (type.equals("response.output_item.added")) {
                assertThat(open.put(index, Tree.textOr("", event, "item", "id"))).as("an item begins once").isNull();
            } else if (type.equals("response.output_item.done")) {
                assertThat(open).as("an item that ends has begun").containsKey(index);
                assertThat(Tree.textOr("", event, "item", "id")).as("the item that began ends").isEqualTo(open.get(index));
            } else if (Tree.at(event, "item_id") != null) {
                assertThat(Tree.text(event, "item_id")).as(type).isEqualTo(open.get(index));
            }
        }
        assertThat(ids).as("one id").hasSize(1);
        assertThat(types.get(0)).isEqualTo("response.created");
        String last = types.get(types.size() - 1);
        assertThat(ENDS.contains(last) || last.equals("error")).as(last).isTrue();
        Object end = Tree.at(payloads.get(payloads.size() - 1), "response");
        if (end != null && !last.equals("response.failed")) {
            Said.Choice whole = whole(end).choice(0);
            Said.Choice told = stream(payloads).choice(0);
            assertThat(told.toString()).as("the pieces say what the last event repeats").isEqualTo(whole.toString());
        }
    }

    @Override
    public Set<String> toldAs(String end) {
        return switch (end) {
            case "refusal" -> Set.of("stop", "content_filter");
            case "paused" -> Set.of("stop", "length");
            case "other" -> Set.of("stop", "content_filter", "length");
            default -> Set.of(end);
        };
    }
}
