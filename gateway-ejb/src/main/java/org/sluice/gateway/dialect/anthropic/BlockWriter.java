package org.sluice.gateway.dialect.anthropic;

import java.util.List;
import java.util.Set;
import org.sluice.gateway.chat.Part;
import org.sluice.gateway.chat.RawJson;
import org.sluice.gateway.chat.Signatures;
import org.sluice.gateway.error.GatewayException;
import org.sluice.gateway.json.JsonValue;
import org.sluice.gateway.json.JsonValue.JsonObject;
import org.sluice.gateway.json.JsonWriter;

/** Writes one content block. */
final class BlockWriter {
    /** Blocks of Anthropic's that a client of another dialect may hand through as they are. */
    private static final Set<String> KNOWN = Set.of("server_tool_use", "mcp_tool_use", "search_result", "container_upload",
            "compaction", "tool_reference", "document", "image", "fallback");

    private BlockWriter() { }

    static GatewayException refused(String path, String why) {
        return GatewayException.invalid(path, why);
    }

    static void write(JsonWriter json, Turn.Block block) {
        write(json, block.part(), block.path(), block.cacheControl());
    }

    static void write(JsonWriter json, Part part, String path, RawJson cacheControl) {
        if (part instanceof Part.Opaque opaque) {
            json.raw(opaque(opaque, path));
            return;
        }
        json.beginObject().name("type");
        if (part instanceof Part.Text text) {
            json.value("text").name("text").value(text.text());
        } else if (part instanceof Part.Refusal refusal) {
            json.value("text").name("text").value(refusal.text());
        } else if (part instanceof Part.Thinking thinking) {
            json.value("thinking").name("thinking").value(thinking.text() == null ? "" : thinking.text())
                    .name("signature").value(thinking.signature() == null ? "" : thinking.signature());
        } else if (part instanceof Part.RedactedThinking redacted) {
            json.value("redacted_thinking").name("data").value(redacted.data());
        } else if (part instanceof Part.ToolCall call) {
            json.value("tool_use").name("id").value(id(call.id(), path)).name("name").value(call.name())
                    .name("input").raw(input(call.arguments()));
        } else if (part instanceof Part.ToolResult result) {
            json.value("tool_result").name("tool_use_id").value(id(result.toolCallId(), path));
            result(json, result, path);
        } else if (part instanceof Part.Image image) {
            json.value("image").name("source");
            SourceWriter.image(json, image.source(), path);
        } else if (part instanceof Part.Document document) {
            json.value(SourceWriter.isImage(document.source()) ? "image" : "document").name("source");
            SourceWriter.document(json, document.source(), path);
            json.optional("title", SourceWriter.isImage(document.source()) ? null : document.name());
            Rest.writeNested(json, "file.", document.extras());
        } else {
            throw refused(path, "Anthropic takes no sound; send its text instead.");
        }
        Rest.write(json, part.extras());
        json.optional("cache_control", cacheControl).endObject();
    }

    private static void result(JsonWriter json, Part.ToolResult result, String path) {
        List<Part> parts = result.parts();
        if (parts.size() == 1 && parts.get(0) instanceof Part.Text text && Rest.isEmpty(text.extras())) {
            json.name("content").value(text.text());
        } else if (!parts.isEmpty()) {
            json.name("content").beginArray();
            for (int i = 0; i < parts.size(); i++) {
                if (!(parts.get(i) instanceof Part.Text text && text.text().isBlank())) {
                    write(json, parts.get(i), path + ".content[" + i + "]", null);
                }
            }
            json.endArray();
        }
        if (result.isError()) {
            json.name("is_error").value(true);
        }
    }

    /** The id without the characters the API refuses, from which the whole comes back; the same way in a call and its result. */
    private static String id(String id, String path) {
        if (id == null || id.isEmpty()) {
            throw refused(path, "A tool call or result has no id.");
        }
        return Signatures.plainId(id);
    }

    /** The arguments when they are a JSON object; anything else is put into one, so that the model sees what it wrote. */
    static RawJson input(String arguments) {
        if (arguments == null || arguments.isBlank()) {
            return RawJson.EMPTY_OBJECT;
        }
        JsonValue value = ProviderJson.valueOrNull(arguments);
        return value instanceof JsonObject object ? object.raw()
                : new RawJson(new JsonWriter().beginObject().name("arguments").value(arguments).endObject().toText());
    }

    private static RawJson opaque(Part.Opaque opaque, String path) {
        if (opaque.dialect().equals(AnthropicDialect.NAME) || KNOWN.contains(opaque.type()) || opaque.type().endsWith("_tool_result")) {
            return opaque.value();
        }
        throw refused(path, "Anthropic takes no content part of this type.");
    }
}
