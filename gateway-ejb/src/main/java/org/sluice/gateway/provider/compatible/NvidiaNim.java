package org.sluice.gateway.provider.compatible;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.Set;

/**
 * NVIDIA NIM, the hosted one; a base URL leads to one of your own:
 * <a href="https://docs.api.nvidia.com/nim/reference/llm-apis">API reference</a>.
 */
@ApplicationScoped
public class NvidiaNim extends OpenAiCompatible {
    private static final RequestRules RULES = RequestRules.NONE.renames("max_completion_tokens", "max_tokens");

    public NvidiaNim() {
        super("nvidia_nim", "https://integrate.api.nvidia.com/v1");
    }

    @Override
    public Set<String> aliases() {
        return Set.of("nvidia");
    }

    @Override
    RequestRules rules(String upstreamModel) {
        return RULES;
    }
}
