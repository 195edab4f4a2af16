package org.sluice.gateway.dialect.responses;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.sluice.gateway.chat.Part;
import org.sluice.gateway.chat.Part.Source;
import org.sluice.gateway.chat.RawJson;
import org.sluice.gateway.error.GatewayException;
import org.sluice.gateway.json.JsonValue;
import org.sluice.gateway.json.JsonValue.JsonArray;
import org.sluice.gateway.json.JsonValue.JsonObject;

/** Reads the content of messages and of tool results. A part of another type is kept whole. */
final class ContentReader {
    static final String ANNOTATIONS = Rest.ITEM + "annotations";
    static final String LOGPROBS = Rest.ITEM + "logprobs";
    /** Set before the type of a content part that is kept whole, so that it is not taken for an item. */
    static final String OPAQUE = "content.";
    private static final String EMPTY = "[]";

    private ContentReader() { }

    static List<Part> parts(JsonValue content, String path) {
        if (content == null || content.isNull()) {
            return List.of();
        }
        if (content.asText() != null) {
            return List.of(new Part.Text(content.asText()));
        }
        if (!(content instanceof JsonArray array)) {
            throw GatewayException.invalid(path, "'" + path + "' is neither a string nor an array of content parts.");
        }
        List<Part> parts = new ArrayList<>(array.items().size());
        for (JsonValue item : array.items()) {
            if (!(item instanceof JsonObject part) || part.text("type") == null) {
                String at = path + "[" + parts.size() + "]";
                throw GatewayException.invalid(at + ".type", "'" + at + "' is not an object with a 'type'.");
            }
            parts.add(part(part));
        }
        return parts;
    }

    static Part part(JsonObject part) {
        String type = part.text("type") == null ? "" : part.text("type");
        Part read = switch (type) {
            case "input_text", "output_text", "text" -> part.text("text") == null ? null : text(part);
            case "refusal" -> part.text("refusal") == null ? null : new Part.Refusal(part.text("refusal"), Rest.ofItem(part, Set.of("type", "refusal")));
            case "input_image" -> image(part);
            case "input_file" -> document(part);
            case "input_audio" -> audio(part);
            default -> null;
        };
        return read != null ? read : new Part.Opaque(ResponsesDialect.NAME, OPAQUE + type, part.raw());
    }

    private static Part text(JsonObject part) {
        Map<String, RawJson> extras = Rest.ofItem(part, Set.of("type", "text"));
        extras.values().removeIf(value -> value.text().equals(EMPTY));
        return new Part.Text(part.text("text"), extras);
    }

    private static Part image(JsonObject part) {
        Source source = part.text("image_url") != null ? url(part.text("image_url"))
                : part.text("file_id") != null ? new Source.FileId(part.text("file_id")) : null;
        return source == null ? null : new Part.Image(source, part.text("detail"), Rest.ofItem(part, Set.of("type", "image_url", "file_id", "detail")));
    }

    private static Part document(JsonObject part) {
        String data = part.text("file_data");
        Source source = data != null ? data.startsWith("data:") ? url(data) : new Source.Base64("application/pdf", data)
                : part.text("file_id") != null ? new Source.FileId(part.text("file_id"))
                : part.text("file_url") != null ? new Source.Url(part.text("file_url")) : null;
        return source == null ? null : new Part.Document(source, part.text("filename"),
                Rest.ofItem(part, Set.of("type", "file_data", "file_id", "file_url", "filename")));
    }

    private static Part audio(JsonObject part) {
        JsonObject audio = part.object("input_audio") != null ? part.object("input_audio") : part;
        if (audio.text("data") == null || audio.text("format") == null) {
            return null;
        }
        String format = audio.text("format");
        return new Part.Audio(new Source.Base64(format.equals("mp3") ? "audio/mpeg" : "audio/" + format, audio.text("data")), format,
                Rest.ofItem(part, Set.of("type", "input_audio", "data", "format")));
    }

    /** A data URL in base64 becomes its bytes, everything else stays a URL. */
    private static Source url(String url) {
        int mark = url.startsWith("data:") ? url.indexOf(";base64,") : -1;
        return mark < 0 ? new Source.Url(url) : new Source.Base64(url.substring(5, mark), url.substring(mark + 8));
    }

    /** The same part with members of the item it begins. */
    static Part with(Part part, Map<String, RawJson> item) {
        if (item.isEmpty()) {
            return part;
        }
        Map<String, RawJson> extras = new LinkedHashMap<>(item);
        extras.putAll(part.extras());
        return part instanceof Part.Text text ? new Part.Text(text.text(), extras)
                : part instanceof Part.Refusal refusal ? new Part.Refusal(refusal.text(), extras) : part;
    }
}
