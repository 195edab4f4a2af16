package org.sluice.gateway.attempt;

import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.sluice.gateway.thread.GatewayThreads;

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
        executor = GatewayThreads.virtual();
        if (executor == null) {
            executor = new ThreadPoolExecutor(0, MOST, 30, TimeUnit.SECONDS, new SynchronousQueue<>(), task -> GatewayThreads.daemon(task, "gateway-hedge"));
        }
        timer = new ScheduledThreadPoolExecutor(1, task -> GatewayThreads.daemon(task, "gateway-hedge-timer"));
        timer.setRemoveOnCancelPolicy(true);
    }

    @PreDestroy
    synchronized void close() {
        if (timer != null) {
            timer.shutdownNow();
            ((ExecutorService) executor).shutdownNow();
        }
    }
}
