package org.sluice.gateway.bench.load;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/** Takes the framing off answers of HTTP/1.1, cut anywhere, and shows the body to an {@link AnswerCheck}. For one thread. */
final class AnswerReader {
    private enum At { HEAD, FIXED, CHUNK_SIZE, CHUNK, CHUNK_END, TRAILER, TO_CLOSE }

    private final AnswerCheck check;
    private final byte[] head = new byte[16 * 1024];
    private At at = At.HEAD;
    private int filled;
    private long remaining;
    private int status;
    private boolean mustClose;

    AnswerReader(AnswerCheck check) {
        this.check = check;
    }

    int status() {
        return status;
    }

    boolean mustClose() {
        return mustClose;
    }

    void reset() {
        at = At.HEAD;
        filled = 0;
        status = 0;
        mustClose = false;
        check.reset();
    }

    /** @return whether the answer is complete; {@code in} then stands behind it */
    boolean read(ByteBuffer in, long now) throws IOException {
        while (in.hasRemaining()) {
            switch (at) {
                case HEAD -> {
                    if (hasLine(in, true) && readHead()) {
                        return true;
                    }
                }
                case CHUNK_SIZE -> {
                    if (hasLine(in, false)) {
                        remaining = Long.parseLong(text().split(";")[0].trim(), 16);
                        at = remaining == 0 ? At.TRAILER : At.CHUNK;
                    }
                }
                case CHUNK_END -> {
                    if (hasLine(in, false)) {
                        at = At.CHUNK_SIZE;
                        filled = 0;
                    }
                }
                case TRAILER -> {
                    if (hasLine(in, false) && text().isBlank()) {
                        return true;
                    }
                }
                default -> {
                    int length = (int) Math.min(in.remaining(), remaining);
                    check.see(in, length, now);
                    remaining -= length;
                    if (remaining == 0 && at == At.FIXED) {
                        return true;
                    }
                    if (remaining == 0) {
                        at = At.CHUNK_END;
                        filled = 0;
                    }
                }
            }
        }
        return false;
    }

    /** Whether the connection's end is this answer's end. */
    boolean endsWithConnection() {
        return at == At.TO_CLOSE;
    }

    /** Collects a line, or all lines up to a blank one. */
    private boolean hasLine(ByteBuffer in, boolean toBlank) throws IOException {
        while (in.hasRemaining()) {
            if (filled == head.length) {
                throw new IOException("the head is too long");
            }
            byte b = in.get();
            head[filled++] = b;
            if (b == '\n' && (!toBlank || filled >= 4 && head[filled - 3] == '\n')) {
                return true;
            }
        }
        return false;
    }

    private String text() {
        String text = new String(head, 0, filled, StandardCharsets.ISO_8859_1);
        filled = 0;
        return text;
    }

    private boolean readHead() throws IOException {
        String text = text();
        if (!text.startsWith("HTTP/1.1 ")) {
            throw new IOException("not HTTP/1.1");
        }
        status = Integer.parseInt(text.substring(9, 12));
        String fields = text.toLowerCase(Locale.ROOT);
        mustClose = fields.contains("\r\nconnection: close");
        int length = fields.indexOf("\r\ncontent-length:");
        if (fields.contains("\r\ntransfer-encoding: chunked")) {
            at = At.CHUNK_SIZE;
        } else if (length >= 0) {
            remaining = Long.parseLong(text.substring(length + 17, text.indexOf('\r', length + 17)).trim());
            at = At.FIXED;
            return remaining == 0;
        } else {
            at = At.TO_CLOSE;
            remaining = Long.MAX_VALUE;
        }
        return false;
    }
}
