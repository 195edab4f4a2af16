package org.sluice.gateway.call;

/** What the client gets, already in its dialect. */
public sealed interface Reply {
    /** A whole answer: status 200, JSON bytes. Already logged. */
    record Whole(byte[] body) implements Reply {}

    /** A stream: status 200, {@code text/event-stream}. */
    record Streamed(FrameStream frames) implements Reply {}
}
