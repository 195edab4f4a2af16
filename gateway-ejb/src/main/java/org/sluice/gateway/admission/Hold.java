package org.sluice.gateway.admission;

/** Room that is kept for one call while it runs. */
@FunctionalInterface
public interface Hold {
    Hold NONE = spent -> { };

    /** What the call really took; called once, also for a call that failed ({@link Spent#NOTHING}). Must not throw. */
    void settle(Spent spent);
}
