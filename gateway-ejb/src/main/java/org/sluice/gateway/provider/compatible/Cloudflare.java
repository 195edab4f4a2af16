package org.sluice.gateway.provider.compatible;

import jakarta.enterprise.context.ApplicationScoped;
import java.net.URI;
import java.util.List;
import java.util.Set;
import org.sluice.gateway.provider.Credential;
import org.sluice.gateway.provider.CredentialField;

/**
 * Cloudflare Workers AI: <a href="https://developers.cloudflare.com/workers-ai/configuration/open-ai-compatibility/">API
 * reference</a>. The account stands in the address; with a base URL of the operator's the account is not asked for.
 */
@ApplicationScoped
public class Cloudflare extends OpenAiCompatible {
    private static final String ACCOUNT = "account_id";
    private static final RequestRules RULES = RequestRules.NONE.renames("max_completion_tokens", "max_tokens").knowsNoDeveloper()
            .refuses("n", "logit_bias", "logprobs", "top_logprobs", "parallel_tool_calls");

    public Cloudflare() {
        super("cloudflare", null);
    }

    @Override
    public Set<String> aliases() {
        return Set.of("workers_ai", "workers-ai");
    }

    @Override
    public boolean claims(String model) {
        return model.startsWith("@cf/");
    }

    @Override
    public List<CredentialField> credentialFields() {
        return List.of(new CredentialField(CredentialField.API_KEY, variables("_API_KEY"), true),
                new CredentialField(ACCOUNT, variables("_ACCOUNT_ID"), false));
    }

    @Override
    public URI baseUrl(Credential credential) {
        String account = credential instanceof Credential.Fields fields ? fields.get(ACCOUNT) : null;
        return account == null || !account.matches("[A-Za-z0-9_-]+") ? null
                : URI.create("https://api.cloudflare.com/client/v4/accounts/" + account + "/ai/v1");
    }

    @Override
    RequestRules rules(String upstreamModel) {
        return RULES;
    }
}
