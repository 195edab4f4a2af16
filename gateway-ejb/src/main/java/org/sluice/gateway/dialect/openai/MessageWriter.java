package org.sluice.gateway.dialect.openai;

import java.util.ArrayList;
import java.util.List;
import org.sluice.gateway.chat.Message;
import org.sluice.gateway.chat.Part;
import org.sluice.gateway.chat.Role;
import org.sluice.gateway.json.JsonWriter;

/** Writes the messages of a request. Tool results become messages of their own, before what else the turn says. */
final class MessageWriter {
    private final JsonWriter json;
    private final PartWriter parts;

    MessageWriter(JsonWriter json, boolean isOpenAi) {
        this.json = json;
        this.parts = new PartWriter(json, isOpenAi);
    }

    void write(Message message) {
        List<Part> content = new ArrayList<>();
        boolean hasResult = false;
        for (Part part : message.parts()) {
            if (part instanceof Part.ToolResult result) {
                result(result, message.role() == Role.TOOL ? message : null);
                hasResult = true;
            } else if (isContent(part)) {
                content.add(part);
            }
        }
        if (!hasResult || !content.isEmpty()) {
            message(message, content);
        }
    }

    private static boolean isContent(Part part) {
        return !(part instanceof Part.Thinking || part instanceof Part.RedactedThinking || part instanceof Part.ToolCall)
                && !(part instanceof Part.Opaque opaque && !opaque.dialect().equals(OpenAiDialect.NAME));
    }

    private void message(Message message, List<Part> content) {
        json.beginObject().name("role").value(role(message.role())).optional("name", message.name()).name("content");
        parts.content(content);
        if (message.role() == Role.ASSISTANT) {
            ThinkingWriter.write(json, message.parts());
            ToolCallWriter.write(json, message.parts());
        }
        json.members(message.extras()).endObject();
    }

    private void result(Part.ToolResult result, Message own) {
        json.beginObject().name("role").value("tool").name("tool_call_id").value(result.toolCallId());
        if (own != null) {
            json.optional("name", own.name());
        }
        json.name("content");
        if (result.parts().isEmpty()) {
            json.value("");
        } else {
            parts.content(result.parts());
        }
        if (own != null) {
            json.members(own.extras());
        }
        json.endObject();
    }

    private static String role(Role role) {
        return switch (role) {
            case SYSTEM -> "system";
            case DEVELOPER -> "developer";
            case USER, TOOL -> "user";
            case ASSISTANT -> "assistant";
        };
    }
}
