package org.sluice.gateway.dialect.openai;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.sluice.gateway.chat.Part;
import org.sluice.gateway.chat.RawJson;
import org.sluice.gateway.error.GatewayException;
import org.sluice.gateway.json.JsonReader;
import org.sluice.gateway.json.JsonWriter;

/** Writes {@code tool_calls}. Arguments the model left out become an empty object, because clients read them as JSON. */
final class ToolCallWriter {
    static final String NO_ARGUMENTS = "{}";

    private ToolCallWriter() { }

    static void write(JsonWriter json, List<Part> parts) {
        boolean isOpen = false;
        for (Part part : parts) {
            if (part instanceof Part.ToolCall call) {
                if (!isOpen) {
                    json.name("tool_calls").beginArray();
                    isOpen = true;
                }
                call(json, call);
            }
        }
        if (isOpen) {
            json.endArray();
        }
    }

    /** One call as Anthropic's block. */
    static void block(JsonWriter json, Part.ToolCall call) {
        json.beginObject().name("type").value("tool_use").optional("id", call.id()).name("name").value(call.name()).name("input");
        if (call.arguments().isBlank()) {
            json.raw(RawJson.EMPTY_OBJECT);
        } else if (isJson(call.arguments())) {
            json.raw(new RawJson(call.arguments()));
        } else {
            json.value(call.arguments());
        }
        Rest.writeOutside(json, ToolCallReader.NESTED, call.extras());
        json.endObject();
    }

    private static boolean isJson(String arguments) {
        try {
            JsonReader.read(arguments.getBytes(StandardCharsets.UTF_8));
            return true;
        } catch (GatewayException notJson) {
            return false;
        }
    }

    private static void call(JsonWriter json, Part.ToolCall call) {
        json.beginObject().optional("id", call.id());
        if (call.extras().containsKey("custom") && call.extras().containsKey("type")) {
            json.members(call.extras()).endObject();
            return;
        }
        json.name("type").value("function").name("function").beginObject().name("name").value(call.name())
                .name("arguments").value(call.arguments().isEmpty() ? NO_ARGUMENTS : call.arguments());
        Rest.writeNested(json, ToolCallReader.NESTED, call.extras());
        json.endObject();
        Rest.writeOutside(json, ToolCallReader.NESTED, call.extras());
        json.endObject();
    }
}
