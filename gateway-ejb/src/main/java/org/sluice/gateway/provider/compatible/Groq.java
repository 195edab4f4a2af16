package org.sluice.gateway.provider.compatible;

import jakarta.enterprise.context.ApplicationScoped;

/**
 * Groq: <a href="https://console.groq.com/docs/api-reference">API reference</a>.
 * It answers 400 to what the rules leave out.
 */
@ApplicationScoped
public class Groq extends OpenAiCompatible {
    private static final RequestRules RULES = RequestRules.NONE.needsNot(RequestRules.CACHE_HINTS)
            .refuses("logprobs", "top_logprobs", "logit_bias", "modalities", "audio", "prediction", "verbosity", "safety_identifier", "web_search_options", "top_k", "thinking").refusesInMessages("name", "refusal", "annotations", "audio", "reasoning_content");

    public Groq() {
        super("groq", "https://api.groq.com/openai/v1");
    }

    @Override
    RequestRules rules(String upstreamModel) {
        return RULES;
    }
}
