package org.sluice.gateway.provider.bedrock;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.sluice.gateway.chat.Part;
import org.sluice.gateway.chat.RawJson;
import org.sluice.gateway.dialect.Losses;
import org.sluice.gateway.error.GatewayException;
import org.sluice.gateway.json.JsonReader;
import org.sluice.gateway.json.JsonValue;
import org.sluice.gateway.json.JsonValue.JsonObject;
import org.sluice.gateway.json.JsonWriter;

/** Writes the content of turns. One for a request. */
final class ContentWriter {
    /** Blocks of Converse's own that pass where a caller gives them by name. */
    private static final Set<String> OWN = Set.of("guardContent", "searchResult", "citationsContent", "toolUse", "toolResult", "image",
            "document", "video", "audio", "cachePoint", "json");
    private static final Pattern ID = Pattern.compile("[^a-zA-Z0-9_-]");
    private static final int LONGEST_ID = 64;
    private final BedrockModel model;
    private final Losses losses;
    private final MediaWriter media = new MediaWriter();

    ContentWriter(BedrockModel model, Losses losses) {
        this.model = model;
        this.losses = losses;
    }

    /** An array of blocks. */
    void write(JsonWriter json, List<Turn.Piece> pieces) {
        json.beginArray();
        for (Turn.Piece piece : pieces) {
            boolean isWritten = part(json, piece.part(), piece.path());
            if (isWritten && piece.cacheControl() != null) {
                cachePoint(json, piece.cacheControl());
            }
        }
        json.endArray();
    }

    void cachePoint(JsonWriter json, RawJson cacheControl) {
        if (!model.caches()) {
            losses.drop("cache_control", "this model has no prompt cache that can be asked for.");
            return;
        }
        String ttl = JsonReader.read(cacheControl.text().getBytes(StandardCharsets.UTF_8)) instanceof JsonObject given ? given.text("ttl") : null;
        json.beginObject().name("cachePoint").beginObject().name("type").value("default")
                .optional("ttl", model.isClaude() ? ttl : null).endObject().endObject();
    }

    /** False when the part means nothing to this model and was left out. */
    private boolean part(JsonWriter json, Part part, String path) {
        if (part instanceof Part.Thinking || part instanceof Part.RedactedThinking) {
            return reasoning(json, part);
        }
        if (part instanceof Part.Opaque opaque) {
            return opaque(json, opaque, path);
        }
        json.beginObject();
        if (part instanceof Part.Text text) {
            json.name("text").value(text.text());
        } else if (part instanceof Part.Refusal refusal) {
            json.name("text").value(refusal.text());
        } else if (part instanceof Part.ToolCall call) {
            json.name("toolUse").beginObject().name("toolUseId").value(id(call.id(), path)).name("name").value(call.name())
                    .name("input").raw(input(call.arguments())).endObject();
        } else if (part instanceof Part.ToolResult result) {
            toolResult(json, result, path);
        } else if (part instanceof Part.Image image) {
            media.write(json, image.source(), "image", null, null, path);
        } else if (part instanceof Part.Document document) {
            media.write(json, document.source(), "document", document.name(), document.extras(), path);
        } else if (part instanceof Part.Audio audio) {
            media.audio(json, audio, path);
        }
        json.endObject();
        return true;
    }

    private void toolResult(JsonWriter json, Part.ToolResult result, String path) {
        json.name("toolResult").beginObject().name("toolUseId").value(id(result.toolCallId(), path)).name("content").beginArray();
        for (int i = 0; i < result.parts().size(); i++) {
            Part part = result.parts().get(i);
            if (!(part instanceof Part.Text text && text.text().isBlank())) {
                part(json, part, path + ".content[" + i + "]");
            }
        }
        json.endArray();
        if (result.isError()) {
            json.name("status").value("error");
        }
        json.endObject();
    }

    /** A model wants its own reasoning back, signed; nobody else's. */
    private boolean reasoning(JsonWriter json, Part part) {
        String own = model.ownSignature(part instanceof Part.Thinking thinking ? thinking.signature() : ((Part.RedactedThinking) part).data());
        if (own == null) {
            return false;
        }
        json.beginObject().name("reasoningContent").beginObject();
        if (own.startsWith(BedrockModel.REDACTED)) {
            json.name("redactedContent").value(own.substring(BedrockModel.REDACTED.length()));
        } else if (part instanceof Part.Thinking thinking) {
            json.name("reasoningText").beginObject().name("text").value(thinking.text() == null ? "" : thinking.text())
                    .name("signature").value(own).endObject();
        } else {
            json.name("redactedContent").value(Base64.getEncoder().encodeToString(own.getBytes(StandardCharsets.UTF_8)));
        }
        json.endObject().endObject();
        return true;
    }

    private boolean opaque(JsonWriter json, Part.Opaque opaque, String path) {
        if (JsonReader.read(opaque.value().text().getBytes(StandardCharsets.UTF_8)) instanceof JsonObject block) {
            for (String name : OWN) {
                if (block.object(name) != null) {
                    json.beginObject().name(name).raw(block.get(name).raw()).endObject();
                    return true;
                }
            }
        }
        if (path.startsWith("messages") && opaque.dialect().equals("anthropic")) {
            losses.drop(path, "Bedrock has no word for a block of type '" + opaque.type() + "'.");
            return false;
        }
        throw GatewayException.invalid(path, "Bedrock takes no content part of this type.");
    }

    /** The id as Bedrock takes it, the same way in a call and its result. */
    static String id(String id, String path) {
        if (id == null || id.isEmpty()) {
            throw GatewayException.invalid(path, "A tool call or result has no id.");
        }
        String plain = ID.matcher(id).replaceAll("_");
        return plain.length() <= LONGEST_ID ? plain : plain.substring(0, LONGEST_ID - 17) + "_" + digest(id).substring(0, 16);
    }

    private static String digest(String text) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8)));
        } catch (GeneralSecurityException everyJdkHasIt) {
            throw new IllegalStateException(everyJdkHasIt);
        }
    }

    /** The arguments when they are a JSON object; anything else is put into one, so that the model sees what it wrote. */
    static RawJson input(String arguments) {
        if (arguments == null || arguments.isBlank()) {
            return RawJson.EMPTY_OBJECT;
        }
        JsonValue value = valueOrNull(arguments);
        return value instanceof JsonObject object ? object.raw()
                : new RawJson(new JsonWriter().beginObject().name("arguments").value(arguments).endObject().toText());
    }

    /** The value of JSON text, or null when it is none. */
    static JsonValue valueOrNull(String text) {
        try {
            return JsonReader.read(text.getBytes(StandardCharsets.UTF_8));
        } catch (GatewayException notJson) {
            return null;
        }
    }
}
