package org.sluice.gateway.ingress;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.sluice.gateway.error.ErrorType;
import org.sluice.gateway.error.GatewayException;

/** Reads a multipart body (RFC 2046 section 5.1, RFC 7578) part by part, each while it arrives. Holds back only what may be a delimiter. */
final class PartScanner {
    private static final int WINDOW = 32 * 1024;
    private static final int LONGEST_HEAD = 8 * 1024;
    private static final Pattern DISPOSITION = Pattern.compile("(?im)^content-disposition[ \\t]*:[ \\t]*form-data[ \\t]*(;[^\\r\\n]*)");
    private static final Pattern NAME = Pattern.compile("(?i);[ \\t]*name=(?:\"((?:[^\"\\\\]|\\\\.)*)\"|([^;\"\\s]+))");
    private static final Pattern FILE_NAME = Pattern.compile("(?i);[ \\t]*filename\\*?=");
    private static final Pattern BOUNDARY = Pattern.compile("(?i)multipart/form-data\\s*;.*?\\bboundary=(?:\"([^\"]{1,70})\"|([^;\\s\"]{1,70})).*");

    /**
     * @param head header lines as they came, with the blank line
     * @param isFile whether it carries a file name
     */
    record Part(String name, boolean isFile, byte[] head) {}

    private final InputStream in;
    private final byte[] delimiter;
    private final byte[] window = new byte[WINDOW];
    private int at;
    private int end;

    PartScanner(InputStream in, String boundary) {
        this.in = in;
        this.delimiter = ("\r\n--" + boundary).getBytes(StandardCharsets.ISO_8859_1);
        window[0] = '\r'; // so that the first delimiter looks like every other
        window[1] = '\n';
        end = 2;
    }

    /** The boundary of a content type; null when it is no form. */
    static String boundary(String contentType) {
        Matcher matcher = BOUNDARY.matcher(contentType == null ? "" : contentType);
        return !matcher.matches() ? null : matcher.group(1) != null ? matcher.group(1) : matcher.group(2);
    }

    /** The next part, after skipping what is left of the current one; null after the last. */
    Part next() throws IOException {
        byte[] skipped = new byte[4096];
        while (readBody(skipped, 0, skipped.length) >= 0) {
            // what stands before the first delimiter, or was not wanted
        }
        at += delimiter.length;
        need(2);
        if (window[at] == '-' && window[at + 1] == '-') {
            return null;
        }
        byte[] head = head();
        String text = new String(head, StandardCharsets.UTF_8);
        Matcher disposition = DISPOSITION.matcher(text);
        Matcher name = disposition.find() ? NAME.matcher(disposition.group(1)) : null;
        if (name == null || !name.find()) {
            throw malformed("a part has no name");
        }
        return new Part(name.group(1) != null ? name.group(1).replaceAll("\\\\(.)", "$1") : name.group(2),
                FILE_NAME.matcher(disposition.group(1)).find(), head);
    }

    /** From behind the delimiter's line to behind the blank line. */
    private byte[] head() throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        ByteArrayOutputStream head = new ByteArrayOutputStream();
        for (boolean isDelimiterLine = true; head.size() + line.size() < LONGEST_HEAD;) {
            need(1);
            byte next = window[at++];
            line.write(next);
            if (next == '\n') {
                String text = line.toString(StandardCharsets.ISO_8859_1);
                boolean isBlank = text.strip().isEmpty();
                if (isDelimiterLine && !isBlank) {
                    throw malformed("a delimiter is followed by something else");
                }
                if (!isDelimiterLine) {
                    line.writeTo(head);
                }
                if (!isDelimiterLine && isBlank) {
                    return head.toByteArray();
                }
                isDelimiterLine = false;
                line.reset();
            }
        }
        throw malformed("the head of a part is longer than " + LONGEST_HEAD + " bytes");
    }

    /** What has arrived of the current part's content; -1 at its end. */
    int readBody(byte[] target, int from, int most) throws IOException {
        while (true) {
            int free = free();
            if (free > 0) {
                int count = Math.min(free, most);
                System.arraycopy(window, at, target, from, count);
                at += count;
                return count;
            }
            if (end - at >= delimiter.length) {
                return -1;
            }
            fill();
        }
    }

    /** Bytes at the front of the window that are content for certain. */
    private int free() {
        for (int i = at; i < end; i++) {
            if (window[i] == '\r' && mayBeDelimiter(i)) {
                return i - at;
            }
        }
        return end - at;
    }

    private boolean mayBeDelimiter(int from) {
        int length = Math.min(delimiter.length, end - from);
        for (int i = 0; i < length; i++) {
            if (window[from + i] != delimiter[i]) {
                return false;
            }
        }
        return true;
    }

    private void need(int count) throws IOException {
        while (end - at < count) {
            fill();
        }
    }

    private void fill() throws IOException {
        if (at > 0) {
            System.arraycopy(window, at, window, 0, end - at);
            end -= at;
            at = 0;
        }
        int read = in.read(window, end, window.length - end);
        if (read < 0) {
            throw malformed("it ends before its last delimiter");
        }
        end += read;
    }

    private static GatewayException malformed(String what) {
        return new GatewayException(ErrorType.INVALID_VALUE, "The multipart body is malformed: " + what + ".");
    }
}
