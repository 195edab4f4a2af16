package org.sluice.gateway.provider.demo;

import java.util.ArrayList;
import java.util.List;
import org.sluice.gateway.json.JsonValue;
import org.sluice.gateway.json.JsonValue.JsonObject;

/** What a message says, in words, and words as tokens. */
final class Words {
    private static final int BITS_OF_A_DIGIT = 6;

    private Words() { }

    static String of(JsonValue message) {
        JsonValue content = message instanceof JsonObject object ? object.get("content") : null;
        if (content == null || content.asText() != null) {
            return content == null ? "" : content.asText();
        }
        List<String> words = new ArrayList<>();
        if (content instanceof JsonValue.JsonArray parts) {
            parts.items().forEach(part -> words.add(part instanceof JsonObject object ? part(object) : part.asText()));
        }
        words.removeIf(text -> text == null);
        return String.join("\n", words);
    }

    private static String part(JsonObject part) {
        if (part.text("text") != null) {
            return part.text("text");
        }
        JsonObject image = part.object("image_url");
        if (image != null || part.text("image_url") != null) {
            return url("image", image == null ? part.text("image_url") : image.text("url"));
        }
        JsonObject audio = part.object("input_audio");
        if (audio != null && audio.text("data") != null) {
            return "audio/" + audio.text("format") + ", " + decodedLength(audio.text("data")) + " bytes";
        }
        JsonObject file = part.object("file");
        if (file != null) {
            return url("file", file.text("file_data") != null ? file.text("file_data") : file.text("file_id"));
        }
        return part.text("type");
    }

    private static String url(String what, String url) {
        if (url == null) {
            return what;
        }
        int comma = url.startsWith("data:") ? url.indexOf(',') : -1;
        return comma < 0 ? what + " at " + url
                : url.substring(5, comma).replace(";base64", "") + ", " + decodedLength(url.substring(comma + 1)) + " bytes";
    }

    private static long decodedLength(String base64) {
        long digits = base64.chars().filter(c -> c != '=' && c > ' ').count();
        return digits * BITS_OF_A_DIGIT / Byte.SIZE;
    }

    /** The text cut after each run of white space; at most {@code limit} pieces. */
    static List<String> tokens(String text, int limit) {
        List<String> tokens = new ArrayList<>();
        int from = 0;
        for (int at = 1; at <= text.length() && tokens.size() < limit; at++) {
            boolean isEnd = at == text.length();
            if (isEnd || Character.isWhitespace(text.charAt(at - 1)) && !Character.isWhitespace(text.charAt(at))) {
                tokens.add(text.substring(from, at));
                from = at;
            }
        }
        return tokens;
    }
}
