package org.sluice.gateway.provider.compatible;

import jakarta.enterprise.context.ApplicationScoped;

/**
 * Databricks model serving; the base URL is {@code https://<workspace>/serving-endpoints}:
 * <a href="https://docs.databricks.com/aws/en/machine-learning/foundation-model-apis/api-reference">API reference</a>.
 */
@ApplicationScoped
public class Databricks extends OpenAiCompatible {
    private static final RequestRules RULES = RequestRules.NONE.renames("max_completion_tokens", "max_tokens").needsNot("stream_options")
            .refuses("parallel_tool_calls", "seed", "logit_bias", "presence_penalty", "frequency_penalty");

    public Databricks() {
        super("databricks", null);
    }

    @Override
    RequestRules rules(String upstreamModel) {
        return RULES;
    }
}
