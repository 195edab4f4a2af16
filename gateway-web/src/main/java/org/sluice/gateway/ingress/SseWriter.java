package org.sluice.gateway.ingress;

import java.io.IOException;
import java.io.OutputStream;
import java.util.concurrent.locks.ReentrantLock;
import org.sluice.gateway.call.FrameStream;
import org.sluice.gateway.dialect.Dialect;
import org.sluice.gateway.dialect.Slice;
import org.sluice.gateway.error.ErrorType;
import org.sluice.gateway.error.GatewayException;

/**
 * Copies the frames of an answer to a client, one flush for each, which blocks while the client is slow and so slows the
 * provider down. A client that is gone ends the copy and the provider's call with it.
 */
final class SseWriter {
    static final String CONTENT_TYPE = "text/event-stream; charset=utf-8";
    private static final Slice PING = Slice.utf8(": ping\n\n");
    private final OutputStream out;
    private final Heartbeat heartbeat;
    private final Dialect dialect;
    private final String callId;
    private final StreamForm form;
    private final ReentrantLock lock = new ReentrantLock();
    private volatile long lastWriteNanos = System.nanoTime();
    private boolean isFirst = true;
    private boolean isOver;
    private boolean wasWriting;
    private long writingSinceNanos;
    private long lastWriteSeen;
    private long lastNumber = -1;

    /** @param form another way to write, or null for server-sent events */
    SseWriter(OutputStream out, Heartbeat heartbeat, Dialect dialect, String callId, StreamForm form) {
        this.form = form;
        this.out = out;
        this.heartbeat = heartbeat;
        this.dialect = dialect;
        this.callId = callId;
    }

    /** @throws IOException when the client is gone; the stream is cancelled then */
    void copy(FrameStream frames) throws IOException {
        heartbeat.add(this, frames);
        try {
            for (Slice frame = frames.next(); frame != null; frame = frames.next()) {
                lastNumber = Math.max(lastNumber, dialect.eventNumber(frame));
                write(frame);
            }
            close();
        } catch (GatewayException e) {
            if (e.type() != ErrorType.CLIENT_CANCELLED) {
                write(dialect.writeErrorEvent(e, callId, lastNumber + 1));
                close();
            }
        } catch (IOException gone) {
            frames.cancel();
            throw gone;
        } finally {
            heartbeat.remove(this);
            end();
        }
    }

    private void write(Slice event) throws IOException {
        put(form == null ? event : form.apply(event));
    }

    private void put(Slice frame) throws IOException {
        lock.lock();
        try {
            out.write(frame.array(), frame.from(), frame.length());
            out.flush();
            if (isFirst) { // Open Liberty's first flush sends the head only: the first token would wait for the second
                isFirst = false;
                out.flush();
            }
            lastWriteNanos = System.nanoTime();
        } finally {
            lock.unlock();
        }
    }

    private void close() throws IOException {
        Slice last = form == null ? null : form.end();
        if (last != null) {
            put(last);
        }
    }

    private void end() {
        lock.lock();
        isOver = true;
        lock.unlock();
    }

    long lastWriteNanos() {
        return lastWriteNanos;
    }

    /**
     * How long the write under way has lasted, as far as those who look now and then can tell: the writing thread is asked
     * for nothing. 0 when there is none. For the heartbeat's thread.
     */
    long writingNanos(long now) {
        long lastWrite = lastWriteNanos;
        boolean isWriting = lock.isLocked();
        if (!isWriting || !wasWriting || lastWrite != lastWriteSeen) {
            writingSinceNanos = now;
        }
        wasWriting = isWriting;
        lastWriteSeen = lastWrite;
        return now - writingSinceNanos;
    }

    /** A comment, or the dialect's own event, that keeps proxies from closing a silent stream, and tells whether the client is still there. */
    void ping() throws IOException {
        if (!lock.tryLock()) {
            return;
        }
        try {
            if (!isOver && form == null) {
                Slice own = isFirst ? null : dialect.keepAlive(); // an event has its place behind the first one
                out.write((own == null ? PING : own).array());
                out.flush();
                lastWriteNanos = System.nanoTime();
            }
        } finally {
            lock.unlock();
        }
    }
}
