package org.sluice.gateway.upstream;

import java.util.Iterator;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.LongSupplier;

/*
 * Cost of a call, idle connection at hand: one hash look-up, two short uncontended locks (take, keep), one non-blocking
 * read. That read is the price of never sending on a connection the provider has closed, and of never handing left-over
 * bytes to another caller; on a virtual thread the socket is non-blocking anyway and it is one system call (about 1 us),
 * on a platform thread it is five. The alternatives were dearer or blind: a read with a 1 ms time limit waits 1 ms in
 * the good case, available() cannot tell "closed" from "quiet", and skipping the check for fresh connections gives up
 * the protection against left-over bytes. Last in, first out keeps few connections hot and lets the others expire.
 */

/** Connections kept alive per origin, with limits. Thread-safe. */
final class ConnectionPool implements AutoCloseable {
    private static final long COLD_NANOS = 1_000_000_000L;
    /** When the addresses of a name that is not trusted are looked up and checked again at the latest. */
    private static final long UNTRUSTED_AGE_NANOS = 5 * 60 * 1_000_000_000L;
    private final Map<Origin, Lane> lanes = new ConcurrentHashMap<>();
    private final LongAdder opened = new LongAdder();
    private final UpstreamSettings settings;
    private final Connector connector;
    private final LongSupplier nanos;
    private final long idleNanos;
    private final long maxAgeNanos;
    private final long untrustedMaxAgeNanos;
    private volatile boolean isClosed;

    ConnectionPool(UpstreamSettings settings, Connector connector, LongSupplier nanos) {
        this.settings = settings;
        this.connector = connector;
        this.nanos = nanos;
        this.idleNanos = Deadlines.nanos(settings.idleTimeToLive());
        this.maxAgeNanos = Deadlines.nanos(settings.maxConnectionAge());
        this.untrustedMaxAgeNanos = Math.min(maxAgeNanos, UNTRUSTED_AGE_NANOS);
    }

    /**
     * An idle connection, or a new one.
     *
     * @param wantsNew no idle one
     * @throws org.sluice.gateway.error.GatewayException OVERLOADED at the limit, or why none could be opened
     */
    Connection lease(Origin origin, boolean wantsNew, long connectDeadlineNanos) {
        Connection[] leased = new Connection[1];
        while (!isClosed) {
            Lane lane = lanes.computeIfAbsent(origin, o -> new Lane(settings.maxConnectionsPerHost(), settings.maxIdlePerHost()));
            switch (lane.take(leased, wantsNew)) {
                case LEASED -> {
                    Connection connection = leased[0];
                    if (!Lane.isExpired(connection, nanos.getAsLong(), maxAge(origin)) && !connection.isStale()) {
                        connection.isReused = true;
                        return connection;
                    }
                    drop(connection);
                }
                case MAY_OPEN -> {
                    return open(origin, lane, connectDeadlineNanos);
                }
                case FULL -> throw UpstreamException.overloaded();
                case RETIRED -> lanes.remove(origin, lane);
            }
        }
        throw UpstreamException.overloaded();
    }

    private Connection open(Origin origin, Lane lane, long deadlineNanos) {
        boolean isOpen = false;
        try {
            Connection connection = connector.open(origin, deadlineNanos);
            connection.lane = lane;
            connection.openedNanos = nanos.getAsLong();
            isOpen = true;
            opened.increment();
            return connection;
        } finally {
            if (!isOpen) {
                lane.free();
            }
        }
    }

    /**
     * Takes a connection back whose answer was read to the end.
     *
     * @param serverKeepsSeconds what the server said in {@code Keep-Alive: timeout}, or -1
     */
    void keep(Connection connection, int serverKeepsSeconds) {
        if (!connection.isDrained() || !connection.disarm() || isClosed) {
            drop(connection);
            return;
        }
        connection.rest();
        long now = nanos.getAsLong();
        long until = idleNanos;
        if (serverKeepsSeconds >= 0) {
            until = Math.min(until, Math.max(0, serverKeepsSeconds * 1_000_000_000L - 500_000_000L));
        }
        connection.idleSinceNanos = now;
        connection.idleUntilNanos = now + until;
        if (!connection.lane.keep(connection)) {
            drop(connection);
        }
    }

    /** Closes a leased connection. May be called twice and by any thread. */
    void drop(Connection connection) {
        if (connection.isDropped.compareAndSet(false, true)) {
            connection.cut();
            connection.lane.free();
        }
    }

    /** Once a second: closes what nobody will use again, forgets origins without connections. */
    void evict() {
        for (Iterator<Map.Entry<Origin, Lane>> all = lanes.entrySet().iterator(); all.hasNext();) {
            Map.Entry<Origin, Lane> entry = all.next();
            Lane lane = entry.getValue();
            lane.expired(nanos.getAsLong(), COLD_NANOS, maxAge(entry.getKey())).forEach(this::drop);
            if (lane.retire()) {
                all.remove();
            }
        }
    }

    private long maxAge(Origin origin) {
        return origin.isTrusted() ? maxAgeNanos : untrustedMaxAgeNanos;
    }

    int openCount() {
        return lanes.values().stream().mapToInt(Lane::openCount).sum();
    }

    int idleCount() {
        return lanes.values().stream().mapToInt(Lane::idleCount).sum();
    }

    long openedCount() {
        return opened.sum();
    }

    @Override
    public void close() {
        isClosed = true;
        lanes.values().forEach(lane -> lane.shut().forEach(this::drop));
    }
}
