package org.sluice.gateway.apikey;

import java.util.Map;
import org.sluice.gateway.call.Caller;

/**
 * All keys at one moment.
 *
 * @param readAtNanos {@link System#nanoTime()} when the reading began
 */
record KeySnapshot(Map<String, Entry> byPrefix, long readAtNanos) {
    /** Stands for every unknown prefix, so that looking one up takes the same steps. */
    private static final Entry UNKNOWN = new Entry(new byte[32], true, Long.MAX_VALUE, null);

    /** @param expiresAtMillis {@link Long#MAX_VALUE} for never */
    record Entry(byte[] secretHash, boolean isRevoked, long expiresAtMillis, Caller caller) {
        boolean isUsable(long nowMillis) {
            return !isRevoked & nowMillis < expiresAtMillis;
        }

        @Override
        public String toString() {
            return "Entry[" + caller + "]";
        }
    }

    KeySnapshot {
        byPrefix = Map.copyOf(byPrefix);
    }

    Entry find(String prefix) {
        return byPrefix.getOrDefault(prefix, UNKNOWN);
    }

    @Override
    public String toString() {
        return "KeySnapshot[" + byPrefix.size() + " keys]";
    }
}
