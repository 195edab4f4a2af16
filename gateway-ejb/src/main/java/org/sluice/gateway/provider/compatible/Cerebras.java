package org.sluice.gateway.provider.compatible;

import jakarta.enterprise.context.ApplicationScoped;

/** Cerebras: <a href="https://inference-docs.cerebras.ai/api-reference/chat-completions">API reference</a>. */
@ApplicationScoped
public class Cerebras extends OpenAiCompatible {
    private static final RequestRules RULES = RequestRules.NONE.needsNot("prompt_cache_options", "prompt_cache_retention")
            .refuses("frequency_penalty", "presence_penalty", "logit_bias", "service_tier", "modalities", "audio", "verbosity", "safety_identifier", "web_search_options", "top_k", "thinking");

    public Cerebras() {
        super("cerebras", "https://api.cerebras.ai/v1");
    }

    @Override
    RequestRules rules(String upstreamModel) {
        return RULES;
    }
}
