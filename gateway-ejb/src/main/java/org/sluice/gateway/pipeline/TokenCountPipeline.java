package org.sluice.gateway.pipeline;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import org.sluice.gateway.attempt.Answer;
import org.sluice.gateway.attempt.AttemptRunner;
import org.sluice.gateway.attempt.AttemptTrail;
import org.sluice.gateway.call.Call;
import org.sluice.gateway.call.Reply;
import org.sluice.gateway.dialect.ResponseOutline;
import org.sluice.gateway.error.ErrorType;
import org.sluice.gateway.error.FailureTrace;
import org.sluice.gateway.error.GatewayException;
import org.sluice.gateway.log.RequestLogWriter;
import org.sluice.gateway.prompt.PromptResolver;
import org.sluice.gateway.provider.Operation;
import org.sluice.gateway.route.RoutePlan;
import org.sluice.gateway.route.RoutePlanner;
import org.sluice.gateway.route.Target;
import org.sluice.gateway.route.TokenEstimate;

/**
 * How many input tokens a conversation has. A provider that speaks the client's dialect and counts is asked, with the
 * client's own bytes; else {@link TokenEstimate} says. Recorded like every call; it costs nothing.
 */
@ApplicationScoped
public class TokenCountPipeline {
    private static final System.Logger LOGGER = System.getLogger(TokenCountPipeline.class.getName());
    private static final ResponseOutline UNASKED = new ResponseOutline(null, null, null, false);
    @Inject PromptResolver prompts;
    @Inject RoutePlanner routes;
    @Inject AttemptRunner attempts;
    @Inject RequestLogWriter log;
    @Inject CallRecorder recorder;

    /** @throws GatewayException when the call failed; it is recorded */
    public Reply.Whole execute(Call call) {
        AttemptTrail trail = new AttemptTrail();
        try {
            call = prompts.resolve(call);
            RequestCheck.check(call);
            RoutePlan plan = routes.plan(call);
            log.started(call, plan.first().deployment().id(), 0);
            Answer.Whole answer = counts(call, plan.first()) ? asked(call, plan, trail)
                    : new Answer.Whole(plan.first(), call.ingress().writeTokenCount(TokenEstimate.of(call.request())), UNASKED);
            recorder.answered(call, trail, answer, answer.body());
            return new Reply.Whole(answer.body());
        } catch (GatewayException e) {
            throw recorder.failed(call, trail, e);
        } catch (RuntimeException e) {
            LOGGER.log(System.Logger.Level.ERROR, "Call " + call.id() + " failed inside the gateway", FailureTrace.of(e));
            throw recorder.failed(call, trail, new GatewayException(ErrorType.INTERNAL, "The gateway failed; the log id tells the operator which call it was."));
        }
    }

    private static boolean counts(Call call, Target target) {
        return call.isUntouched() && call.options().mockResponse() == null && target.provider().operations().contains(Operation.COUNT_TOKENS)
                && target.dialect().name().equals(call.ingress().name());
    }

    /** The answer goes on as it came, once it is known to be a count; one in the provider's own form is written anew. */
    private Answer.Whole asked(Call call, RoutePlan plan, AttemptTrail trail) {
        Answer.Whole answer = (Answer.Whole) attempts.run(call, plan.firstOnly(), trail);
        long counted = answer.target().provider().tokensCounted(answer.body());
        if (counted >= 0) {
            return new Answer.Whole(answer.target(), call.ingress().writeTokenCount(counted), answer.outline());
        }
        call.ingress().readTokenCount(answer.body());
        return answer;
    }
}
