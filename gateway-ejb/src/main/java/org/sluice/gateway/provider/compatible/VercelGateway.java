package org.sluice.gateway.provider.compatible;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.Set;

/** Vercel AI Gateway: <a href="https://vercel.com/docs/ai-gateway/openai-compat">API reference</a>. */
@ApplicationScoped
public class VercelGateway extends OpenAiCompatible {
    public VercelGateway() {
        super("vercel", "https://ai-gateway.vercel.sh/v1");
    }

    @Override
    public Set<String> aliases() {
        return Set.of("vercel_ai_gateway", "vercel-gateway");
    }
}
