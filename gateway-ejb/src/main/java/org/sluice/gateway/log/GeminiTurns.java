package org.sluice.gateway.log;

import org.sluice.gateway.chat.RawJson;
import org.sluice.gateway.json.JsonValue;
import org.sluice.gateway.json.JsonValue.JsonObject;
import org.sluice.gateway.json.JsonWriter;

/** The turns in a stored request or answer of Gemini's dialect, as Gemini spells them: a role and parts. */
final class GeminiTurns {
    private GeminiTurns() { }

    /** The contents, a system instruction in front; null when there are none. */
    static RawJson asked(JsonObject request) {
        if (request == null || request.items("contents").isEmpty()) {
            return null;
        }
        JsonWriter json = new JsonWriter().beginArray();
        JsonObject system = request.object("systemInstruction") != null ? request.object("systemInstruction") : request.object("system_instruction");
        if (system != null) {
            json.beginObject().name("role").value("system");
            JsonValue parts = system.present("parts");
            json.name("parts").raw(parts == null ? RawJson.NULL : parts.raw()).endObject();
        }
        request.items("contents").forEach(turn -> json.raw(turn.raw()));
        return new RawJson(json.endArray().toText());
    }

    /** The first candidate's content, or null. */
    static RawJson answered(JsonObject response) {
        for (JsonValue candidate : response.items("candidates")) {
            JsonValue content = candidate instanceof JsonObject object ? object.present("content") : null;
            return content == null ? null : content.raw();
        }
        return null;
    }
}
