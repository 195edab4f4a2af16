package org.sluice.gateway.route;

import java.util.List;

/** The targets in the order in which they are tried; never empty. */
public record RoutePlan(List<Target> targets, AttemptPolicy policy) {
    public RoutePlan {
        targets = List.copyOf(targets);
        if (targets.isEmpty()) {
            throw new IllegalArgumentException("a plan needs a target");
        }
    }

    public Target first() {
        return targets.get(0);
    }
}
