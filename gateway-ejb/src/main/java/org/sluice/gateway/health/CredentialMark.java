package org.sluice.gateway.health;

import java.time.Instant;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Whether the provider refuses a credential. It takes several refusals in a row: some providers answer 401, 402 and 403 to
 * what is wrong with one request (a foreign organization in a header, a limit that is too dear, flagged content). A mark
 * lasts until the credential is changed, an operator resets it, or a recheck goes well. Thread-safe.
 */
final class CredentialMark {
    /** @param status what the provider answered; @param since when it was marked */
    record Mark(int status, Instant since) {}

    private final int refusalsToMark;
    private final long recheckNanos;
    private final AtomicInteger refusals = new AtomicInteger();
    private final AtomicLong nextCheck = new AtomicLong();
    private volatile Mark mark;

    CredentialMark(int refusalsToMark, long recheckNanos) {
        this.refusalsToMark = refusalsToMark;
        this.recheckNanos = recheckNanos;
    }

    /** Whether a call may use it; of a marked one, one call in each recheck time. */
    boolean admits(long now) {
        if (mark == null) {
            return true;
        }
        long due = nextCheck.get();
        return now - due >= 0 && nextCheck.compareAndSet(due, now + recheckNanos);
    }

    /** @return whether it is marked by this */
    boolean refused(int status, long now, Instant time) {
        if (refusals.incrementAndGet() < refusalsToMark || mark != null) {
            return false;
        }
        restore(new Mark(status, time), now);
        return true;
    }

    void restore(Mark known, long now) {
        nextCheck.set(now + recheckNanos);
        mark = known;
    }

    /** @return whether a mark is gone by this */
    boolean accepted() {
        if (refusals.get() != 0) {
            refusals.set(0);
        }
        if (mark == null) {
            return false;
        }
        mark = null;
        return true;
    }

    /** Null when it is not marked. */
    Mark mark() {
        return mark;
    }

    long nanosToCheck(long now) {
        return mark == null ? 0 : Math.max(0, nextCheck.get() - now);
    }
}
