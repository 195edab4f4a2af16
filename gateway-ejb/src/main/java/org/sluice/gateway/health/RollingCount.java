package org.sluice.gateway.health;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLongArray;

/**
 * How much there was in the last span of time, up to one piece more. A piece holds the number of its moment and a count in
 * one long, so that adding is one atomic operation and nothing has to be swept. Times are not negative. Thread-safe.
 */
final class RollingCount {
    private static final int COUNT_BITS = 36;
    private static final long COUNT_MASK = (1L << COUNT_BITS) - 1;
    private static final long MOMENT_MASK = -1L >>> COUNT_BITS;
    private final AtomicLongArray pieces;
    private final long pieceNanos;

    RollingCount(Duration span, int pieces) {
        this.pieces = new AtomicLongArray(pieces + 1);
        this.pieceNanos = Math.max(1, span.toNanos() / pieces);
    }

    void add(long now, long count) {
        long moment = moment(now);
        int at = (int) (moment % pieces.length());
        while (true) {
            long old = pieces.get(at);
            long age = moment - (old >>> COUNT_BITS) & MOMENT_MASK;
            if (age > MOMENT_MASK / 2 && (old & COUNT_MASK) != 0) {
                return; // the thread was away so long that its piece has become another moment's
            }
            long before = age == 0 ? old & COUNT_MASK : 0;
            if (pieces.compareAndSet(at, old, moment << COUNT_BITS | Math.min(COUNT_MASK, before + count))) {
                return;
            }
        }
    }

    long sum(long now) {
        long moment = moment(now);
        long sum = 0;
        for (int i = 0; i < pieces.length(); i++) {
            long piece = pieces.get(i);
            if ((moment - (piece >>> COUNT_BITS) & MOMENT_MASK) < pieces.length()) {
                sum += piece & COUNT_MASK;
            }
        }
        return sum;
    }

    void clear() {
        for (int i = 0; i < pieces.length(); i++) {
            pieces.set(i, 0);
        }
    }

    private long moment(long now) {
        return now / pieceNanos & MOMENT_MASK;
    }
}
