package org.sluice.gateway.provider.compatible;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;

/** MiniMax: <a href="https://platform.minimax.io/docs/api-reference/text-openai-api">API reference</a>. */
@ApplicationScoped
public class MiniMax extends OpenAiCompatible {
    private static final List<String> PREFIXES = List.of("MiniMax-M", "minimax-m", "M2-her");
    private static final RequestRules RULES = RequestRules.NONE.knowsNoDeveloper().refuses("n", "logit_bias", "presence_penalty", "frequency_penalty");

    public MiniMax() {
        super("minimax", "https://api.minimax.io/v1");
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
