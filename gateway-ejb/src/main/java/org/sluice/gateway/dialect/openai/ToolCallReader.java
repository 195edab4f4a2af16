package org.sluice.gateway.dialect.openai;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.sluice.gateway.chat.Part;
import org.sluice.gateway.chat.RawJson;
import org.sluice.gateway.chat.Signatures;
import org.sluice.gateway.json.JsonValue;
import org.sluice.gateway.json.JsonValue.JsonObject;
import org.sluice.gateway.json.JsonWriter;

/** Reads {@code tool_calls}: functions, and custom tools, whose free text becomes the argument {@code input}. */
final class ToolCallReader {
    static final String NESTED = "function.";
    private static final Set<String> KNOWN = Set.of("id", "type", "function", "index");

    private ToolCallReader() { }

    static List<Part> calls(JsonObject message) {
        List<Part> calls = new ArrayList<>();
        for (JsonValue item : message.items("tool_calls")) {
            Part call = item instanceof JsonObject object ? call(object) : null;
            if (call != null) {
                calls.add(call);
            }
        }
        return calls;
    }

    private static Part call(JsonObject call) {
        JsonObject custom = call.object("custom");
        if ("custom".equals(call.text("type")) && custom != null && custom.text("name") != null) {
            String input = new JsonWriter().beginObject().name("input").value(custom.text("input")).endObject().toText();
            return new Part.ToolCall(Signatures.idOf(call.text("id")), custom.text("name"), input, signed(call, Rest.of(call, Set.of("id", "index"))));
        }
        JsonObject function = call.object("function");
        if (function == null || function.text("name") == null) {
            return null;
        }
        Map<String, RawJson> extras = Rest.of(call, KNOWN);
        Rest.add(extras, NESTED, function, Set.of("name", "arguments"));
        return new Part.ToolCall(Signatures.idOf(call.text("id")), function.text("name"), arguments(function), signed(call, extras));
    }

    /** With the signature that the call's id carries. */
    static Map<String, RawJson> signed(JsonObject call, Map<String, RawJson> extras) {
        String signature = Signatures.ofId(call.text("id"));
        if (signature != null) {
            extras.put(Signatures.EXTRA, new RawJson(new JsonWriter().value(signature).toText()));
        }
        return extras;
    }

    /** JSON text as the model wrote it; some servers send the object itself. */
    static String arguments(JsonObject function) {
        JsonValue arguments = function.present("arguments");
        return arguments == null ? "" : arguments.asText() != null ? arguments.asText() : arguments.raw().text();
    }
}
