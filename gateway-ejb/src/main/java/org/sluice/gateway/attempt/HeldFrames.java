package org.sluice.gateway.attempt;

import org.sluice.gateway.dialect.Slice;
import org.sluice.gateway.usage.Usage;

/** Frames whose first one was already fetched: before it a failure still has a status, after it only an error event. */
final class HeldFrames implements AnswerFrames {
    private final AnswerFrames frames;
    private Slice first;

    private HeldFrames(AnswerFrames frames, Slice first) {
        this.frames = frames;
        this.first = first;
    }

    static AnswerFrames untilFirst(AnswerFrames frames) {
        return new HeldFrames(frames, frames.next());
    }

    @Override
    public Slice next() {
        if (first != null) {
            Slice frame = first;
            first = null;
            return frame;
        }
        return frames.next();
    }

    @Override
    public boolean isLast() {
        return first == null && frames.isLast();
    }

    @Override
    public Usage usage() {
        return frames.usage();
    }

    @Override
    public String id() {
        return frames.id();
    }

    @Override
    public String responseModel() {
        return frames.responseModel();
    }

    @Override
    public void close() {
        frames.close();
    }
}
