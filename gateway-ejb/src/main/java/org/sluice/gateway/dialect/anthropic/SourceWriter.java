package org.sluice.gateway.dialect.anthropic;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import org.sluice.gateway.chat.Part.Source;
import org.sluice.gateway.json.JsonWriter;

/** Writes the {@code source} of an image or a document. */
final class SourceWriter {
    private static final String PDF = "application/pdf";
    private static final String PLAIN = "text/plain";

    private SourceWriter() { }

    static boolean isImage(Source source) {
        return source instanceof Source.Base64 base64 && base64.mediaType().startsWith("image/");
    }

    static void image(JsonWriter json, Source source, String path) {
        if (source instanceof Source.Base64 base64) {
            base64(json, base64.mediaType().equals("image/jpg") ? "image/jpeg" : base64.mediaType(), base64.data());
        } else if (source instanceof Source.Inline) {
            throw BlockWriter.refused(path, "An image is given as base64, by URL or by file id.");
        } else {
            reference(json, source, path);
        }
    }

    /** A PDF in base64; text in base64 is sent as text. */
    static void document(JsonWriter json, Source source, String path) {
        if (source instanceof Source.Inline inline) {
            text(json, inline.text());
        } else if (!(source instanceof Source.Base64 base64)) {
            reference(json, source, path);
        } else if (isImage(source)) {
            image(json, source, path);
        } else if (base64.mediaType().equals(PDF)) {
            base64(json, PDF, base64.data());
        } else if (base64.mediaType().startsWith("text/") || base64.mediaType().equals("application/json")) {
            text(json, decoded(base64.data(), path));
        } else {
            throw BlockWriter.refused(path, "Anthropic takes documents as PDF or text.");
        }
    }

    private static String decoded(String data, String path) {
        try {
            return new String(Base64.getDecoder().decode(data.replaceAll("\\s", "")), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            throw BlockWriter.refused(path, "The document is not valid base64.");
        }
    }

    private static void base64(JsonWriter json, String mediaType, String data) {
        json.beginObject().name("type").value("base64").name("media_type").value(mediaType).name("data").value(data).endObject();
    }

    private static void text(JsonWriter json, String text) {
        json.beginObject().name("type").value("text").name("media_type").value(PLAIN).name("data").value(text).endObject();
    }

    private static void reference(JsonWriter json, Source source, String path) {
        json.beginObject().name("type");
        if (source instanceof Source.FileId file) {
            json.value("file").name("file_id").value(file.id());
        } else if (source instanceof Source.Url url && !url.url().startsWith("data:")) {
            json.value("url").name("url").value(url.url());
        } else {
            throw BlockWriter.refused(path, "A data URL is given in base64.");
        }
        json.endObject();
    }
}
