package org.sluice.gateway.attempt;

import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * Where second attempts run: a virtual thread each, on JDK 17 one of a bounded pool, beyond which there is no second
 * attempt. Made when first needed.
 */
@ApplicationScoped
public class HedgeThreads {
    private static final System.Logger LOGGER = System.getLogger(HedgeThreads.class.getName());
    private static final int MOST = 128;
    private Executor executor;
    private ScheduledThreadPoolExecutor timer;

    /** Runs it in a thread of its own after this time unless it is cancelled before. */
    Future<?> after(long nanos, Runnable work) {
        open();
        return timer.schedule(() -> {
            try {
                executor.execute(work);
            } catch (RejectedExecutionException full) {
                LOGGER.log(System.Logger.Level.DEBUG, "All threads for second attempts are taken; the first one goes on alone.");
            }
        }, nanos, TimeUnit.NANOSECONDS);
    }

    private synchronized void open() {
        if (timer != null) {
            return;
        }
        executor = virtual();
        if (executor == null) {
            executor = new ThreadPoolExecutor(0, MOST, 30, TimeUnit.SECONDS, new SynchronousQueue<>(), task -> daemon(task, "gateway-hedge"));
        }
        timer = new ScheduledThreadPoolExecutor(1, task -> daemon(task, "gateway-hedge-timer"));
        timer.setRemoveOnCancelPolicy(true);
    }

    private static Thread daemon(Runnable task, String name) {
        Thread thread = new Thread(task, name);
        thread.setDaemon(true);
        return thread;
    }

    /** The factory method of JDK 21; null on an older one. */
    private static Executor virtual() {
        try {
            return (Executor) Executors.class.getMethod("newVirtualThreadPerTaskExecutor").invoke(null);
        } catch (ReflectiveOperationException before21) {
            return null;
        }
    }

    @PreDestroy
    synchronized void close() {
        if (timer != null) {
            timer.shutdownNow();
            ((ExecutorService) executor).shutdownNow();
        }
    }
}
