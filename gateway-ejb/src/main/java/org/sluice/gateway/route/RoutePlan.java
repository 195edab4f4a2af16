package org.sluice.gateway.route;

import java.util.List;
import java.util.function.Supplier;

/**
 * The targets in the order in which they are tried; never empty.
 *
 * @param warnings what was left out or put back, for the call's log
 * @param rescue one target more when all others failed; asked then only, gives null for none
 */
public record RoutePlan(List<Target> targets, AttemptPolicy policy, List<String> warnings, Supplier<Target> rescue) {
    private static final Supplier<Target> NO_RESCUE = () -> null;

    public RoutePlan {
        targets = List.copyOf(targets);
        warnings = List.copyOf(warnings);
        if (targets.isEmpty()) {
            throw new IllegalArgumentException("a plan needs a target");
        }
    }

    public RoutePlan(List<Target> targets, AttemptPolicy policy) {
        this(targets, policy, List.of(), NO_RESCUE);
    }

    public Target first() {
        return targets.get(0);
    }

    /** The same for a body that is read while it is sent. */
    public RoutePlan sentOnce() {
        return new RoutePlan(targets, policy.sentOnce(), warnings, NO_RESCUE);
    }

    /** Its first target alone, asked once. */
    public RoutePlan firstOnly() {
        return new RoutePlan(List.of(first()), AttemptPolicy.once(policy.limits()), warnings, NO_RESCUE);
    }
}
