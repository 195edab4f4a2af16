package org.sluice.gateway.provider.vertex;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.net.URI;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
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
 * Access tokens by credential: fetched once, renewed before they expire, one exchange at a time for each. The credential itself
 * is not kept, only a hash of it under a key of this process. Thread-safe.
 */
final class AccessTokens {
    /** A token this near its end is renewed; one this near is not used any more. */
    private static final Duration RENEW = Duration.ofMinutes(4);
    private static final Duration USELESS = Duration.ofSeconds(20);
    private static final Duration PATIENCE = Duration.ofSeconds(15);
    private static final int MAX_CREDENTIALS = 512;
    private static final int MAX_ANSWER = 64 * 1024;

    private record Token(String value, Instant renewFrom, Instant uselessFrom) { }

    private static final class Slot {
        final ReentrantLock lock = new ReentrantLock();
        volatile Token token;
    }

    private final Clock clock;
    private final SecretKeySpec key;
    private final Map<String, Slot> slots = new ConcurrentHashMap<>();

    AccessTokens(Clock clock) {
        this.clock = clock;
        byte[] random = new byte[32];
        new SecureRandom().nextBytes(random);
        this.key = new SecretKeySpec(random, "HmacSHA256");
    }

    /**
     * A token that is good for some time yet.
     *
     * @param json the credential
     * @param tokenUri where the operator wants it asked for, or null: where the credential says
     * @throws GatewayException NO_TARGET when Google refuses the credential; an UPSTREAM kind when it cannot be asked
     */
    String token(String json, URI tokenUri, Upstream network, UpstreamLimits limits) {
        String mark = mark(json);
        if (slots.size() >= MAX_CREDENTIALS && !slots.containsKey(mark)) {
            slots.clear();
        }
        Slot slot = slots.computeIfAbsent(mark, unused -> new Slot());
        Token token = slot.token;
        if (token != null && clock.instant().isBefore(token.renewFrom())) {
            return token.value();
        }
        boolean isUsable = token != null && clock.instant().isBefore(token.uselessFrom());
        if (isUsable && !slot.lock.tryLock()) {
            return token.value(); // somebody is renewing it
        }
        if (!isUsable) {
            slot.lock.lock();
        }
        try {
            Token now = slot.token;
            if (now == token || now == null || !clock.instant().isBefore(now.renewFrom())) {
                slot.token = renewed(json, tokenUri, network, limits, isUsable ? token : null);
            }
            return slot.token.value();
        } finally {
            slot.lock.unlock();
        }
    }

    private String mark(String json) {
        try {
            Mac mac = Mac.getInstance(key.getAlgorithm());
            mac.init(key);
            return Base64.getEncoder().encodeToString(mac.doFinal(json.getBytes(UTF_8)));
        } catch (GeneralSecurityException absent) {
            throw new IllegalStateException(absent);
        }
    }

    /** @param old a token that still works where no new one can be had, or null */
    private Token renewed(String json, URI tokenUri, Upstream network, UpstreamLimits limits, Token old) {
        try {
            GoogleCredential credential = GoogleCredential.read(json);
            return fetch(credential, tokenUri == null ? credential.tokenUri() : tokenUri, network, limits);
        } catch (GatewayException failed) {
            if (old == null) {
                throw failed;
            }
            return new Token(old.value(), min(clock.instant().plus(USELESS), old.uselessFrom()), old.uselessFrom());
        }
    }

    private Token fetch(GoogleCredential credential, URI uri, Upstream network, UpstreamLimits limits) {
        Instant now = clock.instant();
        UpstreamLimits patient = new UpstreamLimits(limits.connect(), min(limits.firstByte()), min(limits.idle()), min(limits.total()));
        UpstreamRequest request = new UpstreamRequest(uri, Map.of("content-type", "application/x-www-form-urlencoded", "accept", "application/json",
                "accept-encoding", "identity"), Body.of(credential.request(uri, now)), false, patient);
        try (UpstreamResponse response = network.send(request)) {
            JsonObject answer = object(response.body().readNBytes(MAX_ANSWER));
            if (response.status() != 200) {
                throw refused(response.status(), answer);
            }
            String value = answer == null ? null : answer.text("access_token");
            if (value == null || !KeyHeader.isHeaderText(value)) {
                throw new GatewayException(ErrorType.UPSTREAM_INVALID, "Google answered the request for an access token without one.");
            }
            Duration life = Duration.ofSeconds(Math.max(60, Math.min(answer.number("expires_in", 3600), 24 * 3600)));
            Duration renew = life.compareTo(RENEW.multipliedBy(2)) > 0 ? life.minus(RENEW) : life.dividedBy(2);
            return new Token(value, now.plus(renew), now.plus(life).minus(USELESS));
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

    private static Instant min(Instant a, Instant b) {
        return a.isBefore(b) ? a : b;
    }
}
