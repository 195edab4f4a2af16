package org.sluice.gateway.json;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.sluice.gateway.chat.RawJson;

class JsonWriterTest {
    private static final String[] PIECES = {"a", "\"", "\\", "\n", "\u0000", "\u001f", "/", "\u007f", "\u00e9", "\u07ff", "\u0800", "\u20ac", "\uffff", "\ud83d\ude00", "\udbff\udfff", "plain words ", "0123456789".repeat(30)};

    /** Character by character, as slowly as it is plain. */
    private static String escaped(String text) {
        StringBuilder json = new StringBuilder("\"");
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            boolean isPaired = Character.isHighSurrogate(c) && i + 1 < text.length() && Character.isLowSurrogate(text.charAt(i + 1));
            switch (c) {
                case '"', '\\' -> json.append('\\').append(c);
                case '\n' -> json.append("\\n");
                case '\r' -> json.append("\\r");
                case '\t' -> json.append("\\t");
                case '\b' -> json.append("\\b");
                case '\f' -> json.append("\\f");
                default -> {
                    if (isPaired) {
                        json.append(c).append(text.charAt(++i));
                    } else if (c < 0x20 || Character.isSurrogate(c)) {
                        json.append(String.format("\\u%04x", (int) c));
                    } else {
                        json.append(c);
                    }
                }
            }
        }
        return json.append('"').toString();
    }

    private static void check(String text) {
        JsonWriter writer = new JsonWriter(1).beginArray().value("x").value(text).value("y");
        assertThat(new String(writer.endArray().toBytes(), UTF_8)).isEqualTo("[\"x\"," + escaped(text) + ",\"y\"]");
    }

    @Test
    void texts_of_any_length_are_written_as_they_are() {
        Random random = new Random(9);
        for (int round = 0; round < 3_000; round++) {
            StringBuilder text = new StringBuilder();
            for (int pieces = random.nextInt(12); pieces > 0; pieces--) {
                text.append(PIECES[random.nextInt(PIECES.length)]);
            }
            check(text.toString());
        }
    }

    @Test
    void a_pair_and_half_a_pair_are_right_wherever_they_stand() {
        for (int before = 500; before < 530; before++) {
            check("a".repeat(before) + "\ud83d\ude00" + "b".repeat(700));
            check("a".repeat(before) + "\ud83d" + "b".repeat(700));
            check("a".repeat(before) + "\ude00\ud83d");
            check("\u20ac".repeat(before) + "\ud83d\ude00".repeat(600));
        }
    }

    @Test
    void raw_text_is_not_escaped_and_numbers_keep_their_spelling() {
        String raw = "{\"a\" : \"" + "\u20ac\\n".repeat(400) + "\", \"n\":1e2}";
        assertThat(new String(new JsonWriter(1).beginArray().raw(new RawJson(raw)).literal("0.10").endArray().toBytes(), UTF_8)).isEqualTo("[" + raw + ",0.10]");
    }
}
