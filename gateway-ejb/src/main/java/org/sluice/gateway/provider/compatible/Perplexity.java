package org.sluice.gateway.provider.compatible;

import jakarta.enterprise.context.ApplicationScoped;

/** Perplexity: <a href="https://docs.perplexity.ai/api-reference/chat-completions-post">API reference</a>. */
@ApplicationScoped
public class Perplexity extends OpenAiCompatible {
    public Perplexity() {
        super("perplexity", "https://api.perplexity.ai");
    }

    @Override
    public boolean claims(String model) {
        return model.startsWith("sonar");
    }
}
