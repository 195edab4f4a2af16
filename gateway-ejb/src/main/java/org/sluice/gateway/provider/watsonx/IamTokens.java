package org.sluice.gateway.provider.watsonx;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.net.URI;
import java.net.URLEncoder;
import java.time.Clock;
import java.util.regex.Pattern;
import org.sluice.gateway.provider.Upstream;
import org.sluice.gateway.provider.UpstreamLimits;
import org.sluice.gateway.token.TokenCache;
import org.sluice.gateway.token.TokenExchange;

/** Tokens of IBM Cloud's IAM for API keys. Thread-safe. */
final class IamTokens {
    static final URI ISSUER = URI.create("https://iam.cloud.ibm.com/identity/token");
    private static final String GRANT = "grant_type=" + URLEncoder.encode("urn:ibm:params:oauth:grant-type:apikey", UTF_8) + "&apikey=";
    private static final TokenExchange IBM = new TokenExchange("IBM Cloud", "errorCode", Pattern.compile("[A-Z0-9]{1,20}"), "API key", "check it");
    private final TokenCache tokens;

    IamTokens(Clock clock) {
        tokens = new TokenCache(clock);
    }

    /** @throws org.sluice.gateway.error.GatewayException NO_TARGET when IBM refuses the key; an UPSTREAM kind when it cannot be asked */
    String token(String key, URI issuer, Upstream network, UpstreamLimits limits) {
        return tokens.token(issuer + " " + key, now -> IBM.post(issuer, (GRANT + URLEncoder.encode(key, UTF_8)).getBytes(UTF_8), network, limits));
    }
}
