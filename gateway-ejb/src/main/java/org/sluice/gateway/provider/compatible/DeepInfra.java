package org.sluice.gateway.provider.compatible;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.Set;

/** DeepInfra: <a href="https://deepinfra.com/docs/openai_api">API reference</a>. */
@ApplicationScoped
public class DeepInfra extends OpenAiCompatible {
    private static final RequestRules RULES = RequestRules.NONE.renames("max_completion_tokens", "max_tokens");

    public DeepInfra() {
        super("deepinfra", "https://api.deepinfra.com/v1/openai");
    }

    @Override
    public Set<String> aliases() {
        return Set.of("deep_infra");
    }

    @Override
    RequestRules rules(String upstreamModel) {
        return RULES;
    }
}
