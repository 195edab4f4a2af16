package org.sluice.gateway.provider.compatible;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.Set;

/** SambaNova: <a href="https://docs.sambanova.ai/docs/en/features/openai-compatibility">API reference</a>. */
@ApplicationScoped
public class SambaNova extends OpenAiCompatible {
    private static final RequestRules RULES = RequestRules.NONE.refuses("logit_bias", "logprobs", "top_logprobs", "n", "presence_penalty", "frequency_penalty", "seed");

    public SambaNova() {
        super("sambanova", "https://api.sambanova.ai/v1");
    }

    @Override
    public Set<String> aliases() {
        return Set.of("samba_nova");
    }

    @Override
    RequestRules rules(String upstreamModel) {
        return RULES;
    }
}
