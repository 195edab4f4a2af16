package org.sluice.gateway.provider.anthropic;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.net.URI;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.sluice.gateway.dialect.Dialect;
import org.sluice.gateway.dialect.anthropic.AnthropicDialect;
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

/** Claude at Anthropic. */
@ApplicationScoped
public class Anthropic implements Provider {
    private static final URI BASE = URI.create("https://api.anthropic.com");
    private static final String VERSION = "2023-06-01";

    @Inject
    AnthropicDialect dialect;

    @Override
    public String id() {
        return "anthropic";
    }

    @Override
    public boolean claims(String model) {
        return model.startsWith("claude-");
    }

    @Override
    public Dialect dialect() {
        return dialect;
    }

    @Override
    public Set<Operation> operations() {
        return Set.of(Operation.CHAT, Operation.COUNT_TOKENS, Operation.PASSTHROUGH);
    }

    @Override
    public URI baseUrl() {
        return BASE;
    }

    /** The version is added where the caller names none: without it every call is refused. */
    @Override
    public UpstreamRequest authorise(UpstreamRequest request, Deployment deployment, Credential credential, Upstream network) {
        Map<String, String> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        headers.putAll(request.headers());
        headers.putIfAbsent("anthropic-version", VERSION);
        boolean isToken = credential instanceof Credential.BearerToken;
        return KeyHeader.put(request.withHeaders(headers), id(), credential, isToken ? "authorization" : "x-api-key", isToken ? "Bearer " : "");
    }

    @Override
    public UpstreamRequest prepare(Dispatch dispatch) {
        Deployment deployment = dispatch.deployment();
        Map<String, String> headers = new LinkedHashMap<>();
        headers.put("content-type", "application/json");
        headers.put("accept", dispatch.stream() ? "text/event-stream" : "application/json");
        headers.put("accept-encoding", "identity");
        headers.put("anthropic-version", deployment.settings().getOrDefault("anthropic-version", VERSION));
        String beta = deployment.settings().get("anthropic-beta");
        if (beta != null && !beta.isBlank()) {
            headers.put("anthropic-beta", beta);
        }
        authorise(headers, dispatch.credential());
        URI base = deployment.baseUrl() == null ? BASE : deployment.baseUrl();
        return new UpstreamRequest(address(base, dispatch.operation()), headers, dispatch.body(),
                dispatch.stream(), dispatch.limits());
    }

    private static void authorise(Map<String, String> headers, Credential credential) {
        if (credential instanceof Credential.ApiKey key) {
            headers.put("x-api-key", checked(key.value()));
        } else if (credential instanceof Credential.BearerToken token) {
            headers.put("authorization", "Bearer " + checked(token.value()));
        } else {
            throw new GatewayException(ErrorType.INVALID_VALUE, "Anthropic needs an API key; the credential given is of another kind.");
        }
    }

    /** A header value must be visible ASCII; the message does not show what is wrong with the key, only that it is. */
    private static String checked(String secret) {
        if (secret == null || !KeyHeader.isHeaderText(secret)) {
            throw new GatewayException(ErrorType.INVALID_VALUE, "The Anthropic API key is empty or holds characters a key cannot have.");
        }
        return secret;
    }

    /** A base URL may end with the version, as other tools write it. */
    private static URI address(URI base, Operation operation) {
        String text = base.toString();
        String stem = text.endsWith("/") ? text.substring(0, text.length() - 1) : text;
        String path = operation == Operation.COUNT_TOKENS ? "/messages/count_tokens" : "/messages";
        return URI.create(stem + (stem.endsWith("/v1") ? path : "/v1" + path));
    }
}
