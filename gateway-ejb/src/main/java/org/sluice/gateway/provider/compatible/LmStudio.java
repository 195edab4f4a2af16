package org.sluice.gateway.provider.compatible;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.Set;

/**
 * LM Studio, a server on the operator's own machine:
 * <a href="https://lmstudio.ai/docs/app/api/endpoints/openai">API reference</a>.
 */
@ApplicationScoped
public class LmStudio extends OpenAiCompatible {
    public LmStudio() {
        super("lmstudio", "http://localhost:1234/v1");
    }

    @Override
    public Set<String> aliases() {
        return Set.of("lm_studio");
    }

    @Override
    public boolean needsCredential() {
        return false;
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
