package org.sluice.gateway.provider.compatible;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.Set;

/** Fireworks: <a href="https://docs.fireworks.ai/api-reference/post-chatcompletions">API reference</a>. */
@ApplicationScoped
public class Fireworks extends OpenAiCompatible {
    private static final RequestRules RULES = RequestRules.NONE.needsNot("prompt_cache_options", "prompt_cache_retention")
            .refuses("store", "modalities", "audio", "verbosity", "safety_identifier", "web_search_options");

    public Fireworks() {
        super("fireworks", "https://api.fireworks.ai/inference/v1");
    }

    @Override
    public Set<String> aliases() {
        return Set.of("fireworks_ai");
    }

    @Override
    public boolean claims(String model) {
        return model.startsWith("accounts/fireworks/");
    }

    @Override
    RequestRules rules(String upstreamModel) {
        return RULES;
    }
}
