package org.sluice.gateway.provider.compatible;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.Set;

/** Novita: <a href="https://novita.ai/docs/api-reference/model-apis-llm-create-chat-completion">API reference</a>. */
@ApplicationScoped
public class Novita extends OpenAiCompatible {
    private static final RequestRules RULES = RequestRules.NONE.renames("max_completion_tokens", "max_tokens");

    public Novita() {
        super("novita", "https://api.novita.ai/openai/v1");
    }

    @Override
    public Set<String> aliases() {
        return Set.of("novita_ai");
    }

    @Override
    RequestRules rules(String upstreamModel) {
        return RULES;
    }
}
