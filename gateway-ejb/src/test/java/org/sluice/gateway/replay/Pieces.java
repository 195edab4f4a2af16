package org.sluice.gateway.replay;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.sluice.gateway.chat.ChatChunk;
import org.sluice.gateway.chat.ChatResponse;
import org.sluice.gateway.chat.Part;
import org.sluice.gateway.chat.RawJson;

/** The pieces in which a whole answer would have been streamed, each text in two. */
final class Pieces {
    private final List<ChatChunk> chunks = new ArrayList<>();

    private Pieces() { }

    static List<ChatChunk> of(ChatResponse response) {
        Pieces pieces = new Pieces();
        pieces.chunks.add(new ChatChunk.Started(response.id(), response.responseModel(), response.created(), inLine(response.extras())));
        for (ChatResponse.Choice choice : response.choices()) {
            int index = 0;
            for (Part part : choice.message().parts()) {
                pieces.add(choice.index(), index, part);
                if (index + 1 < choice.message().parts().size()) {
                    pieces.chunks.add(new ChatChunk.PartEnded(choice.index(), index));
                }
                index++;
            }
            pieces.attach(choice.index(), Math.max(0, index - 1), choice.message().extras());
            pieces.chunks.add(new ChatChunk.Finished(choice.index(), choice.finishReason(), inLine(choice.extras())));
        }
        if (response.usage() != null) {
            pieces.chunks.add(new ChatChunk.Counted(response.usage()));
        }
        pieces.chunks.add(new ChatChunk.Ended());
        return pieces.chunks;
    }

    private void add(int choice, int part, Part said) {
        if (said instanceof Part.Text text) {
            halves(text.text()).forEach(half -> chunks.add(new ChatChunk.TextDelta(choice, part, half)));
            attach(choice, part, text.extras());
        } else if (said instanceof Part.Refusal refusal) {
            halves(refusal.text()).forEach(half -> chunks.add(new ChatChunk.RefusalDelta(choice, part, half)));
        } else if (said instanceof Part.Thinking thinking) {
            halves(thinking.text()).forEach(half -> chunks.add(new ChatChunk.ThinkingDelta(choice, part, half)));
            if (thinking.signature() != null) {
                chunks.add(new ChatChunk.ThinkingSignature(choice, part, thinking.signature()));
            }
            attach(choice, part, thinking.extras());
        } else if (said instanceof Part.RedactedThinking redacted) {
            chunks.add(new ChatChunk.RedactedThinking(choice, part, redacted.data()));
        } else if (said instanceof Part.ToolCall call) {
            chunks.add(new ChatChunk.ToolCallStarted(choice, part, call.id(), call.name(), inLine(call.extras())));
            halves(call.arguments()).forEach(half -> chunks.add(new ChatChunk.ArgumentsDelta(choice, part, half)));
        } else if (said instanceof Part.Opaque opaque) {
            chunks.add(new ChatChunk.OpaquePart(choice, part, new Part.Opaque(opaque.dialect(), opaque.type(), inLine(opaque.value()))));
        }
    }

    /** Citations come one by one, other lists as they are. */
    private void attach(int choice, int part, Map<String, RawJson> extras) {
        extras.forEach((name, value) -> {
            if (!name.equals("citations") && !name.equals("item.annotations") && value.text().startsWith("[") && value.text().length() > 2) {
                chunks.add(new ChatChunk.PartExtra(choice, part, name, inLine(value)));
            } else if (org.sluice.gateway.json.JsonReader.read(value.text().getBytes(java.nio.charset.StandardCharsets.UTF_8)) instanceof org.sluice.gateway.json.JsonValue.JsonArray array) {
                array.items().forEach(item -> chunks.add(new ChatChunk.PartExtra(choice, part, name, inLine(new RawJson(item.raw().text())))));
            }
        });
    }

    /** Whole answers come in many lines, pieces of a stream never do. */
    private static RawJson inLine(RawJson value) {
        return new RawJson(value.text().replaceAll("[\\r\\n]+", " "));
    }

    private static Map<String, RawJson> inLine(Map<String, RawJson> extras) {
        Map<String, RawJson> inLine = new java.util.LinkedHashMap<>();
        extras.forEach((name, value) -> inLine.put(name, inLine(value)));
        return inLine;
    }

    private static List<String> halves(String text) {
        if (text == null || text.isEmpty()) {
            return List.of();
        }
        int middle = text.offsetByCodePoints(0, text.codePointCount(0, text.length()) / 2);
        return middle == 0 ? List.of(text) : List.of(text.substring(0, middle), text.substring(middle));
    }
}
