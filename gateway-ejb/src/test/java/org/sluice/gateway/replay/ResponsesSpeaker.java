package org.sluice.gateway.replay;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** @see <a href="https://platform.openai.com/docs/api-reference/responses">OpenAI: responses</a> */
final class ResponsesSpeaker implements Speaker {
    @Override
    public String dialect() {
        return "responses";
    }

    @Override
    public Map<String, Object> request(Script script) {
        return Tree.of("model", "m", "max_output_tokens", 9000, "store", false, "include", List.of("reasoning.encrypted_content"), "reasoning", Tree.of("effort", "medium", "summary", "auto"),
                "instructions", script.system, "input", new ArrayList<Object>(),
                "tools", script.tools.keySet().stream().map(name -> Tree.of("type", "function", "name", name, "description", "Tells " + name, "parameters", script.schema(name), "strict", false)).toList());
    }

    private static List<Object> input(Map<String, Object> request) {
        return Tree.list(request, "input");
    }

    @Override
    public void user(Map<String, Object> request, String text, String image) {
        List<Object> content = new ArrayList<>(List.of(Tree.of("type", "input_text", "text", text)));
        if (image != null) {
            content.add(Tree.of("type", "input_image", "detail", "auto", "image_url", image));
        }
        input(request).add(Tree.of("type", "message", "role", "user", "content", content));
    }

    @Override
    public void answered(Map<String, Object> request, Object answer) {
        input(request).addAll(Tree.list(answer, "output"));
    }

    @Override
    public void results(Map<String, Object> request, List<Said.Call> calls, List<String> texts) {
        for (int i = 0; i < calls.size(); i++) {
            input(request).add(Tree.of("type", "function_call_output", "call_id", calls.get(i).id(), "output", texts.get(i)));
        }
    }

    @Override
    public Object folded(List<Object> payloads) {
        return Tree.at(payloads.get(payloads.size() - 1), "response");
    }

    private static List<Object> items(Script.Answer answer) {
        List<Object> items = new ArrayList<>();
        if (answer.thought() != null) {
            items.add(Tree.of("type", "reasoning", "id", "rs_" + answer.number(), "summary", List.of(Tree.of("type", "summary_text", "text", answer.thought())), "encrypted_content", answer.signature()));
        }
        if (!answer.text().isEmpty()) {
            items.add(Tree.of("type", "message", "id", "msg_" + answer.number(), "status", "completed", "role", "assistant",
                    "content", List.of(Tree.of("type", "output_text", "text", answer.text(), "annotations", List.of()))));
        }
        answer.calls().forEach(call -> items.add(Tree.of("type", "function_call", "id", "fc_" + call.id(), "call_id", call.id(), "name", call.name(), "arguments", Tree.write(call.arguments()), "status", "completed")));
        return items;
    }

    private static Map<String, Object> response(Script.Answer answer, List<Object> output, String status) {
        return Tree.of("id", "resp_" + answer.number(), "object", "response", "created_at", 5, "status", status, "model", "m-1", "output", output,
                "usage", status.equals("completed") ? Tree.of("input_tokens", 11, "input_tokens_details", Tree.of("cached_tokens", 4), "output_tokens", 7,
                        "output_tokens_details", Tree.of("reasoning_tokens", 3), "total_tokens", 18) : null);
    }

    @Override
    public Object answer(Script.Answer answer) {
        return response(answer, items(answer), "completed");
    }

    @Override
    public String stream(Script.Answer answer) {
        Events events = new Events();
        events.add("response.created", "response", response(answer, List.of(), "in_progress"));
        int index = 0;
        for (Object item : items(answer)) {
            int at = index++;
            Map<String, Object> start = new LinkedHashMap<>(Tree.object(item));
            String id = Tree.text(item, "id");
            switch (Tree.text(item, "type")) {
                case "reasoning" -> {
                    start.put("summary", List.of());
                    start.remove("encrypted_content");
                    events.add("response.output_item.added", "output_index", at, "item", start);
                    events.add("response.reasoning_summary_part.added", "item_id", id, "output_index", at, "summary_index", 0, "part", Tree.of("type", "summary_text", "text", ""));
                    Turns.pieces(answer.thought()).forEach(piece -> events.add("response.reasoning_summary_text.delta", "item_id", id, "output_index", at, "summary_index", 0, "delta", piece));
                    events.add("response.reasoning_summary_text.done", "item_id", id, "output_index", at, "summary_index", 0, "text", answer.thought());
                    events.add("response.reasoning_summary_part.done", "item_id", id, "output_index", at, "summary_index", 0, "part", Tree.of("type", "summary_text", "text", answer.thought()));
                }
                case "message" -> {
                    start.put("content", List.of());
                    events.add("response.output_item.added", "output_index", at, "item", start);
                    events.add("response.content_part.added", "item_id", id, "output_index", at, "content_index", 0, "part", Tree.of("type", "output_text", "text", "", "annotations", List.of()));
                    Turns.pieces(answer.text()).forEach(piece -> events.add("response.output_text.delta", "item_id", id, "output_index", at, "content_index", 0, "delta", piece));
                    events.add("response.output_text.done", "item_id", id, "output_index", at, "content_index", 0, "text", answer.text());
                    events.add("response.content_part.done", "item_id", id, "output_index", at, "content_index", 0, "part", Tree.list(item, "content").get(0));
                }
                default -> {
                    start.put("arguments", "");
                    events.add("response.output_item.added", "output_index", at, "item", start);
                    String arguments = Tree.text(item, "arguments");
                    Turns.pieces(arguments).forEach(piece -> events.add("response.function_call_arguments.delta", "item_id", id, "output_index", at, "delta", piece));
                    events.add("response.function_call_arguments.done", "item_id", id, "output_index", at, "arguments", arguments);
                }
            }
            events.add("response.output_item.done", "output_index", at, "item", item);
        }
        events.add("response.completed", "response", response(answer, items(answer), "completed"));
        return events.text.toString();
    }

    /** Counted up as they are told. */
    private static final class Events {
        final StringBuilder text = new StringBuilder();
        private int sequence;

        void add(String type, Object... members) {
            Map<String, Object> event = Tree.of("type", type, "sequence_number", sequence++);
            event.putAll(Tree.of(members));
            text.append("event: ").append(type).append("\ndata: ").append(Tree.write(event)).append("\n\n");
        }
    }

    @Override
    public boolean signs() {
        return true;
    }
}
