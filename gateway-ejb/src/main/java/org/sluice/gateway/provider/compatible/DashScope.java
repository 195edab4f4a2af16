package org.sluice.gateway.provider.compatible;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Set;

/**
 * Alibaba Cloud Model Studio (Qwen): <a href="https://www.alibabacloud.com/help/en/model-studio/qwen-api-reference">API reference</a>.
 * The address is the international one; other regions have their own.
 */
@ApplicationScoped
public class DashScope extends OpenAiCompatible {
    private static final List<String> PREFIXES = List.of("qwen-", "qwen2", "qwen3", "qwq-", "qvq-");
    private static final RequestRules RULES = RequestRules.NONE.renames("max_completion_tokens", "max_tokens").knowsNoDeveloper().refuses("logit_bias", "frequency_penalty");

    public DashScope() {
        super("dashscope", "https://dashscope-intl.aliyuncs.com/compatible-mode/v1");
    }

    @Override
    public Set<String> aliases() {
        return Set.of("alibaba", "qwen");
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
