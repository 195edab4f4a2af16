package org.sluice.gateway.provider.compatible;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.Set;

/** AI21: <a href="https://docs.ai21.com/reference/jamba-1-6-api-ref">API reference</a>. */
@ApplicationScoped
public class Ai21 extends OpenAiCompatible {
    private static final RequestRules RULES = RequestRules.NONE.renames("max_completion_tokens", "max_tokens").knowsNoDeveloper().knowsNoSchema()
            .refuses("logit_bias", "logprobs", "top_logprobs", "presence_penalty", "frequency_penalty", "seed", "parallel_tool_calls").needsNot("stream_options");

    public Ai21() {
        super("ai21labs", "https://api.ai21.com/studio/v1");
    }

    @Override
    public Set<String> aliases() {
        return Set.of("ai21");
    }

    @Override
    public boolean claims(String model) {
        return model.startsWith("jamba-");
    }

    @Override
    RequestRules rules(String upstreamModel) {
        return RULES;
    }
}
