package org.sluice.gateway.replay;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** @see <a href="https://platform.openai.com/docs/api-reference/chat">OpenAI: chat completions</a> */
final class OpenAiSpeaker implements Speaker {
    @Override
    public String dialect() {
        return "openai";
    }

    @Override
    public Map<String, Object> request(Script script) {
        return Tree.of("model", "m", "reasoning_effort", "medium", "max_completion_tokens", 9000, "messages", new ArrayList<Object>(List.of(Tree.of("role", "system", "content", script.system))),
                "tools", script.tools.keySet().stream().map(name -> Tree.of("type", "function", "function", Tree.of("name", name, "description", "Tells " + name, "parameters", script.schema(name)))).toList());
    }

    private static List<Object> messages(Map<String, Object> request) {
        return Tree.list(request, "messages");
    }

    @Override
    public void user(Map<String, Object> request, String text, String image) {
        messages(request).add(Tree.of("role", "user", "content", image == null ? text
                : List.of(Tree.of("type", "text", "text", text), Tree.of("type", "image_url", "image_url", Tree.of("url", image)))));
    }

    @Override
    public void answered(Map<String, Object> request, Object answer) {
        messages(request).add(Tree.at(Tree.list(answer, "choices").get(0), "message"));
    }

    @Override
    public void results(Map<String, Object> request, List<Said.Call> calls, List<String> texts) {
        for (int i = 0; i < calls.size(); i++) {
            messages(request).add(Tree.of("role", "tool", "tool_call_id", calls.get(i).id(), "content", texts.get(i)));
        }
    }

    @Override
    public Object folded(List<Object> payloads) {
        Map<String, Object> message = new LinkedHashMap<>();
        Map<Long, Map<String, Object>> calls = new TreeMap<>();
        for (Object chunk : payloads) {
            Tree.list(chunk, "choices").forEach(choice -> Tree.object(choice, "delta").forEach((name, value) -> {
                if (name.equals("tool_calls")) {
                    Tree.list(choice, "delta", "tool_calls").forEach(call -> {
                        Map<String, Object> known = calls.computeIfAbsent(Tree.number(call, "index"), unused -> Tree.of("type", "function", "function", Tree.of("arguments", "")));
                        Tree.object(call).forEach((member, given) -> {
                            if (!member.equals("function") && !member.equals("index")) {
                                known.put(member, given);
                            }
                        });
                        Map<String, Object> function = Tree.object(known, "function");
                        function.put("arguments", Tree.text(function, "arguments") + Tree.textOr("", call, "function", "arguments"));
                        function.putIfAbsent("name", Tree.textOr("", call, "function", "name"));
                    });
                } else if (value instanceof List<?> items) {
                    List<Object> all = new ArrayList<>(Tree.list(message, name));
                    all.addAll(items);
                    message.put(name, all);
                } else {
                    message.merge(name, value, (before, more) -> name.equals("role") ? before : (Object) (before.toString() + more));
                }
            }));
        }
        if (!calls.isEmpty()) {
            message.put("tool_calls", new ArrayList<Object>(calls.values()));
        }
        return Tree.of("choices", List.of(Tree.of("message", message)));
    }

    private static Object calls(Script.Answer answer, boolean isStream) {
        List<Object> calls = new ArrayList<>();
        for (Said.Call call : answer.calls()) {
            calls.add(Tree.of("index", isStream ? calls.size() : null, "id", call.id(), "type", "function", "function", Tree.of("name", call.name(), "arguments", Tree.write(call.arguments()))));
        }
        return calls.isEmpty() ? null : calls;
    }

    @Override
    public Object answer(Script.Answer answer) {
        return Tree.of("id", "chatcmpl-" + answer.number(), "object", "chat.completion", "created", 5, "model", "m-1", "choices", List.of(Tree.of("index", 0, "message",
                Tree.of("role", "assistant", "content", answer.text(), "reasoning_content", answer.thought(), "tool_calls", calls(answer, false)), "finish_reason", answer.calls().isEmpty() ? "stop" : "tool_calls")),
                "usage", Tree.of("prompt_tokens", 11, "completion_tokens", 7, "total_tokens", 18, "prompt_tokens_details", Tree.of("cached_tokens", 4), "completion_tokens_details", Tree.of("reasoning_tokens", 3)));
    }

    @Override
    public String stream(Script.Answer answer) {
        List<Object> deltas = new ArrayList<>(List.of(Tree.of("role", "assistant", "content", "")));
        Turns.pieces(answer.thought()).forEach(piece -> deltas.add(Tree.of("reasoning_content", piece)));
        Turns.pieces(answer.text()).forEach(piece -> deltas.add(Tree.of("content", piece)));
        int index = 0;
        for (Said.Call call : answer.calls()) {
            deltas.add(Tree.of("tool_calls", List.of(Tree.of("index", index, "id", call.id(), "type", "function", "function", Tree.of("name", call.name(), "arguments", "")))));
            for (String piece : Turns.pieces(Tree.write(call.arguments()))) {
                deltas.add(Tree.of("tool_calls", List.of(Tree.of("index", index, "function", Tree.of("arguments", piece)))));
            }
            index++;
        }
        StringBuilder stream = new StringBuilder();
        deltas.forEach(delta -> stream.append(chunk(answer, delta, null)));
        stream.append(chunk(answer, Tree.of(), answer.calls().isEmpty() ? "stop" : "tool_calls"));
        Map<String, Object> last = Tree.of("id", "chatcmpl-" + answer.number(), "object", "chat.completion.chunk", "created", 5, "model", "m-1", "choices", List.of(), "usage", Tree.at(answer(answer), "usage"));
        return stream.append("data: ").append(Tree.write(last)).append("\n\ndata: [DONE]\n\n").toString();
    }

    private static String chunk(Script.Answer answer, Object delta, String end) {
        return "data: " + Tree.write(Tree.of("id", "chatcmpl-" + answer.number(), "object", "chat.completion.chunk", "created", 5, "model", "m-1",
                "choices", List.of(Tree.of("index", 0, "delta", delta, "finish_reason", end)))) + "\n\n";
    }

    @Override
    public boolean signs() {
        return false;
    }
}
