package org.sluice.gateway.provider.compatible;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.Set;

/**
 * llama.cpp's server, on the operator's own machine:
 * <a href="https://github.com/ggml-org/llama.cpp/tree/master/tools/server">API reference</a>.
 */
@ApplicationScoped
public class LlamaCpp extends OpenAiCompatible {
    public LlamaCpp() {
        super("llamacpp", "http://localhost:8080/v1");
    }

    @Override
    public Set<String> aliases() {
        return Set.of("llama_cpp", "llama.cpp");
    }

    @Override
    public boolean needsCredential() {
        return false;
    }
}
