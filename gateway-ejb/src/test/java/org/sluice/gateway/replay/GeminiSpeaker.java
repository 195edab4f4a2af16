package org.sluice.gateway.replay;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** @see <a href="https://ai.google.dev/api/generate-content">Gemini API: generating content</a> */
final class GeminiSpeaker implements Speaker {
    @Override
    public String dialect() {
        return "gemini";
    }

    @Override
    public Map<String, Object> request(Script script) {
        return Tree.of("generationConfig", Tree.of("maxOutputTokens", 9000, "thinkingConfig", Tree.of("includeThoughts", true, "thinkingBudget", 2000)),
                "systemInstruction", Tree.of("parts", List.of(Tree.of("text", script.system))), "contents", new ArrayList<Object>(),
                "tools", List.of(Tree.of("functionDeclarations", script.tools.keySet().stream().map(name -> Tree.of("name", name, "description", "Tells " + name, "parameters", script.schema(name))).toList())));
    }

    private static void turn(Map<String, Object> request, String role, List<Object> parts) {
        Tree.list(request, "contents").add(Tree.of("role", role, "parts", parts));
    }

    @Override
    public void user(Map<String, Object> request, String text, String image) {
        List<Object> parts = new ArrayList<>(List.of(Tree.of("text", text)));
        if (image != null) {
            parts.add(image.startsWith("data:") ? Tree.of("inlineData", Tree.of("mimeType", image.substring(5, image.indexOf(';')), "data", image.substring(image.indexOf(',') + 1)))
                    : Tree.of("fileData", Tree.of("mimeType", "image/png", "fileUri", image)));
        }
        turn(request, "user", parts);
    }

    @Override
    public void answered(Map<String, Object> request, Object answer) {
        Tree.list(request, "contents").add(Tree.at(Tree.list(answer, "candidates").get(0), "content"));
    }

    @Override
    public void results(Map<String, Object> request, List<Said.Call> calls, List<String> texts) {
        List<Object> parts = new ArrayList<>();
        for (int i = 0; i < calls.size(); i++) {
            parts.add(Tree.of("functionResponse", Tree.of("id", calls.get(i).id(), "name", calls.get(i).name(), "response", Tree.of(texts.get(i).startsWith("error") ? "error" : "output", texts.get(i)))));
        }
        turn(request, "user", parts);
    }

    @Override
    public Object folded(List<Object> payloads) {
        List<Object> parts = new ArrayList<>();
        for (Object piece : payloads) {
            Tree.list(piece, "candidates").forEach(candidate -> parts.addAll(Tree.list(candidate, "content", "parts")));
        }
        return Tree.of("candidates", List.of(Tree.of("content", Tree.of("role", "model", "parts", parts))));
    }

    /** The signature stands on the first call, or on the text when nothing is called. */
    private static List<Object> parts(Script.Answer answer) {
        List<Object> parts = new ArrayList<>();
        if (answer.thought() != null) {
            parts.add(Tree.of("text", answer.thought(), "thought", true));
        }
        if (!answer.text().isEmpty()) {
            parts.add(Tree.of("text", answer.text(), "thoughtSignature", answer.calls().isEmpty() ? answer.signature() : null));
        }
        String signature = answer.signature();
        for (Said.Call call : answer.calls()) {
            parts.add(Tree.of("functionCall", Tree.of("id", call.id(), "name", call.name(), "args", call.arguments()), "thoughtSignature", signature));
            signature = null;
        }
        return parts;
    }

    private static Map<String, Object> piece(Script.Answer answer, List<Object> parts, boolean isLast) {
        return Tree.of("candidates", List.of(Tree.of("index", 0, "content", Tree.of("role", "model", "parts", parts), "finishReason", isLast ? "STOP" : null)),
                "usageMetadata", Tree.of("promptTokenCount", 11, "candidatesTokenCount", 4, "thoughtsTokenCount", 3, "cachedContentTokenCount", 4, "totalTokenCount", 18),
                "modelVersion", "m-1", "responseId", "resp" + answer.number());
    }

    @Override
    public Object answer(Script.Answer answer) {
        return piece(answer, parts(answer), true);
    }

    @Override
    public String stream(Script.Answer answer) {
        List<Object> pieces = new ArrayList<>();
        for (Object part : parts(answer)) {
            List<String> texts = Turns.pieces(Tree.text(part, "text"));
            for (int i = 0; i < Math.max(1, texts.size()); i++) {
                Map<String, Object> cut = new LinkedHashMap<>(Tree.object(part));
                if (!texts.isEmpty()) {
                    cut.put("text", texts.get(i));
                    if (i + 1 < texts.size()) {
                        cut.remove("thoughtSignature");
                    }
                }
                pieces.add(cut);
            }
        }
        StringBuilder stream = new StringBuilder();
        for (int i = 0; i < pieces.size(); i++) {
            stream.append("data: ").append(Tree.write(piece(answer, List.of(pieces.get(i)), i + 1 == pieces.size()))).append("\r\n\r\n");
        }
        return stream.toString();
    }

    @Override
    public boolean signs() {
        return true;
    }
}
