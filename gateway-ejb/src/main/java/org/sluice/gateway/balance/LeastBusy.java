package org.sluice.gateway.balance;

/** The fewest calls under way for its weight. */
final class LeastBusy implements Strategy {
    @Override
    public void arrange(int[] order, Round round) {
        double[] scores = new double[order.length];
        for (int i = 0; i < scores.length; i++) {
            scores[i] = round.load(i).callsUnderWay() / round.weight(i);
        }
        Round.sort(order, scores);
    }
}
