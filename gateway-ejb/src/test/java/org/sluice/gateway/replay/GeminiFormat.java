package org.sluice.gateway.replay;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.sluice.gateway.recorded.Recording;

/**
 * Google's generateContent, at Gemini and at Vertex.
 *
 * @see <a href="https://ai.google.dev/api/generate-content">Gemini API: generating content</a>
 */
final class GeminiFormat implements WireFormat {
    private static final Set<String> FILTERED = Set.of("SAFETY", "RECITATION", "BLOCKLIST", "PROHIBITED_CONTENT", "SPII", "IMAGE_SAFETY", "MODEL_ARMOR", "LANGUAGE",
            "IMAGE_PROHIBITED_CONTENT", "IMAGE_RECITATION");

    @Override
    public String dialect() {
        return "gemini";
    }

    @Override
    public boolean covers(Recording recording) {
        return recording.endpoint().equals("generateContent") || recording.endpoint().equals("streamGenerateContent");
    }

    @Override
    public Said whole(Object body) {
        return stream(List.of(body));
    }

    @Override
    public Said stream(List<Object> payloads) {
        Said said = new Said();
        Map<Integer, PartialCall> open = new HashMap<>();
        for (Object piece : payloads) {
            said.model(Tree.text(piece, "modelVersion"));
            if (Tree.at(piece, "error") != null) {
                said.error = errorMessage(piece);
            }
            Object usage = Tree.at(piece, "usageMetadata");
            said.usage = usage == null || Tree.at(usage, "totalTokenCount") == null ? said.usage : usage(usage);
            for (Object candidate : Tree.list(piece, "candidates")) {
                read(said.choice(Tree.number(candidate, "index")), candidate, open);
            }
            if (Tree.at(piece, "promptFeedback", "blockReason") != null && Tree.list(piece, "candidates").isEmpty()) {
                said.choice(0).end = "content_filter";
            }
        }
        said.choices.values().forEach(choice -> {
            if ("stop".equals(choice.end) && !choice.calls.isEmpty()) {
                choice.end = "tool_calls";
            }
        });
        return said;
    }

    private static void read(Said.Choice choice, Object candidate, Map<Integer, PartialCall> open) {
        int index = (int) Tree.number(candidate, "index");
        for (Object part : Tree.list(candidate, "content", "parts")) {
            boolean isThought = Boolean.TRUE.equals(Tree.at(part, "thought"));
            (isThought ? choice.thinking : choice.text).append(Tree.textOr("", part, "text"));
            Said.sign(choice, Tree.text(part, "thoughtSignature"));
            if (Tree.at(part, "functionCall") != null) {
                call(choice, Tree.at(part, "functionCall"), open, index);
            }
        }
        Tree.list(candidate, "groundingMetadata", "groundingChunks").forEach(chunk ->
                Said.cite(choice, Tree.text(chunk, "web", "uri"), Tree.text(chunk, "retrievedContext", "uri"), Tree.text(chunk, "retrievedContext", "title")));
        for (String name : List.of("citations", "citationSources")) {
            Tree.list(candidate, "citationMetadata", name).forEach(citation -> Said.cite(choice, Tree.text(citation, "uri"), Tree.text(citation, "title")));
        }
        String reason = Tree.text(candidate, "finishReason");
        choice.end = reason == null ? choice.end : end(reason);
    }

    private static String end(String reason) {
        return reason.equals("STOP") || reason.equals("UNEXPECTED_TOOL_CALL") ? "stop" : reason.equals("MAX_TOKENS") ? "length" : FILTERED.contains(reason) ? "content_filter" : "other";
    }

    /** A call may come in pieces: its name, values of its arguments by path, and an empty piece at its end. */
    private static void call(Said.Choice choice, Object call, Map<Integer, PartialCall> open, int index) {
        boolean goesOn = Boolean.TRUE.equals(Tree.at(call, "willContinue"));
        PartialCall partial = open.get(index);
        if (partial == null && !goesOn) {
            choice.calls.add(new Said.Call(Tree.text(call, "id"), Tree.text(call, "name"), Tree.object(call, "args")));
            return;
        }
        if (partial == null || Tree.text(call, "name") != null) {
            partial = new PartialCall(Tree.text(call, "id"), Tree.text(call, "name"));
            open.put(index, partial);
        }
        Tree.list(call, "partialArgs").forEach(partial::add);
        if (!goesOn) {
            choice.calls.add(new Said.Call(partial.id(), partial.name(), partial.arguments()));
            open.remove(index);
        }
    }

    private static Said.Counts usage(Object usage) {
        long thoughts = Tree.number(usage, "thoughtsTokenCount");
        return new Said.Counts(Tree.number(usage, "promptTokenCount") + Tree.number(usage, "toolUsePromptTokenCount"), Tree.number(usage, "candidatesTokenCount") + thoughts,
                Tree.number(usage, "cachedContentTokenCount"), 0, thoughts);
    }

    @Override
    public String errorMessage(Object body) {
        return Tree.text(body instanceof List<?> list && !list.isEmpty() ? list.get(0) : body, "error", "message");
    }

    @Override
    public void checkOrder(List<Object> payloads, String raw) {
        assertThat(payloads.stream().map(piece -> Tree.text(piece, "responseId")).filter(Objects::nonNull).collect(Collectors.toSet())).as("one id").hasSizeLessThanOrEqualTo(1);
        boolean hasFailed = payloads.stream().anyMatch(piece -> Tree.at(piece, "error") != null);
        boolean hasEnd = payloads.stream().flatMap(piece -> Tree.list(piece, "candidates").stream()).anyMatch(candidate -> Tree.at(candidate, "finishReason") != null)
                || payloads.stream().anyMatch(piece -> Tree.at(piece, "promptFeedback", "blockReason") != null);
        assertThat(hasFailed || hasEnd).as("an end or a failure").isTrue();
    }

    @Override
    public Set<String> toldAs(String end) {
        return switch (end) {
            case "refusal" -> Set.of("content_filter", "stop");
            case "paused" -> Set.of("stop", "other");
            case "tool_calls" -> Set.of("tool_calls", "stop");
            case "other" -> Set.of("stop", "content_filter", "other", "length");
            default -> Set.of(end);
        };
    }

    @Override
    public boolean hasManyChoices() {
        return true;
    }

    @Override
    public boolean countsCacheWrites() {
        return false;
    }
}
