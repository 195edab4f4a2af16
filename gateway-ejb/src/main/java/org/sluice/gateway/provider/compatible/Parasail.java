package org.sluice.gateway.provider.compatible;

import jakarta.enterprise.context.ApplicationScoped;

/** Parasail: <a href="https://docs.parasail.io/parasail-docs/serverless/serverless-and-dedicated-api">API reference</a>. */
@ApplicationScoped
public class Parasail extends OpenAiCompatible {
    public Parasail() {
        super("parasail", "https://api.parasail.io/v1");
    }
}
