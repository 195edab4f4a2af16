package org.sluice.gateway.pipeline;

import org.sluice.gateway.attempt.Answer;
import org.sluice.gateway.attempt.PassedFrames;
import org.sluice.gateway.call.Call;
import org.sluice.gateway.conversation.Conversations;
import org.sluice.gateway.dialect.Slice;

/** Frames whose last one, which holds the whole answer, is kept for the conversation to go on. */
final class KeptFrames extends PassedFrames {
    private final Call call;
    private final Answer.Streamed answer;
    private final Conversations conversations;

    private KeptFrames(Call call, Answer.Streamed answer, Conversations conversations) {
        super(answer.frames());
        this.call = call;
        this.answer = answer;
        this.conversations = conversations;
    }

    /** The same answer where nothing is kept. */
    static Answer.Streamed of(Call call, Answer.Streamed answer, Conversations conversations) {
        return conversations.isKept(call) ? new Answer.Streamed(answer.target(), new KeptFrames(call, answer, conversations)) : answer;
    }

    @Override
    public Slice next() {
        Slice frame = frames.next();
        if (frame != null && frames.isLast()) {
            conversations.keepLast(call, answer.target(), frame);
        }
        return frame;
    }
}
