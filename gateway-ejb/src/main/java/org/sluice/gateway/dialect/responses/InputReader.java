package org.sluice.gateway.dialect.responses;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.sluice.gateway.chat.Message;
import org.sluice.gateway.chat.Part;
import org.sluice.gateway.chat.RawJson;
import org.sluice.gateway.chat.Role;
import org.sluice.gateway.chat.Signatures;
import org.sluice.gateway.error.GatewayException;
import org.sluice.gateway.json.JsonValue;
import org.sluice.gateway.json.JsonValue.JsonArray;
import org.sluice.gateway.json.JsonValue.JsonObject;

/** Reads {@code input}: what the model said in neighbouring items is one turn of the assistant. */
final class InputReader {
    static final String TYPE = Rest.ITEM + "type";
    private static final Set<String> MESSAGE = Set.of("type", "role", "content");
    private static final Set<String> RESULT = Set.of("type", "call_id", "output");
    private final List<Message> messages = new ArrayList<>();
    private final List<Part> turn = new ArrayList<>();

    List<Message> messages(JsonValue input) {
        if (input == null) {
            return messages;
        }
        if (input.asText() != null) {
            messages.add(Message.text(Role.USER, input.asText()));
            return messages;
        }
        if (!(input instanceof JsonArray array)) {
            throw GatewayException.invalid("input", "'input' is neither a string nor an array of items.");
        }
        for (int i = 0; i < array.items().size(); i++) {
            String path = "input[" + i + "]";
            if (!(array.items().get(i) instanceof JsonObject item)) {
                throw GatewayException.invalid(path, "'" + path + "' is not an object.");
            }
            item(item, path);
        }
        endTurn();
        return messages;
    }

    private void item(JsonObject item, String path) {
        String type = item.text("type") == null ? "message" : item.text("type");
        if (type.equals("message")) {
            message(item, path);
        } else if (type.equals("function_call_output") || type.equals("custom_tool_call_output")) {
            endTurn();
            messages.add(new Message(Role.TOOL, List.of(result(item, type, path))));
        } else if (type.endsWith("_output") || type.equals("mcp_approval_response")) {
            endTurn();
            messages.add(new Message(Role.TOOL, List.of(new Part.Opaque(ResponsesDialect.NAME, type, item.raw()))));
        } else {
            OutputReader.add(turn, item, path);
        }
    }

    private void message(JsonObject item, String path) {
        String role = item.text("role") == null ? "" : item.text("role");
        if (role.equals("assistant")) {
            OutputReader.add(turn, item, path);
            return;
        }
        Role read = switch (role) {
            case "user" -> Role.USER;
            case "system" -> Role.SYSTEM;
            case "developer" -> Role.DEVELOPER;
            default -> throw GatewayException.invalid(path + ".role", "'" + path + ".role' is not one of user, assistant, system, developer.");
        };
        endTurn();
        messages.add(new Message(read, null, ContentReader.parts(item.get("content"), path + ".content"), Rest.ofItem(item, MESSAGE)));
    }

    private static Part.ToolResult result(JsonObject item, String type, String path) {
        String id = item.text("call_id");
        if (id == null) {
            throw GatewayException.invalid(path + ".call_id", "'" + path + ".call_id' is missing.");
        }
        Map<String, RawJson> extras = Rest.ofItem(item, RESULT);
        extras.remove(Rest.ITEM + "status");
        if (!type.equals("function_call_output")) {
            extras.put(TYPE, Rest.string(type));
        }
        return new Part.ToolResult(Signatures.idOf(id), ContentReader.parts(item.get("output"), path + ".output"), false, extras);
    }

    private void endTurn() {
        if (!turn.isEmpty()) {
            messages.add(new Message(Role.ASSISTANT, turn));
            turn.clear();
        }
    }
}
