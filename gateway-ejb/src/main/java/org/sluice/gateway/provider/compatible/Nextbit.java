package org.sluice.gateway.provider.compatible;

import jakarta.enterprise.context.ApplicationScoped;

/** Nextbit: <a href="https://www.nextbit256.com/docs">API reference</a>. */
@ApplicationScoped
public class Nextbit extends OpenAiCompatible {
    public Nextbit() {
        super("nextbit", "https://api.nextbit256.com/v1");
    }
}
