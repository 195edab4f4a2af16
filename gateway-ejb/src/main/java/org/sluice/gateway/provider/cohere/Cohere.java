package org.sluice.gateway.provider.cohere;

import jakarta.enterprise.context.ApplicationScoped;
import java.net.URI;
import java.util.Map;
import org.sluice.gateway.dialect.Dialect;
import org.sluice.gateway.error.ErrorType;
import org.sluice.gateway.error.GatewayException;
import org.sluice.gateway.provider.Credential;
import org.sluice.gateway.provider.Dispatch;
import org.sluice.gateway.provider.Provider;
import org.sluice.gateway.provider.UpstreamRequest;

/** Cohere: <a href="https://docs.cohere.com/reference/chat">API reference</a>. */
@ApplicationScoped
public class Cohere implements Provider {
    private static final URI BASE_URL = URI.create("https://api.cohere.com");
    private static final String PATH = "/v2/chat";
    private final CohereDialect dialect = new CohereDialect();

    @Override
    public String id() {
        return "cohere";
    }

    @Override
    public boolean claims(String model) {
        return model.startsWith("command-") || model.startsWith("c4ai-");
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
    public UpstreamRequest prepare(Dispatch dispatch) {
        Map<String, String> headers = Map.of("Content-Type", "application/json", "Accept-Encoding", "identity",
                "Accept", dispatch.stream() ? "text/event-stream" : "application/json", "Authorization", "Bearer " + key(dispatch.credential()));
        return new UpstreamRequest(chat(dispatch.deployment().baseUrl()), headers, dispatch.body(), dispatch.stream(), dispatch.limits());
    }

    private static String key(Credential credential) {
        String key = credential instanceof Credential.ApiKey apiKey ? apiKey.value()
                : credential instanceof Credential.BearerToken token ? token.value() : null;
        if (key == null || key.isEmpty() || !key.chars().allMatch(c -> c > 0x20 && c < 0x7f)) {
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
