package org.sluice.gateway.template;

import java.util.function.LongSupplier;

/**
 * What is left of one rendering's limits. Whoever does work asks first: a refusal comes before the memory is taken. All
 * text a rendering makes, kept or not, may be three times its output.
 */
final class Budget {
    private static final int STEPS_BETWEEN_CLOCKS = 4_096;
    private final TemplateLimits limits;
    private final LongSupplier clock;
    private long start;
    private boolean isTimed;
    private long steps;
    private long clockAt;
    private long characters;
    private int iterations;
    private int levels;
    private int values = TemplateLimits.VALUES;

    Budget(TemplateLimits limits, LongSupplier clock) {
        this.limits = limits;
        this.clock = clock;
        steps = limits.steps();
        clockAt = Math.max(0, steps - STEPS_BETWEEN_CLOCKS);
        characters = 3L * limits.outputCharacters();
        iterations = limits.iterations();
        levels = 4 * limits.nesting();
    }

    void step() {
        if (--steps < clockAt) {
            refill();
        }
    }

    void steps(long count) {
        steps -= count;
        if (steps < clockAt) {
            refill();
        }
    }

    /** The clock starts here the first time: most renderings are done before, and asking costs a system call. */
    private void refill() {
        if (steps < 0) {
            throw Failure.limit("the template takes more than " + limits.steps() + " steps");
        }
        if (!isTimed) {
            isTimed = true;
            start = clock.getAsLong();
        } else if (clock.getAsLong() - start > limits.cpuNanos()) {
            throw Failure.limit("the template takes more than " + limits.cpuNanos() / 1_000_000 + " ms");
        }
        clockAt = Math.max(0, steps - STEPS_BETWEEN_CLOCKS);
    }

    void iteration() {
        if (--iterations < 0) {
            throw Failure.limit("the loops of the template turn more than " + limits.iterations() + " times");
        }
    }

    /** Characters that are looked at. */
    void scan(long count) {
        if (count >= 512) {
            steps(count >> 9);
        }
    }

    /** One text looked for in another, at worst comparing all of it at every place. */
    void search(int length, int wanted) {
        scan((long) length * (1 + wanted));
    }

    /** A text of so many characters that is about to be made. */
    void text(long count) {
        if (count > limits.outputCharacters()) {
            throw tooLong();
        }
        characters -= count;
        if (characters < 0) {
            throw Failure.limit("the template makes more than " + 3L * limits.outputCharacters() + " characters of text");
        }
        scan(count);
    }

    Failure tooLong() {
        return Failure.limit("the text is longer than " + limits.outputCharacters() + " characters");
    }

    int longestText() {
        return limits.outputCharacters();
    }

    void value() {
        if (--values < 0) {
            throw Failure.limit("the variables hold more than " + TemplateLimits.VALUES + " values");
        }
    }

    void enter(int count) {
        levels -= count;
        if (levels < 0) {
            levels += count;
            throw Failure.limit("calls are nested too deeply");
        }
    }

    void leave(int count) {
        levels += count;
    }
}
