package org.sluice.gateway.attempt;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.sluice.gateway.call.Call;
import org.sluice.gateway.chat.ChatRequest;
import org.sluice.gateway.dialect.Body;
import org.sluice.gateway.error.GatewayException;
import org.sluice.gateway.provider.Dispatch;
import org.sluice.gateway.provider.Operation;
import org.sluice.gateway.provider.Provider;
import org.sluice.gateway.provider.Upstream;
import org.sluice.gateway.provider.UpstreamRequest;
import org.sluice.gateway.provider.UpstreamResponse;
import org.sluice.gateway.route.AttemptPolicy;
import org.sluice.gateway.route.RoutePlan;
import org.sluice.gateway.route.Target;
import org.sluice.gateway.upstream.HttpUpstream;

/** The loop over targets and tries. */
@ApplicationScoped
public class AttemptRunner {
    @Inject HttpUpstream network;

    /** @throws GatewayException the last failure, when nobody answered */
    public Answer run(Call call, RoutePlan plan, AttemptTrail trail) {
        GatewayException last = null;
        for (Target target : plan.targets()) {
            for (int retry = 0; retry <= plan.policy().maxRetries(); retry++) {
                AttemptOutcome outcome = attempt(call, target, plan.policy(), trail);
                if (outcome instanceof AttemptOutcome.Answered answered) {
                    return answered.answer();
                }
                if (outcome instanceof AttemptOutcome.Fatal fatal) {
                    throw fatal.error();
                }
                last = ((AttemptOutcome.Retryable) outcome).error();
            }
        }
        throw last;
    }

    private AttemptOutcome attempt(Call call, Target target, AttemptPolicy policy, AttemptTrail trail) {
        long startedNanos = System.nanoTime();
        trail.sending(target);
        try {
            if (call.options().mockResponse() != null) {
                Answer mocked = MockAnswer.of(call, target);
                trail.answered(200, startedNanos);
                return new AttemptOutcome.Answered(mocked);
            }
            UpstreamRequest request = prepare(call, target, policy);
            UpstreamResponse response = upstream(target.provider()).send(Outbound.to(call, target, request), call.cancellation());
            Answer answer = AnswerReader.read(call, target, response);
            trail.answered(response.status(), startedNanos);
            return new AttemptOutcome.Answered(answer);
        } catch (GatewayException e) {
            trail.failed(e, startedNanos);
            return RetryRule.isRetryable(e) ? new AttemptOutcome.Retryable(e) : new AttemptOutcome.Fatal(e);
        }
    }

    private UpstreamRequest prepare(Call call, Target target, AttemptPolicy policy) {
        Map<String, String> extra = call.options().extraHeaders();
        Map<String, String> dialects = isSameDialect(call, target) ? call.options().dialectHeaders() : Map.of();
        UpstreamRequest request = target.provider().prepare(new Dispatch(call.operation(), target.dialect(), target.deployment(),
                target.credential(), bodyFor(call, target), call.isStream(), policy.limits(), network, clientHeaders(extra, dialects), call.losses()));
        if (extra.isEmpty() && dialects.isEmpty()) {
            return request;
        }
        Map<String, String> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        headers.putAll(extra);
        headers.putAll(request.headers());
        headers.putAll(dialects);
        return request.withHeaders(headers);
    }

    private static Map<String, String> clientHeaders(Map<String, String> extra, Map<String, String> dialects) {
        if (extra.isEmpty()) {
            return dialects;
        }
        Map<String, String> all = new HashMap<>();
        extra.forEach((name, value) -> all.put(name.toLowerCase(Locale.ROOT), value));
        all.putAll(dialects);
        return all;
    }

    /** Same dialect on both sides and nothing rewritten: the client's own bytes, only the model renamed. */
    private static Body bodyFor(Call call, Target target) {
        String upstreamModel = target.deployment().upstreamModel();
        call.losses().reset();
        boolean isForeign = call.ingress().name().equals("responses") && SignedBy.mayHoldForeign(call.outline().body(), target);
        Body body = passesThrough(call, target) && !isForeign
                ? call.forward(upstreamModel)
                : Body.of(write(call, target, upstreamModel));
        return call.operation() == Operation.CHAT ? target.provider().accepted(target.dialect(), upstreamModel, body, call.losses()) : body;
    }

    static boolean passesThrough(Call call, Target target) {
        return call.isUntouched() && isSameDialect(call, target);
    }

    private static boolean isSameDialect(Call call, Target target) {
        return call.ingress().name().equals(target.dialect().name());
    }

    private static byte[] write(Call call, Target target, String upstreamModel) {
        ChatRequest request = SignedBy.only(call.request().withModel(upstreamModel), target);
        return target.dialect().writeRequest(isSameDialect(call, target) ? request : TokenBound.within(request, target.model(), call.losses()), call.losses());
    }

    private Upstream upstream(Provider provider) {
        return provider instanceof Upstream own ? own : network;
    }
}
