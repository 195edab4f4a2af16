package org.sluice.gateway.dialect.responses;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.sluice.gateway.chat.Part;
import org.sluice.gateway.chat.RawJson;
import org.sluice.gateway.chat.Signatures;
import org.sluice.gateway.json.JsonValue.JsonObject;
import org.sluice.gateway.json.JsonWriter;

/**
 * Reads what the model said, item by item, in answers and where they come back as input. The members of a message item
 * stand on its first part, as {@value #MESSAGE}...; an item that is no message, reasoning or call is kept whole.
 */
final class OutputReader {
    /** Of a message item: {@code item.message.id}, {@code item.message.phase}. */
    static final String MESSAGE = Rest.ITEM + "message.";
    private static final Set<String> MESSAGE_KNOWN = Set.of("type", "role", "content");
    private static final Set<String> CALL_KNOWN = Set.of("type", "call_id", "name", "arguments", "input");
    private static final RawJson TRUE = new RawJson("true");

    private OutputReader() { }

    static void add(List<Part> turn, JsonObject item, String path) {
        String type = item.text("type") == null ? "message" : item.text("type");
        switch (type) {
            case "message" -> message(turn, item, path);
            case "reasoning" -> turn.add(Thoughts.read(item));
            case "function_call", "custom_tool_call" -> turn.add(call(item, type));
            default -> turn.add(new Part.Opaque(ResponsesDialect.NAME, type, item.raw()));
        }
    }

    private static void message(List<Part> turn, JsonObject item, String path) {
        Map<String, RawJson> members = messageMembers(item);
        if (members.isEmpty() && !turn.isEmpty() && isWords(turn.get(turn.size() - 1))) {
            members.put(MESSAGE, TRUE); // a new item although nothing tells it apart
        }
        boolean isFirst = true;
        for (Part part : ContentReader.parts(item.get("content"), path + ".content")) {
            turn.add(isFirst ? ContentReader.with(part, members) : part);
            isFirst = false;
        }
    }

    static Map<String, RawJson> messageMembers(JsonObject item) {
        Map<String, RawJson> members = new LinkedHashMap<>();
        Rest.add(members, MESSAGE, item, MESSAGE_KNOWN);
        members.remove(MESSAGE + "status", new RawJson("\"completed\""));
        members.remove(MESSAGE + "status", new RawJson("\"in_progress\""));
        return members;
    }

    static boolean isWords(Part part) {
        return part instanceof Part.Text || part instanceof Part.Refusal
                || part instanceof Part.Opaque opaque && opaque.type().startsWith(ContentReader.OPAQUE);
    }

    private static Part call(JsonObject item, String type) {
        String id = item.text("call_id") == null ? item.text("id") : item.text("call_id");
        Map<String, RawJson> extras = callMembers(item, type);
        String signature = Signatures.ofId(id);
        if (signature != null) {
            extras.put(Signatures.EXTRA, Rest.string(signature));
        }
        String arguments = type.equals("function_call") ? item.text("arguments") : customArguments(item.text("input"));
        return new Part.ToolCall(Signatures.idOf(id), item.text("name") == null ? "" : item.text("name"), arguments == null ? "" : arguments, extras);
    }

    static Map<String, RawJson> callMembers(JsonObject item, String type) {
        Map<String, RawJson> extras = Rest.ofItem(item, CALL_KNOWN);
        extras.remove(Rest.ITEM + "status");
        if (!type.equals("function_call")) {
            extras.put(InputReader.TYPE, Rest.string(type));
        }
        return extras;
    }

    /** The free text of a custom tool's call, as the arguments of the function that stands for the tool elsewhere. */
    static String customArguments(String input) {
        return new JsonWriter().beginObject().name("input").value(input == null ? "" : input).endObject().toText();
    }

    /** The free text again; arguments of another form as they are. */
    static String customInput(String arguments) {
        return Json.valueOrNull(arguments) instanceof JsonObject object && object.text("input") != null ? object.text("input") : arguments;
    }
}
