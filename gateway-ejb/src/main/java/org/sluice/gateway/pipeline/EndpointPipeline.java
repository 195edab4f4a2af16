package org.sluice.gateway.pipeline;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.net.URI;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Supplier;
import org.sluice.gateway.admission.CallAdmission;
import org.sluice.gateway.attempt.AttemptTrail;
import org.sluice.gateway.attempt.EndpointRunner;
import org.sluice.gateway.attempt.EndpointRunner.Sender;
import org.sluice.gateway.call.Call;
import org.sluice.gateway.call.Reply;
import org.sluice.gateway.dialect.Body;
import org.sluice.gateway.endpoint.Endpoint;
import org.sluice.gateway.error.ErrorType;
import org.sluice.gateway.error.FailureTrace;
import org.sluice.gateway.error.GatewayException;
import org.sluice.gateway.error.ProviderError;
import org.sluice.gateway.log.RequestLogWriter;
import org.sluice.gateway.provider.Operation;
import org.sluice.gateway.provider.Upload;
import org.sluice.gateway.provider.UpstreamLimits;
import org.sluice.gateway.provider.UpstreamRequest;
import org.sluice.gateway.provider.UpstreamResponse;
import org.sluice.gateway.route.RoutePlan;
import org.sluice.gateway.route.RoutePlanner;
import org.sluice.gateway.route.Target;

/** Everything that is no completion, from request to reply: translated where the provider's words differ, else relayed. */
@ApplicationScoped
public class EndpointPipeline {
    private static final System.Logger LOGGER = System.getLogger(EndpointPipeline.class.getName());
    @Inject CallAdmission admission = new CallAdmission();
    @Inject RoutePlanner routes;
    @Inject EndpointRunner runner;
    @Inject RequestLogWriter log;
    @Inject CallRecorder recorder;

    /** @throws GatewayException when the call failed; it is recorded */
    public Reply execute(Call call, EndpointAsk ask) {
        AttemptTrail trail = new AttemptTrail();
        try {
            RequestCheck.checkParameters(call);
            if (call.options().mockResponse() != null) {
                throw GatewayException.invalid("mock_response", "'mock_response' answers chats only.");
            }
            long inputTokens = UsageEstimate.inputTokens(call);
            trail.hold(admission.admit(call, inputTokens));
            RoutePlan plan = ask.provider() == null ? routes.plan(call) : routes.planFor(call, ask.provider());
            endpoint(call, ask, plan.first());
            log.started(call, plan.first().deployment().id(), inputTokens);
            RetrievalExchange retrieval = new RetrievalExchange(call, trail, recorder);
            return runner.run(call, ask.content() == null ? plan : plan.sentOnce(), trail, (target, sender) -> {
                Endpoint endpoint = endpoint(call, ask, target);
                call.losses().reset();
                return endpoint instanceof Endpoint.Embeddings embeddings ? retrieval.embed(target, embeddings, sender)
                        : endpoint instanceof Endpoint.Rerank rerank ? retrieval.rerank(target, rerank, sender)
                        : relay(call, ask, target, endpoint, sender, trail);
            }).get();
        } catch (GatewayException e) {
            GatewayException told = recorder.failed(call, trail, e);
            if (ask.isVerbatim() && told.providerError().isPresent()) {
                return refused(told);
            }
            throw told;
        } catch (RuntimeException e) {
            LOGGER.log(System.Logger.Level.ERROR, "Call " + call.id() + " failed inside the gateway", FailureTrace.of(e));
            throw recorder.failed(call, trail, new GatewayException(ErrorType.INTERNAL, "The gateway failed; the log id tells the operator which call it was."));
        }
    }

    private static Endpoint endpoint(Call call, EndpointAsk ask, Target target) {
        return ask.isVerbatim() ? new Endpoint.Same("")
                : target.provider().endpoint(call.operation(), target.deployment(), target.credential()).orElseThrow(() -> GatewayException.of(ErrorType.NOT_FOUND, "model",
                        "The provider '" + target.provider().id() + "' has no endpoint for this (" + call.operation().logType() + ")."));
    }

    private Supplier<Reply> relay(Call call, EndpointAsk ask, Target target, Endpoint endpoint, Sender sender, AttemptTrail trail) {
        UploadMeter meter = ask.content() == null ? null : UploadMeter.idle();
        UpstreamResponse response = sender.send(limits -> request(call, ask, target, endpoint, meter, limits));
        boolean isFitting = false;
        try {
            requireFitting(call.operation(), response.headers().get("content-type"));
            isFitting = true;
        } finally {
            if (!isFitting) {
                response.close();
            }
        }
        boolean isFree = !ask.method().equals("POST") || switch (call.operation()) {
            case FILE, BATCH, MODERATION -> true;
            default -> false;
        };
        UpstreamResponse open = sender.handOver(response);
        long length = RelayedHeaders.length(open.status(), open.headers());
        return () -> new Reply.Relayed(open.status(), open.headers().get("content-type"), RelayedHeaders.of(open.headers(), ask.isVerbatim()), length,
                new RelayedBytes(call, trail, open, length, meter, isFree, recorder));
    }

    /** A login page or a proxy's error is no answer, whatever its status says. */
    private static void requireFitting(Operation operation, String contentType) {
        String type = contentType == null ? "" : contentType.toLowerCase(Locale.ROOT);
        boolean isFitting = switch (operation) {
            case EMBEDDING, RERANK, MODERATION -> type.contains("json");
            case PASSTHROUGH, FILE, BATCH -> true;
            default -> !type.startsWith("text/html");
        };
        if (!isFitting) {
            throw new GatewayException(ErrorType.UPSTREAM_INVALID, "The provider's answer is not of the type that was asked for.");
        }
    }

    private static UpstreamRequest request(Call call, EndpointAsk ask, Target target, Endpoint endpoint, UploadMeter meter, UpstreamLimits limits) {
        Map<String, String> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        headers.putAll(call.options().extraHeaders());
        headers.putAll(ask.headers());
        headers.put("Accept-Encoding", "identity");
        Upload upload = meter == null ? null : meter.count(ask.content().open(target.deployment().upstreamModel()));
        URI base = target.deployment().baseUrl();
        URI address = ask.path() == null ? ProviderAddress.of(base, endpoint.path())
                : ProviderAddress.asked(base, endpoint.path(), ask.path(), ask.query());
        return new UpstreamRequest(ask.method(), address, headers,
                body(call, ask, target), upload, true, limits);
    }

    private static Body body(Call call, EndpointAsk ask, Target target) {
        if (ask.content() != null || call.outline().body().length == 0) {
            return new Body(List.of());
        }
        return ask.isVerbatim() || call.operation() == Operation.BATCH ? Body.of(call.outline().body()) : call.forward(target.deployment().upstreamModel());
    }

    /** A provider's refusal as it is. */
    private static Reply refused(GatewayException refusal) {
        ProviderError error = refusal.providerError().orElseThrow();
        String type = error.contentType() == null ? "application/json" : error.contentType();
        return new Reply.Relayed(error.status(), type, error.headers(), error.body().length, new WholeBytes(error.body()));
    }
}
