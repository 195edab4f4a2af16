package org.sluice.gateway.dialect.openai;

import org.sluice.gateway.chat.Part.Source;
import org.sluice.gateway.json.JsonValue.JsonObject;

/** Where the bytes of a part are: data URLs, plain URLs, file ids, and Anthropic's {@code source} objects. */
final class Sources {
    static final String PDF = "application/pdf";
    private static final String BASE64 = ";base64,";

    private Sources() { }

    /** A data URL in base64 becomes its bytes, everything else stays a URL. */
    static Source url(String url) {
        int mark = url.startsWith("data:") ? url.indexOf(BASE64) : -1;
        return mark < 0 ? new Source.Url(url) : new Source.Base64(url.substring(5, mark), url.substring(mark + BASE64.length()));
    }

    static String url(Source source) {
        if (source instanceof Source.Url url) {
            return url.url();
        }
        return source instanceof Source.Base64 base64 ? "data:" + base64.mediaType() + BASE64 + base64.data() : null;
    }

    /** {@code file_data} of a file: a data URL, or bare base64 of a PDF. */
    static Source fileData(String data) {
        return data.startsWith("data:") ? url(data) : new Source.Base64(PDF, data);
    }

    /** Anthropic's notation; null when it is one we have no word for. */
    static Source anthropic(JsonObject source) {
        if (source == null || source.text("type") == null) {
            return null;
        }
        String first = source.text(switch (source.text("type")) {
            case "url" -> "url";
            case "file" -> "file_id";
            default -> "data";
        });
        if (first == null) {
            return null;
        }
        return switch (source.text("type")) {
            case "base64" -> source.text("media_type") == null ? null : new Source.Base64(source.text("media_type"), first);
            case "url" -> new Source.Url(first);
            case "file" -> new Source.FileId(first);
            case "text" -> new Source.Inline(source.text("media_type") == null ? "text/plain" : source.text("media_type"), first);
            default -> null;
        };
    }

    static String audioType(String format) {
        return format.equals("mp3") ? "audio/mpeg" : "audio/" + format;
    }

    static String audioFormat(String mediaType) {
        return mediaType.equals("audio/mpeg") ? "mp3" : mediaType.substring(mediaType.indexOf('/') + 1);
    }
}
