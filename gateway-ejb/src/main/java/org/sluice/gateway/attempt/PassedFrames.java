package org.sluice.gateway.attempt;

import org.sluice.gateway.dialect.Slice;
import org.sluice.gateway.usage.Usage;

/** Frames of somebody else, passed on as they are; what is done beside it is the subclass's. */
public class PassedFrames implements AnswerFrames {
    protected final AnswerFrames frames;

    protected PassedFrames(AnswerFrames frames) {
        this.frames = frames;
    }

    @Override
    public Slice next() {
        return frames.next();
    }

    @Override
    public boolean isLast() {
        return frames.isLast();
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
