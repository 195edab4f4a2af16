package org.sluice.gateway.dialect.gemini;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import org.sluice.gateway.chat.Part;
import org.sluice.gateway.chat.Part.Source;
import org.sluice.gateway.chat.RawJson;
import org.sluice.gateway.chat.Signatures;
import org.sluice.gateway.json.JsonValue;
import org.sluice.gateway.json.JsonValue.JsonObject;

/**
 * Reads parts of requests and answers. The signature of a text or of media follows it as a thought without words; that of
 * a call is an extra of the call. A part of another kind is kept whole, an empty one is passed over.
 */
final class PartReader {
    private static final String SIGNATURE = "thoughtSignature";
    private static final Set<String> TEXT = Set.of("text", "thought", SIGNATURE);
    private static final Set<String> CALL = Set.of("functionCall", "thought", SIGNATURE);
    private static final Set<String> MEDIA = Set.of("inlineData", "fileData", "thought", SIGNATURE);
    /** What may stand beside the one member that tells the kind. */
    private static final Set<String> BESIDE = Set.of("thought", SIGNATURE, "videoMetadata", "mediaResolution", "partMetadata");

    private PartReader() { }

    /** @param ids gives ids to calls that have none */
    static void add(JsonObject part, List<Part> into, Supplier<String> ids) {
        String wire = Fields.text(part, SIGNATURE);
        JsonObject call = Fields.object(part, "functionCall");
        if (call != null && Fields.text(call, "name") != null) {
            into.add(call(part, call, ids));
            return;
        }
        String text = Fields.text(part, "text");
        if (text != null) {
            text(part, text, wire, into);
            return;
        }
        Part media = media(part);
        if (media != null) {
            into.add(media);
        } else if (kind(part) != null) {
            into.add(new Part.Opaque(GeminiDialect.NAME, kind(part), part.raw()));
            return;
        }
        if (wire != null) {
            into.add(new Part.Thinking("", Signed.read(wire)));
        }
    }

    private static Part call(JsonObject part, JsonObject call, Supplier<String> ids) {
        String id = Fields.text(call, "id");
        JsonValue args = Fields.get(call, "args");
        Map<String, RawJson> extras = signature(part);
        Rest.add(extras, "", part, CALL);
        Rest.add(extras, "functionCall.", call, Set.of("id", "name", "args", "willContinue", "partialArgs"));
        return new Part.ToolCall(id == null || id.isEmpty() ? ids.get() : id, Fields.text(call, "name"), args == null ? "" : args.raw().text(), extras);
    }

    /** The signature of a call as the extra that other dialects know. */
    static Map<String, RawJson> signature(JsonObject part) {
        Map<String, RawJson> extras = new LinkedHashMap<>(2);
        String canonical = Signed.read(Fields.text(part, SIGNATURE));
        if (canonical != null) {
            extras.put(Signatures.EXTRA, ProviderJson.text(canonical));
        }
        return extras;
    }

    private static void text(JsonObject part, String text, String wire, List<Part> into) {
        Map<String, RawJson> extras = Rest.of(part, TEXT);
        if (Signed.redacted(wire) != null) {
            into.add(new Part.RedactedThinking(Signed.redacted(wire), extras));
        } else if (Fields.isTrue(part, "thought")) {
            into.add(new Part.Thinking(text, Signed.read(wire), extras));
        } else {
            if (!text.isEmpty() || wire == null) {
                into.add(new Part.Text(text, extras));
            }
            if (wire != null) {
                into.add(new Part.Thinking("", Signed.read(wire)));
            }
        }
    }

    /** Null when the part is no media. */
    static Part media(JsonObject part) {
        JsonObject inline = Fields.object(part, "inlineData");
        JsonObject file = Fields.object(part, "fileData");
        JsonObject holder = inline != null ? inline : file;
        String where = inline != null ? Fields.text(inline, "data") : file == null ? null : Fields.text(file, "fileUri");
        if (where == null) {
            return null;
        }
        String type = Fields.text(holder, "mimeType");
        Map<String, RawJson> extras = Rest.of(part, MEDIA);
        String known = type != null ? type : MediaTypes.of(where, "application/octet-stream");
        String prefix = inline != null ? "inlineData." : "fileData.";
        boolean isNamed = !known.startsWith("image/") && !known.startsWith("audio/");
        Rest.add(extras, prefix, holder, inline == null ? Set.of("fileUri", isNamed ? "displayName" : "") : Set.of("data", "mimeType", isNamed ? "displayName" : ""));
        Source source = inline != null ? new Source.Base64(known, where)
                : where.contains("://") ? new Source.Url(where) : new Source.FileId(where);
        if (known.startsWith("image/")) {
            return new Part.Image(source, null, extras);
        }
        return known.startsWith("audio/") ? new Part.Audio(source, MediaTypes.audioFormat(known), extras)
                : new Part.Document(source, Fields.text(holder, "displayName"), extras);
    }

    /** The member that tells what the part is, null when there is none. */
    static String kind(JsonObject part) {
        for (Map.Entry<String, JsonValue> member : part.members().entrySet()) {
            String name = Fields.camel(member.getKey());
            if (!BESIDE.contains(name) && !member.getValue().isNull()) {
                return name;
            }
        }
        return null;
    }
}
