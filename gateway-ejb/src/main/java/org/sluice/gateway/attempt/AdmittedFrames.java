package org.sluice.gateway.attempt;

import org.sluice.gateway.call.Call;
import org.sluice.gateway.dialect.Slice;
import org.sluice.gateway.error.GatewayException;
import org.sluice.gateway.health.Admission;
import org.sluice.gateway.usage.Usage;

/** Frames whose end is told to the deployment's health, once: with the last one, with a failure, or when they are left. */
final class AdmittedFrames extends PassedFrames {
    private final Call call;
    private final Admission admission;
    private boolean isTold;

    AdmittedFrames(Call call, AnswerFrames frames, Admission admission) {
        super(frames);
        this.call = call;
        this.admission = admission;
    }

    @Override
    public Slice next() {
        try {
            Slice frame = frames.next();
            if (!isTold && (frame == null || frames.isLast())) {
                isTold = true;
                Usage usage = frames.usage();
                admission.succeeded(usage == null ? 0 : usage.inputTokens(), usage == null ? 0 : usage.outputTokens());
            }
            return frame;
        } catch (GatewayException e) {
            if (!isTold) {
                isTold = true;
                AttemptLoop.tell(admission, e, call);
            }
            throw e;
        }
    }

    @Override
    public void close() {
        if (!isTold) {
            isTold = true;
            admission.abandoned();
        }
        super.close();
    }
}
