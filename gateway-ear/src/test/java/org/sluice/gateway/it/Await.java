package org.sluice.gateway.it;

import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;

/** Waits for a condition, looking at it every 20 ms. */
final class Await {
    private static final long PAUSE_NANOS = 20_000_000;

    private Await() { }

    /** Fails with AssertionError {@code what} when the condition does not hold in time; what it throws passes through. */
    static void until(Duration limit, Supplier<String> what, Callable<Boolean> condition) {
        long deadline = System.nanoTime() + limit.toNanos();
        while (!holds(condition)) {
            if (System.nanoTime() - deadline > 0) {
                throw new AssertionError("not within " + limit.toMillis() + " ms: " + what.get());
            }
            LockSupport.parkNanos(PAUSE_NANOS);
        }
    }

    private static boolean holds(Callable<Boolean> condition) {
        try {
            return condition.call();
        } catch (RuntimeException e) {
            throw e;
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }
}
