package org.sluice.gateway.dialect.openai;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.sluice.gateway.chat.Message;
import org.sluice.gateway.chat.Part;
import org.sluice.gateway.chat.RawJson;
import org.sluice.gateway.chat.Role;
import org.sluice.gateway.chat.Signatures;
import org.sluice.gateway.json.JsonWriter;

/** Writes the messages of a request. Tool results become messages of their own, before what else the turn says. */
final class MessageWriter {
    private final JsonWriter json;
    private final PartWriter parts;
    private final ModelFamily family;

    MessageWriter(JsonWriter json, ModelFamily family) {
        this.json = json;
        this.parts = new PartWriter(json, family);
        this.family = family;
    }

    void write(Message message) {
        if (!message.parts().isEmpty() && message.parts().stream().allMatch(part -> part instanceof Part.Opaque opaque && !family.takes(opaque.dialect()))) {
            return;
        }
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

    private boolean isContent(Part part) {
        return place(part) == 1 && !(part instanceof Part.Opaque opaque && !family.takes(opaque.dialect()));
    }

    /** Where a part of the assistant's turn is written: among its thoughts, its content or its calls. */
    private static int place(Part part) {
        return part instanceof Part.Thinking || part instanceof Part.RedactedThinking ? 0 : part instanceof Part.ToolCall ? 2 : 1;
    }

    /** Whether the three places would change the order, which matters where thoughts are signed. */
    private static boolean isInterleaved(List<Part> parts) {
        for (int i = 1; i < parts.size(); i++) {
            if (place(parts.get(i)) < place(parts.get(i - 1))) {
                return true;
            }
        }
        return false;
    }

    private void message(Message message, List<Part> content) {
        json.beginObject().name("role").value(role(message.role())).optional("name", message.name()).name("content");
        if (family == ModelFamily.CLAUDE && message.role() == Role.ASSISTANT && isInterleaved(message.parts())) {
            parts.inOrder(message.parts());
            json.members(Rest.own(message.extras())).endObject();
            return;
        }
        parts.content(content);
        if (message.role() == Role.ASSISTANT) {
            ThinkingWriter.write(json, message.parts().stream().map(MessageWriter::withoutResponsesSeal).toList());
            ToolCallWriter.write(json, message.parts());
        }
        json.members(Rest.own(message.extras())).endObject();
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
        if (result.isError() && family == ModelFamily.CLAUDE) {
            json.name("is_error").value(true);
        }
        Map<String, RawJson> extras = new LinkedHashMap<>(own == null ? Map.of() : own.extras());
        RawJson cacheControl = result.extras().get("cache_control");
        if (cacheControl != null && family != ModelFamily.OPENAI) {
            extras.put("cache_control", cacheControl);
        }
        json.members(Rest.own(extras)).endObject();
    }

    /** What seals a thought of the Responses API means nothing to chat completions. */
    private static Part withoutResponsesSeal(Part part) {
        return part instanceof Part.Thinking thinking && Signatures.untag("responses", thinking.signature()) != null
                ? new Part.Thinking(thinking.text(), null, thinking.extras()) : part;
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
