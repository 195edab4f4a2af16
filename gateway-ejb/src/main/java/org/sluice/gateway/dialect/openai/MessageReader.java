package org.sluice.gateway.dialect.openai;

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

/** Reads the messages of a request. The older function calls get ids of their own, by which their results find them. */
final class MessageReader {
    private static final Set<String> PLAIN = Set.of("role", "content", "name");
    private static final Set<String> ASSISTANT = Set.of("role", "content", "name", "refusal", "tool_calls", "function_call",
            "reasoning_content", "reasoning", "thinking_blocks", BlockWriter.MEMBER);
    private static final Set<String> TOOL = Set.of("role", "content", "name", "tool_call_id", "is_error");
    private int functionCalls;

    List<Message> messages(JsonValue value) {
        List<Message> messages = new ArrayList<>();
        if (value == null || value.isNull()) {
            return messages;
        }
        if (!(value instanceof JsonArray array)) {
            throw GatewayException.invalid("messages", "'messages' is not an array.");
        }
        for (int i = 0; i < array.items().size(); i++) {
            String path = "messages[" + i + "]";
            if (!(array.items().get(i) instanceof JsonObject message)) {
                throw GatewayException.invalid(path, "'" + path + "' is not an object.");
            }
            messages.add(message(message, path));
        }
        return messages;
    }

    private Message message(JsonObject message, String path) {
        String role = message.text("role") == null ? "" : message.text("role");
        return switch (role) {
            case "system" -> plain(Role.SYSTEM, message, path);
            case "developer" -> plain(Role.DEVELOPER, message, path);
            case "user" -> plain(Role.USER, message, path);
            case "assistant" -> assistant(message, path);
            case "tool" -> tool(message, message.text("tool_call_id"), message.text("name"), path);
            case "function" -> tool(message, functionId(), null, path);
            default -> throw GatewayException.invalid(path + ".role",
                    "'" + path + ".role' is not one of system, developer, user, assistant, tool, function.");
        };
    }

    private static Message plain(Role role, JsonObject message, String path) {
        return new Message(role, message.text("name"), PartReader.content(message.get("content"), path + ".content"), Rest.of(message, PLAIN));
    }

    private Message assistant(JsonObject message, String path) {
        List<Part> parts = ThinkingReader.parts(message);
        parts.addAll(PartReader.blocks(message));
        parts.addAll(PartReader.content(message.get("content"), path + ".content"));
        if (message.text("refusal") != null && !message.text("refusal").isEmpty()) {
            parts.add(new Part.Refusal(message.text("refusal"), Map.of()));
        }
        parts.addAll(ToolCallReader.calls(message));
        JsonObject function = message.object("function_call");
        if (function != null && function.text("name") != null) {
            functionCalls++;
            parts.add(new Part.ToolCall(functionId(), function.text("name"), ToolCallReader.arguments(function)));
        }
        return new Message(Role.ASSISTANT, message.text("name"), parts, Rest.of(message, ASSISTANT));
    }

    private String functionId() {
        return "call_function_" + functionCalls;
    }

    private static Message tool(JsonObject message, String id, String name, String path) {
        if (id == null) {
            throw GatewayException.invalid(path + ".tool_call_id", "'" + path + ".tool_call_id' is missing.");
        }
        List<Part> parts = PartReader.content(message.get("content"), path + ".content");
        Map<String, RawJson> extras = Rest.of(message, TOOL);
        return new Message(Role.TOOL, name, List.of(new Part.ToolResult(Signatures.idOf(id), parts, message.isTrue("is_error"), Map.of())), extras);
    }
}
