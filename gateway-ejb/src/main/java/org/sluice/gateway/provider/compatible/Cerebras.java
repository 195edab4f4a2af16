package org.sluice.gateway.provider.compatible;

import jakarta.enterprise.context.ApplicationScoped;

/** Cerebras: <a href="https://inference-docs.cerebras.ai/api-reference/chat-completions">API reference</a>. */
@ApplicationScoped
public class Cerebras extends OpenAiCompatible {
    public Cerebras() {
        super("cerebras", "https://api.cerebras.ai/v1");
    }
}
