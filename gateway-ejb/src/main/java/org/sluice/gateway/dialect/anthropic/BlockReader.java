package org.sluice.gateway.dialect.anthropic;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.sluice.gateway.chat.Part;
import org.sluice.gateway.chat.Part.Source;
import org.sluice.gateway.chat.Signatures;
import org.sluice.gateway.error.GatewayException;
import org.sluice.gateway.json.JsonValue;
import org.sluice.gateway.json.JsonValue.JsonArray;
import org.sluice.gateway.json.JsonValue.JsonObject;

/** Reads content blocks of requests and answers. A block of another type, or one without its members, is kept whole. */
final class BlockReader {
    private BlockReader() { }

    /** Content of a request: a string or blocks; none when it is null. */
    static List<Part> content(JsonValue content, String path) {
        if (content == null || content.isNull()) {
            return List.of();
        }
        if (content.asText() != null) {
            return List.of(new Part.Text(content.asText()));
        }
        if (!(content instanceof JsonArray array)) {
            throw GatewayException.invalid(path, "'" + path + "' is neither a string nor an array of content blocks.");
        }
        List<Part> parts = new ArrayList<>(array.items().size());
        for (JsonValue item : array.items()) {
            if (!(item instanceof JsonObject block) || block.text("type") == null) {
                String at = path + "[" + parts.size() + "]";
                throw GatewayException.invalid(at + ".type", "'" + at + "' is not an object with a 'type'.");
            }
            parts.add(block(block, path + "[" + parts.size() + "]"));
        }
        return parts;
    }

    /** One block; {@code path} names the block in errors about what it holds. */
    static Part block(JsonObject block, String path) {
        String type = block.text("type") == null ? "" : block.text("type");
        Part read = switch (type) {
            case "text" -> block.text("text") == null ? null : new Part.Text(block.text("text"), Rest.of(block, Set.of("type", "text")));
            case "tool_use" -> toolUse(block);
            case "tool_result" -> block.text("tool_use_id") == null ? null
                    : new Part.ToolResult(Signatures.idOf(block.text("tool_use_id")), content(block.get("content"), path + ".content"),
                            block.isTrue("is_error"), Rest.of(block, Set.of("type", "tool_use_id", "content", "is_error")));
            case "thinking" -> new Part.Thinking(block.text("thinking"), CarriedParts.signature(block.text("signature")),
                    Rest.of(block, Set.of("type", "thinking", "signature")));
            case "redacted_thinking" -> block.text("data") == null ? null
                    : new Part.RedactedThinking(block.text("data"), Rest.of(block, Set.of("type", "data")));
            case "image", "document" -> sourced(block);
            default -> null;
        };
        return read != null ? read : new Part.Opaque(AnthropicDialect.NAME, type, block.raw());
    }

    private static Part toolUse(JsonObject block) {
        if (block.text("name") == null) {
            return null;
        }
        JsonValue input = block.present("input");
        return new Part.ToolCall(Signatures.idOf(block.text("id")), block.text("name"), input == null ? "" : input.raw().text(),
                CarriedParts.extras(block.text("id"), Rest.of(block, Set.of("type", "id", "name", "input"))));
    }

    private static Part sourced(JsonObject block) {
        Source source = source(block.object("source"));
        if (source == null) {
            return null;
        }
        return block.text("type").equals("image")
                ? new Part.Image(source, null, Rest.of(block, Set.of("type", "source")))
                : new Part.Document(source, block.text("title"), Rest.of(block, Set.of("type", "source", "title")));
    }

    /** Null when it is of a kind we have no word for. */
    private static Source source(JsonObject source) {
        String type = source == null ? null : source.text("type");
        if (type == null) {
            return null;
        }
        String data = source.text("data");
        String mediaType = source.text("media_type");
        return switch (type) {
            case "base64" -> data == null || mediaType == null ? null : new Source.Base64(mediaType, data);
            case "text" -> data == null ? null : new Source.Inline(mediaType == null ? "text/plain" : mediaType, data);
            case "url" -> source.text("url") == null ? null : new Source.Url(source.text("url"));
            case "file" -> source.text("file_id") == null ? null : new Source.FileId(source.text("file_id"));
            default -> null;
        };
    }
}
