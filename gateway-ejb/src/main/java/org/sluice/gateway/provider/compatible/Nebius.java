package org.sluice.gateway.provider.compatible;

import jakarta.enterprise.context.ApplicationScoped;

/** Nebius Token Factory: <a href="https://docs.tokenfactory.nebius.com/api-reference/introduction">API reference</a>. */
@ApplicationScoped
public class Nebius extends OpenAiCompatible {
    public Nebius() {
        super("nebius", "https://api.tokenfactory.nebius.com/v1");
    }
}
