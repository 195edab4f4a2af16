package org.sluice.gateway.dialect.gemini;

import java.util.Locale;
import java.util.Map;

/** The media type of what stands behind an address, guessed by its ending because Gemini wants to be told. */
final class MediaTypes {
    private static final Map<String, String> BY_ENDING = Map.ofEntries(Map.entry("png", "image/png"), Map.entry("jpg", "image/jpeg"),
            Map.entry("jpeg", "image/jpeg"), Map.entry("webp", "image/webp"), Map.entry("gif", "image/gif"), Map.entry("heic", "image/heic"),
            Map.entry("heif", "image/heif"), Map.entry("bmp", "image/bmp"), Map.entry("pdf", "application/pdf"), Map.entry("txt", "text/plain"),
            Map.entry("md", "text/markdown"), Map.entry("html", "text/html"), Map.entry("csv", "text/csv"), Map.entry("json", "application/json"),
            Map.entry("xml", "text/xml"), Map.entry("mp3", "audio/mpeg"), Map.entry("wav", "audio/wav"), Map.entry("aac", "audio/aac"),
            Map.entry("ogg", "audio/ogg"), Map.entry("flac", "audio/flac"), Map.entry("m4a", "audio/mp4"), Map.entry("mp4", "video/mp4"),
            Map.entry("mov", "video/quicktime"), Map.entry("mpeg", "video/mpeg"), Map.entry("webm", "video/webm"), Map.entry("avi", "video/avi"));

    private MediaTypes() { }

    static String of(String url, String otherwise) {
        String lower = url.toLowerCase(Locale.ROOT);
        if (lower.contains("youtube.com/") || lower.contains("youtu.be/")) {
            return "video/mp4";
        }
        int end = lower.length();
        for (char mark : new char[] {'?', '#'}) {
            int at = lower.indexOf(mark);
            end = at < 0 ? end : Math.min(end, at);
        }
        int dot = lower.lastIndexOf('.', end - 1);
        return dot < lower.lastIndexOf('/', end - 1) ? otherwise : BY_ENDING.getOrDefault(lower.substring(dot + 1, end), otherwise);
    }

    /** The way OpenAI names formats of sound, which the vocabulary follows. */
    static String audioFormat(String mediaType) {
        return mediaType.equals("audio/mpeg") ? "mp3" : mediaType.substring(mediaType.indexOf('/') + 1);
    }

    static String audioType(String format) {
        return format == null || format.equals("mp3") ? "audio/mpeg" : "audio/" + format;
    }
}
