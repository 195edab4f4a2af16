package org.sluice.gateway.attempt;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.function.Function;
import org.sluice.gateway.call.Call;
import org.sluice.gateway.error.GatewayException;
import org.sluice.gateway.health.Admission;
import org.sluice.gateway.health.DeploymentHealth;
import org.sluice.gateway.provider.UpstreamLimits;
import org.sluice.gateway.provider.UpstreamRequest;
import org.sluice.gateway.provider.UpstreamResponse;
import org.sluice.gateway.route.RoutePlan;
import org.sluice.gateway.route.Target;
import org.sluice.gateway.upstream.HttpUpstream;

/** Asks for something besides a chat until one of the plan's targets answers. */
@ApplicationScoped
public class EndpointRunner {
    @Inject HttpUpstream network;
    @Inject DeploymentHealth health;
    private final Timing timing = Timing.SYSTEM;

    /** Outside a container. */
    public static EndpointRunner of(HttpUpstream network, DeploymentHealth health) {
        EndpointRunner runner = new EndpointRunner();
        runner.network = network;
        runner.health = health;
        return runner;
    }

    /**
     * What is exchanged with one target.
     *
     * @param <T> what it gives
     */
    public interface Exchange<T> {
        T with(Target target, Sender sender);
    }

    /** @throws GatewayException the failure, when nobody answered; the providers' words are cleared of credentials */
    public <T> T run(Call call, RoutePlan plan, AttemptTrail trail, Exchange<T> exchange) {
        return new AttemptLoop<T>(call, plan, trail, health, timing, null, (asking, target, limits, admission, told) -> {
            Sender sender = new Sender(asking, target, limits, admission, told);
            T given = exchange.with(target, sender);
            sender.done();
            return given;
        }).run();
    }

    /** Sends to one target within one attempt. */
    public final class Sender {
        private final Call call;
        private final Target target;
        private final UpstreamLimits limits;
        private final Admission admission;
        private final AttemptTrail trail;
        private boolean isAnswered;
        private boolean isHandedOver;

        private Sender(Call call, Target target, UpstreamLimits limits, Admission admission, AttemptTrail trail) {
            this.call = call;
            this.target = target;
            this.limits = limits;
            this.admission = admission;
            this.trail = trail;
        }

        /**
         * Waits for the head of an answer below 400, which is left open; to be read before the exchange ends. May be called
         * more than once.
         *
         * @param request without authorisation
         * @throws GatewayException PROVIDER when the provider refused
         */
        public UpstreamResponse send(Function<UpstreamLimits, UpstreamRequest> request) {
            long startedNanos = timing.nanos();
            if (isAnswered) {
                trail.sending(target);
            }
            UpstreamRequest next = target.provider().authorise(Outbound.reduced(call, target, request.apply(limits)), target.deployment(), target.credential(), network);
            UpstreamResponse response = answered(network.send(Outbound.to(call, target, next), call.cancellation()));
            trail.answered(response.status());
            if (!isAnswered) {
                isAnswered = true;
                admission.answered(timing.nanos() - startedNanos);
            }
            return response;
        }

        /** For an answer that goes on after the exchange: its end tells how the attempt ended. */
        public UpstreamResponse handOver(UpstreamResponse response) {
            isHandedOver = true;
            return new AdmittedResponse(call, response, admission);
        }

        private void done() {
            if (!isHandedOver) {
                admission.succeeded(0, 0);
            }
        }

        private UpstreamResponse answered(UpstreamResponse response) {
            if (response.status() < 400) {
                return response;
            }
            try (response) {
                throw GatewayException.provider(AnswerReader.readError(target, response, AnswerReader.body(response, AnswerReader.MAX_ERROR_BODY)));
            }
        }
    }
}
