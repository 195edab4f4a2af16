package org.sluice.gateway.provider.compatible;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.Set;

/** Friendli: <a href="https://friendli.ai/docs/openapi/serverless/chat-completions">API reference</a>. */
@ApplicationScoped
public class Friendli extends OpenAiCompatible {
    private static final RequestRules RULES = RequestRules.NONE.renames("max_completion_tokens", "max_tokens");

    public Friendli() {
        super("friendli", "https://api.friendli.ai/serverless/v1");
    }

    @Override
    public Set<String> aliases() {
        return Set.of("friendliai");
    }

    @Override
    RequestRules rules(String upstreamModel) {
        return RULES;
    }
}
