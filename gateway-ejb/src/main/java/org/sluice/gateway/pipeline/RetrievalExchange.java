package org.sluice.gateway.pipeline;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Supplier;
import org.sluice.gateway.attempt.AttemptTrail;
import org.sluice.gateway.attempt.EndpointRunner.Sender;
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
import org.sluice.gateway.route.Target;
import org.sluice.gateway.usage.Usage;

/**
 * Embeddings and reranks of providers with a wire format of their own: read, asked for in calls of a size they take, written.
 * Of one call; a retry goes on with the inputs that are not embedded yet, another target begins anew.
 */
final class RetrievalExchange {
    private final Call call;
    private final AttemptTrail trail;
    private final CallRecorder recorder;
    private Embedded embedded;

    RetrievalExchange(Call call, AttemptTrail trail, CallRecorder recorder) {
        this.call = call;
        this.trail = trail;
        this.recorder = recorder;
    }

    private static final class Embedded {
        private final Target target;
        private final EmbeddingRequest request;
        private final List<RawJson> vectors;
        private Usage usage;
        private String model;

        Embedded(Target target, EmbeddingRequest request) {
            this.target = target;
            this.request = request;
            this.vectors = new ArrayList<>(request.inputs().size());
        }
    }

    /** @return what is recorded and told when no more can go wrong */
    Supplier<Reply> embed(Target target, Endpoint.Embeddings endpoint, Sender sender) {
        if (embedded == null || embedded.target != target) {
            embedded = new Embedded(target, EmbeddingRequestReader.read(call.outline(), target.deployment().upstreamModel(), call.gatewayMembers()));
        }
        Embedded all = embedded;
        while (all.vectors.size() < all.request.inputs().size()) {
            add(all, endpoint, sender);
        }
        byte[] body = EmbeddingResponseWriter.write(all.model == null ? all.request.model() : all.model, all.vectors, all.usage,
                EmbeddingRequestReader.wantsBase64(call.outline()));
        return () -> {
            recorder.embedded(call, trail, all.usage, all.model, null, body);
            return new Reply.Whole(body);
        };
    }

    private void add(Embedded all, Endpoint.Embeddings endpoint, Sender sender) {
        int from = all.vectors.size();
        EmbeddingRequest part = all.request.with(all.request.inputs().subList(from, Math.min(all.request.inputs().size(), from + endpoint.most())));
        EmbeddingResponse answer = read(ask(all.target, endpoint, endpoint.writeRequest(part, call.losses()), sender), endpoint::readResponse);
        if (answer.vectors().size() != part.inputs().size()) {
            throw new GatewayException(ErrorType.UPSTREAM_INVALID, "The provider answered " + part.inputs().size() + " inputs with "
                    + answer.vectors().size() + " embeddings.");
        }
        all.vectors.addAll(answer.vectors());
        all.usage = sum(all.usage, answer.usage());
        all.model = answer.model() == null ? all.model : answer.model();
    }

    /** @return what is recorded and told when no more can go wrong */
    Supplier<Reply> rerank(Target target, Endpoint.Rerank endpoint, Sender sender) {
        RerankRequest request = RerankRequestReader.read(call.outline(), target.deployment().upstreamModel(), call.gatewayMembers());
        RerankResponse answer = read(ask(target, endpoint, endpoint.writeRequest(request, call.losses()), sender), endpoint::readResponse);
        byte[] body = RerankResponseWriter.write(request, answer, call.id().toString());
        return () -> {
            recorder.embedded(call, trail, answer.usage(), null, answer.id(), body);
            return new Reply.Whole(body);
        };
    }

    private byte[] ask(Target target, Endpoint endpoint, byte[] json, Sender sender) {
        Map<String, String> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        headers.putAll(call.options().extraHeaders());
        headers.putAll(Map.of("Content-Type", "application/json", "Accept", "application/json", "Accept-Encoding", "identity"));
        try (UpstreamResponse response = sender.send(limits -> new UpstreamRequest(
                ProviderAddress.of(target.deployment().baseUrl(), endpoint.path()), headers, Body.of(json), false, limits))) {
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
