package org.sluice.gateway.upstream;

import java.io.IOException;
import java.io.InputStream;
import org.sluice.gateway.dialect.EventSource;
import org.sluice.gateway.dialect.ServerSentEvent;
import org.sluice.gateway.dialect.Slice;

/*
 * Cost. A stream is thousands of frames of 100 to 400 bytes, and several often arrive in one read. Every byte is looked
 * at once for its line end (the place is remembered across reads and across hasBuffered), lines are never copied out,
 * the usual single data line is a slice of the buffer, and an event name is compared with the last ones seen before a
 * string is made. Allocated per frame: the event and its two slices. Bytes are moved only when a frame does not fit
 * behind the last one, and then only those of the unfinished frame.
 */

/**
 * Cuts a body into the frames of an event stream (HTML standard, section 9.2): CR, LF and CRLF end a line, a byte order
 * mark may come first. The frames put together are the body, byte for byte, whatever the borders of the reads were.
 *
 * <p>Every blank line ends a frame, also one without fields before it. A CRLF is taken as one line end if the line before
 * ended in CRLF too; otherwise a CR ends the frame at once and a LF behind it opens the next frame, so that no frame
 * waits for a byte that may not come. For one thread.
 */
public final class SseReader implements EventSource {
    public static final int MAX_EVENT_BYTES = 4 * 1024 * 1024;
    public static final long MAX_STREAM_BYTES = 256L * 1024 * 1024;
    private static final int FIRST_BYTES = 4 * 1024;
    private static final int LEAST_READ = 2 * 1024;

    private final InputStream in;
    private final int maxEventBytes;
    private final long maxStreamBytes;
    private final SseFields fields = new SseFields();
    private byte[] buffer = new byte[FIRST_BYTES];
    /** The unread frame starts at {@code frame}; its lines up to {@code line} are done; {@code scan} is looked at next. */
    private int frame;
    private int line;
    private int scan;
    private int end;
    /** End of a complete frame that starts at {@code frame}, or -1. */
    private int complete = -1;
    private boolean isCrLf;
    private boolean mayOpenWithLf;
    private boolean isAtEnd;
    private long total;

    public SseReader(InputStream in) {
        this(in, MAX_EVENT_BYTES, MAX_STREAM_BYTES);
    }

    SseReader(InputStream in, int maxEventBytes, long maxStreamBytes) {
        this.in = in;
        this.maxEventBytes = maxEventBytes;
        this.maxStreamBytes = maxStreamBytes;
    }

    /**
     * The next frame; waits for bytes only when no complete frame is buffered. Its bytes are valid until the next call.
     *
     * @return null after the last frame; a last frame without its blank line comes with {@code isComplete} false
     * @throws org.sluice.gateway.error.GatewayException UPSTREAM_TRUNCATED beyond a limit; what the stream throws
     */
    @Override
    public ServerSentEvent next() {
        while (!scan()) {
            if (isAtEnd || !fill()) {
                isAtEnd = true;
                return last();
            }
        }
        return event(complete, true);
    }

    /** Whether {@link #next} has a complete frame at hand and will not wait. */
    public boolean hasBuffered() {
        return scan();
    }

    /** Looks for the end of the frame in what is buffered. */
    private boolean scan() {
        while (complete < 0 && scan < end) {
            byte b = buffer[scan];
            if (b != '\n' && b != '\r') {
                mayOpenWithLf &= scan != frame;
                scan++;
            } else if (b == '\n' && scan == frame && mayOpenWithLf) {
                mayOpenWithLf = false;
                scan++;
                line = scan;
            } else if (!endLine(b)) {
                return false;
            }
        }
        return complete >= 0;
    }

    /** A line end at {@code scan}; false when the byte behind it must be known first. */
    private boolean endLine(byte b) {
        boolean isBlank = scan == line;
        int next = scan + 1;
        if (b == '\r') {
            if (isBlank && !isCrLf) { // never wait for a LF that may not come
                mayOpenWithLf = true;
            } else if (next == end && !isAtEnd) {
                return false;
            } else if (next < end && buffer[next] == '\n') {
                next++;
                isCrLf = true;
            } else {
                isCrLf = false;
            }
        } else {
            isCrLf = false;
        }
        if (isBlank) {
            complete = next;
        } else {
            fields.read(buffer, line, scan);
        }
        line = next;
        scan = next;
        return true;
    }

    private ServerSentEvent event(int to, boolean isComplete) {
        if (to - frame > maxEventBytes) {
            throw UpstreamException.truncated(Phase.P4, "an event is too long", null);
        }
        ServerSentEvent event = new ServerSentEvent(fields.event(), fields.data(buffer), new Slice(buffer, frame, to), isComplete);
        fields.clear();
        frame = to;
        line = to;
        scan = to;
        complete = -1;
        return event;
    }

    private ServerSentEvent last() {
        if (scan()) {
            return event(complete, true);
        }
        if (frame == end) {
            return null;
        }
        boolean isOnlyLf = line == end && end - frame == 1 && buffer[frame] == '\n';
        if (line < end) {
            fields.read(buffer, line, end);
        }
        return event(end, isOnlyLf);
    }

    private boolean fill() {
        makeRoom();
        try {
            int read = in.read(buffer, end, buffer.length - end);
            if (read < 0) {
                return false;
            }
            end += read;
            total += read;
        } catch (IOException e) {
            throw UpstreamException.truncated(Phase.P4, "the connection ended", e);
        }
        if (total > maxStreamBytes) {
            throw UpstreamException.truncated(Phase.P4, "the stream is too long", null);
        }
        return true;
    }

    private void makeRoom() {
        if (end - frame > maxEventBytes) {
            throw UpstreamException.truncated(Phase.P4, "an event is too long", null);
        }
        if (frame == end) {
            move(buffer);
        } else if (buffer.length - end < LEAST_READ) {
            move(end - frame > buffer.length - LEAST_READ ? new byte[buffer.length * 2] : buffer);
        }
    }

    /** Brings the unfinished frame to the front. */
    private void move(byte[] target) {
        System.arraycopy(buffer, frame, target, 0, end - frame);
        fields.move(-frame);
        line -= frame;
        scan -= frame;
        end -= frame;
        frame = 0;
        buffer = target;
    }
}
