package org.sluice.gateway.provider.jina;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.sluice.gateway.dialect.Dialect;
import org.sluice.gateway.dialect.openai.OpenAiDialect;
import org.sluice.gateway.dialect.retrieval.ListedEmbeddings;
import org.sluice.gateway.dialect.retrieval.ListedRerank;
import org.sluice.gateway.endpoint.Endpoint;
import org.sluice.gateway.error.ErrorType;
import org.sluice.gateway.error.GatewayException;
import org.sluice.gateway.provider.Credential;
import org.sluice.gateway.provider.Deployment;
import org.sluice.gateway.provider.Dispatch;
import org.sluice.gateway.provider.KeyHeader;
import org.sluice.gateway.provider.Operation;
import org.sluice.gateway.provider.Provider;
import org.sluice.gateway.provider.Upstream;
import org.sluice.gateway.provider.UpstreamRequest;

/** Jina AI: <a href="https://jina.ai/embeddings/">API reference</a>. */
@ApplicationScoped
public class Jina implements Provider {
    private static final URI BASE = URI.create("https://api.jina.ai/v1");
    private static final Endpoint EMBEDDINGS = new ListedEmbeddings("/embeddings", "dimensions", "task",
            Map.of("query", "retrieval.query", "document", "retrieval.passage", "search_query", "retrieval.query", "search_document", "retrieval.passage"),
            List.of("normalized", "late_chunking", "truncate"), 2048, true);
    private static final Endpoint RERANK = new ListedRerank("/rerank", "top_n", "results", List.of(), true);

    /** Only its errors are read with it: they look like OpenAI's or are a {@code detail}. */
    @Inject OpenAiDialect dialect;

    @Override
    public String id() {
        return "jina_ai";
    }

    @Override
    public Set<String> aliases() {
        return Set.of("jina", "jinaai");
    }

    @Override
    public boolean claims(String model) {
        return model.startsWith("jina-");
    }

    @Override
    public Dialect dialect() {
        return dialect;
    }

    @Override
    public Set<Operation> operations() {
        return Set.of(Operation.EMBEDDING, Operation.RERANK, Operation.PASSTHROUGH);
    }

    @Override
    public URI baseUrl() {
        return BASE;
    }

    @Override
    public Optional<Endpoint> endpoint(Operation operation, Deployment deployment) {
        return Optional.ofNullable(operation == Operation.EMBEDDING ? EMBEDDINGS : operation == Operation.RERANK ? RERANK : null);
    }

    @Override
    public UpstreamRequest authorise(UpstreamRequest request, Deployment deployment, Credential credential, Upstream network) {
        return KeyHeader.bearer(request, id(), credential);
    }

    @Override
    public UpstreamRequest prepare(Dispatch dispatch) {
        throw new GatewayException(ErrorType.NOT_FOUND, "Jina AI has no chat models.");
    }
}
