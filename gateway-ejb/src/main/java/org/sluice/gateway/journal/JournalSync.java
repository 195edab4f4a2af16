package org.sluice.gateway.journal;

import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/**
 * The thread that forces written records to the disk, at most one interval after they were written, and looks once a
 * second whether the directory is still there.
 */
final class JournalSync {
    private static final long WATCH_NANOS = TimeUnit.MILLISECONDS.toNanos(900);
    private final Journal journal;
    private final long intervalMillis;
    private final Semaphore wake = new Semaphore(0);
    private final Thread thread;
    private volatile boolean isStopping;
    private volatile long dirtySinceNanos;
    private volatile boolean isDirty;
    private long watchedNanos = System.nanoTime();

    JournalSync(Journal journal, Duration interval) {
        this.journal = journal;
        this.intervalMillis = Math.max(1, interval.toMillis());
        this.thread = new Thread(this::run, "gateway-journal-sync");
        thread.setDaemon(true);
    }

    void start() {
        thread.start();
    }

    void stop() {
        isStopping = true;
        wake.release();
        boolean interrupted = false;
        while (thread.isAlive()) {
            try {
                thread.join();
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    /** Somebody waits for the disk. */
    void wake() {
        if (wake.availablePermits() == 0) {
            wake.release();
        }
    }

    /** Since when written bytes wait for the disk. */
    long unsyncedMillis() {
        return isDirty ? TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - dirtySinceNanos) : 0;
    }

    private void run() {
        while (!isStopping) {
            try {
                wake.tryAcquire(intervalMillis, TimeUnit.MILLISECONDS);
            } catch (InterruptedException e) {
                // only stop() ends this thread
            }
            wake.drainPermits();
            forceIfDirty();
            if (System.nanoTime() - watchedNanos > WATCH_NANOS) {
                watchedNanos = System.nanoTime();
                journal.watch();
            }
        }
        forceIfDirty();
    }

    private void forceIfDirty() {
        if (journal.isDirty()) {
            if (!isDirty) {
                dirtySinceNanos = System.nanoTime();
                isDirty = true;
            }
            journal.sync();
            isDirty = journal.isDirty();
        }
    }
}
