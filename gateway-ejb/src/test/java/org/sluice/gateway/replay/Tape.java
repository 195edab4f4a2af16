package org.sluice.gateway.replay;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Chance that can be told again: every draw is recorded, or comes from a recording and is 0 behind its end. */
final class Tape extends Random {
    private static final long serialVersionUID = 1;
    private final transient List<Integer> drawn = new ArrayList<>();
    private final transient List<Integer> recorded;
    private final transient Random chance;

    Tape(long seed) {
        chance = new Random(seed);
        recorded = null;
    }

    Tape(List<Integer> recorded) {
        this.recorded = List.copyOf(recorded);
        chance = null;
    }

    @Override
    protected int next(int bits) {
        if (drawn == null) {
            return 0;
        }
        int at = drawn.size();
        int value = recorded == null ? chance.nextInt() >>> (32 - bits) : at < recorded.size() ? recorded.get(at) & (int) ((1L << bits) - 1) : 0;
        drawn.add(value);
        return value;
    }

    /** Draws the number itself, so that a smaller draw is a smaller number. */
    @Override
    public int nextInt(int bound) {
        int at = drawn.size();
        int value = recorded == null ? chance.nextInt(bound) : at < recorded.size() ? Math.floorMod(recorded.get(at), bound) : 0;
        drawn.add(value);
        return value;
    }

    List<Integer> drawn() {
        return List.copyOf(drawn);
    }
}
