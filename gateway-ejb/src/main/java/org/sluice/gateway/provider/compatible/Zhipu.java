package org.sluice.gateway.provider.compatible;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.Set;

/** Zhipu AI, the sister of Z.AI in China: <a href="https://docs.bigmodel.cn/api-reference">API reference</a>. */
@ApplicationScoped
public class Zhipu extends OpenAiCompatible {
    private static final RequestRules RULES = RequestRules.NONE.renames("max_completion_tokens", "max_tokens").knowsNoDeveloper().knowsNoSchema()
            .refuses("n", "logit_bias", "logprobs", "top_logprobs", "presence_penalty", "frequency_penalty", "seed", "parallel_tool_calls");

    public Zhipu() {
        super("zhipuai", "https://open.bigmodel.cn/api/paas/v4");
    }

    @Override
    public Set<String> aliases() {
        return Set.of("zhipu", "bigmodel");
    }

    @Override
    public boolean claims(String model) {
        return model.startsWith("glm-");
    }

    @Override
    RequestRules rules(String upstreamModel) {
        return RULES;
    }
}
