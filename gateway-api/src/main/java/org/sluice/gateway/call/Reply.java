package org.sluice.gateway.call;

import java.util.Map;

/** What the client gets, already in its dialect. */
public sealed interface Reply {
    /** A whole answer: status 200, JSON bytes. Already logged. */
    record Whole(byte[] body) implements Reply {}

    /** A stream: status 200, {@code text/event-stream}. */
    record Streamed(FrameStream frames) implements Reply {}

    /**
     * Bytes that pass as the provider sends them: an image, speech, a file, whatever a caller asked for.
     *
     * @param status the provider's, below 400 unless the caller asked to be passed through
     * @param contentType or null when there is no body
     * @param length bytes to come, or -1 when not known
     */
    record Relayed(int status, String contentType, Map<String, String> headers, long length, FrameStream frames) implements Reply {}
}
