package org.sluice.gateway.dialect.responses;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.sluice.gateway.chat.Message;
import org.sluice.gateway.chat.Part;
import org.sluice.gateway.chat.Role;
import org.sluice.gateway.dialect.Losses;
import org.sluice.gateway.json.JsonWriter;

/** Writes messages as {@code input}. Tool results are items of their own, before what else the turn says. */
final class InputWriter {
    private final JsonWriter json;
    private final Losses losses;
    private final ContentWriter content;

    InputWriter(JsonWriter json, Losses losses) {
        this.json = json;
        this.losses = losses;
        this.content = new ContentWriter(json);
    }

    void write(List<Message> messages) {
        json.name("input").beginArray();
        for (Message message : messages) {
            if (message.role() == Role.ASSISTANT) {
                OutputWriter.forProvider(json).write(message.parts());
            } else {
                told(message);
            }
        }
        json.endArray();
    }

    private void told(Message message) {
        List<Part> said = new ArrayList<>();
        for (Part part : message.parts()) {
            if (part instanceof Part.ToolResult result) {
                result(result);
            } else if (part instanceof Part.Opaque opaque && !opaque.type().startsWith(ContentReader.OPAQUE)) {
                if (opaque.dialect().equals(ResponsesDialect.NAME)) {
                    json.raw(opaque.value());
                } else {
                    losses.drop("messages", "the provider has no content part of type '" + opaque.type() + "'.");
                }
            } else {
                said.add(part);
            }
        }
        if (!said.isEmpty() || message.parts().isEmpty()) {
            json.beginObject().name("type").value("message").name("role").value(switch (message.role()) {
                case SYSTEM -> "system";
                case DEVELOPER -> "developer";
                default -> "user";
            }).name("content").beginArray();
            said.forEach(content::input);
            json.endArray();
            Rest.write(json, message.extras(), Set.of("instructions"));
            json.endObject();
        }
    }

    private void result(Part.ToolResult result) {
        String type = Rest.text(result.extras(), InputReader.TYPE);
        json.beginObject().name("type").value(type == null ? "function_call_output" : type).name("call_id").value(result.toolCallId()).name("output");
        if (result.parts().isEmpty()) {
            json.value("");
        } else if (result.parts().size() == 1 && result.parts().get(0) instanceof Part.Text text && text.extras().isEmpty()) {
            json.value(text.text());
        } else {
            json.beginArray();
            result.parts().forEach(content::input);
            json.endArray();
        }
        Rest.write(json, result.extras(), Set.of("type"));
        json.endObject();
    }
}
