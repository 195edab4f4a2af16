package org.sluice.gateway.dialect.gemini;

import java.util.List;
import java.util.Map;
import java.util.Set;
import org.sluice.gateway.chat.Part;
import org.sluice.gateway.chat.Part.Source;
import org.sluice.gateway.chat.RawJson;
import org.sluice.gateway.error.GatewayException;
import org.sluice.gateway.json.JsonValue;
import org.sluice.gateway.json.JsonValue.JsonObject;
import org.sluice.gateway.json.JsonWriter;

/** Writes one part. */
final class PartWriter {
    private static final String DATA_URL = ";base64,";
    /** What may stand beside the member that tells the kind. */
    private static final Set<String> BESIDE = Set.of("videoMetadata", "mediaResolution", "partMetadata");

    private PartWriter() { }

    static void write(JsonWriter json, Content.Block block, boolean takesMediaInResults) {
        if (block.part() instanceof Part.ToolResult result) {
            result(json, result, block, takesMediaInResults);
        } else {
            write(json, block.part(), block.signature(), block.path());
        }
    }

    /** @param signature as the wire has it, or null */
    static void write(JsonWriter json, Part part, String signature, String path) {
        if (part instanceof Part.Opaque opaque) {
            json.raw(opaque(opaque, path));
            return;
        }
        json.beginObject();
        if (part instanceof Part.Text text) {
            json.name("text").value(text.text());
        } else if (part instanceof Part.Refusal refusal) {
            json.name("text").value(refusal.text());
        } else if (part instanceof Part.Thinking thinking) {
            json.name("text").value(thinking.text() == null ? "" : thinking.text()).name("thought").value(true);
        } else if (part instanceof Part.ToolCall call) {
            call(json.name("functionCall"), call);
        } else if (part instanceof Part.Image image) {
            source(json, image.source(), "image/jpeg", null, part.extras(), path);
        } else if (part instanceof Part.Audio audio) {
            source(json, audio.source(), MediaTypes.audioType(audio.format()), null, part.extras(), path);
        } else if (part instanceof Part.Document document) {
            document(json, document, path);
        }
        json.optional("thoughtSignature", signature);
        Rest.writeOwn(json, BESIDE, part.extras());
        json.endObject();
    }

    private static void call(JsonWriter json, Part.ToolCall call) {
        json.beginObject();
        if (!MadeIds.isMade(call.id())) {
            json.name("id").value(call.id());
        }
        json.name("name").value(call.name()).optional("args", arguments(call.arguments()));
        Rest.writeNested(json, "functionCall.", call.extras());
        json.endObject();
    }

    /** The arguments when they are a JSON object; anything else is put into one, so that the model sees what it wrote. */
    static RawJson arguments(String arguments) {
        if (arguments == null || arguments.isBlank()) {
            return null;
        }
        JsonValue value = ProviderJson.valueOrNull(arguments);
        return value instanceof JsonObject object ? inLine(object.raw())
                : new RawJson(new JsonWriter().beginObject().name("arguments").value(arguments).endObject().toText());
    }

    /** Models write arguments over several lines; an event of a stream has one. */
    private static RawJson inLine(RawJson json) {
        String text = json.text();
        return text.indexOf('\n') < 0 && text.indexOf('\r') < 0 ? json : new RawJson(text.replace('\n', ' ').replace('\r', ' '));
    }

    private static void result(JsonWriter json, Part.ToolResult result, Content.Block block, boolean takesMedia) {
        json.beginObject().name("functionResponse").beginObject();
        if (!MadeIds.isMade(result.toolCallId())) {
            json.name("id").value(result.toolCallId());
        }
        json.name("name").value(block.name()).name("response").raw(ResultParts.write(result));
        List<Part> media = takesMedia ? ResultParts.media(result) : List.of();
        if (!media.isEmpty()) {
            json.name("parts").beginArray();
            media.forEach(part -> write(json, part, null, block.path()));
            json.endArray();
        }
        Rest.writeNested(json, ContentReader.NESTED, result.extras());
        json.endObject().endObject();
    }

    /** Plain text given inline is sent as text. */
    private static void document(JsonWriter json, Part.Document document, String path) {
        if (document.source() instanceof Source.Inline inline) {
            json.name("text").value(inline.text());
        } else {
            source(json, document.source(), "application/pdf", document.name(), document.extras(), path);
        }
    }

    private static void source(JsonWriter json, Source source, String guess, String name, Map<String, RawJson> extras, String path) {
        if (source instanceof Source.Inline) {
            throw GatewayException.invalid(path, "Media is given as base64, by URL or by file.");
        }
        Source given = source instanceof Source.Url url && url.url().startsWith("data:") ? data(url.url(), path) : source;
        if (given instanceof Source.Base64 base64) {
            json.name("inlineData").beginObject().name("mimeType").value(base64.mediaType().equals("image/jpg") ? "image/jpeg" : base64.mediaType())
                    .name("data").value(base64.data()).optional("displayName", name);
            Rest.writeNested(json, "inlineData.", extras);
        } else {
            String address = given instanceof Source.Url url ? url.url() : ((Source.FileId) given).id();
            json.name("fileData").beginObject();
            if (!extras.containsKey("fileData.mimeType") && !extras.containsKey("fileData.mime_type")) {
                json.name("mimeType").value(MediaTypes.of(address, guess));
            }
            json.name("fileUri").value(address).optional("displayName", name);
            Rest.writeNested(json, "fileData.", extras);
        }
        json.endObject();
    }

    private static Source data(String url, String path) {
        int mark = url.indexOf(DATA_URL);
        if (mark < 0) {
            throw GatewayException.invalid(path, "A data URL is given in base64.");
        }
        return new Source.Base64(url.substring(5, mark), url.substring(mark + DATA_URL.length()));
    }

    private static RawJson opaque(Part.Opaque opaque, String path) {
        if (opaque.dialect().equals(GeminiDialect.NAME)) {
            return opaque.value();
        }
        throw GatewayException.invalid(path, "Gemini takes no content part of this type.");
    }
}
