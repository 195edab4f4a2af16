package org.sluice.gateway.pipeline;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import org.sluice.gateway.admission.CallAdmission;
import org.sluice.gateway.attempt.Answer;
import org.sluice.gateway.attempt.AttemptRunner;
import org.sluice.gateway.attempt.AttemptTrail;
import org.sluice.gateway.call.Call;
import org.sluice.gateway.call.Reply;
import org.sluice.gateway.conversation.Conversations;
import org.sluice.gateway.error.ErrorType;
import org.sluice.gateway.error.FailureTrace;
import org.sluice.gateway.error.GatewayException;
import org.sluice.gateway.log.RequestLogWriter;
import org.sluice.gateway.prompt.PromptResolver;
import org.sluice.gateway.route.RoutePlan;
import org.sluice.gateway.route.RoutePlanner;

/** One completion from request to reply. Read this first. */
@ApplicationScoped
public class CompletionPipeline {
    private static final System.Logger LOGGER = System.getLogger(CompletionPipeline.class.getName());
    @Inject PromptResolver prompts;
    @Inject CallAdmission admission = new CallAdmission();
    @Inject RoutePlanner routes;
    @Inject AttemptRunner attempts;
    @Inject RequestLogWriter log;
    @Inject CallRecorder recorder;
    @Inject Conversations conversations;

    /** @throws GatewayException when the call failed; it is recorded */
    public Reply execute(Call call) {
        AttemptTrail trail = new AttemptTrail();
        try {
            call = prompts.resolve(call);
            RequestCheck.check(call);
            long inputTokens = UsageEstimate.inputTokens(call);
            trail.hold(admission.admit(call, inputTokens));
            RoutePlan plan = routes.plan(call);
            log.started(call, plan.first().deployment().id(), inputTokens);
            Answer answer = attempts.run(call, plan, trail, conversations::resume);
            if (answer instanceof Answer.Whole whole) {
                byte[] body = PromptEcho.addTo(call, RequestBreakdown.addTo(call, whole));
                conversations.keep(call, whole.target(), body);
                recorder.answered(call, trail, whole, body);
                return new Reply.Whole(body);
            }
            return new Reply.Streamed(new RecordedFrames(call, trail, KeptFrames.of(call, (Answer.Streamed) answer, conversations), recorder));
        } catch (GatewayException e) {
            throw recorder.failed(call, trail, e);
        } catch (RuntimeException e) {
            LOGGER.log(System.Logger.Level.ERROR, "Call " + call.id() + " failed inside the gateway", FailureTrace.of(e));
            throw recorder.failed(call, trail, new GatewayException(ErrorType.INTERNAL, "The gateway failed; the log id tells the operator which call it was."));
        }
    }
}
