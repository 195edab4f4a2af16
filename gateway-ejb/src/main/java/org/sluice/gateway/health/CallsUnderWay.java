package org.sluice.gateway.health;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Counts calls under way. They are counted where they began: in this span of time or in the one before, each as long as the
 * longest call. A call whose end nobody told is thus forgotten within two spans, at no cost for those that are. Thread-safe.
 */
final class CallsUnderWay {
    private record Spans(long beganAt, AtomicInteger current, AtomicInteger previous) { }

    private final long spanNanos;
    private volatile Spans spans;

    CallsUnderWay(Duration longest, long now) {
        spanNanos = longest.toNanos();
        spans = new Spans(now, new AtomicInteger(), new AtomicInteger());
    }

    /** @return what to count down when the call ends, or null when {@code limit} calls are under way */
    AtomicInteger enter(long now, int limit) {
        Spans seen = spans(now);
        if (seen.current.incrementAndGet() + seen.previous.get() > limit) {
            seen.current.decrementAndGet();
            return null;
        }
        return seen.current;
    }

    int count(long now) {
        Spans seen = spans(now);
        return seen.current.get() + seen.previous.get();
    }

    private Spans spans(long now) {
        Spans seen = spans;
        return now - seen.beganAt < spanNanos ? seen : next(now);
    }

    private synchronized Spans next(long now) {
        long age = now - spans.beganAt;
        if (age >= spanNanos) {
            spans = new Spans(now, new AtomicInteger(), age < 2 * spanNanos ? spans.current : new AtomicInteger());
        }
        return spans;
    }
}
