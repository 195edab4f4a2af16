package org.sluice.gateway.provider.compatible;

import jakarta.enterprise.context.ApplicationScoped;

/** DeepSeek: <a href="https://api-docs.deepseek.com/api/create-chat-completion">API reference</a>. */
@ApplicationScoped
public class DeepSeek extends OpenAiCompatible {
    public DeepSeek() {
        super("deepseek", "https://api.deepseek.com/v1");
    }

    @Override
    public boolean claims(String model) {
        return model.startsWith("deepseek-");
    }

    @Override
    protected boolean hasResponses() {
        return true;
    }
}
