package org.sluice.gateway.provider.compatible;

import jakarta.enterprise.context.ApplicationScoped;

/** vLLM, and any other server with the same API: <a href="https://docs.vllm.ai/en/latest/serving/openai_compatible_server.html">API reference</a>. */
@ApplicationScoped
public class Vllm extends OpenAiCompatible {
    public Vllm() {
        super("vllm", null);
    }

    @Override
    public boolean needsCredential() {
        return false;
    }
}
