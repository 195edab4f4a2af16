package org.sluice.gateway.apikey;

import jakarta.annotation.PostConstruct;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.function.LongSupplier;
import org.sluice.gateway.config.ConfigKey;
import org.sluice.gateway.config.GatewayConfig;

/**
 * How many refused keys a client address may show: {@code gateway.apikey.refusals-per-minute} at once, and as many again
 * each minute, spread evenly. Asked only after a refusal, so a good key neither counts nor waits.
 *
 * <p>A table of 512 KiB serves any number of addresses: each falls into one of its slots, and a slot holds the moment up to
 * which its allowance is used. Two addresses that share a slot share its allowance, which costs nobody more than another
 * status on a refusal. IPv6 addresses count by their first 64 bits, for a client has all of the rest. Lock-free.
 */
@ApplicationScoped
public class RefusalLimit {
    private static final Logger LOG = System.getLogger(RefusalLimit.class.getName());
    private static final int SLOTS = 1 << 16;
    private static final int GROUPS_OF_64_BITS = 4;
    private static final long MINUTE = TimeUnit.MINUTES.toNanos(1);
    private static final long SECOND = TimeUnit.SECONDS.toNanos(1);
    private static final long BETWEEN_WARNINGS = TimeUnit.SECONDS.toNanos(10);

    @Inject GatewayConfig config;
    LongSupplier nanoTime = System::nanoTime;
    private final AtomicLong nextWarning = new AtomicLong();
    private AtomicLongArray usedUpTo;
    private int perMinute;
    private long beganNanos;

    @PostConstruct
    void open() {
        perMinute = config.count(ConfigKey.APIKEY_REFUSALS_PER_MINUTE);
        usedUpTo = new AtomicLongArray(SLOTS);
        beganNanos = nanoTime.getAsLong();
    }

    /**
     * Counts one refusal.
     *
     * @param address of the client, textual
     * @return 0 within the limit; beyond it the seconds until the address may be refused again, and nothing is counted
     */
    public int refused(String address) {
        int slot = slot(address);
        long now = nanoTime.getAsLong() - beganNanos;
        while (true) {
            long used = usedUpTo.get(slot);
            long next = Math.max(used, now) + MINUTE / perMinute;
            long over = next - now - MINUTE;
            if (over > 0) {
                warn(address, now);
                return (int) ((over + SECOND - 1) / SECOND);
            }
            if (usedUpTo.compareAndSet(slot, used, next)) {
                return 0;
            }
        }
    }

    private static int slot(String address) {
        int hash = 0;
        int groups = 0;
        for (int i = 0; i < address.length(); i++) {
            char c = address.charAt(i);
            if (c == ':' && ++groups == GROUPS_OF_64_BITS) {
                break;
            }
            hash = hash * 31 + c;
        }
        hash *= 0x9E3779B9; // spreads what differs in the last digit only
        return hash >>> Integer.SIZE - Integer.numberOfTrailingZeros(SLOTS);
    }

    private void warn(String address, long now) {
        long next = nextWarning.get();
        if (now >= next && nextWarning.compareAndSet(next, now + BETWEEN_WARNINGS)) {
            LOG.log(Level.WARNING, "{0} shows wrong or no API keys more often than {1} times a minute and is answered 429 meanwhile.", address, perMinute);
        }
    }
}
