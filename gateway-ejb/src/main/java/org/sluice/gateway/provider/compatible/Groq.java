package org.sluice.gateway.provider.compatible;

import jakarta.enterprise.context.ApplicationScoped;

/** Groq: <a href="https://console.groq.com/docs/api-reference">API reference</a>. */
@ApplicationScoped
public class Groq extends OpenAiCompatible {
    public Groq() {
        super("groq", "https://api.groq.com/openai/v1");
    }
}
