package org.sluice.gateway.provider.bedrock;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.sluice.gateway.chat.Part;
import org.sluice.gateway.chat.Part.Source;
import org.sluice.gateway.chat.RawJson;
import org.sluice.gateway.error.GatewayException;
import org.sluice.gateway.json.JsonWriter;

/** Writes images, documents, video and sound: a format by its short name, and the bytes. One for a request. */
final class MediaWriter {
    private static final Map<String, String> IMAGES = Map.of("image/png", "png", "image/jpeg", "jpeg", "image/jpg", "jpeg",
            "image/gif", "gif", "image/webp", "webp");
    private static final Map<String, String> DOCUMENTS = Map.of("application/pdf", "pdf", "text/csv", "csv", "application/msword", "doc",
            "application/vnd.openxmlformats-officedocument.wordprocessingml.document", "docx", "application/vnd.ms-excel", "xls",
            "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", "xlsx", "text/html", "html", "text/plain", "txt",
            "text/markdown", "md", "application/json", "txt");
    private static final Map<String, String> VIDEOS = Map.of("video/mp4", "mp4", "video/quicktime", "mov", "video/x-matroska", "mkv",
            "video/webm", "webm", "video/x-flv", "flv", "video/mpeg", "mpeg", "video/mpg", "mpg", "video/x-ms-wmv", "wmv", "video/3gpp", "three_gp");
    private static final int LONGEST_NAME = 190;
    private final Set<String> names = new HashSet<>();

    /**
     * The member of one block.
     *
     * @param kind {@code image} or {@code document}, unless the media type says otherwise
     * @param extras of a document, or null
     */
    void write(JsonWriter json, Source source, String kind, String name, Map<String, RawJson> extras, String path) {
        String mediaType = mediaType(source, name);
        String member = mediaType.startsWith("image/") ? "image" : mediaType.startsWith("video/") ? "video" : kind;
        String format = (member.equals("image") ? IMAGES : member.equals("video") ? VIDEOS : DOCUMENTS).get(mediaType);
        if (format == null && mediaType.startsWith("text/") && member.equals("document")) {
            format = "txt";
        }
        RawJson bytes = bytes(source, member, path);
        if (format == null) {
            throw GatewayException.invalid(path, "Bedrock takes no " + member + " of the media type '" + mediaType + "'; it takes "
                    + (member.equals("image") ? "PNG, JPEG, GIF and WebP." : member.equals("video") ? "MP4, MOV, MKV, WebM, FLV, MPEG, WMV and 3GP."
                    : "PDF, CSV, Word, Excel, HTML, Markdown and plain text."));
        }
        json.name(member).beginObject().name("format").value(format);
        if (member.equals("document")) {
            json.name("name").value(unique(name));
            json.optional("citations", extras == null ? null : extras.get("citations")).optional("context", extras == null ? null : extras.get("context"));
        }
        json.name("source").raw(bytes).endObject();
    }

    void audio(JsonWriter json, Part.Audio audio, String path) {
        RawJson bytes = bytes(audio.source(), "audio", path);
        String type = audio.source() instanceof Source.Base64 base64 ? base64.mediaType() : null;
        String format = audio.format() != null ? audio.format() : type == null ? null : type.substring(type.indexOf('/') + 1).replace("mpeg", "mp3");
        if (format == null) {
            throw GatewayException.invalid(path, "Bedrock wants to know the format of a sound, e.g. wav or mp3.");
        }
        json.name("audio").beginObject().name("format").value(format).name("source").raw(bytes).endObject();
    }

    private static RawJson bytes(Source source, String what, String path) {
        JsonWriter json = new JsonWriter().beginObject();
        if (source instanceof Source.Base64 base64) {
            json.name("bytes").value(base64.data().indexOf('\n') < 0 && base64.data().indexOf(' ') < 0 ? base64.data() : base64.data().replaceAll("\\s", ""));
        } else if (source instanceof Source.Inline inline) {
            json.name("bytes").value(Base64.getEncoder().encodeToString(inline.text().getBytes(StandardCharsets.UTF_8)));
        } else if (source instanceof Source.Url url && url.url().startsWith("s3://")) {
            json.name("s3Location").beginObject().name("uri").value(url.url()).endObject();
        } else {
            throw GatewayException.invalid(path, "Bedrock fetches no " + what + " from an address or by file id; send its bytes (a data: URL) or an s3:// address.");
        }
        return new RawJson(json.endObject().toText());
    }

    /** As given; of an address by its ending, of a document without one plain text or PDF. */
    private static String mediaType(Source source, String name) {
        if (source instanceof Source.Base64 base64) {
            int parameters = base64.mediaType().indexOf(';');
            return (parameters < 0 ? base64.mediaType() : base64.mediaType().substring(0, parameters)).strip().toLowerCase(Locale.ROOT);
        }
        if (source instanceof Source.Inline inline) {
            return inline.mediaType() == null ? "text/plain" : inline.mediaType().toLowerCase(Locale.ROOT);
        }
        String address = source instanceof Source.Url url ? url.url() : name == null ? "" : name;
        String ending = address.substring(address.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT);
        for (Map<String, String> known : java.util.List.of(IMAGES, DOCUMENTS, VIDEOS)) {
            for (Map.Entry<String, String> entry : known.entrySet()) {
                if (entry.getValue().equals(ending.equals("jpg") ? "jpeg" : ending)) {
                    return entry.getKey();
                }
            }
        }
        return ending;
    }

    /** Letters, digits, single spaces, hyphens and brackets; no ending; a number where the name was there before. */
    private String unique(String given) {
        String stem = given == null ? "" : given.replaceFirst("\\.[A-Za-z0-9]{1,5}$", "").replaceAll("[^A-Za-z0-9 ()\\[\\]-]", "-").replaceAll(" +", " ").strip();
        String name = stem.isEmpty() ? "document" : stem.length() > LONGEST_NAME ? stem.substring(0, LONGEST_NAME) : stem;
        String unique = name;
        for (int i = 2; !names.add(unique); i++) {
            unique = name + " " + i;
        }
        return unique;
    }
}
