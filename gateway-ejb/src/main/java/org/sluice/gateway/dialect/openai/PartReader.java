package org.sluice.gateway.dialect.openai;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.sluice.gateway.chat.Part;
import org.sluice.gateway.chat.Part.Source;
import org.sluice.gateway.chat.RawJson;
import org.sluice.gateway.chat.Signatures;
import org.sluice.gateway.error.GatewayException;
import org.sluice.gateway.json.JsonValue;
import org.sluice.gateway.json.JsonValue.JsonArray;
import org.sluice.gateway.json.JsonValue.JsonObject;

/**
 * Reads content: a string, or parts of the types OpenAI's chat and responses APIs and Anthropic know. A part of another
 * type, or one we cannot take apart, is kept whole.
 */
final class PartReader {
    private PartReader() { }

    /** Null and absent content is no part. */
    static List<Part> content(JsonValue content, String path) {
        List<Part> parts = new ArrayList<>();
        if (content == null || content.isNull()) {
            return parts;
        }
        if (content.asText() != null) {
            parts.add(new Part.Text(content.asText()));
            return parts;
        }
        if (!(content instanceof JsonArray array)) {
            throw GatewayException.invalid(path, "'" + path + "' is neither a string nor an array of parts.");
        }
        for (int i = 0; i < array.items().size(); i++) {
            JsonValue item = array.items().get(i);
            if (item.asText() != null) {
                parts.add(new Part.Text(item.asText()));
            } else if (item instanceof JsonObject object && object.text("type") != null) {
                parts.add(part(object, path + "[" + i + "]"));
            } else {
                throw GatewayException.invalid(path + "[" + i + "].type", "A content part is an object with a 'type'.");
            }
        }
        return parts;
    }

    /** {@code content_blocks}: blocks of Anthropic's that an earlier answer held. */
    static List<Part> blocks(JsonObject message) {
        List<Part> blocks = new ArrayList<>();
        for (JsonValue item : message.items(BlockWriter.MEMBER)) {
            if (item instanceof JsonObject block && block.text("type") != null) {
                blocks.add(new Part.Opaque("anthropic", block.text("type"), block.raw()));
            }
        }
        return blocks;
    }

    private static Part part(JsonObject part, String path) {
        Part read = switch (part.text("type")) {
            case "text", "input_text", "output_text" -> text(part);
            case "image_url", "input_image" -> image(part);
            case "input_audio" -> audio(part);
            case "file", "input_file" -> file(part);
            case "refusal" -> part.text("refusal") == null ? null : new Part.Refusal(part.text("refusal"), Rest.of(part, Set.of("type", "refusal")));
            case "image", "document" -> anthropicSource(part);
            case "tool_use" -> toolUse(part);
            case "tool_result" -> new Part.ToolResult(Signatures.idOf(required(part, "tool_use_id", path)), content(part.get("content"), path + ".content"),
                    part.isTrue("is_error"), Rest.of(part, Set.of("type", "tool_use_id", "content", "is_error")));
            case "thinking", "redacted_thinking" -> ThinkingReader.block(part);
            default -> null;
        };
        return read != null ? read : new Part.Opaque(OpenAiDialect.NAME, part.text("type"), part.raw());
    }

    private static String required(JsonObject object, String name, String path) {
        if (object.text(name) == null) {
            throw GatewayException.invalid(path + "." + name, "'" + path + "." + name + "' is missing.");
        }
        return object.text(name);
    }

    private static Part text(JsonObject part) {
        return part.text("text") == null ? null : new Part.Text(part.text("text"), Rest.of(part, Set.of("type", "text")));
    }

    private static Part image(JsonObject part) {
        Map<String, RawJson> extras = new LinkedHashMap<>();
        JsonObject nested = part.object("image_url");
        String url = nested == null ? part.text("image_url") : nested.text("url");
        String detail = nested == null ? part.text("detail") : nested.text("detail");
        if (nested != null) {
            Rest.add(extras, "image_url.", nested, Set.of("url", "detail"));
        }
        if (url == null && part.text("file_id") != null) {
            return new Part.Image(new Source.FileId(part.text("file_id")), detail, Rest.of(part, Set.of("type", "file_id", "detail")));
        }
        Rest.add(extras, "", part, nested == null ? Set.of("type", "image_url", "detail") : Set.of("type", "image_url"));
        return url == null ? null : new Part.Image(Sources.url(url), detail, extras);
    }

    private static Part audio(JsonObject part) {
        JsonObject nested = part.object("input_audio");
        if (nested == null || nested.text("data") == null || nested.text("format") == null) {
            return null;
        }
        Map<String, RawJson> extras = Rest.of(part, Set.of("type", "input_audio"));
        Rest.add(extras, "input_audio.", nested, Set.of("data", "format"));
        String format = nested.text("format");
        return new Part.Audio(new Source.Base64(Sources.audioType(format), nested.text("data")), format, extras);
    }

    private static Part file(JsonObject part) {
        JsonObject file = part.object("file") == null ? part : part.object("file");
        Source source = file.text("file_id") != null ? new Source.FileId(file.text("file_id"))
                : file.text("file_data") != null ? Sources.fileData(file.text("file_data"))
                : file.text("file_url") != null ? new Source.Url(file.text("file_url")) : null;
        if (source == null) {
            return null;
        }
        Map<String, RawJson> extras = new LinkedHashMap<>();
        Set<String> known = Set.of("file_id", "file_data", "file_url", "filename");
        if (file == part) {
            Rest.add(extras, "", part, Set.of("type", "file_id", "file_data", "file_url", "filename"));
        } else {
            Rest.add(extras, "file.", file, known);
            Rest.add(extras, "", part, Set.of("type", "file"));
        }
        return new Part.Document(source, file.text("filename"), extras);
    }

    private static Part anthropicSource(JsonObject part) {
        Source source = Sources.anthropic(part.object("source"));
        if (source == null) {
            return null;
        }
        return part.text("type").equals("image")
                ? new Part.Image(source, null, Rest.of(part, Set.of("type", "source")))
                : new Part.Document(source, part.text("title"), Rest.of(part, Set.of("type", "source", "title")));
    }

    private static Part toolUse(JsonObject part) {
        if (part.text("name") == null) {
            return null;
        }
        JsonValue input = part.present("input");
        return new Part.ToolCall(Signatures.idOf(part.text("id")), part.text("name"), input == null ? "" : input.raw().text(),
                ToolCallReader.signed(part, Rest.of(part, Set.of("type", "id", "name", "input"))));
    }
}
