package org.sluice.gateway.attempt;

import java.time.Instant;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import org.sluice.gateway.provider.Cancellation;

/** Clock, pause and chance of the attempts. */
interface Timing {
    Timing SYSTEM = new Timing() {
        @Override
        public long nanos() {
            return System.nanoTime();
        }

        @Override
        public Instant now() {
            return Instant.now();
        }

        @Override
        public double chance() {
            return ThreadLocalRandom.current().nextDouble();
        }

        @Override
        public void pause(long nanos, Cancellation cancellation) {
            CountDownLatch cancelled = new CountDownLatch(1);
            cancellation.onCancel(cancelled::countDown);
            try {
                cancelled.await(nanos, TimeUnit.NANOSECONDS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    };

    /** As {@link System#nanoTime()}. */
    long nanos();

    Instant now();

    /** In [0, 1). */
    double chance();

    /** Returns after this time, or as soon as the call is cancelled or the thread interrupted. */
    void pause(long nanos, Cancellation cancellation);
}
