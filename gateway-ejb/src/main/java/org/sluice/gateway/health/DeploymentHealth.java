package org.sluice.gateway.health;

import jakarta.annotation.PostConstruct;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.io.IOException;
import java.time.Clock;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import org.sluice.gateway.health.HealthFile.CredentialKey;

/**
 * Admits attempts and learns from their outcomes. Thread-safe. Until it is started it has the default settings and keeps
 * nothing on the disk.
 */
@ApplicationScoped
public class DeploymentHealth {
    private static final System.Logger LOGGER = System.getLogger(DeploymentHealth.class.getName());
    private static final int SETTINGS_MAX = 10_000;
    /** Larger weights are nobody's intention. */
    private static final double WEIGHT_MAX = 1_000_000;

    @Inject HealthSettings injected;
    private Setup setup;
    private StateTable lasting;
    private StateTable brought;
    private HealthFile file;
    private Keeper keeper = new Keeper(this::write);
    private final Map<String, CallsUnderWay> providers = new ConcurrentHashMap<>();
    private final Map<CredentialKey, CredentialMark> marks = new ConcurrentHashMap<>();
    private volatile Map<String, OperatorSetting> settings = Map.of();

    public DeploymentHealth() {
        use(HealthSettings.defaults(), System::nanoTime, Clock.systemUTC());
    }

    /** @param nanos a monotonic clock; @param clock the time of day */
    public static DeploymentHealth of(HealthSettings settings, LongSupplier nanos, Clock clock) {
        DeploymentHealth health = new DeploymentHealth();
        health.use(settings, nanos, clock);
        return health;
    }

    @PostConstruct
    void start() {
        use(injected, System::nanoTime, Clock.systemUTC());
    }

    private void use(HealthSettings chosen, LongSupplier nanos, Clock clock) {
        setup = new Setup(chosen, nanos, nanos.getAsLong(), clock, this::keep);
        lasting = new StateTable(chosen.deploymentsMax(), this::apply, this::forgetMarks);
        brought = new StateTable(chosen.deploymentsMax(), nothing -> { }, () -> { });
        file = chosen.file() == null ? null : new HealthFile(chosen.file());
        read();
    }

    /** Writes what has changed. */
    @PreDestroy
    public void stop() {
        keeper.close();
    }

    /** Whether an attempt may be made. A granted one must be told its outcome; a lost one is forgotten after the longest time a call may take. */
    public Admission admit(DeploymentKey key) {
        return state(key).admit(false);
    }

    /**
     * The same when everybody who could answer was refused: a cooling deployment and a refused credential are asked again, so
     * that the caller gets the provider's own words, and an open circuit lets one probe in at a time before its delay is over. What
     * an operator has drained stays so, and a full bulkhead full.
     */
    public Admission admitProbe(DeploymentKey key) {
        return state(key).admit(true);
    }

    /** What the deployment carries now; the view stays current. */
    public DeploymentLoad load(DeploymentKey key) {
        return state(key);
    }

    /** The weight an operator has set for it, else {@code configured}. */
    public double weight(DeploymentKey key, double configured) {
        return settings.isEmpty() ? configured : state(key).weight(configured);
    }

    /** A stored credential was changed or deleted: what is known of it is no longer true. */
    public void credentialChanged(String credential) {
        marks.forEach((key, mark) -> {
            if (key.credential().equals(credential) && mark.accepted()) {
                keep();
            }
        });
        lasting.all().stream().filter(state -> state.key().credential().equals(credential)).forEach(DeploymentState::reset);
    }

    private DeploymentState state(DeploymentKey key) {
        return key.isOfRequest() ? brought.get(key, this::broughtState) : lasting.get(key, this::lastingState);
    }

    /** A request's own credential is never marked: its owner shall get the provider's words each time, and nobody else uses it. */
    private DeploymentState broughtState(DeploymentKey key) {
        CredentialMark unmarked = new CredentialMark(Integer.MAX_VALUE, 0);
        return new DeploymentState(key, setup, unmarked, unmarked, provider(key.provider()));
    }

    private DeploymentState lastingState(DeploymentKey key) {
        CredentialMark credential = marks.computeIfAbsent(new CredentialKey(key.provider(), key.credential()), unknown -> mark());
        return new DeploymentState(key, setup, credential, mark(), provider(key.provider()));
    }

    /** Nobody uses them and nothing is said of them. */
    private void forgetMarks() {
        Set<CredentialKey> used = lasting.all().stream().map(state -> new CredentialKey(state.key().provider(), state.key().credential())).collect(Collectors.toSet());
        marks.entrySet().removeIf(known -> known.getValue().mark() == null && !used.contains(known.getKey()));
    }

    /** How many credentials are known; for tests. */
    int credentials() {
        return marks.size();
    }

    private CredentialMark mark() {
        return new CredentialMark(setup.settings().credentialRefusals(), setup.settings().credentialRecheck().toNanos());
    }

    private CallsUnderWay provider(String id) {
        return providers.computeIfAbsent(id, unknown -> new CallsUnderWay(setup.settings().callMax(), setup.now()));
    }

    /** The deployments of the operator's and stored credentials that were called or chosen among, by id. Those of requests are their owners' business. */
    public List<DeploymentStatus> deployments() {
        return lasting.all().stream().map(DeploymentState::status).sorted(Comparator.comparing(DeploymentStatus::id)).toList();
    }

    /** How many deployments with credentials of requests are remembered. */
    public int broughtDeployments() {
        return brought.size();
    }

    /** Calls under way by provider. */
    public Map<String, Integer> callsByProvider() {
        Map<String, Integer> calls = new TreeMap<>();
        providers.forEach((id, underWay) -> calls.put(id, underWay.count(setup.now())));
        return calls;
    }

    /** What operators have set, by the name they gave: a deployment's id, or its name for all its credentials but those of requests. */
    public Map<String, OperatorSetting> settings() {
        return settings;
    }

    /** Opens the circuits of the deployment. @return how many deployments have this id, or this name */
    public int open(String name) {
        List<DeploymentState> meant = meant(name);
        meant.forEach(DeploymentState::open);
        return meant.size();
    }

    /** Forgets failures, cooldown and refusals. @return how many deployments have this id, or this name */
    public int reset(String name) {
        List<DeploymentState> meant = meant(name);
        meant.forEach(DeploymentState::reset);
        return meant.size();
    }

    /** No new calls; running ones end. */
    public void drain(String name) {
        change(name, old -> new OperatorSetting(true, old.weight()));
    }

    public void resume(String name) {
        change(name, old -> new OperatorSetting(false, old.weight()));
    }

    /** @param weight replaces the configured one; 0 takes the setting back */
    public void weigh(String name, double weight) {
        if (!(weight >= 0 && weight <= WEIGHT_MAX)) {
            throw new IllegalArgumentException("A weight is a number above 0 up to 1000000, or 0 for the configured one.");
        }
        change(name, old -> new OperatorSetting(old.isDrained(), weight));
    }

    private synchronized void change(String name, UnaryOperator<OperatorSetting> change) {
        Map<String, OperatorSetting> next = new HashMap<>(settings);
        OperatorSetting set = change.apply(next.getOrDefault(name, OperatorSetting.NONE));
        if (set.equals(OperatorSetting.NONE)) {
            next.remove(name);
        } else {
            next.put(name, set);
        }
        if (next.size() > SETTINGS_MAX) {
            throw new IllegalArgumentException("There are " + SETTINGS_MAX + " deployments with a setting already; take some back.");
        }
        settings = Map.copyOf(next);
        lasting.all().forEach(this::apply);
        keep();
    }

    private synchronized void apply(DeploymentState state) {
        state.set(setting(state));
    }

    private OperatorSetting setting(DeploymentState state) {
        Map<String, OperatorSetting> known = settings;
        if (known.isEmpty()) {
            return OperatorSetting.NONE;
        }
        OperatorSetting own = known.getOrDefault(state.id(), OperatorSetting.NONE);
        OperatorSetting named = known.getOrDefault(state.name(), OperatorSetting.NONE);
        return new OperatorSetting(own.isDrained() || named.isDrained(), own.weight() > 0 ? own.weight() : named.weight());
    }

    private List<DeploymentState> meant(String name) {
        return lasting.all().stream().filter(state -> state.id().equals(name) || state.name().equals(name)).toList();
    }

    private void keep() {
        if (file != null) {
            keeper.ask();
        }
    }

    private void read() {
        if (file == null) {
            return;
        }
        try {
            HealthFile.Kept kept = file.read();
            settings = Map.copyOf(kept.settings());
            kept.marks().forEach((key, known) -> {
                CredentialMark mark = mark();
                mark.restore(known, setup.now());
                marks.put(key, mark);
            });
        } catch (IOException e) {
            LOGGER.log(System.Logger.Level.WARNING, "What was set for deployments cannot be read; drains, weights and refused credentials are forgotten.", e);
        }
    }

    /** The operator's credentials change with a restart: their marks are not kept. */
    private void write() {
        Map<CredentialKey, CredentialMark.Mark> kept = new HashMap<>();
        marks.forEach((key, mark) -> {
            CredentialMark.Mark known = mark.mark();
            if (known != null && !key.credential().equals(DeploymentKey.OPERATOR)) {
                kept.put(key, known);
            }
        });
        try {
            file.write(new HealthFile.Kept(settings, kept));
        } catch (IOException e) {
            LOGGER.log(System.Logger.Level.WARNING, "What is set for deployments cannot be written; it would be lost by a restart.", e);
        }
    }
}
