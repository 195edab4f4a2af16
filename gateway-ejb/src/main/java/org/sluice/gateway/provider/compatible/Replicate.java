package org.sluice.gateway.provider.compatible;

import jakarta.enterprise.context.ApplicationScoped;

/**
 * Replicate, by its OpenAI-compatible proxy: the models it serves as chat, not every model of the catalogue of predictions:
 * <a href="https://replicate.com/docs">API reference</a>.
 */
@ApplicationScoped
public class Replicate extends OpenAiCompatible {
    private static final RequestRules RULES = RequestRules.NONE.renames("max_completion_tokens", "max_tokens");

    public Replicate() {
        super("replicate", "https://openai-proxy.replicate.com/v1");
    }

    @Override
    RequestRules rules(String upstreamModel) {
        return RULES;
    }
}
