package org.sluice.gateway.balance;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.stream.IntStream;
import org.sluice.gateway.organization.BalanceStrategy;

/** Chooses among candidates. Thread-safe. */
@ApplicationScoped
public class Balancer {
    /**
     * @param affinity the thread's or customer's identifier for STICKY, or null
     * @return positions in {@code candidates} in the order in which they shall be asked, all of them
     */
    public int[] order(BalanceStrategy strategy, List<Candidate> candidates, String affinity) {
        return IntStream.range(0, candidates.size()).toArray();
    }
}
