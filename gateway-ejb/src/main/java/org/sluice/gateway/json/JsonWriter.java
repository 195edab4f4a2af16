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
        for (int i = 0; i < text.length(); i++) {
            i = character(text, i, false);
        }
    }

    private void string(String text) {
        ensure(text.length() + 2);
        buffer[size++] = '"';
        for (int i = 0; i < text.length(); i++) {
            i = character(text, i, true);
        }
        put('"');
    }

    private int character(String text, int at, boolean escaping) {
        char c = text.charAt(at);
        ensure(6);
        if (c < 0x80) {
            if (escaping && (c < 0x20 || c == '"' || c == '\\')) {
                escape(c);
            } else {
                buffer[size++] = (byte) c;
            }
        } else if (c < 0x800) {
            buffer[size++] = (byte) (0xc0 | c >> 6);
            buffer[size++] = (byte) (0x80 | c & 0x3f);
        } else if (Character.isHighSurrogate(c) && at + 1 < text.length() && Character.isLowSurrogate(text.charAt(at + 1))) {
            int point = Character.toCodePoint(c, text.charAt(at + 1));
            buffer[size++] = (byte) (0xf0 | point >> 18);
            buffer[size++] = (byte) (0x80 | point >> 12 & 0x3f);
            buffer[size++] = (byte) (0x80 | point >> 6 & 0x3f);
            buffer[size++] = (byte) (0x80 | point & 0x3f);
            return at + 1;
        } else if (Character.isSurrogate(c)) {
            hex(c);
        } else {
            buffer[size++] = (byte) (0xe0 | c >> 12);
            buffer[size++] = (byte) (0x80 | c >> 6 & 0x3f);
            buffer[size++] = (byte) (0x80 | c & 0x3f);
        }
        return at;
    }

    private void escape(char c) {
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
            hex(c);
        } else {
            buffer[size++] = '\\';
            buffer[size++] = (byte) shortForm;
        }
    }

    private void hex(char c) {
        buffer[size++] = '\\';
        buffer[size++] = 'u';
        for (int shift = 12; shift >= 0; shift -= 4) {
            buffer[size++] = HEX[c >> shift & 0xf];
        }
    }
}
