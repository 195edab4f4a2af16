package org.sluice.gateway.provider.gemini;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.net.URI;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.sluice.gateway.dialect.Dialect;
import org.sluice.gateway.dialect.gemini.GeminiDialect;
import org.sluice.gateway.dialect.retrieval.GeminiEmbeddings;
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

/** Gemini at Google's own API. */
@ApplicationScoped
public class Gemini implements Provider {
    private static final URI BASE = URI.create("https://generativelanguage.googleapis.com/v1beta");
    private static final Pattern VERSIONED = Pattern.compile(".*/v\\d+(alpha|beta)?\\d*");

    @Inject
    GeminiDialect dialect;

    @Override
    public String id() {
        return "gemini";
    }

    @Override
    public Set<String> aliases() {
        return Set.of("google_gemini", "google");
    }

    @Override
    public boolean claims(String model) {
        return model.startsWith("gemini-");
    }

    @Override
    public Dialect dialect() {
        return dialect;
    }

    @Override
    public Set<Operation> operations() {
        return EnumSet.of(Operation.CHAT, Operation.COUNT_TOKENS, Operation.EMBEDDING, Operation.PASSTHROUGH);
    }

    @Override
    public URI baseUrl() {
        return BASE;
    }

    @Override
    public Optional<Endpoint> endpoint(Operation operation, Deployment deployment) {
        String model = resource(deployment.upstreamModel());
        return operation != Operation.EMBEDDING ? Optional.empty()
                : Optional.of(new GeminiEmbeddings("/v1beta/" + model.replace(":", "%3A") + ":batchEmbedContents", model));
    }

    @Override
    public UpstreamRequest authorise(UpstreamRequest request, Deployment deployment, Credential credential, Upstream network) {
        Map<String, String> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        headers.putAll(request.headers());
        authorise(headers, credential);
        return request.withHeaders(headers);
    }

    @Override
    public UpstreamRequest prepare(Dispatch dispatch) {
        Deployment deployment = dispatch.deployment();
        Map<String, String> headers = new LinkedHashMap<>();
        headers.put("content-type", "application/json");
        headers.put("accept", dispatch.stream() ? "text/event-stream" : "application/json");
        headers.put("accept-encoding", "identity");
        authorise(headers, dispatch.credential());
        boolean isCount = dispatch.operation() == Operation.COUNT_TOKENS;
        String method = isCount ? ":countTokens" : dispatch.stream() ? ":streamGenerateContent?alt=sse" : ":generateContent";
        String model = resource(deployment.upstreamModel());
        URI address = URI.create(stem(deployment.baseUrl() == null ? BASE : deployment.baseUrl()) + "/" + model.replace(":", "%3A") + method);
        return new UpstreamRequest(address, headers, isCount ? CountBody.of(dispatch.body(), model) : dispatch.body(),
                dispatch.stream(), dispatch.limits());
    }

    /** {@code models/gemini-2.5-flash}; a tuned model brings its own kind. */
    private static String resource(String upstreamModel) {
        return upstreamModel.startsWith("models/") || upstreamModel.startsWith("tunedModels/") ? upstreamModel : "models/" + upstreamModel;
    }

    private static void authorise(Map<String, String> headers, Credential credential) {
        if (credential instanceof Credential.ApiKey key) {
            headers.put("x-goog-api-key", checked(key.value()));
        } else if (credential instanceof Credential.BearerToken token) {
            headers.put("authorization", "Bearer " + checked(token.value()));
        } else {
            throw new GatewayException(ErrorType.INVALID_VALUE, "Gemini needs an API key; the credential given is of another kind.");
        }
    }

    /** A header value must be visible ASCII; the message does not show what is wrong with the key, only that it is. */
    private static String checked(String secret) {
        if (secret == null || !KeyHeader.isHeaderText(secret)) {
            throw new GatewayException(ErrorType.INVALID_VALUE, "The Gemini API key is empty or holds characters a key cannot have.");
        }
        return secret;
    }

    private static String stem(URI base) {
        String text = base.toString();
        String stem = text.endsWith("/") ? text.substring(0, text.length() - 1) : text;
        return VERSIONED.matcher(stem).matches() ? stem : stem + "/v1beta";
    }
}
