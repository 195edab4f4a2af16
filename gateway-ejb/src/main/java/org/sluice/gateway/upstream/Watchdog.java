package org.sluice.gateway.upstream;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.LockSupport;

/**
 * Closes what is overdue. One thread looks at every connection at a fixed interval, because a time limit on each read
 * would cost a timer per read on a virtual thread. A limit is therefore late by at most one interval.
 */
final class Watchdog implements AutoCloseable {
    private static final Logger LOG = System.getLogger(Watchdog.class.getName());
    private static final long CHORE_NANOS = 1_000_000_000L;
    private final Set<Connection> connections = ConcurrentHashMap.newKeySet();
    private final LongAdder timeouts = new LongAdder();
    private final long intervalNanos;
    private final Runnable chore;
    private final Thread thread;
    private volatile boolean isStopped;

    /** @param chore done about once a second */
    Watchdog(long intervalNanos, Runnable chore) {
        this.intervalNanos = intervalNanos;
        this.chore = chore;
        this.thread = daemon(this::run, "gateway-upstream-watchdog");
    }

    /** A platform thread that holds neither the server nor the application's class loader. */
    static Thread daemon(Runnable task, String name) {
        Thread thread = new Thread(null, task, name, 0, false);
        thread.setDaemon(true);
        thread.setContextClassLoader(null);
        return thread;
    }

    void start() {
        thread.start();
    }

    void watch(Connection connection) {
        connections.add(connection);
    }

    long timeouts() {
        return timeouts.sum();
    }

    private void run() {
        long lastChore = System.nanoTime();
        while (!isStopped) {
            LockSupport.parkNanos(intervalNanos);
            try {
                long now = System.nanoTime();
                sweep(now);
                if (now - lastChore >= CHORE_NANOS) {
                    lastChore = now;
                    chore.run();
                }
            } catch (RuntimeException e) {
                LOG.log(Level.ERROR, "The watchdog of the upstream connections failed once; it goes on.", e);
            }
        }
    }

    private void sweep(long now) {
        for (Connection connection : connections) {
            if (!connection.channel().isOpen()) {
                connections.remove(connection);
            } else if (connection.isNewlyOverdue(now)) {
                timeouts.increment();
                connection.cut();
            } else {
                connection.rescueStuckSend(now);
            }
        }
    }

    /** Stops watching and closes everything. */
    @Override
    public void close() {
        isStopped = true;
        LockSupport.unpark(thread);
        connections.forEach(Connection::cut);
        connections.clear();
    }
}
