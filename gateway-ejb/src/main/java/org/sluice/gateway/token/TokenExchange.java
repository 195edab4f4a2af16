package org.sluice.gateway.token;

import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.regex.Pattern;
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

/**
 * How an issuer is asked for an access token: OAuth's answer ({@code access_token}, {@code expires_in} seconds) within 15
 * seconds.
 *
 * @param issuer its name, for the caller
 * @param errorMember of a refusal: its code. What else it says may quote the credential.
 * @param errorCode what a code looks like; anything else is not repeated
 * @param credential what it refuses, e.g. "API key"
 * @param advice what to do about a refusal, as the end of the sentence
 */
public record TokenExchange(String issuer, String errorMember, Pattern errorCode, String credential, String advice) {
    private static final Duration PATIENCE = Duration.ofSeconds(15);
    private static final int MAX_ANSWER = 64 * 1024;

    /** A form sent by POST. */
    public AccessToken post(URI uri, byte[] form, Upstream network, UpstreamLimits limits) {
        return fetch(new UpstreamRequest(uri, headers("content-type", "application/x-www-form-urlencoded"), Body.of(form), false, patient(limits)), network);
    }

    /** A GET with one more header. */
    public AccessToken get(URI uri, String header, String value, Upstream network, UpstreamLimits limits) {
        return fetch(UpstreamRequest.bare("GET", uri, headers(header, value), false, patient(limits)), network);
    }

    private static Map<String, String> headers(String name, String value) {
        Map<String, String> headers = new HashMap<>(Map.of("accept", "application/json", "accept-encoding", "identity"));
        headers.put(name, value);
        return headers;
    }

    /** @throws GatewayException NO_TARGET when the credential is refused; an UPSTREAM kind when the issuer cannot be asked */
    private AccessToken fetch(UpstreamRequest request, Upstream network) {
        try (UpstreamResponse response = network.send(request)) {
            JsonObject answer = object(response.body().readNBytes(MAX_ANSWER));
            if (response.status() != 200) {
                throw refused(response.status(), answer);
            }
            String value = answer == null ? null : answer.text("access_token");
            if (value == null || !KeyHeader.isHeaderText(value)) {
                throw new GatewayException(ErrorType.UPSTREAM_INVALID, issuer + " answered the request for an access token without one.");
            }
            return new AccessToken(value, Duration.ofSeconds(Math.max(60, Math.min(answer.number("expires_in", 3600), 24 * 3600))));
        } catch (IOException e) {
            throw new GatewayException(ErrorType.UPSTREAM_RESET, issuer + "'s answer to the request for an access token broke off.", e);
        }
    }

    private GatewayException refused(int status, JsonObject answer) {
        String code = answer == null ? null : answer.text(errorMember);
        String known = code != null && errorCode.matcher(code).matches() ? code : "status " + status;
        return status >= 500 || status == 429
                ? new GatewayException(ErrorType.UPSTREAM_UNREACHABLE, issuer + " gives no access token at the moment (" + known + ").")
                : new GatewayException(ErrorType.NO_TARGET, issuer + " refuses the " + credential + " (" + known + "); " + advice + ".");
    }

    private static JsonObject object(byte[] body) {
        try {
            return JsonReader.readObject(body);
        } catch (GatewayException notJson) {
            return null;
        }
    }

    private static UpstreamLimits patient(UpstreamLimits limits) {
        return new UpstreamLimits(limits.connect(), min(limits.firstByte()), min(limits.idle()), min(limits.total()));
    }

    private static Duration min(Duration limit) {
        return limit == null || limit.compareTo(PATIENCE) > 0 ? PATIENCE : limit;
    }
}
