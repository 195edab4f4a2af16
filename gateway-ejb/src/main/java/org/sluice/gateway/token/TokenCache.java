package org.sluice.gateway.token;

import static java.nio.charset.StandardCharsets.UTF_8;

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
import org.sluice.gateway.error.GatewayException;

/** The tokens of one kind of credential, which itself is not kept: only a hash of it under a key of this process. */
public final class TokenCache {
    /** A token this near its end is renewed; one this near is not used any more. */
    private static final Duration RENEW = Duration.ofMinutes(4);
    private static final Duration USELESS = Duration.ofSeconds(20);
    private static final int MAX_CREDENTIALS = 512;

    /** Asks the issuer. */
    @FunctionalInterface
    public interface Exchange {
        /** @throws GatewayException NO_TARGET when the credential is refused; an UPSTREAM kind when nobody answers */
        AccessToken fetch(Instant now);
    }

    private record Held(String value, Instant renewFrom, Instant uselessFrom) { }

    private static final class Slot {
        final ReentrantLock lock = new ReentrantLock();
        volatile Held token;
    }

    private final Clock clock;
    private final Map<String, Slot> slots = new ConcurrentHashMap<>();
    private final SecretKeySpec key;

    public TokenCache(Clock clock) {
        this.clock = clock;
        byte[] random = new byte[32];
        new SecureRandom().nextBytes(random);
        this.key = new SecretKeySpec(random, "HmacSHA256");
    }

    /**
     * A token that is good for some time yet. While one caller renews it, others use the old one, or wait when there is none.
     *
     * @param credential what the token stands for
     */
    public String token(String credential, Exchange exchange) {
        String mark = mark(credential);
        if (slots.size() >= MAX_CREDENTIALS && !slots.containsKey(mark)) {
            slots.clear();
        }
        Slot slot = slots.computeIfAbsent(mark, unused -> new Slot());
        Held token = slot.token;
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
            Held now = slot.token;
            if (now == token || now == null || !clock.instant().isBefore(now.renewFrom())) {
                slot.token = renewed(exchange, isUsable ? token : null);
            }
            return slot.token.value();
        } finally {
            slot.lock.unlock();
        }
    }

    private String mark(String credential) {
        try {
            Mac mac = Mac.getInstance(key.getAlgorithm());
            mac.init(key);
            return Base64.getEncoder().encodeToString(mac.doFinal(credential.getBytes(UTF_8)));
        } catch (GeneralSecurityException absent) {
            throw new IllegalStateException(absent);
        }
    }

    /** @param old a token that still works where no new one can be had, or null */
    private Held renewed(Exchange exchange, Held old) {
        Instant now = clock.instant();
        try {
            AccessToken fetched = exchange.fetch(now);
            Duration life = fetched.life();
            Duration renew = life.compareTo(RENEW.multipliedBy(2)) > 0 ? life.minus(RENEW) : life.dividedBy(2);
            return new Held(fetched.value(), now.plus(renew), now.plus(life).minus(USELESS));
        } catch (GatewayException failed) {
            if (old == null) {
                throw failed;
            }
            Instant soon = clock.instant().plus(USELESS);
            return new Held(old.value(), soon.isBefore(old.uselessFrom()) ? soon : old.uselessFrom(), old.uselessFrom());
        }
    }
}
