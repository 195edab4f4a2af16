package org.sluice.gateway.provider.compatible;

import jakarta.inject.Inject;
import java.net.URI;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.sluice.gateway.dialect.Body;
import org.sluice.gateway.dialect.Dialect;
import org.sluice.gateway.dialect.Losses;
import org.sluice.gateway.dialect.openai.OpenAiDialect;
import org.sluice.gateway.dialect.responses.ResponsesDialect;
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

/** A provider with OpenAI's chat completions API. */
public abstract class OpenAiCompatible implements Provider {
    private static final String PATH = "/chat/completions";
    private static final String LEGACY_PATH = "/completions";
    private static final String RESPONSES_PATH = "/responses";

    private record Address(URI base, URI completions, URI legacy, URI responses) { }

    @Inject OpenAiDialect dialect;
    private final String id;
    private final URI baseUrl;
    private volatile Address address;

    /** @param baseUrl up to and with the version, or null when only the operator can say */
    protected OpenAiCompatible(String id, String baseUrl) {
        this.id = id;
        this.baseUrl = baseUrl == null ? null : URI.create(baseUrl);
    }

    @Override
    public String id() {
        return id;
    }

    @Override
    public Dialect dialect() {
        return dialect;
    }

    /** Whether it has the Responses API beside chat completions; clients of that are then answered by it, byte for byte. */
    protected boolean hasResponses() {
        return false;
    }

    @Override
    public Dialect dialectFor(Dialect ingress, String upstreamModel) {
        return hasResponses() && ingress.name().equals(ResponsesDialect.NAME) ? ingress : dialect();
    }

    @Override
    public URI baseUrl() {
        return baseUrl;
    }

    @Override
    public Set<Operation> operations() {
        return Offers.of(id);
    }

    @Override
    public Optional<Endpoint> endpoint(Operation operation, Deployment deployment) {
        return Optional.ofNullable(Offers.endpoint(id, operation));
    }

    @Override
    public UpstreamRequest authorise(UpstreamRequest request, Deployment deployment, Credential credential, Upstream network) {
        return KeyHeader.bearer(request, id, credential);
    }

    @Override
    public UpstreamRequest prepare(Dispatch dispatch) {
        Map<String, String> headers = new HashMap<>();
        headers.put("Content-Type", "application/json");
        headers.put("Accept", dispatch.stream() ? "text/event-stream" : "application/json");
        headers.put("Accept-Encoding", "identity");
        String key = key(dispatch.credential());
        if (key != null) {
            headers.put("Authorization", "Bearer " + key);
        }
        return new UpstreamRequest(address(dispatch), headers, dispatch.body(), dispatch.stream(), dispatch.limits());
    }

    @Override
    public Body accepted(Dialect spoken, String upstreamModel, Body body, Losses losses) {
        return spoken.name().equals(dialect.name()) ? rules(upstreamModel).apply(body, losses) : body;
    }

    @Override
    public List<String> leftOut() {
        return rules("").leftOut();
    }

    /** Where this provider takes less than OpenAI. */
    RequestRules rules(String upstreamModel) {
        return RequestRules.NONE;
    }

    private String key(Credential credential) {
        String key = KeyHeader.keyOf(credential);
        if (key == null && (needsCredential() || credential instanceof Credential.AwsKeys)) {
            throw new GatewayException(ErrorType.NO_TARGET, "Provider " + id() + " needs an API key.");
        }
        if (key != null && !KeyHeader.isHeaderText(key)) {
            throw new GatewayException(ErrorType.NO_TARGET, "The API key for provider " + id()
                    + " is empty or holds characters that no key has; store it again.");
        }
        return key;
    }

    private URI address(Dispatch dispatch) {
        URI base = dispatch.deployment().baseUrl();
        Address known = address;
        if (known == null || !known.base.equals(base)) {
            String text = base.toString();
            String stem = text.endsWith("/") ? text.substring(0, text.length() - 1) : text;
            known = new Address(base, URI.create(stem + PATH), URI.create(stem + LEGACY_PATH), URI.create(stem + RESPONSES_PATH));
            address = known;
        }
        if (dispatch.dialect().name().equals(ResponsesDialect.NAME)) {
            return known.responses;
        }
        return dispatch.operation() == Operation.COMPLETION ? known.legacy : known.completions;
    }
}
