package org.sluice.gateway.provider.compatible;

import jakarta.enterprise.context.ApplicationScoped;

/** OpenRouter: <a href="https://openrouter.ai/docs/api-reference/chat-completion">API reference</a>. */
@ApplicationScoped
public class OpenRouter extends OpenAiCompatible {
    public OpenRouter() {
        super("openrouter", "https://openrouter.ai/api/v1");
    }

    @Override
    protected boolean hasResponses() {
        return true;
    }
}
