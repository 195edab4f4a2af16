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
import org.sluice.gateway.health.Admission;
import org.sluice.gateway.health.DeploymentHealth;
import org.sluice.gateway.provider.Dispatch;
import org.sluice.gateway.provider.Operation;
import org.sluice.gateway.provider.Provider;
import org.sluice.gateway.provider.Upstream;
import org.sluice.gateway.provider.UpstreamLimits;
import org.sluice.gateway.provider.UpstreamRequest;
import org.sluice.gateway.provider.UpstreamResponse;
import org.sluice.gateway.route.RoutePlan;
import org.sluice.gateway.route.Target;
import org.sluice.gateway.upstream.HttpUpstream;
import org.sluice.gateway.usage.Usage;

/** Asks for a completion until one of the plan's targets answers. */
@ApplicationScoped
public class AttemptRunner {
    @Inject HttpUpstream network;
    @Inject DeploymentHealth health;
    @Inject HedgeThreads threads;
    private final Timing timing = Timing.SYSTEM;

    /** Outside a container. */
    public static AttemptRunner of(HttpUpstream network, DeploymentHealth health) {
        AttemptRunner runner = new AttemptRunner();
        runner.network = network;
        runner.health = health;
        runner.threads = new HedgeThreads();
        return runner;
    }

    /** The same for each target. */
    public Answer run(Call call, RoutePlan plan, AttemptTrail trail) {
        return run(call, plan, trail, (asking, target) -> asking);
    }

    /** The call as a target must see it. May be asked by two threads at once. */
    public interface View {
        Call of(Call call, Target target);
    }

    /**
     * @param view asked once per attempt
     * @throws GatewayException the failure, when nobody answered
     */
    public Answer run(Call call, RoutePlan plan, AttemptTrail trail, View view) {
        if (call.options().mockResponse() != null) {
            trail.sending(plan.first());
            Answer mocked = MockAnswer.of(call, plan.first());
            trail.answered(200);
            return mocked;
        }
        return new AttemptLoop<Answer>(call, plan, trail, health, timing, threads,
                (asking, target, limits, admission, told) -> ask(view.of(asking, target), target, limits, admission, told)).run();
    }

    private Answer ask(Call call, Target target, UpstreamLimits limits, Admission admission, AttemptTrail trail) {
        long startedNanos = timing.nanos();
        UpstreamResponse response = upstream(target.provider()).send(Outbound.to(call, target, prepare(call, target, limits)), call.cancellation());
        long headNanos = timing.nanos() - startedNanos;
        Answer answer = AnswerReader.read(call, target, response);
        trail.answered(response.status());
        if (answer instanceof Answer.Streamed streamed) {
            admission.answered(timing.nanos() - startedNanos);
            return new Answer.Streamed(target, new AdmittedFrames(call, streamed.frames(), admission));
        }
        admission.answered(headNanos);
        Usage usage = ((Answer.Whole) answer).outline().usage();
        admission.succeeded(usage == null ? 0 : usage.inputTokens(), usage == null ? 0 : usage.outputTokens());
        return answer;
    }

    private UpstreamRequest prepare(Call call, Target target, UpstreamLimits limits) {
        Map<String, String> extra = call.options().extraHeaders();
        Map<String, String> dialects = isSameDialect(call, target) ? call.options().dialectHeaders() : Map.of();
        UpstreamRequest request = target.provider().prepare(new Dispatch(call.operation(), target.dialect(), target.deployment(),
                target.credential(), bodyFor(call, target), call.isStream(), limits, network, clientHeaders(extra, dialects), call.losses()));
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
