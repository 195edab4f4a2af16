package org.sluice.gateway.provider.compatible;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.Set;

/** Together AI: <a href="https://docs.together.ai/reference/chat-completions-1">API reference</a>. */
@ApplicationScoped
public class Together extends OpenAiCompatible {
    private static final RequestRules RULES = RequestRules.NONE.renames("max_completion_tokens", "max_tokens");

    public Together() {
        super("togetherai", "https://api.together.xyz/v1");
    }

    @Override
    public Set<String> aliases() {
        return Set.of("together_ai", "together");
    }

    @Override
    RequestRules rules(String upstreamModel) {
        return RULES;
    }
}
