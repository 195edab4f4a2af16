package org.sluice.gateway.attempt;

import java.time.Duration;
import org.sluice.gateway.call.Call;
import org.sluice.gateway.error.ErrorType;
import org.sluice.gateway.error.GatewayException;
import org.sluice.gateway.health.Admission;
import org.sluice.gateway.health.DeploymentHealth;
import org.sluice.gateway.health.RetryAfter;
import org.sluice.gateway.provider.UpstreamLimits;
import org.sluice.gateway.route.AttemptPolicy;
import org.sluice.gateway.route.RoutePlan;
import org.sluice.gateway.route.Target;

/**
 * One call's way through the targets of its plan; the rules are the package's. Made for one call, used by one thread.
 *
 * @param <T> what an attempt gives
 */
final class AttemptLoop<T> {
    private static final long LONGEST_WAIT = Duration.ofSeconds(60).toNanos();
    private final Call call;
    private final RoutePlan plan;
    private final AttemptTrail trail;
    private final DeploymentHealth health;
    private final Timing timing;
    private final Ask<T> ask;
    private final HedgeThreads threads;
    private final long endNanos;
    private TargetStates states;
    private FailedAttempts failures;
    private int attempts;
    private boolean isProbing;

    /** One upstream request. */
    interface Ask<T> {
        /**
         * Sends and waits for what can be told to the client. Tells the trail of an answer, and the admission how it ended,
         * at once or later; when it throws, the loop tells both.
         */
        T ask(Call call, Target target, UpstreamLimits limits, Admission admission, AttemptTrail trail);
    }

    /** @param threads where a second attempt runs beside the first, or null: then there is none */
    AttemptLoop(Call call, RoutePlan plan, AttemptTrail trail, DeploymentHealth health, Timing timing, HedgeThreads threads, Ask<T> ask) {
        this.threads = threads;
        this.call = call;
        this.plan = plan;
        this.trail = trail;
        this.health = health;
        this.timing = timing;
        this.ask = ask;
        this.endNanos = timing.nanos() + plan.policy().limits().total().toNanos();
    }

    /** @throws GatewayException the failure, when nobody answered; of several what they have in common */
    T run() {
        trail.warn(plan.warnings());
        int at = 0;
        while (true) {
            Target target = states == null ? plan.first() : states.target(at);
            Admission admission = admission(at, target);
            if (!admission.isGranted()) {
                refused(at, target, admission);
            } else {
                try {
                    T answer = attempts == 0 && threads != null && plan.policy().hedgeAfter() != null ? hedged(at, target, admission) : attempt(at, target, admission);
                    if (failures != null) {
                        failures.warn(trail);
                    }
                    return answer;
                } catch (GatewayException e) {
                    failed(at, target, e);
                }
            }
            at = next(at);
        }
    }

    private T attempt(int at, Target target, Admission admission) {
        attempts++;
        trail.sending(target);
        return asked(call, target, limits(at), admission, trail);
    }

    private T asked(Call asking, Target target, UpstreamLimits limits, Admission admission, AttemptTrail told) {
        try {
            return ask.ask(asking, target, limits, admission, told);
        } catch (GatewayException e) {
            told.failed(e);
            tell(admission, e, asking);
            throw e;
        } catch (RuntimeException | Error e) {
            admission.abandoned();
            throw e;
        }
    }

    /** The first attempt with another beside it when it takes long: at the next target, or at the same where there is no other. */
    private T hedged(int at, Target target, Admission admission) {
        int beside = plan.targets().size() > at + 1 ? at + 1 : at;
        Target second = states == null ? plan.targets().get(beside) : states.target(beside);
        UpstreamLimits share = limits(at);
        Hedge<T> hedge = new Hedge<>(call, target, second,
                (copy, told) -> asked(copy, target, share, admission, told),
                (copy, told) -> {
                    Admission other = health.admit(second.key());
                    if (!other.isGranted()) {
                        throw new GatewayException(ErrorType.NO_TARGET, other.refusal());
                    }
                    return asked(copy, second, share, other, told);
                });
        attempts++;
        try {
            return hedge.run(plan.policy().hedgeAfter(), threads, trail);
        } finally {
            attempts += hedge.isSecondAsked() ? 1 : 0;
            if (hedge.secondFailure() != null && beside != at && FailureKind.isOfUpstream(hedge.secondFailure())) {
                states().spend(beside);
                failures.add(second, hedge.secondFailure());
            }
        }
    }

    /**
     * The provider's own words are worth more than ours: where nobody else can be asked, a deployment that rests may be probed,
     * and so may one that is asked again after its rate limit.
     */
    private Admission admission(int at, Target target) {
        if (isProbing) {
            return health.admitProbe(target.key());
        }
        Admission admission = health.admit(target.key());
        boolean isElsewhere = plan.targets().size() > 1 && (states == null || !states.isLimited(at));
        return admission.isGranted() || isElsewhere ? admission : health.admitProbe(target.key());
    }

    /** How an attempt ended, for the deployment's health. */
    static void tell(Admission admission, GatewayException e, Call call) {
        if (!call.cancellation().isCancelled() && FailureKind.isOfDeployment(e)) {
            admission.failed(e);
        } else {
            admission.abandoned();
        }
    }

    private TargetStates states() {
        if (states == null) {
            states = new TargetStates(plan.targets());
            failures = new FailedAttempts();
        }
        return states;
    }

    private void refused(int at, Target target, Admission admission) {
        states().spend(at);
        failures.refused(admission);
        if (isProbing) {
            return;
        }
        trail.skipped(target, admission.refusal());
        trail.warn(target.requested() + " was not asked: " + admission.refusal() + ".");
    }

    private void failed(int at, Target target, GatewayException e) {
        if (call.cancellation().isCancelled()) {
            throw e;
        }
        states();
        if (!FailureKind.isOfUpstream(e)) {
            if (failures.isEmpty()) {
                throw e;
            }
            trail.warn(target.requested() + " could not be asked: " + e.getMessage());
            states.spend(at);
            return;
        }
        failures.add(target, e);
        AttemptPolicy policy = plan.policy();
        if (policy.isSentOnce()) {
            throw e;
        }
        long wait = states.failed(at) <= policy.maxRetries() && FailureKind.mayRepeat(e, policy.isTimeoutRetried()) ? wait(at, e) : -1;
        if (wait >= 0) {
            states.postpone(at, timing.nanos() + wait, FailureKind.isRateLimit(e));
        } else {
            states.spend(at);
        }
        states.dropThoseLike(target, e);
    }

    /** Nanoseconds until the same target may be asked again; -1 when that is too long. */
    private long wait(int at, GatewayException e) {
        double doubled = plan.policy().retryAfter().toNanos() * Math.pow(2, states.tries(at) - 1.0);
        long ours = (long) Math.min(LONGEST_WAIT, doubled * (0.8 + 0.4 * timing.chance()));
        long asked = askedWait(e);
        return asked > LONGEST_WAIT || Math.max(ours, asked) >= endNanos - timing.nanos() ? -1 : Math.max(ours, asked);
    }

    /** What the provider says, or our own client's pool; -1 when nothing sensible is said. */
    private long askedWait(GatewayException e) {
        long own = e.retryAfterSeconds() < 0 ? -1 : Duration.ofSeconds(e.retryAfterSeconds()).toNanos();
        return e.providerError().flatMap(error -> RetryAfter.of(error.headers(), timing.now())).map(Duration::toNanos).orElse(own);
    }

    /** Who is asked next; waits where it must. */
    private int next(int at) {
        if (attempts < AttemptPolicy.MAX_ATTEMPTS && endNanos - timing.nanos() > 0) {
            int next = states.next(at);
            if (next >= 0) {
                pauseUntil(states.dueNanos(next));
                return next;
            }
            Target rescue = states.isRescued() ? null : plan.rescue().get();
            if (rescue != null) {
                trail.warn(rescue.requested() + " was chosen by the gateway, because nothing else answered.");
                return states.add(rescue);
            }
            if (attempts == 0 && !isProbing && plan.targets().size() > 1) {
                isProbing = true;
                states.renew();
                return 0;
            }
        }
        throw failures.all(trail);
    }

    /** @param dueNanos 0 for at once */
    private void pauseUntil(long dueNanos) {
        long wait = dueNanos == 0 ? 0 : dueNanos - timing.nanos();
        if (wait > 0) {
            timing.pause(wait, call.cancellation());
        }
        if (call.cancellation().isCancelled() || Thread.currentThread().isInterrupted()) {
            throw new GatewayException(ErrorType.CLIENT_CANCELLED, "The call was cancelled.");
        }
    }

    /**
     * What is left of the call's time; while others can still be asked, half of it until a whole answer, or until a
     * stream's first event.
     */
    private UpstreamLimits limits(int at) {
        UpstreamLimits whole = plan.policy().limits();
        boolean isAlone = states == null ? plan.targets().size() == 1 : !states.isAnyUntriedBut(at);
        if (states == null && isAlone) {
            return whole;
        }
        Duration left = Duration.ofNanos(Math.max(1, endNanos - timing.nanos()));
        Duration share = isAlone ? left : left.dividedBy(2);
        Duration total = call.isStream() ? left : share;
        return new UpstreamLimits(least(whole.connect(), share), least(whole.firstByte(), share), least(whole.idle(), total), total);
    }

    private static Duration least(Duration a, Duration b) {
        return a.compareTo(b) < 0 ? a : b;
    }
}
