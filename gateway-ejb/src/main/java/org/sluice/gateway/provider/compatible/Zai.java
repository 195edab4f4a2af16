package org.sluice.gateway.provider.compatible;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.Set;

/** Z.AI: <a href="https://docs.z.ai/api-reference/llm/chat-completion">API reference</a>. */
@ApplicationScoped
public class Zai extends OpenAiCompatible {
    private static final RequestRules RULES = RequestRules.NONE.renames("max_completion_tokens", "max_tokens").knowsNoDeveloper().knowsNoSchema()
            .refuses("n", "logit_bias", "logprobs", "top_logprobs", "presence_penalty", "frequency_penalty", "seed", "parallel_tool_calls");

    public Zai() {
        super("zai", "https://api.z.ai/api/paas/v4");
    }

    @Override
    public Set<String> aliases() {
        return Set.of("z-ai", "z_ai");
    }

    @Override
    RequestRules rules(String upstreamModel) {
        return RULES;
    }
}
