package org.sluice.gateway.provider.compatible;

import jakarta.enterprise.context.ApplicationScoped;

/** Hyperbolic: <a href="https://docs.hyperbolic.xyz/docs/rest-api">API reference</a>. */
@ApplicationScoped
public class Hyperbolic extends OpenAiCompatible {
    private static final RequestRules RULES = RequestRules.NONE.renames("max_completion_tokens", "max_tokens");

    public Hyperbolic() {
        super("hyperbolic", "https://api.hyperbolic.xyz/v1");
    }

    @Override
    RequestRules rules(String upstreamModel) {
        return RULES;
    }
}
