package org.sluice.gateway.provider.azure;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.net.URI;
import java.util.Set;
import org.sluice.gateway.dialect.Dialect;
import org.sluice.gateway.dialect.openai.OpenAiDialect;
import org.sluice.gateway.provider.Dispatch;
import org.sluice.gateway.provider.UpstreamRequest;

/**
 * Deployments of Azure OpenAI; the name of the model is the name of the deployment. With a dated API version by {@code
 * /openai/deployments/<name>}, without one, or with {@code v1} or {@code preview}, by {@code /openai/v1}.
 */
@ApplicationScoped
public class AzureOpenAi extends AzureResource {
    @Inject OpenAiDialect openai;

    @Override
    public String id() {
        return "azure_openai";
    }

    @Override
    public Set<String> aliases() {
        return Set.of("azure");
    }

    @Override
    public Dialect dialect() {
        return openai;
    }

    @Override
    public Dialect dialectFor(Dialect ingress, String upstreamModel) {
        return ingress.name().equals(RESPONSES) ? ingress : openai;
    }

    @Override
    public UpstreamRequest prepare(Dispatch dispatch) {
        String version = version(dispatch);
        String stem = base(dispatch).toString();
        String address = dispatch.dialect().name().equals(RESPONSES) ? v1(stem, "responses", version)
                : isV1(version) ? v1(stem, "chat/completions", version)
                : stem + "/openai/deployments/" + encoded(dispatch.deployment().upstreamModel()) + "/chat/completions?api-version=" + encoded(version);
        return new UpstreamRequest(URI.create(address), headers(dispatch, "api-key"), dispatch.body(), dispatch.stream(), dispatch.limits());
    }
}
