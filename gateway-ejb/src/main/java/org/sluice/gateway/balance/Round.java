package org.sluice.gateway.balance;

import java.util.List;
import org.sluice.gateway.health.DeploymentLoad;

/**
 * One choice among candidates.
 *
 * @param weights of the candidates as they are at the moment, all above 0
 * @param affinity whose call it is, or null
 */
record Round(List<Candidate> candidates, double[] weights, Loads loads, String affinity) {
    /** Finds what a candidate carries. */
    interface Loads {
        DeploymentLoad of(Candidate candidate);
    }

    Candidate candidate(int position) {
        return candidates.get(position);
    }

    DeploymentLoad load(int position) {
        return loads.of(candidates.get(position));
    }

    double weight(int position) {
        return weights[position];
    }

    /** Puts the lowest score first; equal ones stay as they are. */
    static void sort(int[] order, double[] scores) {
        for (int i = 1; i < order.length; i++) {
            int moved = order[i];
            int at = i;
            while (at > 0 && scores[order[at - 1]] > scores[moved]) {
                order[at] = order[at - 1];
                at--;
            }
            order[at] = moved;
        }
    }
}
