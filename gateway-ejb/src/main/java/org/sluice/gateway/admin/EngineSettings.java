package org.sluice.gateway.admin;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Any;
import jakarta.enterprise.inject.Instance;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import org.sluice.gateway.config.ConfigKey;
import org.sluice.gateway.config.GatewayConfig;
import org.sluice.gateway.health.HealthSettings;
import org.sluice.gateway.health.HealthSettings.CircuitSettings;
import org.sluice.gateway.journal.JournalSettings;
import org.sluice.gateway.log.LogSettings;
import org.sluice.gateway.provider.Provider;
import org.sluice.gateway.upstream.EgressRules;
import org.sluice.gateway.upstream.UpstreamSettings;

/** Hands the operator's settings to the parts that do not read configuration themselves. */
@ApplicationScoped
public class EngineSettings {
    private static final int FIRST_JDK_WITH_VIRTUAL_THREADS = 21;
    @Inject GatewayConfig config;
    @Inject @Any Instance<Provider> providers;

    @Produces
    LogSettings log() {
        LogSettings defaults = LogSettings.defaults(config.dataDir());
        return new LogSettings(journal(defaults.journal()), config.count(ConfigKey.LOG_BATCH), defaults.pollInterval(),
                (int) config.bytes(ConfigKey.LOG_CONTENT_MAX));
    }

    private JournalSettings journal(JournalSettings defaults) {
        return new JournalSettings(defaults.directory(), defaults.node(), config.bytes(ConfigKey.JOURNAL_SEGMENT_BYTES),
                config.duration(ConfigKey.JOURNAL_SYNC_INTERVAL), config.journalSync().equals("group"),
                config.bytes(ConfigKey.JOURNAL_MAX_BYTES), config.duration(ConfigKey.JOURNAL_RETENTION),
                config.bytes(ConfigKey.JOURNAL_RETENTION_BYTES), config.journalEncryptionKey().orElse(null));
    }

    @Produces
    HealthSettings health() {
        CircuitSettings circuit = new CircuitSettings(config.count(ConfigKey.HEALTH_REQUEST_VOLUME_THRESHOLD), config.ratio(ConfigKey.HEALTH_FAILURE_RATIO),
                config.duration(ConfigKey.HEALTH_ROLLING_WINDOW), config.duration(ConfigKey.HEALTH_DELAY), config.count(ConfigKey.HEALTH_SUCCESS_THRESHOLD),
                config.duration(ConfigKey.HEALTH_PROBE_LEASE));
        return new HealthSettings(circuit, config.duration(ConfigKey.HEALTH_COOLDOWN), config.duration(ConfigKey.HEALTH_COOLDOWN_MAX),
                config.count(ConfigKey.HEALTH_CREDENTIAL_REFUSALS), config.duration(ConfigKey.HEALTH_CREDENTIAL_RECHECK),
                config.duration(ConfigKey.HEALTH_TIMEOUT_MIN), bulkhead(), longestCall(), config.count(ConfigKey.HEALTH_DEPLOYMENTS_MAX),
                config.dataDir().resolve("deployments.json"));
    }

    /** Without virtual threads the threads are what a silent provider would take from the others. */
    private int bulkhead() {
        int calls = config.count(ConfigKey.HEALTH_BULKHEAD);
        return Runtime.version().feature() >= FIRST_JDK_WITH_VIRTUAL_THREADS ? calls : Math.min(calls, Math.max(1, config.count(ConfigKey.DOOR_THREADS_MAX) * 3 / 4));
    }

    private Duration longestCall() {
        Duration whole = config.duration(ConfigKey.UPSTREAM_TOTAL_TIMEOUT);
        Duration stream = config.duration(ConfigKey.UPSTREAM_STREAM_TOTAL_TIMEOUT);
        return (whole.compareTo(stream) > 0 ? whole : stream).plusMinutes(1);
    }

    @Produces
    UpstreamSettings upstream() {
        UpstreamSettings defaults = UpstreamSettings.defaults();
        return new UpstreamSettings(config.count(ConfigKey.UPSTREAM_MAX_CONNECTIONS_PER_HOST), config.count(ConfigKey.UPSTREAM_MAX_IDLE_PER_HOST),
                config.duration(ConfigKey.UPSTREAM_IDLE_TIME_TO_LIVE), config.duration(ConfigKey.UPSTREAM_MAX_CONNECTION_AGE),
                defaults.maxHeadBytes(), (int) config.bytes(ConfigKey.UPSTREAM_BODY_MAX), (int) config.bytes(ConfigKey.UPSTREAM_STREAM_MAX),
                defaults.resendWithin(), defaults.finishGrace(), defaults.sweepEvery(),
                config.count(ConfigKey.UPSTREAM_MIN_BYTES_PER_SECOND), config.duration(ConfigKey.UPSTREAM_MIN_THROUGHPUT_WINDOW));
    }

    @Produces
    EgressRules egress() {
        Set<String> known = new TreeSet<>();
        for (Provider provider : providers) {
            if (provider.baseUrl() != null && "https".equals(provider.baseUrl().getScheme())) {
                known.add(provider.baseUrl().getHost());
            }
        }
        return new EgressRules(EgressRules.CustomBase.valueOf(config.text(ConfigKey.EGRESS_CUSTOM_BASE).toUpperCase(Locale.ROOT)), known,
                Set.copyOf(config.names(ConfigKey.EGRESS_ALLOWED_HOSTS)), Set.copyOf(config.names(ConfigKey.EGRESS_PRIVATE_HOSTS)),
                config.count(ConfigKey.EGRESS_NEW_HOSTS_PER_MINUTE));
    }
}
