package org.sluice.gateway.bench.mock;

import java.nio.charset.StandardCharsets;

/** Looks for things in request bytes without reading them as JSON: a mock need not be strict, it must be cheap. */
final class Scan {
    private static final byte[] CONTENT_LENGTH = "content-length:".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] CHUNKED = "transfer-encoding: chunked".getBytes(StandardCharsets.US_ASCII);
    static final byte[] STREAM = "\"stream\"".getBytes(StandardCharsets.US_ASCII);
    static final byte[] INCLUDE_USAGE = "\"include_usage\"".getBytes(StandardCharsets.US_ASCII);

    private Scan() { }

    static int indexOf(byte[] bytes, int from, int to, byte[] wanted) {
        outer:
        for (int i = from; i <= to - wanted.length; i++) {
            for (int j = 0; j < wanted.length; j++) {
                if (bytes[i + j] != wanted[j]) {
                    continue outer;
                }
            }
            return i;
        }
        return -1;
    }

    /** The same for ASCII without regard to case; {@code wanted} is lower-case. */
    private static int indexOfField(byte[] bytes, int from, int to, byte[] wanted) {
        outer:
        for (int i = from; i <= to - wanted.length; i++) {
            for (int j = 0; j < wanted.length; j++) {
                byte b = bytes[i + j];
                if ((b >= 'A' && b <= 'Z' ? b + 32 : b) != wanted[j]) {
                    continue outer;
                }
            }
            return i;
        }
        return -1;
    }

    /** The position after the blank line that ends a head, or -1. */
    static int endOfHead(byte[] bytes, int from, int to) {
        for (int i = from + 3; i < to; i++) {
            if (bytes[i] == '\n' && bytes[i - 1] == '\r' && bytes[i - 2] == '\n') {
                return i + 1;
            }
        }
        return -1;
    }

    /** -1 when the body is chunked, which this provider refuses. */
    static int contentLength(byte[] bytes, int from, int to) {
        int at = indexOfField(bytes, from, to, CONTENT_LENGTH);
        if (at < 0) {
            return indexOfField(bytes, from, to, CHUNKED) >= 0 ? -1 : 0;
        }
        int length = 0;
        for (int i = at + CONTENT_LENGTH.length; i < to && bytes[i] != '\r'; i++) {
            if (bytes[i] >= '0' && bytes[i] <= '9') {
                length = length * 10 + bytes[i] - '0';
            }
        }
        return length;
    }

    /** Whether a member of that quoted name stands somewhere with the value true. */
    static boolean isTrue(byte[] bytes, int from, int to, byte[] name) {
        for (int at = indexOf(bytes, from, to, name); at >= 0; at = indexOf(bytes, at + 1, to, name)) {
            int i = at + name.length;
            while (i < to && (bytes[i] == ' ' || bytes[i] == ':' || bytes[i] == '\n')) {
                i++;
            }
            if (i < to && bytes[i] == 't') {
                return true;
            }
        }
        return false;
    }

    static boolean startsWith(byte[] bytes, int from, int to, String wanted) {
        if (to - from < wanted.length()) {
            return false;
        }
        for (int i = 0; i < wanted.length(); i++) {
            if (bytes[from + i] != wanted.charAt(i)) {
                return false;
            }
        }
        return true;
    }
}
