package org.sluice.gateway.health;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * The deployments used most recently. Names of models come from clients, so their number must have an end: beyond it an
 * eighth goes, those unused for longest and without calls under way. Thread-safe; finding is a hash look-up.
 */
final class StateTable {
    private final ConcurrentHashMap<DeploymentKey, DeploymentState> states = new ConcurrentHashMap<>();
    private final int max;
    private final Consumer<DeploymentState> added;
    private final Runnable evicted;

    /**
     * @param added called with each state after it can be found
     * @param evicted called after some have gone
     */
    StateTable(int max, Consumer<DeploymentState> added, Runnable evicted) {
        this.max = max;
        this.added = added;
        this.evicted = evicted;
    }

    DeploymentState get(DeploymentKey key, Function<DeploymentKey, DeploymentState> made) {
        DeploymentState known = states.get(key);
        if (known != null) {
            return known;
        }
        DeploymentState state = states.computeIfAbsent(key, made);
        added.accept(state);
        if (states.mappingCount() > max) {
            evict(state);
        }
        return state;
    }

    Collection<DeploymentState> all() {
        return states.values();
    }

    int size() {
        return states.size();
    }

    private synchronized void evict(DeploymentState newest) {
        int tooMany = states.size() - (max - max / 8);
        if (states.size() <= max) {
            return;
        }
        record Use(DeploymentState state, long at) { } // the time moves on while we sort
        List<Use> uses = new ArrayList<>();
        states.values().forEach(state -> uses.add(new Use(state, state.lastUsed())));
        uses.sort(Comparator.comparingLong(use -> use.at - newest.lastUsed()));
        for (Use use : uses) {
            if (tooMany > 0 && use.state != newest && use.state.callsUnderWay() == 0) {
                states.remove(use.state.key(), use.state);
                tooMany--;
            }
        }
        evicted.run();
    }
}
