package org.sluice.gateway.apikey;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Clock;
import java.util.HexFormat;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;
import org.sluice.gateway.call.Caller;
import org.sluice.gateway.error.ErrorType;
import org.sluice.gateway.error.GatewayException;

/** Tells who calls. Never asks the database. */
@ApplicationScoped
public class ApiKeyAuthenticator {
    private static final Logger LOG = System.getLogger(ApiKeyAuthenticator.class.getName());
    private static final long MILLIS_BETWEEN_WARNINGS = 10_000;

    @Inject ApiKeys keys;
    Clock clock = Clock.systemUTC();

    private final LongAdder refusals = new LongAdder();
    private final AtomicLong nextWarningMillis = new AtomicLong();

    /**
     * The holder of a key.
     *
     * @param presented what {@link PresentedKey#read} found
     * @throws GatewayException AUTHENTICATION when the key is malformed, unknown, revoked or expired; AUTH_UNAVAILABLE
     *     when that cannot be known
     */
    public Caller authenticate(String presented) {
        if (!ApiKeyText.isWellFormed(presented)) {
            throw refused(null);
        }
        String prefix = presented.substring(0, ApiKeyText.PREFIX_LENGTH);
        KeySnapshot.Entry entry = keys.current().find(prefix);
        boolean isSame = MessageDigest.isEqual(ApiKeyText.hashOfSecret(presented), entry.secretHash());
        if (!(isSame & entry.isUsable(clock.millis()))) {
            throw refused(prefix);
        }
        return entry.caller();
    }

    /** How many keys were refused since the start. */
    public long refusals() {
        return refusals.sum();
    }

    private GatewayException refused(String prefix) {
        refusals.increment();
        long now = clock.millis();
        long next = nextWarningMillis.get();
        if (now >= next && nextWarningMillis.compareAndSet(next, now + MILLIS_BETWEEN_WARNINGS)) {
            LOG.log(Level.WARNING, "API keys were refused: {0} since the start, the last {1}.", refusals.sum(),
                    prefix == null ? "malformed" : "with prefix hash " + hashOf(prefix));
        }
        return new GatewayException(ErrorType.AUTHENTICATION, PresentedKey.WRONG);
    }

    private static String hashOf(String prefix) {
        return HexFormat.of().formatHex(ApiKeyText.sha256().digest(prefix.getBytes(StandardCharsets.ISO_8859_1)), 0, 4);
    }
}
