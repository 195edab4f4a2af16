package org.sluice.gateway.balance;

import org.sluice.gateway.health.DeploymentKey;

/**
 * The same thread or customer meets the same target: weighted rendezvous hashing, so that a target that comes or goes moves
 * only those who meet it, and every node and every restart chooses alike. Whoever has no name is spread at random.
 */
final class Sticky implements Strategy {
    private static final long FNV_OFFSET = 0xcbf29ce484222325L;
    private static final long FNV_PRIME = 0x100000001b3L;

    @Override
    public void arrange(int[] order, Round round) {
        if (round.affinity() == null) {
            return;
        }
        double[] scores = new double[order.length];
        long owner = hash(FNV_OFFSET, round.affinity());
        for (int i = 0; i < scores.length; i++) {
            DeploymentKey key = round.candidate(i).key();
            long hash = mixed(hash(hash(owner, key.deployment()), key.credential()));
            double inUnit = ((hash >>> 11) + 0.5) * 0x1.0p-53;
            scores[i] = -Math.log(inUnit) / round.weight(i);
        }
        Round.sort(order, scores);
    }

    /** FNV-1a over the characters and an end mark. */
    private static long hash(long start, String text) {
        long hash = start;
        for (int i = 0; i < text.length(); i++) {
            hash = (hash ^ text.charAt(i)) * FNV_PRIME;
        }
        return (hash ^ 0xffff) * FNV_PRIME;
    }

    /** The finalizer of MurmurHash3: FNV alone leaves the upper bits of short names alike. */
    private static long mixed(long hash) {
        long mixed = (hash ^ hash >>> 33) * 0xff51afd7ed558ccdL;
        mixed = (mixed ^ mixed >>> 33) * 0xc4ceb9fe1a85ec53L;
        return mixed ^ mixed >>> 33;
    }
}
