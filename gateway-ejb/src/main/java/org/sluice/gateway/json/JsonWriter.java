package org.sluice.gateway.json;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Map;
import org.sluice.gateway.chat.RawJson;
import org.sluice.gateway.dialect.Slice;

/**
 * Writes JSON as UTF-8 bytes; the caller keeps the structure right, the writer the commas. Half a surrogate pair is
 * written as its escape, so that whatever was read can be written. Not thread-safe; reusable after {@link #reset()}.
 */
public final class JsonWriter {
    private static final byte[] HEX = "0123456789abcdef".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] NULL = "null".getBytes(StandardCharsets.US_ASCII);
    private static final int CHUNK = 512;
    /** Bytes that one character takes at most: an escape. */
    private static final int LONGEST = 6;
    private static final char[] NO_CHUNK = {};
    private char[] chunk = NO_CHUNK;
    private byte[] buffer;
    private int size;
    private boolean needsComma;

    public JsonWriter() {
        this(512);
    }

    public JsonWriter(int capacity) {
        buffer = new byte[capacity];
    }

    public JsonWriter reset() {
        size = 0;
        needsComma = false;
        return this;
    }

    public JsonWriter beginObject() {
        return begin('{');
    }

    public JsonWriter endObject() {
        return end('}');
    }

    public JsonWriter beginArray() {
        return begin('[');
    }

    public JsonWriter endArray() {
        return end(']');
    }

    public JsonWriter name(String name) {
        separate();
        string(name);
        put(':');
        needsComma = false;
        return this;
    }

    /** A string, or null. */
    public JsonWriter value(String text) {
        separate();
        if (text == null) {
            bytes(NULL);
        } else {
            string(text);
        }
        needsComma = true;
        return this;
    }

    public JsonWriter value(long number) {
        return literal(Long.toString(number));
    }

    public JsonWriter value(boolean flag) {
        return literal(flag ? "true" : "false");
    }

    public JsonWriter raw(RawJson json) {
        return json == null ? literal("null") : literal(json.text());
    }

    public JsonWriter raw(Slice json) {
        separate();
        ensure(json.length());
        System.arraycopy(json.array(), json.from(), buffer, size, json.length());
        size += json.length();
        needsComma = true;
        return this;
    }

    /** A number or a literal as it is spelled; null writes null. */
    public JsonWriter literal(String text) {
        separate();
        if (text == null) {
            bytes(NULL);
        } else {
            text(text);
        }
        needsComma = true;
        return this;
    }

    /** The member, unless the value is null. */
    public JsonWriter optional(String name, String text) {
        return text == null ? this : name(name).value(text);
    }

    public JsonWriter optional(String name, RawJson json) {
        return json == null ? this : name(name).raw(json);
    }

    public JsonWriter optionalLiteral(String name, Object literal) {
        return literal == null ? this : name(name).literal(literal.toString());
    }

    public JsonWriter members(Map<String, RawJson> extras) {
        extras.forEach((name, json) -> name(name).raw(json));
        return this;
    }

    /** Bytes outside the JSON structure, e.g. {@code data: } before an event's payload. */
    public JsonWriter outside(String ascii) {
        text(ascii);
        needsComma = false;
        return this;
    }

    public byte[] toBytes() {
        return Arrays.copyOf(buffer, size);
    }

    /** What was written, in the writer's own buffer: valid until the next write. */
    public Slice toSlice() {
        return new Slice(buffer, 0, size);
    }

    public String toText() {
        return new String(buffer, 0, size, StandardCharsets.UTF_8);
    }

    public int size() {
        return size;
    }

    private JsonWriter begin(char c) {
        separate();
        put(c);
        needsComma = false;
        return this;
    }

    private JsonWriter end(char c) {
        put(c);
        needsComma = true;
        return this;
    }

    private void separate() {
        if (needsComma) {
            put(',');
        }
    }

    private void put(char c) {
        ensure(1);
        buffer[size++] = (byte) c;
    }

    private void bytes(byte[] b) {
        ensure(b.length);
        System.arraycopy(b, 0, buffer, size, b.length);
        size += b.length;
    }

    private void ensure(int more) {
        if (buffer.length - size < more) {
            buffer = Arrays.copyOf(buffer, Math.max(buffer.length * 2, size + more));
        }
    }

    /** Text as it stands, without quotes or escapes. */
    private void text(String text) {
        characters(text, false);
    }

    private void string(String text) {
        put('"');
        characters(text, true);
        put('"');
    }

    /** In chunks of an array: reading a string character by character costs more than the copy. A pair of surrogates stays in one chunk. */
    private void characters(String text, boolean escaping) {
        int length = text.length();
        if (chunk.length < Math.min(length, CHUNK)) {
            chunk = new char[Math.min(CHUNK, Math.max(64, length))];
        }
        for (int from = 0; from < length;) {
            int to = Math.min(length, from + chunk.length);
            if (to < length && Character.isHighSurrogate(text.charAt(to - 1))) {
                to--;
            }
            text.getChars(from, to, chunk, 0);
            ensure((to - from) * LONGEST);
            size = chunk(to - from, escaping, buffer, size);
            from = to;
        }
    }

    private int chunk(int count, boolean escaping, byte[] out, int start) {
        char[] from = chunk;
        int at = start;
        for (int i = 0; i < count; i++) {
            char c = from[i];
            if (c < 0x80) {
                if (escaping && (c < 0x20 || c == '"' || c == '\\')) {
                    at = escape(c, out, at);
                } else {
                    out[at++] = (byte) c;
                }
            } else if (c < 0x800) {
                out[at++] = (byte) (0xc0 | c >> 6);
                out[at++] = (byte) (0x80 | c & 0x3f);
            } else if (!Character.isSurrogate(c)) {
                out[at++] = (byte) (0xe0 | c >> 12);
                out[at++] = (byte) (0x80 | c >> 6 & 0x3f);
                out[at++] = (byte) (0x80 | c & 0x3f);
            } else if (Character.isHighSurrogate(c) && i + 1 < count && Character.isLowSurrogate(from[i + 1])) {
                int point = Character.toCodePoint(c, from[++i]);
                out[at++] = (byte) (0xf0 | point >> 18);
                out[at++] = (byte) (0x80 | point >> 12 & 0x3f);
                out[at++] = (byte) (0x80 | point >> 6 & 0x3f);
                out[at++] = (byte) (0x80 | point & 0x3f);
            } else {
                at = hex(c, out, at);
            }
        }
        return at;
    }

    private static int escape(char c, byte[] out, int start) {
        char shortForm = switch (c) {
            case '"' -> '"';
            case '\\' -> '\\';
            case '\n' -> 'n';
            case '\r' -> 'r';
            case '\t' -> 't';
            case '\b' -> 'b';
            case '\f' -> 'f';
            default -> 0;
        };
        if (shortForm == 0) {
            return hex(c, out, start);
        }
        out[start] = '\\';
        out[start + 1] = (byte) shortForm;
        return start + 2;
    }

    private static int hex(char c, byte[] out, int start) {
        int at = start;
        out[at++] = '\\';
        out[at++] = 'u';
        for (int shift = 12; shift >= 0; shift -= 4) {
            out[at++] = HEX[c >> shift & 0xf];
        }
        return at;
    }
}
