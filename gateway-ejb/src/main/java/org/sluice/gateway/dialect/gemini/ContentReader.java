package org.sluice.gateway.dialect.gemini;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import org.sluice.gateway.chat.Message;
import org.sluice.gateway.chat.Part;
import org.sluice.gateway.chat.RawJson;
import org.sluice.gateway.chat.Role;
import org.sluice.gateway.error.GatewayException;
import org.sluice.gateway.json.JsonValue;
import org.sluice.gateway.json.JsonValue.JsonObject;

/**
 * Reads {@code systemInstruction} and {@code contents}. Each function's response becomes a message of its own; one without
 * an id answers the oldest open call of its name.
 */
final class ContentReader {
    static final String NESTED = "functionResponse.";
    private static final Set<String> MEMBERS = Set.of("role", "parts");
    private static final Set<String> RESPONSE = Set.of("id", "name", "response", "parts");
    private final List<Message> messages = new ArrayList<>();
    private final List<Part.ToolCall> open = new ArrayList<>();

    private ContentReader() { }

    static List<Message> read(JsonObject request) {
        ContentReader reader = new ContentReader();
        reader.system(Fields.get(request, "systemInstruction"));
        List<JsonValue> contents = Fields.items(request, "contents");
        for (int i = 0; i < contents.size(); i++) {
            reader.content(contents.get(i), i);
        }
        return reader.messages;
    }

    private void system(JsonValue instruction) {
        if (instruction == null) {
            return;
        }
        List<Part> parts = instruction.asText() != null ? List.of(new Part.Text(instruction.asText()))
                : parts(object(instruction, "systemInstruction"), "systemInstruction", () -> "");
        if (!parts.isEmpty()) {
            messages.add(new Message(Role.SYSTEM, parts));
        }
    }

    private void content(JsonValue value, int index) {
        String path = "contents[" + index + "]";
        if (value.asText() != null) {
            messages.add(Message.text(Role.USER, value.asText()));
            return;
        }
        JsonObject content = object(value, path);
        String role = Fields.text(content, "role");
        Map<String, RawJson> extras = Rest.of(content, MEMBERS);
        switch (role == null ? "user" : role) {
            case "model" -> model(content, path, extras, new MadeIds("c" + index));
            case "user", "function", "tool" -> user(content, path, extras);
            default -> throw GatewayException.invalid(path + ".role", "'" + path + ".role' is not one of user, model.");
        }
    }

    private void model(JsonObject content, String path, Map<String, RawJson> extras, MadeIds ids) {
        List<Part> parts = parts(content, path, ids);
        open.clear();
        parts.forEach(part -> {
            if (part instanceof Part.ToolCall call) {
                open.add(call);
            }
        });
        messages.add(new Message(Role.ASSISTANT, null, parts, extras));
    }

    private void user(JsonObject content, String path, Map<String, RawJson> extras) {
        List<Part> said = new ArrayList<>();
        List<JsonValue> items = Fields.items(content, "parts");
        for (int i = 0; i < items.size(); i++) {
            JsonObject part = object(items.get(i), path + ".parts[" + i + "]");
            JsonObject response = Fields.object(part, "functionResponse");
            if (response == null) {
                add(part, said, path + ".parts[" + i + "]", () -> "");
                continue;
            }
            if (!said.isEmpty()) {
                messages.add(new Message(Role.USER, null, said, extras));
                said = new ArrayList<>();
            }
            messages.add(result(response, path + ".parts[" + i + "]", extras));
        }
        if (!said.isEmpty() || items.isEmpty()) {
            messages.add(new Message(Role.USER, null, said, extras));
        }
    }

    private Message result(JsonObject response, String path, Map<String, RawJson> extras) {
        String name = Fields.text(response, "name");
        String id = Fields.text(response, "id");
        if (name == null && id == null) {
            throw GatewayException.invalid(path + ".functionResponse.name", "'" + path + ".functionResponse.name' is missing.");
        }
        Part.ToolCall call = take(id, name);
        Map<String, RawJson> rest = new LinkedHashMap<>();
        Rest.add(rest, NESTED, response, RESPONSE);
        String known = call != null ? call.id() : id != null ? id : "gcall_" + name;
        Part.ToolResult result = new Part.ToolResult(known, ResultParts.read(response), ResultParts.isError(response), rest);
        return new Message(Role.TOOL, call == null ? name : null, List.of(result), extras);
    }

    private Part.ToolCall take(String id, String name) {
        Part.ToolCall found = null;
        for (Part.ToolCall call : open) {
            boolean isByName = found == null && call.name().equals(name) && (id == null || MadeIds.isMade(call.id()));
            if (call.id().equals(id) || isByName) {
                found = call;
            }
        }
        open.remove(found);
        return found;
    }

    private static List<Part> parts(JsonObject content, String path, Supplier<String> ids) {
        List<Part> parts = new ArrayList<>();
        List<JsonValue> items = Fields.items(content, "parts");
        for (int i = 0; i < items.size(); i++) {
            add(object(items.get(i), path + ".parts[" + i + "]"), parts, path + ".parts[" + i + "]", ids);
        }
        return parts;
    }

    private static void add(JsonObject part, List<Part> into, String path, Supplier<String> ids) {
        int before = into.size();
        PartReader.add(part, into, ids);
        if (into.size() == before) {
            throw GatewayException.invalid(path, "'" + path + "' holds nothing: no text, no data, no call.");
        }
    }

    private static JsonObject object(JsonValue value, String path) {
        if (value instanceof JsonObject object) {
            return object;
        }
        throw GatewayException.invalid(path, "'" + path + "' is not an object.");
    }
}
