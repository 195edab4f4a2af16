package org.sluice.gateway.provider.compatible;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.Set;

/** Featherless: <a href="https://featherless.ai/docs/completions">API reference</a>. */
@ApplicationScoped
public class Featherless extends OpenAiCompatible {
    private static final RequestRules RULES = RequestRules.NONE.renames("max_completion_tokens", "max_tokens");

    public Featherless() {
        super("featherless", "https://api.featherless.ai/v1");
    }

    @Override
    public Set<String> aliases() {
        return Set.of("featherless_ai");
    }

    @Override
    RequestRules rules(String upstreamModel) {
        return RULES;
    }
}
