package org.sluice.gateway.provider.watsonx;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
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

/** Tokens of IBM Cloud's IAM for API keys. Thread-safe. */
final class IamTokens {
    static final URI ISSUER = URI.create("https://iam.cloud.ibm.com/identity/token");
    private static final String GRANT = "grant_type=" + URLEncoder.encode("urn:ibm:params:oauth:grant-type:apikey", UTF_8) + "&apikey=";
    private static final Duration PATIENCE = Duration.ofSeconds(15);
    private static final int MAX_ANSWER = 64 * 1024;
    private final TokenCache tokens;

    IamTokens(Clock clock) {
        tokens = new TokenCache(clock);
    }

    /** @throws GatewayException NO_TARGET when IBM refuses the key; an UPSTREAM kind when it cannot be asked */
    String token(String key, URI issuer, Upstream network, UpstreamLimits limits) {
        return tokens.token(issuer + " " + key, now -> fetch(key, issuer, network, limits));
    }

    private static AccessToken fetch(String key, URI issuer, Upstream network, UpstreamLimits limits) {
        UpstreamLimits patient = new UpstreamLimits(limits.connect(), min(limits.firstByte()), min(limits.idle()), min(limits.total()));
        UpstreamRequest request = new UpstreamRequest(issuer, Map.of("content-type", "application/x-www-form-urlencoded", "accept", "application/json",
                "accept-encoding", "identity"), Body.of((GRANT + URLEncoder.encode(key, UTF_8)).getBytes(UTF_8)), false, patient);
        try (UpstreamResponse response = network.send(request)) {
            JsonObject answer = object(response.body().readNBytes(MAX_ANSWER));
            if (response.status() != 200) {
                throw refused(response.status(), answer);
            }
            String value = answer == null ? null : answer.text("access_token");
            if (value == null || !KeyHeader.isHeaderText(value)) {
                throw new GatewayException(ErrorType.UPSTREAM_INVALID, "IBM Cloud answered the request for an access token without one.");
            }
            return new AccessToken(value, Duration.ofSeconds(Math.max(60, Math.min(answer.number("expires_in", 3600), 24 * 3600))));
        } catch (IOException e) {
            throw new GatewayException(ErrorType.UPSTREAM_RESET, "IBM Cloud's answer to the request for an access token broke off.", e);
        }
    }

    /** What it says may quote the key; its error code does not. */
    private static GatewayException refused(int status, JsonObject answer) {
        String code = answer == null ? null : answer.text("errorCode");
        String known = code != null && code.matches("[A-Z0-9]{1,20}") ? code : "status " + status;
        return status >= 500 || status == 429
                ? new GatewayException(ErrorType.UPSTREAM_UNREACHABLE, "IBM Cloud gives no access token at the moment (" + known + ").")
                : new GatewayException(ErrorType.NO_TARGET, "IBM Cloud refuses the API key (" + known + "); check it.");
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
