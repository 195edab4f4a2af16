package org.sluice.gateway.upstream;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Names to addresses, with a time limit. The system's look-up has none and would pin the carrier of a virtual thread,
 * so it runs on a few threads of its own; callers who ask for the same name share one look-up. Caching is the JVM's
 * ({@code networkaddress.cache.ttl} and {@code .negative.ttl}).
 */
final class Resolver implements AutoCloseable {
    /** The system's look-up, or a test's. */
    interface Lookup {
        InetAddress[] addresses(String host) throws UnknownHostException;
    }

    private static final int THREADS = 8;
    private static final int QUEUE = 1024;
    private final Lookup lookup;
    private final ConcurrentHashMap<String, FutureTask<InetAddress[]>> underWay = new ConcurrentHashMap<>();
    private final ThreadPoolExecutor threads;

    Resolver(Lookup lookup) {
        this.lookup = lookup;
        this.threads = new ThreadPoolExecutor(THREADS, THREADS, 10, TimeUnit.SECONDS, new LinkedBlockingQueue<>(QUEUE),
                task -> Watchdog.daemon(task, "gateway-upstream-names"));
        threads.allowCoreThreadTimeOut(true);
    }

    /** All addresses in the system's order, at least one. */
    InetAddress[] resolve(String host, long deadlineNanos) {
        FutureTask<InetAddress[]> task = new FutureTask<>(() -> lookUp(host));
        FutureTask<InetAddress[]> first = underWay.putIfAbsent(host, task);
        if (first == null) {
            first = task;
            start(host, task);
        }
        try {
            InetAddress[] addresses = first.get(Math.max(0, deadlineNanos - System.nanoTime()), TimeUnit.NANOSECONDS);
            if (addresses.length == 0) {
                throw UpstreamException.unreachable(null);
            }
            return addresses;
        } catch (ExecutionException e) {
            throw UpstreamException.unreachable(e.getCause());
        } catch (CancellationException e) {
            throw UpstreamException.overloaded();
        } catch (TimeoutException e) {
            throw UpstreamException.timeout(Phase.P0, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw UpstreamException.cancelled(Phase.P0, e);
        }
    }

    /** Takes itself off the list before anybody gets the answer: a later caller gets a later answer. */
    private InetAddress[] lookUp(String host) throws UnknownHostException {
        try {
            return lookup.addresses(host);
        } finally {
            underWay.remove(host);
        }
    }

    private void start(String host, FutureTask<InetAddress[]> task) {
        try {
            threads.execute(task);
        } catch (RejectedExecutionException e) {
            underWay.remove(host, task);
            task.cancel(false);
            throw UpstreamException.overloaded();
        }
    }

    @Override
    public void close() {
        threads.shutdownNow();
    }
}
