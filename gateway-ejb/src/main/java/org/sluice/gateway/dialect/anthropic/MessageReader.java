package org.sluice.gateway.dialect.anthropic;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.sluice.gateway.chat.Message;
import org.sluice.gateway.chat.Part;
import org.sluice.gateway.chat.RawJson;
import org.sluice.gateway.chat.Role;
import org.sluice.gateway.error.GatewayException;
import org.sluice.gateway.json.JsonValue;
import org.sluice.gateway.json.JsonValue.JsonArray;
import org.sluice.gateway.json.JsonValue.JsonObject;

/** Reads {@code system} and {@code messages}. Each tool result of a user turn becomes a message of its own. */
final class MessageReader {
    private static final Set<String> MEMBERS = Set.of("role", "content");

    private MessageReader() { }

    static List<Message> read(JsonObject request) {
        List<Message> messages = new ArrayList<>();
        List<Part> system = BlockReader.content(request.get("system"), "system");
        if (!system.isEmpty()) {
            messages.add(new Message(Role.SYSTEM, system));
        }
        JsonValue turns = request.present("messages");
        if (turns == null) {
            return messages;
        }
        if (!(turns instanceof JsonArray array)) {
            throw GatewayException.invalid("messages", "'messages' is not an array.");
        }
        for (int i = 0; i < array.items().size(); i++) {
            String path = "messages[" + i + "]";
            if (!(array.items().get(i) instanceof JsonObject turn)) {
                throw GatewayException.invalid(path, "'" + path + "' is not an object.");
            }
            turn(turn, path, messages);
        }
        return messages;
    }

    private static void turn(JsonObject turn, String path, List<Message> messages) {
        List<Part> parts = BlockReader.content(turn.get("content"), path + ".content");
        Map<String, RawJson> extras = Rest.of(turn, MEMBERS);
        switch (turn.text("role") == null ? "" : turn.text("role")) {
            case "assistant" -> messages.add(new Message(Role.ASSISTANT, null, parts, extras));
            case "system" -> messages.add(new Message(Role.SYSTEM, null, parts, extras));
            case "user" -> user(parts, extras, messages);
            default -> throw GatewayException.invalid(path + ".role", "'" + path + ".role' is not one of user, assistant, system.");
        }
    }

    private static void user(List<Part> parts, Map<String, RawJson> extras, List<Message> messages) {
        List<Part> said = new ArrayList<>();
        for (Part part : parts) {
            if (part instanceof Part.ToolResult) {
                if (!said.isEmpty()) {
                    messages.add(new Message(Role.USER, null, said, extras));
                    said = new ArrayList<>();
                }
                messages.add(new Message(Role.TOOL, null, List.of(part), extras));
            } else {
                said.add(part);
            }
        }
        if (!said.isEmpty() || parts.isEmpty()) {
            messages.add(new Message(Role.USER, null, said, extras));
        }
    }
}
