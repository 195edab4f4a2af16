package org.sluice.gateway.provider.vertex;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.net.URI;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import org.sluice.gateway.dialect.Body;
import org.sluice.gateway.error.ErrorType;
import org.sluice.gateway.error.GatewayException;
import org.sluice.gateway.json.JsonReader;
import org.sluice.gateway.json.JsonValue.JsonObject;
import org.sluice.gateway.provider.KeyHeader;
import org.sluice.gateway.provider.Upstream;
import org.sluice.gateway.provider.UpstreamLimits;
import org.sluice.gateway.provider.UpstreamRequest;
import org.sluice.gateway.provider.UpstreamResponse;
import org.sluice.gateway.token.AccessToken;
import org.sluice.gateway.token.TokenCache;

/** Access tokens for Google's credentials; see {@link TokenCache}. Thread-safe. */
final class AccessTokens {
    private static final Duration PATIENCE = Duration.ofSeconds(15);
    private static final int MAX_ANSWER = 64 * 1024;
    private final TokenCache tokens;

    AccessTokens(Clock clock) {
        tokens = new TokenCache(clock);
    }

    /**
     * A token that is good for some time yet.
     *
     * @param json the credential
     * @param tokenUri where the operator wants it asked for, or null: where the credential says
     * @throws GatewayException NO_TARGET when Google refuses the credential; an UPSTREAM kind when it cannot be asked
     */
    String token(String json, URI tokenUri, Upstream network, UpstreamLimits limits) {
        return tokens.token(json, now -> {
            GoogleCredential credential = GoogleCredential.read(json);
            URI uri = tokenUri == null ? credential.tokenUri() : tokenUri;
            return fetch(new UpstreamRequest(uri, Map.of("content-type", "application/x-www-form-urlencoded", "accept", "application/json",
                    "accept-encoding", "identity"), Body.of(credential.request(uri, now)), false, patient(limits)), network);
        });
    }

    /**
     * The same of the machine the gateway runs on.
     *
     * @param server its metadata server
     */
    String machineToken(URI server, Upstream network, UpstreamLimits limits) {
        return tokens.token("metadata " + server, now -> fetch(UpstreamRequest.bare("GET", server, Map.of("metadata-flavor", "Google", "accept", "application/json",
                "accept-encoding", "identity"), false, patient(limits)), network));
    }

    private static UpstreamLimits patient(UpstreamLimits limits) {
        return new UpstreamLimits(limits.connect(), min(limits.firstByte()), min(limits.idle()), min(limits.total()));
    }

    private static AccessToken fetch(UpstreamRequest request, Upstream network) {
        try (UpstreamResponse response = network.send(request)) {
            JsonObject answer = object(response.body().readNBytes(MAX_ANSWER));
            if (response.status() != 200) {
                throw refused(response.status(), answer);
            }
            String value = answer == null ? null : answer.text("access_token");
            if (value == null || !KeyHeader.isHeaderText(value)) {
                throw new GatewayException(ErrorType.UPSTREAM_INVALID, "Google answered the request for an access token without one.");
            }
            return new AccessToken(value, Duration.ofSeconds(Math.max(60, Math.min(answer.number("expires_in", 3600), 24 * 3600))));
        } catch (IOException e) {
            throw new GatewayException(ErrorType.UPSTREAM_RESET, "Google's answer to the request for an access token broke off.", e);
        }
    }

    /** What it says may quote the credential; its error code does not. */
    private static GatewayException refused(int status, JsonObject answer) {
        String code = answer == null ? null : answer.text("error");
        String known = code != null && code.matches("[a-z_]{1,40}") ? code : "status " + status;
        return status >= 500 || status == 429
                ? new GatewayException(ErrorType.UPSTREAM_UNREACHABLE, "Google gives no access token at the moment (" + known + ").")
                : new GatewayException(ErrorType.NO_TARGET, "Google refuses the credential (" + known + "); check it, or sign in again.");
    }

    private static JsonObject object(byte[] body) {
        try {
            return JsonReader.readObject(body);
        } catch (GatewayException notJson) {
            return null;
        }
    }

    private static Duration min(Duration limit) {
        return limit == null || limit.compareTo(PATIENCE) > 0 ? PATIENCE : limit;
    }
}
