package org.sluice.gateway.provider.compatible;

import jakarta.enterprise.context.ApplicationScoped;

/** Doubleword: <a href="https://docs.doubleword.ai">API reference</a>. */
@ApplicationScoped
public class Doubleword extends OpenAiCompatible {
    public Doubleword() {
        super("doubleword", "https://api.doubleword.ai/v1");
    }
}
