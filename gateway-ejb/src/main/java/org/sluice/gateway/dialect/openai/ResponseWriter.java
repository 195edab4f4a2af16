package org.sluice.gateway.dialect.openai;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.sluice.gateway.chat.ChatResponse;
import org.sluice.gateway.chat.ChatResponse.Choice;
import org.sluice.gateway.chat.Message;
import org.sluice.gateway.chat.Part;
import org.sluice.gateway.chat.RawJson;
import org.sluice.gateway.citation.Citations;
import org.sluice.gateway.json.JsonReader;
import org.sluice.gateway.json.JsonValue;
import org.sluice.gateway.json.JsonValue.JsonArray;
import org.sluice.gateway.json.JsonWriter;

/** Writes a whole answer as a {@code chat.completion}. */
final class ResponseWriter {
    private ResponseWriter() { }

    /** @param nowSeconds stands in where the provider did not say when it answered */
    static byte[] write(ChatResponse response, long nowSeconds) {
        JsonWriter json = new JsonWriter(1024).beginObject()
                .name("id").value(AnswerIds.of(response.id()))
                .name("object").value("chat.completion")
                .name("created").value(response.created() > 0 ? response.created() : nowSeconds)
                .name("model").value(response.responseModel())
                .name("choices").beginArray();
        response.choices().forEach(choice -> choice(json, choice));
        json.endArray();
        if (response.usage() != null) {
            UsageWriter.write(json.name("usage"), response.usage(), response.extras());
        }
        extras(json, response.extras(), ResponseReader.RESPONSE);
        return json.endObject().toBytes();
    }

    private static void choice(JsonWriter json, Choice choice) {
        json.beginObject().name("index").value(choice.index())
                .name("finish_reason").value(FinishReasons.write(choice.finishReason()))
                .name("message").beginObject();
        message(json, choice.message());
        json.optional(Citations.ANNOTATIONS, Annotations.of(choice));
        json.endObject();
        extras(json, choice.extras(), ResponseReader.CHOICE);
        json.endObject();
    }

    private static void message(JsonWriter json, Message message) {
        List<Part> parts = message.parts();
        String text = text(parts);
        String refusal = refusal(parts);
        boolean hasCalls = parts.stream().anyMatch(Part.ToolCall.class::isInstance);
        json.name("role").value("assistant")
                .name("content").value(text == null && refusal == null && !hasCalls ? "" : text)
                .optional("refusal", refusal);
        ThinkingWriter.write(json, parts);
        ToolCallWriter.write(json, parts);
        BlockWriter.write(json, parts);
        for (String name : ChoiceReader.ATTACHED) {
            String items = message.extras().containsKey(name) ? null : attached(parts, name);
            if (items != null) {
                json.name(name).raw(new RawJson("[" + items + "]"));
            }
        }
        if (!message.extras().containsKey(Citations.CITATIONS) && attached(parts, Citations.CITATIONS) == null) {
            json.optional(Citations.CITATIONS, Annotations.documents(parts));
        }
        extras(json, message.extras(), ResponseReader.MESSAGE);
    }

    private static String text(List<Part> parts) {
        StringBuilder text = null;
        for (Part part : parts) {
            if (part instanceof Part.Text piece) {
                text = (text == null ? new StringBuilder() : text).append(piece.text());
            }
        }
        return text == null ? null : text.toString();
    }

    private static String refusal(List<Part> parts) {
        StringBuilder text = null;
        for (Part part : parts) {
            if (part instanceof Part.Refusal piece) {
                text = (text == null ? new StringBuilder() : text).append(piece.text());
            }
        }
        return text == null ? null : text.toString();
    }

    /** The items of all lists of this name that parts carry, as the provider wrote them; a tool call keeps its own. */
    private static String attached(List<Part> parts, String name) {
        StringBuilder items = new StringBuilder();
        for (Part part : parts) {
            RawJson raw = part instanceof Part.ToolCall ? null : part.extras().get(name);
            if (raw != null && raw.text().startsWith("[")) {
                flat(JsonReader.read(raw.text().getBytes(StandardCharsets.UTF_8)), items);
            }
        }
        return items.isEmpty() ? null : items.toString();
    }

    /** A stream brings a list in several lists. */
    private static void flat(JsonValue value, StringBuilder items) {
        if (value instanceof JsonArray array) {
            array.items().forEach(item -> flat(item, items));
        } else {
            items.append(items.isEmpty() ? "" : ",").append(value.raw().text());
        }
    }

    private static void extras(JsonWriter json, Map<String, RawJson> extras, Set<String> own) {
        extras.forEach((name, value) -> {
            if (!own.contains(name) && !Rest.isForeign(name) && !name.startsWith(UsageWriter.PREFIX)) {
                json.name(name).raw(value);
            }
        });
    }
}
