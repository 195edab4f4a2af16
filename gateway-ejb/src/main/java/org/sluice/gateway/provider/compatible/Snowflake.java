package org.sluice.gateway.provider.compatible;

import jakarta.enterprise.context.ApplicationScoped;

/**
 * Snowflake Cortex: <a href="https://docs.snowflake.com/en/user-guide/snowflake-cortex/cortex-rest-api">API reference</a>.
 * The base URL is {@code https://<account>.snowflakecomputing.com/api/v2/cortex/v1}, the key a programmatic access token.
 */
@ApplicationScoped
public class Snowflake extends OpenAiCompatible {
    private static final RequestRules RULES = RequestRules.NONE.renames("max_tokens", "max_completion_tokens")
            .refuses("n", "logit_bias", "logprobs", "top_logprobs", "seed", "stop");

    public Snowflake() {
        super("snowflake", null);
    }

    @Override
    RequestRules rules(String upstreamModel) {
        return RULES;
    }
}
