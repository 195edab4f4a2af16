package org.sluice.gateway.attempt;

import java.util.ArrayList;
import java.util.List;
import org.sluice.gateway.error.GatewayException;
import org.sluice.gateway.route.Target;

/** How far each target of a plan has come. There is none until the first one failed. */
final class TargetStates {
    private enum Step { UNTRIED, POSTPONED, SPENT }

    private static final class State {
        private final Target target;
        private Step step = Step.UNTRIED;
        private int tries;
        private long dueNanos;
        private boolean isLimited;

        State(Target target) {
            this.target = target;
        }
    }

    private final List<State> states;
    private boolean isRescued;

    TargetStates(List<Target> targets) {
        states = new ArrayList<>(targets.size() + 1);
        targets.forEach(target -> states.add(new State(target)));
    }

    Target target(int at) {
        return states.get(at).target;
    }

    /** Whether {@link #add} was called. */
    boolean isRescued() {
        return isRescued;
    }

    /** One more, to be asked next. */
    int add(Target target) {
        isRescued = true;
        states.add(new State(target));
        return states.size() - 1;
    }

    /** All from the beginning. */
    void renew() {
        states.forEach(state -> state.step = Step.UNTRIED);
    }

    /** One more try was in vain; the number of tries so far. */
    int failed(int at) {
        return ++states.get(at).tries;
    }

    int tries(int at) {
        return states.get(at).tries;
    }

    void spend(int at) {
        states.get(at).step = Step.SPENT;
    }

    /** @param isLimited others come first, for waiting is all that helps */
    void postpone(int at, long dueNanos, boolean isLimited) {
        State state = states.get(at);
        state.step = Step.POSTPONED;
        state.dueNanos = dueNanos == 0 ? 1 : dueNanos;
        state.isLimited = isLimited;
    }

    /** Whether a rate limit was all that was wrong with it, so that nobody is left who was not asked yet. */
    boolean isLimited(int at) {
        State state = states.get(at);
        return state.step == Step.POSTPONED && state.isLimited;
    }

    /** When a target may be asked; 0 for at once. */
    long dueNanos(int at) {
        return states.get(at).step == Step.POSTPONED ? states.get(at).dueNanos : 0;
    }

    /**
     * The same target again; after a rate limit the next that was not asked yet; when there is none the one that may be
     * asked soonest. -1 when all are spent.
     */
    int next(int at) {
        if (states.get(at).step == Step.POSTPONED && !states.get(at).isLimited) {
            return at;
        }
        int soonest = -1;
        for (int i = 0; i < states.size(); i++) {
            State state = states.get(i);
            if (state.step == Step.UNTRIED) {
                return i;
            }
            if (state.step == Step.POSTPONED && (soonest < 0 || state.dueNanos - states.get(soonest).dueNanos < 0)) {
                soonest = i;
            }
        }
        return soonest;
    }

    boolean isAnyUntriedBut(int at) {
        for (int i = 0; i < states.size(); i++) {
            if (i != at && states.get(i).step == Step.UNTRIED) {
                return true;
            }
        }
        return false;
    }

    /**
     * Leaves out who would fail alike: the same model with another key when it was the request that was refused, or a key of
     * the caller's own, for that must not be hidden; and models that are known to read no more than the one the prompt was too
     * long for.
     */
    void dropThoseLike(Target failed, GatewayException e) {
        boolean isAlike = FailureKind.isOfRequest(e) || FailureKind.isCredentialRefused(e) && failed.isCallersCredential();
        boolean isTooLong = FailureKind.isContextTooSmall(e);
        for (State state : states) {
            boolean isSameModel = state.target.provider() == failed.provider() && state.target.deployment().upstreamModel().equals(failed.deployment().upstreamModel());
            boolean isNoLarger = isSameModel || state.target.contextWindow() > 0 && failed.contextWindow() > 0 && state.target.contextWindow() <= failed.contextWindow();
            if (state.step == Step.UNTRIED && (isAlike && isSameModel || isTooLong && isNoLarger)) {
                state.step = Step.SPENT;
            }
        }
    }
}
