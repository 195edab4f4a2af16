package org.sluice.gateway.upstream;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.sluice.gateway.dialect.Slice;

/** The fields of one frame as places in the reader's buffer: {@code event} and {@code data}; others are not looked at. */
final class SseFields {
    private static final byte[] DATA = {'d', 'a', 't', 'a'};
    private static final byte[] EVENT = {'e', 'v', 'e', 'n', 't'};
    private static final int NAMES = 8;
    /** The names of one stream are few: the latest are kept as strings. */
    private final String[] names = new String[NAMES];
    private int[] dataLines = new int[8];
    private int dataCount;
    private String event;
    private boolean isFirstLine = true;

    /** One line, without its end. */
    void read(byte[] buffer, int from, int to) {
        int start = from;
        if (isFirstLine) {
            isFirstLine = false;
            boolean hasMark = to - from >= 3 && buffer[from] == (byte) 0xef && buffer[from + 1] == (byte) 0xbb && buffer[from + 2] == (byte) 0xbf;
            start += hasMark ? 3 : 0;
        }
        if (startsWith(buffer, start, to, DATA)) {
            addData(valueFrom(buffer, start + DATA.length, to), to);
        } else if (startsWith(buffer, start, to, EVENT)) {
            event = name(buffer, valueFrom(buffer, start + EVENT.length, to), to);
        }
    }

    /** Whether the line is this field: its name, then a colon or the end. */
    private static boolean startsWith(byte[] buffer, int from, int to, byte[] name) {
        int colon = from + name.length;
        return colon <= to && (colon == to || buffer[colon] == ':')
                && Arrays.equals(buffer, from, colon, name, 0, name.length);
    }

    /** Behind the colon and one space. */
    private static int valueFrom(byte[] buffer, int colon, int to) {
        if (colon == to) {
            return to;
        }
        return colon + 1 < to && buffer[colon + 1] == ' ' ? colon + 2 : colon + 1;
    }

    private void addData(int from, int to) {
        if (dataLines.length < dataCount * 2 + 2) {
            dataLines = Arrays.copyOf(dataLines, dataLines.length * 2);
        }
        dataLines[dataCount * 2] = from;
        dataLines[dataCount * 2 + 1] = to;
        dataCount++;
    }

    String event() {
        return event;
    }

    /** Null without a data line, a slice of the buffer for one, joined by LF for several. */
    Slice data(byte[] buffer) {
        if (dataCount == 0) {
            return null;
        }
        if (dataCount == 1) {
            return new Slice(buffer, dataLines[0], dataLines[1]);
        }
        int length = dataCount - 1;
        for (int i = 0; i < dataCount; i++) {
            length += dataLines[i * 2 + 1] - dataLines[i * 2];
        }
        byte[] joined = new byte[length];
        int at = 0;
        for (int i = 0; i < dataCount; i++) {
            int size = dataLines[i * 2 + 1] - dataLines[i * 2];
            System.arraycopy(buffer, dataLines[i * 2], joined, at, size);
            at += size;
            if (i < dataCount - 1) {
                joined[at++] = '\n';
            }
        }
        return Slice.of(joined);
    }

    /** The buffer's bytes have moved. */
    void move(int by) {
        for (int i = 0; i < dataCount * 2; i++) {
            dataLines[i] += by;
        }
    }

    void clear() {
        dataCount = 0;
        event = null;
    }

    private String name(byte[] buffer, int from, int to) {
        for (String known : names) {
            if (known != null && isSame(known, buffer, from, to)) {
                return known;
            }
        }
        String name = new String(buffer, from, to - from, StandardCharsets.UTF_8);
        System.arraycopy(names, 0, names, 1, NAMES - 1);
        names[0] = name;
        return name;
    }

    private static boolean isSame(String known, byte[] buffer, int from, int to) {
        if (known.length() != to - from) {
            return false;
        }
        for (int i = 0; i < known.length(); i++) {
            if (known.charAt(i) != buffer[from + i]) {
                return false;
            }
        }
        return true;
    }
}
