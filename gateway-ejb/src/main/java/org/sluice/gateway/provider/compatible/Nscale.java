package org.sluice.gateway.provider.compatible;

import jakarta.enterprise.context.ApplicationScoped;

/** Nscale: <a href="https://docs.nscale.com/docs/inference/chat">API reference</a>. */
@ApplicationScoped
public class Nscale extends OpenAiCompatible {
    private static final RequestRules RULES = RequestRules.NONE.renames("max_completion_tokens", "max_tokens");

    public Nscale() {
        super("nscale", "https://inference.api.nscale.com/v1");
    }

    @Override
    RequestRules rules(String upstreamModel) {
        return RULES;
    }
}
