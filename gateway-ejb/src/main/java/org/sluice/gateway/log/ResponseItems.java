package org.sluice.gateway.log;

import java.util.List;
import org.sluice.gateway.chat.RawJson;
import org.sluice.gateway.json.JsonValue;
import org.sluice.gateway.json.JsonValue.JsonObject;
import org.sluice.gateway.json.JsonWriter;

/** The items of an answer of the Responses API, shown as the message of chat that they amount to. */
final class ResponseItems {
    private ResponseItems() { }

    static RawJson message(List<JsonValue> output) {
        StringBuilder text = new StringBuilder();
        for (JsonValue item : output) {
            if (item instanceof JsonObject object && "message".equals(object.text("type"))) {
                object.items("content").forEach(part -> append(text, part));
            }
        }
        return new RawJson(new JsonWriter().beginObject().name("role").value("assistant").name("content").value(text.toString())
                .optional("tool_calls", calls(output)).endObject().toText());
    }

    private static void append(StringBuilder text, JsonValue part) {
        if (part instanceof JsonObject object) {
            String words = object.text("text") == null ? object.text("refusal") : object.text("text");
            text.append(words == null ? "" : words);
        }
    }

    /** Null when there are none. */
    static RawJson calls(List<JsonValue> output) {
        JsonWriter json = new JsonWriter().beginArray();
        boolean hasAny = false;
        for (JsonValue item : output) {
            if (item instanceof JsonObject call && "function_call".equals(call.text("type"))) {
                hasAny = true;
                json.beginObject().name("id").value(call.text("call_id")).name("type").value("function").name("function").beginObject()
                        .name("name").value(call.text("name")).name("arguments").value(call.text("arguments")).endObject().endObject();
            }
        }
        return hasAny ? new RawJson(json.endArray().toText()) : null;
    }
}
