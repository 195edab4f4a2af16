package org.sluice.gateway.provider.compatible;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.Set;

/** xAI: <a href="https://docs.x.ai/docs/api-reference">API reference</a>. Its reasoning models refuse what the rules leave out. */
@ApplicationScoped
public class XAi extends OpenAiCompatible {
    private static final RequestRules RULES = RequestRules.NONE.needsNot("prompt_cache_options").refuses("top_k");
    private static final RequestRules REASONING = RULES.refuses("presence_penalty", "frequency_penalty", "stop");
    private static final RequestRules FIXED_EFFORT = REASONING.refuses("reasoning_effort");

    public XAi() {
        super("xai", "https://api.x.ai/v1");
    }

    @Override
    public Set<String> aliases() {
        return Set.of("x-ai", "x_ai");
    }

    @Override
    public boolean claims(String model) {
        return model.startsWith("grok-");
    }

    @Override
    RequestRules rules(String upstreamModel) {
        if (upstreamModel.contains("non-reasoning")) {
            return RULES;
        }
        boolean isFixed = upstreamModel.equals("grok-4") || upstreamModel.startsWith("grok-4-") || upstreamModel.startsWith("grok-code");
        return isFixed ? FIXED_EFFORT : upstreamModel.startsWith("grok-3-mini") || upstreamModel.startsWith("grok-4") ? REASONING : RULES;
    }

    @Override
    protected boolean hasResponses() {
        return true;
    }

    @Override
    public boolean keepsAnswers() {
        return true;
    }
}
