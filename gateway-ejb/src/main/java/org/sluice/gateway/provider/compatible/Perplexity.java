package org.sluice.gateway.provider.compatible;

import jakarta.enterprise.context.ApplicationScoped;

/**
 * Perplexity: <a href="https://docs.perplexity.ai/api-reference/chat-completions-post">API reference</a>.
 * Its models search; they call no tools.
 */
@ApplicationScoped
public class Perplexity extends OpenAiCompatible {
    private static final RequestRules RULES = RequestRules.NONE.renames("max_completion_tokens", "max_tokens").knowsNoDeveloper()
            .refuses("tools", "tool_choice", "parallel_tool_calls", "n", "logit_bias", "logprobs", "top_logprobs", "seed", "stop");

    public Perplexity() {
        super("perplexity", "https://api.perplexity.ai");
    }

    @Override
    public boolean claims(String model) {
        return model.startsWith("sonar");
    }

    @Override
    RequestRules rules(String upstreamModel) {
        return RULES;
    }
}
