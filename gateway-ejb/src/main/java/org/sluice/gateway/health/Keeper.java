package org.sluice.gateway.health;

import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

/** Runs one task soon after it was asked for, once for all who asked meanwhile, on a thread that goes when there is nothing to do. */
final class Keeper {
    private final Runnable task;
    private final AtomicBoolean isAskedFor = new AtomicBoolean();
    private final ThreadPoolExecutor thread = new ThreadPoolExecutor(1, 1, 5, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), work -> {
        Thread made = new Thread(work, "gateway-health-file");
        made.setDaemon(true);
        return made;
    });

    Keeper(Runnable task) {
        this.task = task;
        thread.allowCoreThreadTimeOut(true);
    }

    /** Returns at once. */
    void ask() {
        if (isAskedFor.compareAndSet(false, true) && !thread.isShutdown()) {
            thread.execute(() -> {
                isAskedFor.set(false);
                task.run();
            });
        }
    }

    /** Returns when what was asked for is done, or after some seconds. */
    void close() {
        thread.shutdown();
        try {
            thread.awaitTermination(3, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
