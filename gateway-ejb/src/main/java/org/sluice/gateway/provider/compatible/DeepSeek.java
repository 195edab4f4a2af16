package org.sluice.gateway.provider.compatible;

import jakarta.enterprise.context.ApplicationScoped;

/** DeepSeek: <a href="https://api-docs.deepseek.com/api/create-chat-completion">API reference</a>. */
@ApplicationScoped
public class DeepSeek extends OpenAiCompatible {
    private static final RequestRules RULES = RequestRules.NONE.renames("max_completion_tokens", "max_tokens").knowsNoDeveloper().knowsNoSchema()
            .needsNot("prompt_cache_options").refuses("n", "logit_bias", "seed", "parallel_tool_calls", "top_k");

    public DeepSeek() {
        super("deepseek", "https://api.deepseek.com/v1");
    }

    @Override
    public boolean claims(String model) {
        return model.startsWith("deepseek-");
    }

    @Override
    RequestRules rules(String upstreamModel) {
        return RULES;
    }

    @Override
    protected boolean hasResponses() {
        return true;
    }
}
