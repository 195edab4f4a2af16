package org.sluice.gateway.dialect;

/**
 * One frame of an event stream.
 *
 * @param event the {@code event:} name, or null
 * @param data the {@code data:} lines joined by LF, without field name; null for a frame without data (a comment)
 * @param frame the frame as it arrived, with its line ends and the blank line; bytes are valid until the next frame is read
 * @param isComplete false when the stream ended before the blank line
 */
public record ServerSentEvent(String event, Slice data, Slice frame, boolean isComplete) {}
