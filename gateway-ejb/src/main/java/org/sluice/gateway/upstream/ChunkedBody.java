package org.sluice.gateway.upstream;

import java.io.IOException;

/**
 * {@code Transfer-Encoding: chunked} (RFC 9112 section 7.1). Several buffered chunks are handed out in one read. Chunk
 * lines end in CRLF, extensions and trailers are skipped.
 */
final class ChunkedBody extends HttpBody {
    private static final int MAX_LINE = 1024;
    private static final int MAX_TRAILER_BYTES = 8 * 1024;
    private static final long MAX_CHUNK = 1L << 30;
    private long left;
    private boolean isFirst = true;
    private boolean isLast;

    ChunkedBody(Exchange exchange, int maxBytes) {
        super(exchange, maxBytes);
    }

    @Override
    int readSome(byte[] target, int from, int length) throws IOException {
        int got = 0;
        while (got < length || left == 0) {
            if (left == 0) {
                if (got > 0 && !isNextLineBuffered()) {
                    return got;
                }
                if (!isLast) {
                    readSize();
                }
                if (isLast) {
                    if (got > 0 && !isBlankLineBuffered()) {
                        return got;
                    }
                    readTrailers();
                    exchange.end();
                    return got > 0 ? got : -1;
                }
            }
            if (got == length || got > 0 && connection.buffered() == 0) {
                return got;
            }
            int max = (int) Math.min(left, length - got);
            int read = got > 0 ? takeBuffered(target, from + got, max) : take(target, from, max);
            got += read;
            left -= read;
            if (left == 0 && connection.buffered() == 0) {
                return got;
            }
        }
        return got;
    }

    /** The CRLF behind the last chunk and the line behind it are at hand, or just the blank line at the very end. */
    private boolean isNextLineBuffered() {
        if (isLast) {
            return isBlankLineBuffered();
        }
        for (int i = connection.at + (isFirst ? 0 : 2); i < connection.end; i++) {
            if (connection.buffer[i] == '\n') {
                return true;
            }
        }
        return false;
    }

    private boolean isBlankLineBuffered() {
        return connection.buffered() >= 2 && connection.buffer[connection.at] == '\r' && connection.buffer[connection.at + 1] == '\n';
    }

    private void readSize() throws IOException {
        if (!isFirst && lineEnd() != connection.at) {
            throw exchange.invalid("chunk longer than its size");
        }
        if (!isFirst) {
            connection.at += 2;
        }
        isFirst = false;
        int end = lineEnd();
        left = size(connection.at, end);
        isLast = left == 0;
        connection.at = end + 2;
    }

    private long size(int from, int to) {
        byte[] buffer = connection.buffer;
        long size = 0;
        int i = from;
        for (; i < to && Character.digit(buffer[i], 16) >= 0; i++) {
            size = size * 16 + Character.digit(buffer[i], 16);
            if (size > MAX_CHUNK) {
                throw exchange.invalid("chunk too large");
            }
        }
        boolean hasDigits = i > from;
        while (i < to && (buffer[i] == ' ' || buffer[i] == '\t')) {
            i++;
        }
        if (!hasDigits || i < to && buffer[i] != ';') {
            throw exchange.invalid("bad chunk size");
        }
        for (; i < to; i++) {
            if (buffer[i] >= 0 && buffer[i] < ' ' && buffer[i] != '\t') {
                throw exchange.invalid("bad chunk extension");
            }
        }
        return size;
    }

    private void readTrailers() throws IOException {
        int read = 0;
        for (int end = lineEnd(); end != connection.at; end = lineEnd()) {
            read += end + 2 - connection.at;
            if (read > MAX_TRAILER_BYTES) {
                throw exchange.invalid("trailers too long");
            }
            connection.at = end + 2;
        }
        connection.at += 2;
    }

    /** Index of the CR of the CRLF that ends the line at {@code connection.at}. */
    private int lineEnd() throws IOException {
        int scanned = 0;
        while (true) {
            for (int i = connection.at + scanned; i < connection.end; i++) {
                if (connection.buffer[i] == '\n') {
                    if (i == connection.at || connection.buffer[i - 1] != '\r') {
                        throw exchange.invalid("bare line feed in the framing");
                    }
                    return i - 1;
                }
            }
            scanned = connection.buffered();
            if (scanned > MAX_LINE) {
                throw exchange.invalid("chunk line too long");
            }
            exchange.more();
        }
    }

    /** Of the current chunk. */
    @Override
    public int available() {
        return exchange.isEnded() ? 0 : (int) Math.min(left, connection.buffered());
    }
}
