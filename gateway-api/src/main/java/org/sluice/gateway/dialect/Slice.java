package org.sluice.gateway.dialect;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Bytes {@code from} (inclusive) to {@code to} (exclusive) of an array that nobody changes while the slice is in use. */
public record Slice(byte[] array, int from, int to) {
    public static Slice of(byte[] array) {
        return new Slice(array, 0, array.length);
    }

    public static Slice utf8(String text) {
        return of(text.getBytes(StandardCharsets.UTF_8));
    }

    public int length() {
        return to - from;
    }

    public byte[] toBytes() {
        return from == 0 && to == array.length ? array : Arrays.copyOfRange(array, from, to);
    }

    /** The bytes read as UTF-8. */
    public String text() {
        return new String(array, from, to - from, StandardCharsets.UTF_8);
    }
}
