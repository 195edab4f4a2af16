package org.sluice.gateway.upstream;

import java.util.ArrayDeque;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.LongSupplier;

/**
 * How often an organization may name a host that it has not been seen to use. A host counts until a
 * connection to it stood; the last 64 hosts of an organization are remembered. Thread-safe.
 */
final class NewHosts {
    private static final long MINUTE_NANOS = 60_000_000_000L;
    private static final int HOSTS = 64;
    private static final int ORGANIZATIONS = 4096;
    private final int perMinute;
    private final LongSupplier nanos;
    private final Map<String, Seen> seen = recent(ORGANIZATIONS);

    private static final class Seen {
        final Map<String, Boolean> hosts = recent(HOSTS);
        final ArrayDeque<Long> tries = new ArrayDeque<>();
    }

    NewHosts(int perMinute, LongSupplier nanos) {
        this.perMinute = perMinute;
        this.nanos = nanos;
    }

    /** Seconds to wait until it may be tried, or 0 when it may now; then it is counted. */
    synchronized int secondsToWait(String organization, String host) {
        Seen of = seen.computeIfAbsent(organization, first -> new Seen());
        if (of.hosts.get(host) != null) {
            return 0;
        }
        long now = nanos.getAsLong();
        while (!of.tries.isEmpty() && now - of.tries.peekFirst() >= MINUTE_NANOS) {
            of.tries.pollFirst();
        }
        if (of.tries.size() >= perMinute) {
            return (int) Math.max(1, (MINUTE_NANOS - (now - of.tries.peekFirst()) + 999_999_999L) / 1_000_000_000L);
        }
        of.tries.addLast(now);
        return 0;
    }

    /** A connection to it stood. */
    synchronized void used(String organization, String host) {
        seen.computeIfAbsent(organization, first -> new Seen()).hosts.put(host, true);
    }

    private static <T> Map<String, T> recent(int most) {
        return new LinkedHashMap<>(16, 0.75f, true) {
            @Override
            protected boolean removeEldestEntry(Map.Entry<String, T> eldest) {
                return size() > most;
            }
        };
    }
}
