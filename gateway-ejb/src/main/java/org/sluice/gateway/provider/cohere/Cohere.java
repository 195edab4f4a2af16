package org.sluice.gateway.provider.cohere;

import jakarta.enterprise.context.ApplicationScoped;
import java.net.URI;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.sluice.gateway.dialect.Dialect;
import org.sluice.gateway.endpoint.Endpoint;
import org.sluice.gateway.provider.Credential;
import org.sluice.gateway.provider.Deployment;
import org.sluice.gateway.provider.Dispatch;
import org.sluice.gateway.provider.KeyHeader;
import org.sluice.gateway.provider.Operation;
import org.sluice.gateway.provider.Provider;
import org.sluice.gateway.provider.Upstream;
import org.sluice.gateway.provider.UpstreamRequest;

/** Cohere: <a href="https://docs.cohere.com/reference/chat">API reference</a>. */
@ApplicationScoped
public class Cohere implements Provider {
    private static final URI BASE_URL = URI.create("https://api.cohere.com");
    private static final String PATH = "/v2/chat";
    private static final Endpoint EMBEDDINGS = new CohereEmbeddings();
    /** Our clients ask for a rerank in Cohere's own words. */
    private static final Endpoint RERANK = new Endpoint.Same("/v2/rerank");
    private final CohereDialect dialect = new CohereDialect();

    @Override
    public String id() {
        return "cohere";
    }

    @Override
    public boolean claims(String model) {
        return model.startsWith("command-") || model.startsWith("c4ai-") || model.startsWith("rerank-v") || model.startsWith("embed-v")
                || model.startsWith("embed-english-") || model.startsWith("embed-multilingual-");
    }

    @Override
    public Dialect dialect() {
        return dialect;
    }

    @Override
    public URI baseUrl() {
        return BASE_URL;
    }

    @Override
    public Set<Operation> operations() {
        return Set.of(Operation.CHAT, Operation.EMBEDDING, Operation.RERANK, Operation.PASSTHROUGH);
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
        Map<String, String> headers = Map.of("Content-Type", "application/json", "Accept-Encoding", "identity",
                "Accept", dispatch.stream() ? "text/event-stream" : "application/json");
        return KeyHeader.bearer(new UpstreamRequest(chat(dispatch.deployment().baseUrl()), headers, dispatch.body(), dispatch.stream(), dispatch.limits()),
                id(), dispatch.credential());
    }

    /** The base may end with a version, as that of other providers does. */
    private static URI chat(URI base) {
        String text = base.toString().replaceFirst("/+$", "").replaceFirst("/v[12]$", "");
        return URI.create(text + PATH);
    }
}
