package org.sluice.gateway.balance;

import org.sluice.gateway.usage.Price;

/** The cheapest by list price, three tokens in for one out, as is usual in chats; what has no price goes last. */
final class LowestCost implements Strategy {
    private static final double INPUT_FOR_ONE_OUTPUT = 3;

    @Override
    public void arrange(int[] order, Round round) {
        double[] scores = new double[order.length];
        for (int i = 0; i < scores.length; i++) {
            scores[i] = cost(round.candidate(i).price());
        }
        Round.sort(order, scores);
    }

    private static double cost(Price price) {
        if (price == null || price.input() == null) {
            return Double.POSITIVE_INFINITY;
        }
        double perCall = price.perThousandCalls() == null ? 0 : price.perThousandCalls().doubleValue();
        return INPUT_FOR_ONE_OUTPUT * price.input().doubleValue() + (price.output() == null ? 0 : price.output().doubleValue()) + perCall;
    }
}
