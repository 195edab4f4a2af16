package org.sluice.gateway.balance;

import org.sluice.gateway.health.DeploymentLoad;

/**
 * Power of two choices on the peak-sensitive moving average of the time to the first byte, times the calls under way: of two
 * drawn by weight the quicker goes first, the other meets the next one drawn. Taking the best of all would send every call of
 * the same moment to the same target. One that was never asked is tried, but not by many at once.
 */
final class LeastLatency implements Strategy {
    private static final double UNKNOWN_NANOS = 1e12;

    @Override
    public void arrange(int[] order, Round round) {
        double waiting = cost(round.load(order[0]));
        for (int i = 0; i < order.length - 1; i++) {
            double next = cost(round.load(order[i + 1]));
            if (next < waiting) {
                int slower = order[i];
                order[i] = order[i + 1];
                order[i + 1] = slower;
            } else {
                waiting = next;
            }
        }
    }

    private static double cost(DeploymentLoad load) {
        double nanos = load.latencyNanos();
        int calls = load.callsUnderWay();
        return nanos == 0 && calls > 0 ? UNKNOWN_NANOS * calls : nanos * (calls + 1);
    }
}
