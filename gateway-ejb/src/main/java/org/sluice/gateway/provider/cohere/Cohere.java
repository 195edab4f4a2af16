package org.sluice.gateway.provider.cohere;

import jakarta.enterprise.context.ApplicationScoped;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.sluice.gateway.dialect.Dialect;
import org.sluice.gateway.dialect.retrieval.CohereEmbeddings;
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

/** Cohere: <a href="https://docs.cohere.com/reference/chat">API reference</a>. */
@ApplicationScoped
public class Cohere implements Provider {
    private static final URI BASE_URL = URI.create("https://api.cohere.com");
    private static final String PATH = "/v2/chat";
    private static final List<String> PREFIXES = List.of("command-", "c4ai-", "embed-", "rerank-v", "rerank-english", "rerank-multilingual");
    private static final Endpoint EMBEDDINGS = new CohereEmbeddings("/v2/embed", true);
    private static final Endpoint RERANK = new ListedRerank("/v2/rerank", "top_n", "results", List.of("max_tokens_per_doc", "priority"), false);
    private final CohereDialect dialect = new CohereDialect();

    @Override
    public String id() {
        return "cohere";
    }

    @Override
    public boolean claims(String model) {
        return PREFIXES.stream().anyMatch(model::startsWith);
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
                "Accept", dispatch.stream() ? "text/event-stream" : "application/json", "Authorization", "Bearer " + key(dispatch.credential()));
        return new UpstreamRequest(chat(dispatch.deployment().baseUrl()), headers, dispatch.body(), dispatch.stream(), dispatch.limits());
    }

    private static String key(Credential credential) {
        String key = credential instanceof Credential.ApiKey apiKey ? apiKey.value()
                : credential instanceof Credential.BearerToken token ? token.value() : null;
        if (key == null || !KeyHeader.isHeaderText(key)) {
            throw new GatewayException(ErrorType.NO_TARGET, "Provider cohere needs an API key of printable characters; set COHERE_API_KEY or store it again.");
        }
        return key;
    }

    /** The base may end with a version, as that of other providers does. */
    private static URI chat(URI base) {
        String text = base.toString().replaceFirst("/+$", "").replaceFirst("/v[12]$", "");
        return URI.create(text + PATH);
    }
}
