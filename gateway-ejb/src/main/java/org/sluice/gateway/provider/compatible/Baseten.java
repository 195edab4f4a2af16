package org.sluice.gateway.provider.compatible;

import jakarta.enterprise.context.ApplicationScoped;

/** Baseten model APIs: <a href="https://docs.baseten.co/reference/inference-api/chat-completions">API reference</a>. */
@ApplicationScoped
public class Baseten extends OpenAiCompatible {
    public Baseten() {
        super("baseten", "https://inference.baseten.co/v1");
    }
}
