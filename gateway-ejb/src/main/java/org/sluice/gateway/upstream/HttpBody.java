package org.sluice.gateway.upstream;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.Objects;

/**
 * The body of an answer without its framing. A read returns what has arrived and fails only with an UPSTREAM kind (or
 * CLIENT_CANCELLED). The connection goes back to the pool with the last byte.
 */
abstract class HttpBody extends InputStream {
    private static final int MAX_FIRST_ARRAY = 1024 * 1024;
    private static final int MAX_DRAIN = 64 * 1024;
    final Exchange exchange;
    final Connection connection;
    private final int maxBytes;
    private long delivered;

    HttpBody(Exchange exchange, int maxBytes) {
        this.exchange = exchange;
        this.connection = exchange.connection;
        this.maxBytes = maxBytes;
    }

    static HttpBody of(Exchange exchange, ResponseHead head, int maxBytes) {
        if (head.hasNoBody()) {
            return new FixedBody(exchange, 0, maxBytes);
        }
        if (head.isChunked) {
            return new ChunkedBody(exchange, maxBytes);
        }
        return head.contentLength < 0 ? new OpenEndedBody(exchange, maxBytes) : new FixedBody(exchange, head.contentLength, maxBytes);
    }

    /**
     * Waits for at least one byte unless the end is reached.
     *
     * @return number of bytes, or -1 when there were none and {@code exchange.end()} was called
     */
    abstract int readSome(byte[] target, int from, int length) throws IOException;

    /** Bytes still to come, as far as known; else 0. */
    long announced() {
        return 0;
    }

    @Override
    public final int read(byte[] target, int from, int length) {
        Objects.checkFromIndexSize(from, length, target.length);
        if (length == 0 || !exchange.enter()) {
            return length == 0 ? 0 : -1;
        }
        try {
            int read = readSome(target, from, length);
            if (read > 0) {
                delivered += read;
                exchange.delivered();
            }
            if (delivered > maxBytes) {
                throw exchange.brokenOff("it is too long", null);
            }
            return read;
        } catch (UpstreamException e) {
            throw exchange.failed(e);
        } catch (IOException e) {
            throw exchange.failed(e);
        } finally {
            exchange.leave();
        }
    }

    @Override
    public final int read() {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public final byte[] readAllBytes() {
        byte[] all = new byte[(int) Math.min(MAX_FIRST_ARRAY, announced() > 0 ? announced() : 8 * 1024)];
        int filled = 0;
        while (true) {
            if (filled == all.length) {
                if (exchange.isEnded()) {
                    return all;
                }
                all = Arrays.copyOf(all, Math.max(16, all.length * 2));
            }
            int read = read(all, filled, all.length - filled);
            if (read < 0) {
                return filled == all.length ? all : Arrays.copyOf(all, filled);
            }
            filled += read;
        }
    }

    /** Bytes that are certainly there to be read without waiting. */
    @Override
    public int available() {
        return 0;
    }

    /** Reads what is left, but not for long: the end mark often comes just behind the last event. */
    final void drain(long untilNanos) {
        byte[] rest = new byte[4 * 1024];
        int drained = 0;
        exchange.hurry(untilNanos);
        try {
            for (int read = 0; read >= 0 && drained < MAX_DRAIN; drained += read) {
                read = read(rest, 0, rest.length);
            }
        } catch (UpstreamException e) {
            // the caller has what it wanted; the connection is cut
        }
    }

    /** Up to {@code max} bytes from the buffer or, for a large target, straight from the connection. */
    final int take(byte[] target, int from, int max) throws IOException {
        if (connection.buffered() == 0) {
            if (max >= connection.buffer.length) {
                return exchange.readInto(target, from, max);
            }
            exchange.more();
        }
        return takeBuffered(target, from, max);
    }

    final int takeBuffered(byte[] target, int from, int max) {
        int taken = Math.min(max, connection.buffered());
        System.arraycopy(connection.buffer, connection.at, target, from, taken);
        connection.at += taken;
        return taken;
    }

    /** Content-Length. */
    private static final class FixedBody extends HttpBody {
        private long left;

        FixedBody(Exchange exchange, long length, int maxBytes) {
            super(exchange, maxBytes);
            if (length > maxBytes) {
                throw exchange.failed(exchange.invalid("it is too long"));
            }
            left = length;
            if (length == 0 && exchange.enter()) {
                exchange.end();
            }
        }

        @Override
        long announced() {
            return left;
        }

        @Override
        int readSome(byte[] target, int from, int length) throws IOException {
            int read = take(target, from, (int) Math.min(left, length));
            left -= read;
            if (left == 0) {
                exchange.end();
            }
            return read;
        }

        @Override
        public int available() {
            return exchange.isEnded() ? 0 : (int) Math.min(left, connection.buffered());
        }
    }

    /** Until the server closes. Nothing tells a whole answer from a cut one; the dialect must know its last event. */
    private static final class OpenEndedBody extends HttpBody {
        OpenEndedBody(Exchange exchange, int maxBytes) {
            super(exchange, maxBytes);
        }

        @Override
        int readSome(byte[] target, int from, int length) throws IOException {
            try {
                return take(target, from, length);
            } catch (EOFException e) {
                if (exchange.isEndedByUs()) {
                    throw e;
                }
                exchange.end();
                return -1;
            }
        }

        @Override
        public int available() {
            return exchange.isEnded() ? 0 : connection.buffered();
        }
    }
}
