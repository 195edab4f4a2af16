package org.sluice.gateway.provider.compatible;

import jakarta.enterprise.context.ApplicationScoped;

/** Ollama, a server on the operator's own machine: <a href="https://docs.ollama.com/api/openai-compatibility">API reference</a>. */
@ApplicationScoped
public class Ollama extends OpenAiCompatible {
    public Ollama() {
        super("ollama", "http://localhost:11434/v1");
    }

    @Override
    public boolean needsCredential() {
        return false;
    }
}
