package org.sluice.gateway.provider.compatible;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.Set;

/** xAI: <a href="https://docs.x.ai/docs/api-reference">API reference</a>. */
@ApplicationScoped
public class XAi extends OpenAiCompatible {
    public XAi() {
        super("xai", "https://api.x.ai/v1");
    }

    @Override
    public Set<String> aliases() {
        return Set.of("x-ai", "x_ai");
    }

    @Override
    public boolean claims(String model) {
        return model.startsWith("grok-");
    }

    @Override
    protected boolean hasResponses() {
        return true;
    }

    @Override
    public boolean keepsAnswers() {
        return true;
    }
}
