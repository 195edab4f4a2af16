package org.sluice.gateway.provider.vertex;

import java.net.URI;
import java.time.Clock;
import java.util.regex.Pattern;
import org.sluice.gateway.provider.Upstream;
import org.sluice.gateway.provider.UpstreamLimits;
import org.sluice.gateway.token.TokenCache;
import org.sluice.gateway.token.TokenExchange;

/** Access tokens for Google's credentials; see {@link TokenCache}. Thread-safe. */
final class AccessTokens {
    private static final TokenExchange GOOGLE = new TokenExchange("Google", "error", Pattern.compile("[a-z_]{1,40}"), "credential", "check it, or sign in again");
    private final TokenCache tokens;

    AccessTokens(Clock clock) {
        tokens = new TokenCache(clock);
    }

    /**
     * A token that is good for some time yet.
     *
     * @param json the credential
     * @param tokenUri where the operator wants it asked for, or null: where the credential says
     * @throws org.sluice.gateway.error.GatewayException NO_TARGET when Google refuses the credential; an UPSTREAM kind when it cannot be asked
     */
    String token(String json, URI tokenUri, Upstream network, UpstreamLimits limits) {
        return tokens.token(json, now -> {
            GoogleCredential credential = GoogleCredential.read(json);
            URI uri = tokenUri == null ? credential.tokenUri() : tokenUri;
            return GOOGLE.post(uri, credential.request(uri, now), network, limits);
        });
    }

    /**
     * The same of the machine the gateway runs on.
     *
     * @param server its metadata server
     */
    String machineToken(URI server, Upstream network, UpstreamLimits limits) {
        return tokens.token("metadata " + server, now -> GOOGLE.get(server, "metadata-flavor", "Google", network, limits));
    }
}
