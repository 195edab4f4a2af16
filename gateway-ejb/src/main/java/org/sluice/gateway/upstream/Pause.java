package org.sluice.gateway.upstream;

import java.util.concurrent.locks.LockSupport;

/**
 * Lets a refused address be answered at the same time whatever the reason was: at the next multiple of 250 ms since the call
 * began. The caller's thread waits; on a JDK without virtual threads that is one of a bounded number, which is why an
 * organization can name only so many unknown hosts a minute ({@link NewHosts}).
 */
interface Pause {
    long BUCKET_NANOS = 250_000_000L;
    Pause REAL = Pause::parkUntil;

    /** Waits until this {@link System#nanoTime()}, or until the thread is interrupted. */
    void until(long nanos);

    /** Waits until a call that began then may be told that it is refused. */
    default void untilTold(long startedNanos) {
        long taken = Math.max(0, System.nanoTime() - startedNanos);
        until(startedNanos + (taken / BUCKET_NANOS + 1) * BUCKET_NANOS);
    }

    private static void parkUntil(long nanos) {
        for (long left = nanos - System.nanoTime(); left > 0 && !Thread.currentThread().isInterrupted(); left = nanos - System.nanoTime()) {
            LockSupport.parkNanos(left);
        }
    }
}
