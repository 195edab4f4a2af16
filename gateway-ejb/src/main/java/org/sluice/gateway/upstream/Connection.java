package org.sluice.gateway.upstream;

import java.io.EOFException;
import java.io.IOException;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;

/**
 * One socket with its buffer and its deadline.
 *
 * <p>One thread at a time owns it; only {@link #cut}, {@link #isNewlyOverdue} and {@link #rescueStuckSend} may come from
 * others. One buffer serves both directions: it holds the request until that is written, then what was read.
 */
final class Connection {
    static final int BUFFER_BYTES = 16 * 1024;
    private static final long UNARMED = Long.MIN_VALUE;
    private static final long OVERDUE = Long.MIN_VALUE + 1;
    private static final long STUCK_NANOS = 1_000_000_000L;

    final Origin origin;
    byte[] buffer = new byte[BUFFER_BYTES];
    /** Bytes from {@code at} to {@code end} of the buffer are read and not consumed. */
    int at;
    int end;
    boolean isReused;
    /** Where it is counted, and since when; set by the pool. */
    Lane lane;
    long openedNanos;
    /** When kept: since when, and until when the server will keep it. Guarded by the lane. */
    long idleSinceNanos;
    long idleUntilNanos;
    final AtomicBoolean isDropped = new AtomicBoolean();

    private final SocketChannel channel;
    private final AtomicLong deadline = new AtomicLong(UNARMED);
    private long armed = UNARMED;
    private volatile long sendingSinceNanos;
    private volatile boolean isSending;
    private Wire wire;

    Connection(Origin origin) throws IOException {
        this.origin = origin;
        this.channel = SocketChannel.open();
        channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
    }

    SocketChannel channel() {
        return channel;
    }

    void use(Wire opened) {
        wire = opened;
    }

    /** Moves the deadline, a {@link System#nanoTime()}; fails when the old one has passed and the watchdog has seen it. */
    void arm(long nanos) throws IOException {
        long value = nanos == UNARMED || nanos == OVERDUE ? OVERDUE + 1 : nanos;
        if (!deadline.compareAndSet(armed, value)) {
            throw new EOFException("overdue");
        }
        armed = value;
    }

    /** No deadline; false when the watchdog was faster. */
    boolean disarm() {
        boolean isInTime = deadline.compareAndSet(armed, UNARMED);
        armed = UNARMED;
        return isInTime;
    }

    long armedNanos() {
        return armed;
    }

    boolean isOverdue() {
        return deadline.get() == OVERDUE;
    }

    /** For the watchdog: whether the deadline has passed; from then on it cannot be moved, and the watchdog cuts. */
    boolean isNewlyOverdue(long now) {
        long due = deadline.get();
        return due != UNARMED && due != OVERDUE && now - due >= 0 && deadline.compareAndSet(due, OVERDUE);
    }

    /**
     * For the watchdog: the other end has answered and stopped reading while we are still writing. Ends the writing, so
     * that the writer goes on to the answer.
     */
    void rescueStuckSend(long now) {
        if (isSending && now - sendingSinceNanos > STUCK_NANOS) {
            try {
                if (channel.socket().getInputStream().available() > 0) {
                    channel.shutdownOutput();
                }
            } catch (IOException e) {
                cut();
            }
        }
    }

    void write(byte[] source, int from, int length) throws IOException {
        wire.write(source, from, length);
    }

    /** The same for one piece of many: the watchdog sees when it makes no progress. */
    void writePiece(byte[] source, int from, int length) throws IOException {
        sendingSinceNanos = System.nanoTime();
        isSending = true;
        try {
            wire.write(source, from, length);
        } finally {
            isSending = false;
        }
    }

    /** Past the buffer, which must be empty. */
    int readInto(byte[] target, int from, int length) throws IOException {
        return wire.read(target, from, length);
    }

    /**
     * Reads more behind what is buffered. The bytes from {@code at} keep their place, unless there are none; a full
     * buffer grows up to {@code maxBytes}.
     *
     * @return false when it may not grow
     * @throws EOFException at the end of the connection
     */
    boolean fill(int maxBytes) throws IOException {
        if (at == end) {
            at = 0;
            end = 0;
        } else if (end == buffer.length) {
            if (buffer.length >= maxBytes) {
                return false;
            }
            buffer = Arrays.copyOf(buffer, Math.min(buffer.length * 2, maxBytes));
        }
        int read = wire.read(buffer, end, buffer.length - end);
        if (read < 0) {
            throw new EOFException("closed");
        }
        end += read;
        return true;
    }

    /** Moves what is buffered to the front. */
    void compact() {
        System.arraycopy(buffer, at, buffer, 0, end - at);
        end -= at;
        at = 0;
    }

    int buffered() {
        return end - at;
    }

    /** Nothing of the last answer is left over: no byte of it can reach the next caller. */
    boolean isDrained() {
        try {
            return at == end && wire.isDrained();
        } catch (IOException e) {
            return false;
        }
    }

    /** Ready to be kept: an outsize buffer is given back. */
    void rest() {
        at = 0;
        end = 0;
        if (buffer.length > BUFFER_BYTES) {
            buffer = new byte[BUFFER_BYTES];
        }
    }

    /**
     * The other end has closed, or has sent something nobody asked for. One non-blocking read; under TLS it may eat
     * bytes, but then the connection is not used any more.
     */
    boolean isStale() {
        try {
            channel.configureBlocking(false);
            int read = channel.read(ByteBuffer.allocate(1));
            channel.configureBlocking(true);
            return read != 0;
        } catch (IOException e) {
            return true;
        }
    }

    /** Closes at once, without TLS good-byes, from any thread. */
    void cut() {
        try {
            channel.close();
        } catch (IOException e) {
            // it is closed for us whatever the system says
        }
    }
}
