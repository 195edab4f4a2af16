package org.sluice.gateway.pipeline;

import java.util.concurrent.atomic.AtomicBoolean;
import org.sluice.gateway.attempt.Answer;
import org.sluice.gateway.attempt.AnswerFrames;
import org.sluice.gateway.attempt.AttemptTrail;
import org.sluice.gateway.call.Call;
import org.sluice.gateway.call.FrameStream;
import org.sluice.gateway.dialect.Slice;
import org.sluice.gateway.error.ErrorType;
import org.sluice.gateway.error.GatewayException;
import org.sluice.gateway.log.CapturedFrames;

/** A stream that is recorded exactly once: before its last frame is handed out, or when it fails or is given up. */
final class RecordedFrames implements FrameStream {
    private final Call call;
    private final AttemptTrail trail;
    private final Answer.Streamed answer;
    private final AnswerFrames frames;
    private final CallRecorder recorder;
    private final CapturedFrames captured;
    private final AtomicBoolean isRecorded = new AtomicBoolean();
    private long firstByteNanos = -1;

    RecordedFrames(Call call, AttemptTrail trail, Answer.Streamed answer, CallRecorder recorder) {
        this.call = call;
        this.trail = trail;
        this.answer = answer;
        this.frames = answer.frames();
        this.recorder = recorder;
        this.captured = new CapturedFrames(recorder.contentMax());
    }

    @Override
    public Slice next() {
        try {
            Slice frame = frames.next();
            if (firstByteNanos < 0) {
                firstByteNanos = System.nanoTime() - call.startedNanos();
            }
            if (frame != null) {
                captured.add(frame);
            }
            if (frame == null || frames.isLast()) {
                record(null);
            }
            return frame != null && frames.isLast() ? PromptEcho.before(call, RequestBreakdown.before(call, this, frame)) : frame;
        } catch (GatewayException e) {
            GatewayException told = call.cancellation().isCancelled() ? gone() : e;
            record(told);
            throw told;
        }
    }

    @Override
    public void cancel() {
        call.cancellation().cancel();
        record(gone());
    }

    @Override
    public void close() {
        record(gone());
        frames.close();
    }

    private static GatewayException gone() {
        return new GatewayException(ErrorType.CLIENT_CANCELLED, "The client closed the connection.");
    }

    private void record(GatewayException failure) {
        if (isRecorded.compareAndSet(false, true)) {
            recorder.streamed(call, trail, this, failure);
        }
    }

    Answer.Streamed answer() {
        return answer;
    }

    CapturedFrames captured() {
        return captured;
    }

    long firstByteNanos() {
        return firstByteNanos;
    }
}
