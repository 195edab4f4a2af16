package org.sluice.gateway.attempt;

import org.sluice.gateway.dialect.Slice;
import org.sluice.gateway.error.GatewayException;
import org.sluice.gateway.provider.Credential;

/**
 * Frames whose first one was already fetched: before it a failure still has a status, after it only an error event. What a
 * provider says of a failure is cleared of the credential.
 */
final class HeldFrames extends PassedFrames {
    private final Credential credential;
    private Slice first;

    private HeldFrames(AnswerFrames frames, Credential credential) {
        super(frames);
        this.credential = credential;
    }

    static AnswerFrames untilFirst(AnswerFrames frames, Credential credential) {
        HeldFrames held = new HeldFrames(frames, credential);
        held.first = held.fetched();
        return held;
    }

    private Slice fetched() {
        try {
            return frames.next();
        } catch (GatewayException failure) {
            throw Blot.out(failure, credential);
        }
    }

    @Override
    public Slice next() {
        if (first != null) {
            Slice frame = first;
            first = null;
            return frame;
        }
        return fetched();
    }

    @Override
    public boolean isLast() {
        return first == null && frames.isLast();
    }
}
