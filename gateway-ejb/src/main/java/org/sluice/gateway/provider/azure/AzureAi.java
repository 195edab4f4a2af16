package org.sluice.gateway.provider.azure;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.net.URI;
import java.util.Map;
import java.util.Set;
import org.sluice.gateway.dialect.Dialect;
import org.sluice.gateway.dialect.anthropic.AnthropicDialect;
import org.sluice.gateway.dialect.openai.OpenAiDialect;
import org.sluice.gateway.provider.Dispatch;
import org.sluice.gateway.provider.Operation;
import org.sluice.gateway.provider.UpstreamRequest;

/**
 * Models of Azure AI Foundry, by {@code /models/chat/completions}, or by {@code /openai/v1} when the version is {@code v1} or
 * {@code preview}; Claude by {@code /anthropic/v1/messages}. An endpoint of one serverless model has its own host and takes its
 * key as bearer.
 */
@ApplicationScoped
public class AzureAi extends AzureResource {
    private static final String DEFAULT_VERSION = "2024-05-01-preview";
    private static final String SERVERLESS = ".models.ai.azure.com";
    @Inject OpenAiDialect openai;
    @Inject AnthropicDialect anthropic;

    @Override
    public String id() {
        return "azure_ai";
    }

    @Override
    public Set<String> aliases() {
        return Set.of("azure_deepseek", "azure_foundry");
    }

    @Override
    public Dialect dialect() {
        return openai;
    }

    @Override
    public Dialect dialectFor(Dialect ingress, String upstreamModel) {
        return upstreamModel.startsWith("claude-") ? anthropic : ingress.name().equals(RESPONSES) ? ingress : openai;
    }

    @Override
    public Set<Operation> operations() {
        return Set.of(Operation.CHAT, Operation.PASSTHROUGH);
    }

    @Override
    public UpstreamRequest prepare(Dispatch dispatch) {
        URI base = base(dispatch);
        String version = version(dispatch);
        String dialect = dispatch.dialect().name();
        boolean isClaude = dialect.equals(AnthropicDialect.NAME);
        boolean isServerless = base.getHost() != null && base.getHost().endsWith(SERVERLESS);
        Map<String, String> headers = headers(dispatch, isClaude ? "x-api-key" : isServerless ? "authorization" : "api-key");
        if (isClaude) {
            headers.put("anthropic-version", "2023-06-01");
        }
        String address = isClaude ? base + "/anthropic/v1/messages"
                : dialect.equals(RESPONSES) ? v1(base.toString(), "responses", version)
                : isServerless ? base + "/v1/chat/completions"
                : !version.isEmpty() && isV1(version) ? v1(base.toString(), "chat/completions", version)
                : base + "/models/chat/completions?api-version=" + encoded(version.isEmpty() ? DEFAULT_VERSION : version);
        return new UpstreamRequest(URI.create(address), headers, dispatch.body(), dispatch.stream(), dispatch.limits());
    }
}
