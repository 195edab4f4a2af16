package org.sluice.gateway.provider.compatible;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.Set;

/**
 * Hugging Face inference providers: <a href="https://huggingface.co/docs/inference-providers">API reference</a>.
 * A model may name who serves it: {@code deepseek-ai/DeepSeek-R1:together}.
 */
@ApplicationScoped
public class HuggingFace extends OpenAiCompatible {
    public HuggingFace() {
        super("huggingface", "https://router.huggingface.co/v1");
    }

    @Override
    public Set<String> aliases() {
        return Set.of("hf", "hugging_face");
    }
}
