package org.sluice.gateway.dialect.gemini;

import java.util.ArrayList;
import java.util.List;
import org.sluice.gateway.chat.Part;
import org.sluice.gateway.chat.RawJson;
import org.sluice.gateway.json.JsonValue;
import org.sluice.gateway.json.JsonValue.JsonObject;
import org.sluice.gateway.json.JsonWriter;

/**
 * What a function gave back. Gemini wants an object: words that are one go as they are, other words as {@code {"result":
 * words}}, those of a failure as {@code {"error": words}}.
 */
final class ResultParts {
    private static final String RESULT = "result";
    private static final String ERROR = "error";

    private ResultParts() { }

    static List<Part> read(JsonObject functionResponse) {
        List<Part> parts = new ArrayList<>();
        List<JsonValue> media = Fields.items(functionResponse, "parts");
        JsonValue response = Fields.get(functionResponse, "response");
        if (response instanceof JsonObject object) {
            String words = object.members().size() == 1 ? object.text(isError(functionResponse) ? ERROR : RESULT) : null;
            if (words != null) {
                parts.add(new Part.Text(words));
            } else if (!object.members().isEmpty() || media.isEmpty()) {
                parts.add(new Part.Text(object.raw().text()));
            }
        } else if (response != null) {
            parts.add(new Part.Text(response.asText() != null ? response.asText() : response.raw().text()));
        }
        for (JsonValue item : media) {
            Part read = item instanceof JsonObject object ? PartReader.media(object) : null;
            if (read != null) {
                parts.add(read);
            }
        }
        return parts;
    }

    static boolean isError(JsonObject functionResponse) {
        JsonObject response = Fields.object(functionResponse, "response");
        return response != null && response.members().size() == 1 && response.text(ERROR) != null;
    }

    /** The {@code response} object; texts that stand side by side are joined. */
    static RawJson write(Part.ToolResult result) {
        StringBuilder words = new StringBuilder();
        boolean hasWords = false;
        for (Part part : result.parts()) {
            String text = part instanceof Part.Text said ? said.text() : part instanceof Part.Refusal refusal ? refusal.text()
                    : part instanceof Part.Opaque opaque ? opaque.value().text() : null;
            if (text != null) {
                words.append(hasWords ? "\n" : "").append(text);
                hasWords = true;
            }
        }
        if (!hasWords && !result.parts().isEmpty()) {
            return RawJson.EMPTY_OBJECT;
        }
        if (!result.isError() && words.indexOf("{") >= 0 && ProviderJson.valueOrNull(words.toString()) instanceof JsonObject object) {
            return object.raw();
        }
        return new RawJson(new JsonWriter(words.length() + 16).beginObject().name(result.isError() ? ERROR : RESULT)
                .value(words.toString()).endObject().toText());
    }

    static List<Part> media(Part.ToolResult result) {
        return result.parts().stream().filter(part -> part instanceof Part.Image || part instanceof Part.Audio || part instanceof Part.Document).toList();
    }
}
