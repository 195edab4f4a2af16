package org.sluice.gateway.replay;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * A claim about everything a generator makes. An example against it is made smaller before it is told: pieces of the
 * {@link Tape} it was made from are left out, set to 0 or lowered as long as the claim still fails. Any generator over a
 * {@link Random} will do; one whose first choices are its simplest shrinks well.
 */
public final class Property {
    private static final int MAX_TRIES = 3000;

    private Property() { }

    public static <T> void holds(int examples, Function<Random, T> generator, Consumer<T> claim) {
        for (int seed = 0; seed < examples; seed++) {
            Tape tape = new Tape(seed);
            Throwable failure = failure(generator, claim, tape);
            if (failure != null) {
                List<Integer> smallest = shrink(tape.drawn(), generator, claim);
                T example = generator.apply(new Tape(smallest));
                Throwable last = failure(generator, claim, new Tape(smallest));
                throw new AssertionError("Example " + seed + " against it, made small: " + example + "\n" + last.getMessage(), last);
            }
        }
    }

    private static <T> Throwable failure(Function<Random, T> generator, Consumer<T> claim, Tape tape) {
        try {
            claim.accept(generator.apply(tape));
            return null;
        } catch (AssertionError | RuntimeException failure) {
            return failure;
        }
    }

    private static <T> List<Integer> shrink(List<Integer> first, Function<Random, T> generator, Consumer<T> claim) {
        List<Integer> smallest = first;
        int tries = 0;
        for (int length = Math.max(1, first.size() / 2); length >= 1; length = length == 1 ? 0 : length / 2) {
            for (int from = 0; from < smallest.size() && tries < MAX_TRIES;) {
                List<Integer> without = replaced(smallest, from, length, false);
                List<Integer> zeroed = replaced(smallest, from, length, true);
                tries += 2;
                if (failure(generator, claim, new Tape(without)) != null) {
                    smallest = without;
                } else if (!zeroed.equals(smallest) && failure(generator, claim, new Tape(zeroed)) != null) {
                    smallest = zeroed;
                    from += length;
                } else {
                    from += length;
                }
            }
        }
        return lowered(smallest, generator, claim);
    }

    /** Each draw as low as it gets: half of it, then less by one. */
    private static <T> List<Integer> lowered(List<Integer> first, Function<Random, T> generator, Consumer<T> claim) {
        List<Integer> smallest = first;
        int tries = 0;
        for (int at = 0; at < smallest.size(); at++) {
            for (int step = smallest.get(at) / 2; step > 0 && tries < MAX_TRIES; tries++) {
                List<Integer> lower = new ArrayList<>(smallest);
                lower.set(at, smallest.get(at) - step);
                boolean isSmaller = lower.get(at) >= 0 && failure(generator, claim, new Tape(lower)) != null;
                smallest = isSmaller ? lower : smallest;
                step = isSmaller && step == 1 ? 1 : step / 2;
            }
        }
        return smallest;
    }

    private static List<Integer> replaced(List<Integer> tape, int from, int length, boolean isZeroed) {
        int to = Math.min(tape.size(), from + length);
        List<Integer> replaced = new ArrayList<>(tape.subList(0, from));
        for (int i = from; i < to && isZeroed; i++) {
            replaced.add(0);
        }
        replaced.addAll(tape.subList(to, tape.size()));
        return replaced;
    }
}
