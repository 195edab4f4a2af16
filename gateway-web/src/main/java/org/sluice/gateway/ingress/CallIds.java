package org.sluice.gateway.ingress;

import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;

/** Ids of calls: UUIDs of version 7 (RFC 9562), so that rows lie in the order of arrival. Unique, not secret. */
final class CallIds {
    private CallIds() { }

    static UUID next(long epochMillis) {
        ThreadLocalRandom random = ThreadLocalRandom.current();
        long high = epochMillis << 16 | 0x7000L | random.nextInt(1 << 12);
        long low = random.nextLong() & 0x3fffffffffffffffL | 0x8000000000000000L;
        return new UUID(high, low);
    }
}
