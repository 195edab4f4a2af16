package org.sluice.gateway.health;

import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;
import org.sluice.gateway.error.GatewayException;

/** Everything that is known of one deployment with one credential. Thread-safe. */
final class DeploymentState implements DeploymentLoad {
    private static final System.Logger LOGGER = System.getLogger(DeploymentState.class.getName());
    private static final Duration MINUTE = Duration.ofMinutes(1);
    private static final int MINUTE_PIECES = 12;
    private static final int ID_MAX = 300;
    private static final long BUSY_MILLIS = 1000;

    private final DeploymentKey key;
    private final String name;
    private final String id;
    private final Setup setup;
    private final Circuit circuit;
    private final CredentialMark credential;
    private final CredentialMark permission;
    private final CallsUnderWay provider;
    private final CallsUnderWay underWay;
    private final Latency latency = new Latency();
    private final RollingCount requests = new RollingCount(MINUTE, MINUTE_PIECES);
    private final RollingCount tokens = new RollingCount(MINUTE, MINUTE_PIECES);
    private final LongAdder calls = new LongAdder();
    private final LongAdder successes = new LongAdder();
    private final LongAdder failures = new LongAdder();
    private final LongAdder rateLimits = new LongAdder();
    private final LongAdder skips = new LongAdder();
    private final LongAdder abandoned = new LongAdder();
    private volatile OperatorSetting setting = OperatorSetting.NONE;
    private volatile long cooledUntil;
    private volatile long lastUsed;

    /**
     * @param credential what its provider says of the credential, shared by the provider's deployments
     * @param permission what it says of the credential here
     * @param provider the calls of the provider, its bulkhead
     */
    DeploymentState(DeploymentKey key, Setup setup, CredentialMark credential, CredentialMark permission, CallsUnderWay provider) {
        long now = setup.now();
        this.key = key;
        this.name = shown(named(key));
        this.id = shown(named(key) + "@" + key.credential());
        this.setup = setup;
        this.credential = credential;
        this.permission = permission;
        this.provider = provider;
        this.circuit = new Circuit(setup.settings().circuit());
        this.underWay = new CallsUnderWay(setup.settings().callMax(), now);
        this.cooledUntil = now;
        this.lastUsed = now;
    }

    /** Behind a mark stands what people call the credential; the credential itself tells it apart. */
    private static String named(DeploymentKey key) {
        int mark = key.credential().equals(DeploymentKey.OPERATOR) ? -1 : key.deployment().indexOf('#');
        return mark < 0 ? key.deployment() : key.deployment().substring(0, mark);
    }

    /** A deployment's name may hold what a client wrote; it goes to logs and consoles. */
    private static String shown(String name) {
        String clean = name.chars().anyMatch(Character::isISOControl) ? name.replaceAll("\\p{Cntrl}", "?") : name;
        return clean.length() <= ID_MAX ? clean : clean.substring(0, ID_MAX);
    }

    /** @param isLast nobody else can be asked: refusals of the provider are asked for again, and an open circuit lets one probe in */
    Admission admit(boolean isLast) {
        long now = setup.now();
        lastUsed = now;
        Refused refused = refusal(now, isLast);
        if (refused != null) {
            return skipped(refused);
        }
        if (!isLast && !(credential.admits(now) && permission.admits(now))) {
            return skipped(new Refused(Refused.CREDENTIAL, millis(nanosToCheck(now))));
        }
        long pass = circuit.enter(now, isLast);
        if (pass == Circuit.NO_PASS) {
            return skipped(new Refused(Refused.CIRCUIT, Math.max(BUSY_MILLIS, millis(circuit.nanosToProbe(now)))));
        }
        AtomicInteger callsOfProvider = provider.enter(now, setup.settings().bulkhead());
        if (callsOfProvider == null) {
            circuit.abandoned(pass);
            return skipped(new Refused(Refused.BULKHEAD, BUSY_MILLIS));
        }
        requests.add(now, 1);
        calls.increment();
        return new Granted(this, pass, now, underWay.enter(now, Integer.MAX_VALUE), callsOfProvider);
    }

    /** What can be said without taking anything. */
    private Refused refusal(long now, boolean isLast) {
        if (setting.isDrained()) {
            return new Refused(Refused.DRAINED, -1);
        }
        long cooling = cooledUntil - now;
        return !isLast && cooling > 0 ? new Refused(Refused.COOLDOWN, millis(cooling)) : null;
    }

    private Refused skipped(Refused refused) {
        skips.increment();
        return refused;
    }

    void answered(long pass, long nanosToFirst) {
        long now = setup.now();
        latency.observe(Math.max(0, nanosToFirst), now);
        if (pass != Circuit.CLOSED_PASS) {
            works(pass, now);
        }
    }

    void succeeded(long pass, long tokensUsed) {
        long now = setup.now();
        successes.increment();
        if (tokensUsed > 0) {
            tokens.add(now, tokensUsed);
        }
        works(pass, now);
        if (credential.accepted() | permission.accepted()) {
            LOGGER.log(System.Logger.Level.INFO, "The provider takes the credential of {0} again.", id);
            setup.marksChanged().run();
        }
    }

    private void works(long pass, long now) {
        if (circuit.succeeded(pass, now)) {
            LOGGER.log(level(System.Logger.Level.INFO), "The circuit of {0} is closed again.", id);
        }
    }

    /** Callers make as many credentials up as they like; the operator's log is not for them. */
    private System.Logger.Level level(System.Logger.Level otherwise) {
        return key.isOfRequest() ? System.Logger.Level.DEBUG : otherwise;
    }

    void failed(long pass, boolean isAnswered, long admittedAt, GatewayException failure) {
        long now = setup.now();
        FailureMeaning meaning = FailureMeaning.of(failure, now - admittedAt, setup.settings());
        switch (meaning) {
            case FAILURE -> {
                failures.increment();
                if (!isAnswered && now - admittedAt > latency.now(now)) {
                    latency.observe(now - admittedAt, now);
                }
                if (circuit.failed(pass, now)) {
                    LOGGER.log(level(System.Logger.Level.WARNING), "The circuit of {0} opened, last failure: {1}.", id, failure.type().code());
                }
            }
            case RATE_LIMITED -> {
                rateLimits.increment();
                circuit.abandoned(pass);
                cool(now, failure);
            }
            case CREDENTIAL_REFUSED, DEPLOYMENT_REFUSED -> {
                failures.increment();
                circuit.abandoned(pass);
                refuse(meaning == FailureMeaning.CREDENTIAL_REFUSED ? credential : permission, failure.status(), now);
            }
            case REQUEST_WRONG -> {
                abandoned.increment();
                works(pass, now);
            }
            default -> abandoned(pass);
        }
    }

    void abandoned(long pass) {
        abandoned.increment();
        circuit.abandoned(pass);
    }

    private void cool(long now, GatewayException failure) {
        Duration wait = failure.providerError().flatMap(error -> RetryAfter.of(error.headers(), setup.clock().instant())).orElse(setup.settings().cooldown());
        Duration most = setup.settings().cooldownMax();
        long until = now + (wait.compareTo(most) > 0 ? most : wait).toNanos();
        if (until - cooledUntil > 0) {
            cooledUntil = until;
        }
    }

    private void refuse(CredentialMark mark, int status, long now) {
        if (mark.refused(status, now, setup.clock().instant())) {
            LOGGER.log(System.Logger.Level.WARNING, "The provider refuses the credential of {0} with status {1}; it is left out until it is changed, reset or taken again.",
                    id, String.valueOf(status));
            setup.marksChanged().run();
        }
    }

    /** Opens the circuit as if it had failed. */
    void open() {
        circuit.open(setup.now());
    }

    /** Forgets everything bad. */
    void reset() {
        circuit.close();
        cooledUntil = setup.now();
        permission.accepted();
        if (credential.accepted()) {
            setup.marksChanged().run();
        }
    }

    void set(OperatorSetting next) {
        setting = next;
    }

    DeploymentKey key() {
        return key;
    }

    String id() {
        return id;
    }

    /** The id without the credential, e.g. {@code openai/gpt-4o}. */
    String name() {
        return name;
    }

    double weight(double otherwise) {
        double set = setting.weight();
        return set > 0 ? set : otherwise;
    }

    long lastUsed() {
        return lastUsed;
    }

    @Override
    public int callsUnderWay() {
        return underWay.count(setup.now());
    }

    @Override
    public double latencyNanos() {
        return latency.now(setup.now());
    }

    @Override
    public long requestsInMinute() {
        return requests.sum(setup.now());
    }

    @Override
    public long tokensInMinute() {
        return tokens.sum(setup.now());
    }

    DeploymentStatus status() {
        long now = setup.now();
        CredentialMark.Mark mark = credential.mark() != null ? credential.mark() : permission.mark();
        Refused refused = shownRefusal(now);
        return new DeploymentStatus(id, key, circuit.state().name().toLowerCase(Locale.ROOT).replace('_', '-'), refused == null ? null : refused.refusal(),
                mark == null ? 0 : mark.status(), refused == null ? 0 : Math.max(0, refused.retryAfterMillis()), setting.isDrained(), setting.weight(),
                underWay.count(now), calls.sum(), successes.sum(), failures.sum(), rateLimits.sum(), skips.sum(), abandoned.sum(), circuit.timesOpened(),
                latency.last() / 1e6, requests.sum(now), tokens.sum(now));
    }

    /** What {@link #admit} would say, without taking a probe or a recheck. */
    private Refused shownRefusal(long now) {
        Refused refused = refusal(now, false);
        if (refused != null) {
            return refused;
        }
        if (nanosToCheck(now) > 0) {
            return new Refused(Refused.CREDENTIAL, millis(nanosToCheck(now)));
        }
        return circuit.nanosToProbe(now) > 0 ? new Refused(Refused.CIRCUIT, millis(circuit.nanosToProbe(now))) : null;
    }

    private long nanosToCheck(long now) {
        return Math.max(credential.nanosToCheck(now), permission.nanosToCheck(now));
    }

    private static long millis(long nanos) {
        return (nanos + 999_999) / 1_000_000;
    }
}
