package org.sluice.gateway.replay;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** @see <a href="https://platform.claude.com/docs/en/api/messages">Claude: Messages API</a> */
final class AnthropicSpeaker implements Speaker {
    @Override
    public String dialect() {
        return "anthropic";
    }

    @Override
    public Map<String, Object> request(Script script) {
        return Tree.of("model", "m", "max_tokens", 9000, "thinking", Tree.of("type", "enabled", "budget_tokens", 2000), "system", script.system, "messages", new ArrayList<Object>(),
                "tools", script.tools.keySet().stream().map(name -> Tree.of("name", name, "description", "Tells " + name, "input_schema", script.schema(name))).toList());
    }

    private static List<Object> messages(Map<String, Object> request) {
        return Tree.list(request, "messages");
    }

    @Override
    public void user(Map<String, Object> request, String text, String image) {
        List<Object> content = new ArrayList<>(List.of(Tree.of("type", "text", "text", text)));
        if (image != null) {
            content.add(Tree.of("type", "image", "source", image.startsWith("data:")
                    ? Tree.of("type", "base64", "media_type", image.substring(5, image.indexOf(';')), "data", image.substring(image.indexOf(',') + 1)) : Tree.of("type", "url", "url", image)));
        }
        messages(request).add(Tree.of("role", "user", "content", content));
    }

    @Override
    public void answered(Map<String, Object> request, Object answer) {
        messages(request).add(Tree.of("role", "assistant", "content", Tree.list(answer, "content")));
    }

    @Override
    public void results(Map<String, Object> request, List<Said.Call> calls, List<String> texts) {
        List<Object> content = new ArrayList<>();
        for (int i = 0; i < calls.size(); i++) {
            content.add(Tree.of("type", "tool_result", "tool_use_id", calls.get(i).id(), "content", texts.get(i), "is_error", texts.get(i).startsWith("error") ? true : null));
        }
        messages(request).add(Tree.of("role", "user", "content", content));
    }

    @Override
    public Object folded(List<Object> payloads) {
        Map<Long, Map<String, Object>> blocks = new TreeMap<>();
        Map<Long, StringBuilder> inputs = new TreeMap<>();
        for (Object event : payloads) {
            long index = Tree.number(event, "index");
            if (Tree.at(event, "content_block") != null) {
                blocks.put(index, new LinkedHashMap<>(Tree.object(event, "content_block")));
            }
            Tree.object(event, "delta").forEach((name, value) -> {
                if (name.equals("partial_json")) {
                    inputs.computeIfAbsent(index, unused -> new StringBuilder()).append(value);
                } else if (blocks.containsKey(index) && List.of("text", "thinking", "signature").contains(name)) {
                    blocks.get(index).merge(name, value, (before, more) -> before.toString() + more);
                }
            });
        }
        inputs.forEach((index, input) -> blocks.get(index).put("input", Tree.readOrText(input.toString())));
        return Tree.of("content", new ArrayList<Object>(blocks.values()));
    }

    private static List<Object> blocks(Script.Answer answer) {
        List<Object> blocks = new ArrayList<>();
        if (answer.thought() != null) {
            blocks.add(Tree.of("type", "thinking", "thinking", answer.thought(), "signature", answer.signature()));
        }
        if (!answer.text().isEmpty()) {
            blocks.add(Tree.of("type", "text", "text", answer.text()));
        }
        answer.calls().forEach(call -> blocks.add(Tree.of("type", "tool_use", "id", call.id(), "name", call.name(), "input", call.arguments())));
        return blocks;
    }

    private static Map<String, Object> message(Script.Answer answer, List<Object> content, String end, int output) {
        return Tree.of("id", "msg_" + answer.number(), "type", "message", "role", "assistant", "model", "m-1", "content", content, "stop_reason", end,
                "usage", Tree.of("input_tokens", 7, "output_tokens", output, "cache_read_input_tokens", 4, "cache_creation_input_tokens", 0, "output_tokens_details", end == null ? null : Tree.of("thinking_tokens", 3)));
    }

    private static String end(Script.Answer answer) {
        return answer.calls().isEmpty() ? "end_turn" : "tool_use";
    }

    @Override
    public Object answer(Script.Answer answer) {
        return message(answer, blocks(answer), end(answer), 7);
    }

    @Override
    public String stream(Script.Answer answer) {
        StringBuilder stream = new StringBuilder(frame("message_start", "message", message(answer, List.of(), null, 1))).append(frame("ping"));
        int index = 0;
        for (Object block : blocks(answer)) {
            List<Object> deltas = new ArrayList<>();
            Map<String, Object> start = new LinkedHashMap<>(Tree.object(block));
            switch (Tree.text(block, "type")) {
                case "text" -> {
                    start.put("text", "");
                    Turns.pieces(Tree.text(block, "text")).forEach(piece -> deltas.add(Tree.of("type", "text_delta", "text", piece)));
                }
                case "thinking" -> {
                    start.put("thinking", "");
                    start.put("signature", "");
                    Turns.pieces(Tree.text(block, "thinking")).forEach(piece -> deltas.add(Tree.of("type", "thinking_delta", "thinking", piece)));
                    deltas.add(Tree.of("type", "signature_delta", "signature", Tree.text(block, "signature")));
                }
                default -> {
                    start.put("input", Tree.of());
                    Turns.pieces(Tree.write(Tree.at(block, "input"))).forEach(piece -> deltas.add(Tree.of("type", "input_json_delta", "partial_json", piece)));
                }
            }
            int at = index++;
            stream.append(frame("content_block_start", "index", at, "content_block", start));
            deltas.forEach(delta -> stream.append(frame("content_block_delta", "index", at, "delta", delta)));
            stream.append(frame("content_block_stop", "index", at));
        }
        return stream.append(frame("message_delta", "delta", Tree.of("stop_reason", end(answer)), "usage", Tree.of("output_tokens", 7, "output_tokens_details", Tree.of("thinking_tokens", 3))))
                .append(frame("message_stop")).toString();
    }

    private static String frame(String type, Object... members) {
        Map<String, Object> event = Tree.of("type", type);
        event.putAll(Tree.of(members));
        return "event: " + type + "\ndata: " + Tree.write(event) + "\n\n";
    }

    @Override
    public boolean signs() {
        return true;
    }
}
