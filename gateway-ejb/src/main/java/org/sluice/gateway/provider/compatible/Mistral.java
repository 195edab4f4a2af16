package org.sluice.gateway.provider.compatible;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;

/**
 * Mistral: <a href="https://docs.mistral.ai/api/endpoint/chat">API reference</a>.
 * It refuses members it does not know with 422; its streams count without being asked.
 */
@ApplicationScoped
public class Mistral extends OpenAiCompatible {
    private static final List<String> PREFIXES = List.of("mistral-", "open-mistral-", "open-mixtral-", "ministral-", "codestral-",
            "devstral-", "magistral-", "pixtral-", "voxtral-");
    private static final RequestRules RULES = RequestRules.NONE.renames("max_completion_tokens", "max_tokens").renames("seed", "random_seed").knowsNoDeveloper()
            .needsNot("stream_options", "prompt_cache_options", "prompt_cache_retention").refuses("logit_bias", "logprobs", "top_logprobs", "user", "store", "service_tier", "modalities", "audio",
                    "verbosity", "safety_identifier", "web_search_options", "top_k", "min_p", "repetition_penalty", "thinking", "reasoning", "functions", "function_call")
            .refusesInMessages("name", "refusal", "annotations", "audio", "function_call", "reasoning_content");

    public Mistral() {
        super("mistral", "https://api.mistral.ai/v1");
    }

    @Override
    public boolean claims(String model) {
        return PREFIXES.stream().anyMatch(model::startsWith);
    }

    @Override
    RequestRules rules(String upstreamModel) {
        return RULES;
    }
}
