package org.sluice.gateway.bench.load;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.sluice.gateway.bench.loop.Loop;

/** One run against one target; see the package. Connections are open when the constructor returns. Use it once, then close it. */
public final class OpenLoopLoad implements AutoCloseable {
    private static final long LEAST_PARK_NANOS = 20_000;
    private final Target target;
    private final Loop loop = new Loop("load-reader");
    private final Tally tally = new Tally();
    private final List<LoadConnection> connections = new ArrayList<>();
    private final Object lock = new Object();
    private final ArrayDeque<LoadConnection> idle = new ArrayDeque<>();
    private final ArrayDeque<Long> overdue = new ArrayDeque<>();
    /** Calls not ended yet, those of the future included. */
    private long open;
    /** Closed loop: when to send no more. */
    private long untilNanos = Long.MIN_VALUE;

    public OpenLoopLoad(Target target, int connectionCount) throws IOException {
        this.target = target;
        try {
            for (int i = 0; i < connectionCount; i++) {
                LoadConnection connection = new LoadConnection(target, loop, this, tally);
                connection.open();
                connections.add(connection);
                idle.add(connection);
            }
            loop.wakeup();
        } catch (IOException e) {
            loop.close();
            throw new IOException(connections.size() + " connections, then " + e.getMessage() + " (" + target.name() + ")", e);
        }
    }

    /** Sends {@code calls} calls, {@code ratePerSecond} a second, waits for the answers at most {@code grace} after the last one. */
    public Tally open(double ratePerSecond, long calls, Duration grace) {
        double interval = 1e9 / ratePerSecond;
        long begin = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(1);
        tally.begin(begin, Long.MAX_VALUE / 2);
        open = calls;
        for (long call = 0; call < calls; call++) {
            long due = begin + (long) (call * interval);
            for (long rest = due - System.nanoTime(); rest > 0; rest = due - System.nanoTime()) {
                LockSupport.parkNanos(Math.max(rest, LEAST_PARK_NANOS));
            }
            LoadConnection connection;
            synchronized (lock) {
                connection = idle.pollLast();
                if (connection == null) {
                    overdue.add(due);
                }
            }
            if (connection != null) {
                connection.send(due);
            }
        }
        return await(grace);
    }

    /** Keeps every connection busy for {@code time}. */
    public Tally closed(Duration time) {
        long begin = System.nanoTime();
        tally.begin(begin, time.toNanos());
        List<LoadConnection> all = new ArrayList<>(connections);
        synchronized (lock) {
            untilNanos = begin + time.toNanos();
            open = all.size();
            idle.clear();
        }
        for (LoadConnection connection : all) {
            connection.send(System.nanoTime());
        }
        return await(time.plusSeconds(20));
    }

    private Tally await(Duration grace) {
        long end = System.nanoTime() + grace.toNanos();
        synchronized (lock) {
            try {
                for (long rest = end - System.nanoTime(); open > 0 && rest > 0; rest = end - System.nanoTime()) {
                    TimeUnit.NANOSECONDS.timedWait(lock, rest);
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
        tally.end(System.nanoTime());
        loop.close();
        for (LoadConnection connection : connections) {
            if (connection.isBusy()) {
                open--;
                tally.failed("no answer in time", connection.chunksMissing());
            }
        }
        for (; open > 0; open--) {
            tally.failed("never sent", 0);
        }
        return tally;
    }

    // ---- on the loop's thread

    void first(long nanos) {
        tally.firstChunk().record(nanos);
    }

    void completed(LoadConnection connection, String fault, int status, long latencyNanos, int missing) {
        long now = System.nanoTime();
        if (fault == null) {
            tally.answered(latencyNanos, now);
        } else if (status != 0 && status != 200) {
            tally.refused(fault, latencyNanos);
        } else {
            tally.failed(fault, missing);
        }
        Long due;
        synchronized (lock) {
            due = overdue.poll();
            if (due == null && now < untilNanos) {
                due = now;
                open++;
            }
            if (due == null) {
                idle.addLast(connection);
            }
            ended();
        }
        if (due != null) {
            connection.send(due);
        }
    }

    /** A connection that cannot be opened again. */
    void lost(boolean wasBusy, String error, int missing) {
        if (wasBusy) {
            tally.failed(error, missing);
            synchronized (lock) {
                ended();
            }
        }
    }

    private void ended() {
        if (--open == 0) {
            lock.notifyAll();
        }
    }

    public Target target() {
        return target;
    }

    @Override
    public void close() {
        loop.close();
    }
}
