package org.sluice.gateway.pipeline;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.sluice.gateway.attempt.AttemptTrail;
import org.sluice.gateway.attempt.EndpointRunner;
import org.sluice.gateway.call.Call;
import org.sluice.gateway.call.Reply;
import org.sluice.gateway.chat.RawJson;
import org.sluice.gateway.dialect.Body;
import org.sluice.gateway.dialect.retrieval.EmbeddingRequestReader;
import org.sluice.gateway.dialect.retrieval.EmbeddingResponseWriter;
import org.sluice.gateway.dialect.retrieval.RerankRequestReader;
import org.sluice.gateway.dialect.retrieval.RerankResponseWriter;
import org.sluice.gateway.endpoint.EmbeddingRequest;
import org.sluice.gateway.endpoint.EmbeddingResponse;
import org.sluice.gateway.endpoint.Endpoint;
import org.sluice.gateway.endpoint.RerankRequest;
import org.sluice.gateway.endpoint.RerankResponse;
import org.sluice.gateway.error.ErrorType;
import org.sluice.gateway.error.GatewayException;
import org.sluice.gateway.provider.UpstreamRequest;
import org.sluice.gateway.provider.UpstreamResponse;
import org.sluice.gateway.route.RoutePlan;
import org.sluice.gateway.route.Target;
import org.sluice.gateway.usage.Usage;

/** Embeddings and reranks of providers with a wire format of their own: read, asked for in calls of a size they take, written. */
@ApplicationScoped
public class RetrievalExchange {
    @Inject EndpointRunner runner;
    @Inject CallRecorder recorder;

    Reply embed(Call call, RoutePlan plan, Endpoint.Embeddings endpoint, AttemptTrail trail) {
        Target target = plan.first();
        boolean isBase64 = EmbeddingRequestReader.wantsBase64(call.outline());
        EmbeddingRequest request = EmbeddingRequestReader.read(call.outline(), target.deployment().upstreamModel(), call.gatewayMembers());
        List<RawJson> vectors = new ArrayList<>(request.inputs().size());
        Usage usage = null;
        String model = null;
        for (int from = 0; from < request.inputs().size(); from += endpoint.most()) {
            EmbeddingRequest part = request.with(request.inputs().subList(from, Math.min(request.inputs().size(), from + endpoint.most())));
            EmbeddingResponse answer = read(ask(call, plan, endpoint, endpoint.writeRequest(part, call.losses()), trail), endpoint::readResponse);
            if (answer.vectors().size() != part.inputs().size()) {
                throw new GatewayException(ErrorType.UPSTREAM_INVALID, "The provider answered " + part.inputs().size() + " inputs with "
                        + answer.vectors().size() + " embeddings.");
            }
            vectors.addAll(answer.vectors());
            usage = sum(usage, answer.usage());
            model = answer.model() == null ? model : answer.model();
        }
        byte[] body = EmbeddingResponseWriter.write(model == null ? request.model() : model, vectors, usage, isBase64);
        recorder.embedded(call, trail, usage, model, null, body);
        return new Reply.Whole(body);
    }

    Reply rerank(Call call, RoutePlan plan, Endpoint.Rerank endpoint, AttemptTrail trail) {
        RerankRequest request = RerankRequestReader.read(call.outline(), plan.first().deployment().upstreamModel(), call.gatewayMembers());
        RerankResponse answer = read(ask(call, plan, endpoint, endpoint.writeRequest(request, call.losses()), trail), endpoint::readResponse);
        byte[] body = RerankResponseWriter.write(request, answer, call.id().toString());
        recorder.embedded(call, trail, answer.usage(), null, answer.id(), body);
        return new Reply.Whole(body);
    }

    private byte[] ask(Call call, RoutePlan plan, Endpoint endpoint, byte[] json, AttemptTrail trail) {
        Target target = plan.first();
        Map<String, String> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        headers.putAll(call.options().extraHeaders());
        headers.putAll(Map.of("Content-Type", "application/json", "Accept", "application/json", "Accept-Encoding", "identity"));
        try (UpstreamResponse response = runner.send(call, target, plan.policy(), () -> new UpstreamRequest(
                ProviderAddress.of(target.deployment().baseUrl(), endpoint.path()), headers, Body.of(json), false, plan.policy().limits()), trail)) {
            return response.body().readAllBytes();
        } catch (IOException e) {
            throw new GatewayException(ErrorType.UPSTREAM_INVALID, "The provider's answer could not be read.", e);
        }
    }

    /** How an answer is read. */
    private interface Reader<T> {
        T read(byte[] body);
    }

    private static <T> T read(byte[] body, Reader<T> reader) {
        try {
            return reader.read(body);
        } catch (GatewayException e) {
            throw e.type() == ErrorType.UPSTREAM_INVALID ? e : new GatewayException(ErrorType.UPSTREAM_INVALID, "The provider's answer is not what it should be.", e);
        }
    }

    private static Usage sum(Usage a, Usage b) {
        return a == null ? b : b == null ? a : Usage.of(a.inputTokens() + b.inputTokens(), a.outputTokens() + b.outputTokens());
    }
}
