package org.sluice.gateway.balance;

import org.sluice.gateway.health.DeploymentLoad;

/**
 * The largest share left of the requests and tokens a minute it allows, whichever is less. One that has used up either goes
 * behind all others; where no limit is known, nothing counts as used, and the fewest requests for its weight go first.
 */
final class LeastUsed implements Strategy {
    private static final double FAR = 1e6;

    @Override
    public void arrange(int[] order, Round round) {
        double[] scores = new double[order.length];
        for (int i = 0; i < scores.length; i++) {
            DeploymentLoad load = round.load(i);
            Candidate candidate = round.candidate(i);
            long requests = load.requestsInMinute();
            double used = Math.max(share(requests, candidate.requestsPerMinute()), share(load.tokensInMinute(), candidate.tokensPerMinute()));
            scores[i] = used * FAR + Math.min(1, requests / round.weight(i) / FAR);
        }
        Round.sort(order, scores);
    }

    private static double share(long used, long allowed) {
        return allowed <= 0 ? 0 : (double) used / allowed;
    }
}
