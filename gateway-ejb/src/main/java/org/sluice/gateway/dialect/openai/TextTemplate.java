package org.sluice.gateway.dialect.openai;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import org.sluice.gateway.chat.ChatChunk;
import org.sluice.gateway.dialect.Slice;

/**
 * Most chunks of a stream are the last one with other words in {@code "content"}. The bytes around the words of a chunk that was
 * parsed are kept; a chunk with the same bytes around simple words means the same and needs no parser.
 */
final class TextTemplate {
    private static final byte[] OPENING = "\"content\":\"".getBytes(StandardCharsets.US_ASCII);
    private ChatChunk.TextDelta meaning;
    private byte[] chunk;
    private int words;
    private int tail;

    /** From what a chunk was read as; one that says more than words ends the template. */
    void learn(Slice data, List<ChatChunk> read) {
        meaning = null;
        if (read.size() != 1 || !(read.get(0) instanceof ChatChunk.TextDelta delta) || !delta.extras().isEmpty()) {
            return;
        }
        int opening = find(data, data.from());
        if (opening < 0 || find(data, opening + 1) >= 0) {
            return;
        }
        int from = opening + OPENING.length;
        int to = endOfWords(data, from);
        if (to >= 0 && new String(data.array(), from, to - from, StandardCharsets.UTF_8).equals(delta.text())) {
            chunk = Arrays.copyOfRange(data.array(), data.from(), data.to());
            words = from - data.from();
            tail = to - data.from();
            meaning = delta;
        }
    }

    /** The chunk's meaning, or null when it must be parsed. */
    ChatChunk.TextDelta read(Slice data) {
        if (meaning == null || data.length() <= chunk.length - (tail - words)) {
            return null;
        }
        int from = data.from() + words;
        if (!Arrays.equals(data.array(), data.from(), from, chunk, 0, words)) {
            return null;
        }
        int to = endOfWords(data, from);
        if (to <= from || !Arrays.equals(data.array(), to, data.to(), chunk, tail, chunk.length)) {
            return null;
        }
        String text = new String(data.array(), from, to - from, StandardCharsets.UTF_8);
        return new ChatChunk.TextDelta(meaning.choice(), meaning.part(), text, meaning.extras());
    }

    /** The closing quote; -1 when there is none, or an escape or a control character before it. */
    private static int endOfWords(Slice data, int from) {
        for (int at = from; at < data.to(); at++) {
            byte b = data.array()[at];
            if (b == '"') {
                return at;
            }
            if (b == '\\' || b >= 0 && b < ' ') {
                return -1;
            }
        }
        return -1;
    }

    /** A name inside a string has its quotes escaped, so that what is found is a member. */
    private static int find(Slice data, int from) {
        for (int at = from; at <= data.to() - OPENING.length; at++) {
            if (data.array()[at] == '"' && Arrays.equals(data.array(), at, at + OPENING.length, OPENING, 0, OPENING.length)) {
                return at;
            }
        }
        return -1;
    }
}
