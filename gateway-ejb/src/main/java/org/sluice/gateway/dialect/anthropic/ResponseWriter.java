package org.sluice.gateway.dialect.anthropic;

import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.sluice.gateway.chat.ChatResponse;
import org.sluice.gateway.chat.FinishReason;
import org.sluice.gateway.chat.Message;
import org.sluice.gateway.chat.Part;
import org.sluice.gateway.chat.RawJson;
import org.sluice.gateway.chat.Role;
import org.sluice.gateway.json.JsonWriter;

/** Writes a whole answer: the first choice, which is all the dialect has room for. */
final class ResponseWriter {
    private ResponseWriter() { }

    static byte[] write(ChatResponse response) {
        ChatResponse.Choice choice = response.choices().isEmpty()
                ? new ChatResponse.Choice(0, new Message(Role.ASSISTANT, List.of()), null, Map.of()) : response.choices().get(0);
        JsonWriter json = new JsonWriter(1024).beginObject();
        head(json, response.id(), response.responseModel());
        json.name("content").beginArray();
        List<Part> parts = Citations.cited(choice, response.extras());
        for (Part part : parts) {
            if (isShown(part)) {
                BlockWriter.write(json, CarriedParts.toClient(part), "content", null);
            }
        }
        json.endArray();
        json.name("stop_reason").raw(StopReasons.write(finishReason(choice.finishReason(), parts.stream().anyMatch(Part.Refusal.class::isInstance)), choice.extras()));
        json.name("stop_sequence").raw(choice.extras().getOrDefault("stop_sequence", RawJson.NULL));
        said(json, choice.extras());
        json.name("usage");
        UsageCount.write(json, response.usage(), response.extras());
        return json.endObject().toBytes();
    }

    /** Who refuses in words ends well in OpenAI's dialect; in this one the reason says so. */
    static FinishReason finishReason(FinishReason reason, boolean isRefused) {
        return isRefused && reason == FinishReason.STOP ? FinishReason.REFUSAL : reason;
    }

    static void head(JsonWriter json, String id, String model) {
        json.name("id").value(id != null && id.startsWith("msg_") ? id : "msg_" + UUID.randomUUID().toString().replace("-", ""))
                .name("type").value("message").name("role").value("assistant").name("model").value(model == null ? "" : model);
    }

    /** {@code stop_details}, {@code container} and the like; other dialects' extras say nothing here. */
    static void said(JsonWriter json, Map<String, RawJson> extras) {
        for (String name : new String[] {"stop_details", "container", "context_management"}) {
            json.optional(name, extras.get(name));
        }
    }

    /** Parts of another dialect and sound have no block. */
    static boolean isShown(Part part) {
        return !(part instanceof Part.Audio) && !(part instanceof Part.Opaque opaque && !opaque.dialect().equals(AnthropicDialect.NAME))
                && !(part instanceof Part.ToolCall call && (call.id() == null || call.id().isEmpty()));
    }
}
