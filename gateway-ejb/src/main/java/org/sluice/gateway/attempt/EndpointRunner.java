package org.sluice.gateway.attempt;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.function.Supplier;
import org.sluice.gateway.call.Call;
import org.sluice.gateway.error.GatewayException;
import org.sluice.gateway.provider.UpstreamRequest;
import org.sluice.gateway.provider.UpstreamResponse;
import org.sluice.gateway.route.AttemptPolicy;
import org.sluice.gateway.route.Target;
import org.sluice.gateway.upstream.HttpUpstream;

/** Asks one target for something besides a chat, again as often as the policy says, but an upload only once. */
@ApplicationScoped
public class EndpointRunner {
    @Inject HttpUpstream network;

    /**
     * Sends and waits for the head of an answer below 400, which is left open.
     *
     * @param request without authorisation; asked for once per try
     * @throws GatewayException PROVIDER when the provider refused, its words cleared of the credential
     */
    public UpstreamResponse send(Call call, Target target, AttemptPolicy policy, Supplier<UpstreamRequest> request, AttemptTrail trail) {
        for (int retry = 0;; retry++) {
            long startedNanos = System.nanoTime();
            trail.sending(target);
            UpstreamRequest next = null;
            try {
                next = target.provider().authorise(Outbound.reduced(call, target, request.get()), target.deployment(), target.credential(), network);
                UpstreamResponse response = answered(target, network.send(Outbound.to(call, target, next), call.cancellation()));
                trail.answered(response.status(), startedNanos);
                return response;
            } catch (GatewayException e) {
                trail.failed(e, startedNanos);
                boolean isOnce = next == null || next.upload() != null || !next.method().equals("GET") && !next.method().equals("POST");
                if (isOnce || retry >= policy.maxRetries() || !RetryRule.isRetryable(e)) {
                    throw e;
                }
            }
        }
    }

    private static UpstreamResponse answered(Target target, UpstreamResponse response) {
        if (response.status() < 400) {
            return response;
        }
        try (response) {
            throw GatewayException.provider(AnswerReader.readError(target, response, AnswerReader.body(response, AnswerReader.MAX_ERROR_BODY)));
        }
    }
}
