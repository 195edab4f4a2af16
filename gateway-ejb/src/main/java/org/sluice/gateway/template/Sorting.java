package org.sluice.gateway.template;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.UnaryOperator;

/** A stable merge sort that asks nothing but {@code <}, as Python's: NaN cannot upset it, and every comparison counts. */
final class Sorting {
    private final Object[] keys;
    private final Budget budget;
    private final int sign;
    private int[] order;
    private int[] spare;

    private Sorting(Object[] keys, boolean isReversed, Budget budget) {
        this.keys = keys;
        this.budget = budget;
        sign = isReversed ? -1 : 1;
        order = new int[keys.length];
        spare = new int[keys.length];
        Arrays.setAll(order, i -> i);
    }

    /** A new list of the items in the order of their keys; equal ones keep their order, in reverse too. */
    static List<Object> sorted(List<Object> items, UnaryOperator<Object> key, boolean isReversed, Budget budget) {
        budget.steps(items.size());
        Object[] keys = new Object[items.size()];
        for (int i = 0; i < keys.length; i++) {
            keys[i] = key.apply(items.get(i));
        }
        Sorting sorting = new Sorting(keys, isReversed, budget);
        for (int width = 1; width < keys.length; width *= 2) {
            sorting.mergeRuns(width);
        }
        List<Object> sorted = new ArrayList<>(keys.length);
        for (int at : sorting.order) {
            sorted.add(items.get(at));
        }
        return sorted;
    }

    private void mergeRuns(int width) {
        for (int from = 0; from < order.length; from += 2 * width) {
            int middle = Math.min(from + width, order.length);
            int end = Math.min(from + 2 * width, order.length);
            int left = from;
            int right = middle;
            for (int at = from; at < end; at++) {
                spare[at] = left < middle && (right >= end || !isBefore(order[right], order[left])) ? order[left++] : order[right++];
            }
        }
        int[] merged = spare;
        spare = order;
        order = merged;
    }

    private boolean isBefore(int one, int other) {
        budget.step();
        int compared = sign > 0 ? Values.compare(keys[one], keys[other], "<", budget) : Values.compare(keys[other], keys[one], "<", budget);
        return compared < 0;
    }
}
