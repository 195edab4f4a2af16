package org.sluice.gateway.dialect.openai;

import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.sluice.gateway.chat.Part;
import org.sluice.gateway.chat.RawJson;
import org.sluice.gateway.chat.Signatures;
import org.sluice.gateway.error.GatewayException;
import org.sluice.gateway.json.JsonReader;
import org.sluice.gateway.json.JsonWriter;

/** Writes {@code tool_calls}. Arguments the model left out become an empty object, because clients read them as JSON. */
final class ToolCallWriter {
    static final String NO_ARGUMENTS = "{}";

    private ToolCallWriter() { }

    /** For a client, whose calls carry their signature in the id. */
    static void write(JsonWriter json, List<Part> parts) {
        write(json, parts, ToolCallWriter::carrying);
    }

    /** @param change made to each call first */
    static void write(JsonWriter json, List<Part> parts, UnaryOperator<Part.ToolCall> change) {
        boolean isOpen = false;
        for (Part part : parts) {
            if (part instanceof Part.ToolCall call) {
                if (!isOpen) {
                    json.name("tool_calls").beginArray();
                    isOpen = true;
                }
                call(json, change.apply(call));
            }
        }
        if (isOpen) {
            json.endArray();
        }
    }

    /** The call with its signature in its id. */
    static Part.ToolCall carrying(Part.ToolCall call) {
        RawJson signature = call.extras().get(Signatures.EXTRA);
        if (signature == null) {
            return call;
        }
        Map<String, RawJson> extras = new LinkedHashMap<>(call.extras());
        extras.remove(Signatures.EXTRA);
        String canonical = JsonReader.read(signature.text().getBytes(StandardCharsets.UTF_8)).asText();
        return new Part.ToolCall(Signatures.withId(call.id(), canonical), call.name(), call.arguments(), extras);
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
