package org.sluice.gateway.bench.score;

/** From the best to the worst. */
enum Grade {
    PASS, PARTIAL, SAFE, FAIL;

    /** Of two ways to ask: what passes in one way only is partial. */
    Grade with(Grade other) {
        if (this == other) {
            return this;
        }
        Grade worse = compareTo(other) > 0 ? this : other;
        return worse == FAIL ? FAIL : PARTIAL;
    }
}
