package org.sluice.gateway.upstream;

import java.io.EOFException;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.sluice.gateway.dialect.Body;
import org.sluice.gateway.dialect.Slice;
import org.sluice.gateway.error.ErrorType;
import org.sluice.gateway.provider.UpstreamLimits;
import org.sluice.gateway.provider.UpstreamRequest;

/**
 * One request and its answer on one connection: keeps the time limits, knows how far it has come, and decides once
 * whether the connection is kept (the answer was read to its end) or cut. One thread exchanges; {@link #cut} may come
 * from any other.
 */
final class Exchange {
    private static final int AT_REST = 0;
    private static final int BUSY = 1;
    private static final int ENDED = 2;
    private static final int CUT = 3;
    private static final int PIECE = 64 * 1024;
    private static final long EARLY_ANSWER_NANOS = 1_000_000_000L;

    final Connection connection;
    final boolean isStream;
    private final ConnectionPool pool;
    private final UpstreamLimits limits;
    private final int maxHeadBytes;
    private final Pace pace;
    private final long endNanos;
    private final long startNanos = System.nanoTime();
    private final AtomicInteger state = new AtomicInteger(BUSY);
    private volatile Thread lastReader;
    private Phase phase = Phase.P0;
    private boolean isSentWhole;
    private boolean hasBodyBytes;
    private long firstByteNanos;
    private long hurryNanos;
    private boolean isHurried;
    private ResponseHead head;
    private UpstreamException failure;

    /** @param pace that of a stream must be, or null */
    Exchange(ConnectionPool pool, Connection connection, UpstreamRequest request, int maxHeadBytes, long endNanos, Pace pace) {
        this.pace = pace;
        this.pool = pool;
        this.connection = connection;
        this.isStream = request.isStream();
        this.limits = request.limits();
        this.maxHeadBytes = maxHeadBytes;
        this.endNanos = endNanos;
    }

    /** Sends and reads the head of the answer; on any failure the connection is gone. */
    ResponseHead send(byte[] requestHead, UpstreamRequest request) {
        try {
            phase = Phase.P1;
            try {
                write(requestHead, request.body());
                if (request.upload() != null) {
                    new UploadWriter(this, request.upload()).write();
                    arm(System.nanoTime(), limits.firstByte());
                    firstByteNanos = connection.armedNanos();
                }
                isSentWhole = true;
                phase = Phase.P2;
            } catch (IOException e) {
                head = earlyAnswer(e);
            }
            if (head == null) {
                head = new HeadReader(connection, maxHeadBytes).read();
            }
            if (request.method().equals("HEAD")) {
                head.answerHead();
            }
            phase = head.status < 300 ? Phase.P4 : Phase.P3;
            connection.arm(endNanos);
            leave();
            return head;
        } catch (IOException e) {
            throw failed(e);
        } catch (RuntimeException | Error e) {
            cut();
            throw e;
        }
    }

    /** One write for the head and a small body; the rest of a large one goes out without a copy. */
    private void write(byte[] requestHead, Body body) throws IOException {
        byte[] out = connection.buffer;
        int filled = 0;
        arm(System.nanoTime(), limits.firstByte());
        if (requestHead.length <= out.length) {
            System.arraycopy(requestHead, 0, out, 0, requestHead.length);
            filled = requestHead.length;
        } else {
            writePieces(requestHead, 0, requestHead.length);
        }
        boolean isLarge = false;
        for (Slice slice : body.slices()) {
            int copied = isLarge ? 0 : Math.min(slice.length(), out.length - filled);
            System.arraycopy(slice.array(), slice.from(), out, filled, copied);
            filled += copied;
            if (copied < slice.length()) {
                if (!isLarge) {
                    writePieces(out, 0, filled);
                    isLarge = true;
                }
                filled = 0;
                writePieces(slice.array(), slice.from() + copied, slice.length() - copied);
            }
        }
        if (isLarge) {
            arm(System.nanoTime(), limits.firstByte());
        } else {
            connection.write(out, 0, filled);
        }
        firstByteNanos = connection.armedNanos();
    }

    private void writePieces(byte[] source, int from, int length) throws IOException {
        for (int sent = 0; sent < length; sent += PIECE) {
            arm(System.nanoTime(), limits.idle());
            connection.writePiece(source, from + sent, Math.min(PIECE, length - sent));
        }
    }

    /** A piece of an upload; the wait for the next one is the client's, and ends with the call. */
    void writePiece(byte[] source, int length) throws IOException {
        arm(System.nanoTime(), limits.idle());
        connection.writePiece(source, 0, length);
        connection.arm(endNanos);
    }

    /** The other end would not take the whole request. It may have said why before it hung up. */
    private ResponseHead earlyAnswer(IOException writeFailure) throws IOException {
        if (isEndedByUs()) {
            throw writeFailure;
        }
        try {
            connection.arm(Deadlines.earlier(endNanos, System.nanoTime() + EARLY_ANSWER_NANOS));
            firstByteNanos = connection.armedNanos();
            return new HeadReader(connection, maxHeadBytes).read();
        } catch (IOException e) {
            throw connection.isOverdue() ? e : writeFailure;
        }
    }

    private void arm(long now, Duration limit) throws IOException {
        connection.arm(Deadlines.earlier(endNanos, Deadlines.after(now, limit)));
    }

    /** Reads body bytes behind the buffered ones. */
    void more() throws IOException {
        beforeRead();
        if (connection.buffered() > 0) {
            connection.compact();
        }
        int before = connection.buffered();
        long sinceNanos = pace == null ? 0 : System.nanoTime();
        if (!connection.fill(connection.buffer.length)) {
            throw UpstreamException.invalid(phase, "framing");
        }
        keepPace(sinceNanos, connection.buffered() - before);
        afterRead();
    }

    /** Reads body bytes past the empty buffer; at least one. */
    int readInto(byte[] target, int from, int length) throws IOException {
        beforeRead();
        long sinceNanos = pace == null ? 0 : System.nanoTime();
        int read = connection.readInto(target, from, length);
        if (read < 0) {
            throw new EOFException("closed");
        }
        keepPace(sinceNanos, read);
        afterRead();
        return read;
    }

    /** The wait for the first event has a limit of its own. */
    private void keepPace(long sinceNanos, int came) {
        if (pace != null && hasBodyBytes && !pace.isKept(System.nanoTime() - sinceNanos, came)) {
            throw UpstreamException.slow(phase);
        }
    }

    /** From now on reads end at the given time at the latest, even when there are bytes. */
    void hurry(long untilNanos) {
        hurryNanos = untilNanos;
        isHurried = true;
    }

    private void beforeRead() throws IOException {
        if (isHurried) {
            connection.arm(Deadlines.earlier(endNanos, hurryNanos));
        } else if (isStream && !hasBodyBytes) {
            connection.arm(Deadlines.earlier(endNanos, firstByteNanos));
        } else {
            arm(System.nanoTime(), limits.idle());
        }
    }

    /** While the caller is busy with what it got, only the end of all time counts. */
    private void afterRead() throws IOException {
        connection.arm(endNanos);
    }

    /** The caller got body bytes: the wait for the first event is over. */
    void delivered() {
        hasBodyBytes = true;
    }

    /** The caller wants to read; false when the answer has ended. */
    boolean enter() {
        if (state.compareAndSet(AT_REST, BUSY)) {
            lastReader = Thread.currentThread();
            return true;
        }
        if (state.get() == ENDED) {
            return false;
        }
        throw failure != null ? failure : UpstreamException.cancelled(phase, null);
    }

    void leave() {
        state.compareAndSet(BUSY, AT_REST);
    }

    /** The body was read to its end. */
    void end() {
        if (state.compareAndSet(BUSY, ENDED)) {
            if (isSentWhole && head.isKept()) {
                pool.keep(connection, head.keepSeconds);
            } else {
                pool.drop(connection);
            }
        }
    }

    boolean isEnded() {
        return state.get() == ENDED;
    }

    /** The current thread was the last to read, and bytes were read: a close now may be the normal end. */
    boolean mayFinish() {
        return hasBodyBytes && state.get() == AT_REST && lastReader == Thread.currentThread();
    }

    /** Ends the exchange wherever it is; nothing happens after its end. */
    void cut() {
        int before = state.get();
        while (before != ENDED && before != CUT && !state.compareAndSet(before, CUT)) {
            before = state.get();
        }
        if (before != ENDED) {
            pool.drop(connection);
        }
    }

    /** Turns an I/O failure into the right kind, and cuts. */
    UpstreamException failed(IOException e) {
        failure = kindOf(e);
        cut();
        return failure;
    }

    UpstreamException failed(UpstreamException e) {
        failure = e;
        cut();
        return e;
    }

    private UpstreamException kindOf(IOException e) {
        if (connection.isOverdue()) {
            return UpstreamException.timeout(phase, e);
        }
        if (isEndedByUs()) {
            return UpstreamException.cancelled(phase, e);
        }
        if (phase == Phase.P1 || phase == Phase.P2) {
            return UpstreamException.reset(phase, e);
        }
        return brokenOff("the connection ended", e);
    }

    /** A stream is truncated; a whole answer that is not whole is invalid. */
    UpstreamException brokenOff(String why, Throwable cause) {
        return isStream && phase == Phase.P4 ? UpstreamException.truncated(phase, why, cause) : UpstreamException.invalid(phase, why);
    }

    UpstreamException invalid(String why) {
        return UpstreamException.invalid(phase, why);
    }

    boolean isEndedByUs() {
        return connection.isOverdue() || state.get() == CUT || Thread.currentThread().isInterrupted();
    }

    /** The connection had been kept, broke before any byte came back, and quickly: it was dead before we used it. */
    boolean mayResend(UpstreamException e, long withinNanos) {
        return e.type() == ErrorType.UPSTREAM_RESET && connection.isReused && connection.end == 0
                && System.nanoTime() - startNanos < withinNanos;
    }
}
