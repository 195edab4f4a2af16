package org.sluice.gateway.balance;

import java.util.random.RandomGenerator;

/** At random by weight: the first, then the next among the rest, and so on. */
final class Weighted implements Strategy {
    @Override
    public void arrange(int[] order, Round round) { } // it is drawn already

    static int[] draw(double[] weights, RandomGenerator random) {
        int[] order = new int[weights.length];
        double left = 0;
        for (int i = 0; i < order.length; i++) {
            order[i] = i;
            left += weights[i];
        }
        for (int next = 0; next < order.length - 1; next++) {
            double point = random.nextDouble() * left;
            int drawn = next;
            while (drawn < order.length - 1 && point >= weights[order[drawn]]) {
                point -= weights[order[drawn++]];
            }
            int position = order[drawn];
            order[drawn] = order[next];
            order[next] = position;
            left -= weights[position];
        }
        return order;
    }
}
