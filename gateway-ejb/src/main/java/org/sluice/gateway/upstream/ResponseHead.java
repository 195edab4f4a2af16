package org.sluice.gateway.upstream;

import java.nio.charset.StandardCharsets;
import java.util.Locale;

/** Status and framing of an answer, collected line by line and checked (RFC 9112 sections 4 to 6). */
final class ResponseHead {
    private static final int MAX_LENGTH_DIGITS = 18;
    final int status;
    private final boolean isVersion11;
    /** Length of the body, -1 when not told. */
    long contentLength = -1;
    boolean isChunked;
    boolean isGzip;
    /** What the server says in {@code Keep-Alive: timeout}, or -1. */
    int keepSeconds = -1;
    private boolean isOfHead;
    private boolean saysClose;
    private boolean saysKeepAlive;
    HeaderFields fields;

    /** @param line status line in {@code buffer[from, to)}, without its end */
    ResponseHead(byte[] buffer, int from, int to) {
        if (to - from < 12 || !startsWith(buffer, from, "HTTP/1.") || buffer[from + 8] != ' '
                || buffer[from + 7] != '0' && buffer[from + 7] != '1' || to - from > 12 && buffer[from + 12] != ' ') {
            throw invalid("no HTTP status line");
        }
        isVersion11 = buffer[from + 7] == '1';
        status = digit(buffer[from + 9]) * 100 + digit(buffer[from + 10]) * 10 + digit(buffer[from + 11]);
        if (status < 100 || status > 599) {
            throw invalid("status out of range");
        }
        checkText(buffer, from + 12, to);
    }

    /** @param line field line in {@code buffer[from, to)}, without its end */
    void field(byte[] buffer, int from, int to) {
        int colon = from;
        while (colon < to && RequestHead.isToken(buffer[colon])) {
            colon++;
        }
        if (colon == from || colon == to || buffer[colon] != ':') {
            throw invalid("malformed header");
        }
        checkText(buffer, colon + 1, to);
        switch (colon - from) {
            case 10 -> {
                if (HeaderFields.isName(buffer, from, colon, "connection")) {
                    connection(lowerText(buffer, colon + 1, to));
                } else if (HeaderFields.isName(buffer, from, colon, "keep-alive")) {
                    keepAlive(lowerText(buffer, colon + 1, to));
                }
            }
            case 14 -> {
                if (HeaderFields.isName(buffer, from, colon, "content-length")) {
                    contentLength(lowerText(buffer, colon + 1, to));
                }
            }
            case 16 -> {
                if (HeaderFields.isName(buffer, from, colon, "content-encoding")) {
                    contentEncoding(lowerText(buffer, colon + 1, to));
                }
            }
            case 17 -> {
                if (HeaderFields.isName(buffer, from, colon, "transfer-encoding")) {
                    transferEncoding(lowerText(buffer, colon + 1, to));
                }
            }
            default -> { }
        }
    }

    /** After the last field. */
    void end() {
        if (isChunked && contentLength >= 0) {
            throw invalid("Content-Length and Transfer-Encoding");
        }
    }

    /** It answers a HEAD: the body that it announces does not come. */
    void answerHead() {
        isOfHead = true;
    }

    boolean hasNoBody() {
        return isOfHead || status == 204 || status == 205 || status == 304 || contentLength == 0;
    }

    /** The server keeps the connection after this answer. */
    boolean isKept() {
        return !saysClose && (isVersion11 || saysKeepAlive) && (isChunked || contentLength >= 0 || hasNoBody());
    }

    private void contentLength(String value) {
        if (value.isEmpty() || value.length() > MAX_LENGTH_DIGITS || !value.chars().allMatch(c -> c >= '0' && c <= '9')) {
            throw invalid("bad Content-Length");
        }
        long length = Long.parseLong(value);
        if (contentLength >= 0 && contentLength != length) {
            throw invalid("two different Content-Length");
        }
        contentLength = length;
    }

    private void transferEncoding(String value) {
        if (isChunked || !isVersion11 || !value.equals("chunked")) {
            throw invalid("unknown Transfer-Encoding");
        }
        isChunked = true;
    }

    private void contentEncoding(String value) {
        switch (value) {
            case "gzip", "x-gzip" -> {
                if (isGzip) {
                    throw invalid("unknown Content-Encoding");
                }
                isGzip = true;
            }
            case "", "identity" -> { }
            default -> throw invalid("unknown Content-Encoding");
        }
    }

    private void connection(String value) {
        for (String option : value.split(",")) {
            saysClose |= option.strip().equals("close");
            saysKeepAlive |= option.strip().equals("keep-alive");
        }
    }

    private void keepAlive(String value) {
        int at = value.indexOf("timeout=");
        int to = at + 8;
        while (at >= 0 && to < value.length() && Character.digit(value.charAt(to), 10) >= 0 && to < at + 16) {
            to++;
        }
        if (at >= 0 && to > at + 8) {
            keepSeconds = Integer.parseInt(value.substring(at + 8, to));
        }
    }

    private static boolean startsWith(byte[] buffer, int from, String text) {
        for (int i = 0; i < text.length(); i++) {
            if (buffer[from + i] != text.charAt(i)) {
                return false;
            }
        }
        return true;
    }

    private static int digit(byte b) {
        if (b < '0' || b > '9') {
            throw invalid("no HTTP status line");
        }
        return b - '0';
    }

    private static void checkText(byte[] buffer, int from, int to) {
        for (int i = from; i < to; i++) {
            if (buffer[i] >= 0 && buffer[i] < ' ' && buffer[i] != '\t') {
                throw invalid("control character in the head");
            }
        }
    }

    private static String lowerText(byte[] buffer, int from, int to) {
        return new String(buffer, from, to - from, StandardCharsets.ISO_8859_1).strip().toLowerCase(Locale.ROOT);
    }

    private static UpstreamException invalid(String why) {
        return UpstreamException.invalid(Phase.P2, why);
    }
}
