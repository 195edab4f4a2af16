package org.sluice.gateway.provider.compatible;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.Set;

/** Inference.net: <a href="https://docs.inference.net/quickstart">API reference</a>. */
@ApplicationScoped
public class InferenceNet extends OpenAiCompatible {
    public InferenceNet() {
        super("inference", "https://api.inference.net/v1");
    }

    @Override
    public Set<String> aliases() {
        return Set.of("inference_net");
    }
}
