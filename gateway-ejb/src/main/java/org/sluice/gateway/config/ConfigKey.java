package org.sluice.gateway.config;

import java.util.Locale;
import java.util.Optional;

/**
 * Every key the gateway knows. {@code docs/configuration.md} and {@code server-config/gateway.properties} repeat this
 * table; a test compares them.
 */
public enum ConfigKey {
    HTTP_HOST("gateway.http.host", ConfigType.TEXT, "127.0.0.1", "Address the server listens on."),
    HTTP_PORT("gateway.http.port", ConfigType.PORT, "9080", "Port the server listens on."),
    DATA_DIR("gateway.data.dir", ConfigType.PATH, "data", "Folder of the journal, the embedded database and the first key."),
    CONFIG_FILE("gateway.config.file", ConfigType.PATH, null, "Properties file with more settings, weaker than the environment."),
    DB_URL("gateway.db.url", ConfigType.URL, null, "JDBC URL of PostgreSQL; without it an embedded H2 database in the data folder is used."),
    DB_USER("gateway.db.user", ConfigType.TEXT, null, "Database user."),
    DB_PASSWORD("gateway.db.password", ConfigType.SECRET, null, "Database password."),
    BOOTSTRAP_KEY("gateway.bootstrap.key", ConfigType.GATEWAY_KEY, null, "First production key, used when the database holds no key; generated when absent."),
    BOOTSTRAP_TEST_KEY("gateway.bootstrap.test-key", ConfigType.GATEWAY_KEY, null, "First test key, used when the database holds no key."),
    APIKEY_REFRESH("gateway.apikey.refresh", ConfigType.DURATION, "PT5S", "How often keys are read again; a revoked key is refused after at most this time."),
    APIKEY_STALE_MAX("gateway.apikey.stale-max", ConfigType.DURATION, "PT10M", "How long known keys work while the database is down."),
    APIKEY_REFUSALS_PER_MINUTE("gateway.apikey.refusals-per-minute", ConfigType.COUNT, "30", "Wrong or missing keys from one address that are answered 401 each minute; beyond it 429. Valid keys are not limited."),
    STORED_REFRESH("gateway.stored.refresh", ConfigType.DURATION, "PT2S", "How often it is looked whether another node has stored something: provider keys, providers, models, settings."),
    VAULT_KEY("gateway.vault.key", ConfigType.KEY_256_BIT, null, "Key that encrypts stored provider keys; with the embedded database one is generated into the data folder when absent, with PostgreSQL nothing secret is stored without it."),
    VAULT_PREVIOUS_KEYS("gateway.vault.previous-keys", ConfigType.KEYS_256_BIT, null, "Older keys, separated by commas, that still open what they encrypted; everything is encrypted again by the present one."),
    MODEL_FILE("gateway.model.file", ConfigType.PATH, null, "JSON file with your own models and prices, laid over the built-in ones."),
    MODEL_URL("gateway.model.url", ConfigType.HTTP_URL, null, "Where prices are fetched from, in the gateway's own format or as LiteLLM's price map; laid between the built-in ones and your file."),
    MODEL_FILE_POLL("gateway.model.file-poll", ConfigType.DURATION, "PT5S", "How often the model file is looked at; a changed one is read again."),
    MODEL_URL_INTERVAL("gateway.model.url-interval", ConfigType.DURATION, "PT6H", "How often prices are fetched."),
    PROVIDER_CUSTOM("gateway.provider.custom", ConfigType.PROVIDER_IDS, null, "Ids of OpenAI-compatible providers of your own; each has its <ID>_BASE_URL and, if it asks for one, <ID>_API_KEY."),
    DEMO_ENABLED("gateway.demo.enabled", ConfigType.BOOLEAN, "true", "Whether the built-in provider demo answers, which needs no network."),

    DOOR_BODY_MAX("gateway.door.body-max", ConfigType.BYTES, "33554432", "Largest request body."),
    DOOR_BODY_MEMORY("gateway.door.body-memory", ConfigType.BYTES, "268435456", "Memory for all request bodies together; beyond it calls are answered 503."),
    DOOR_BODY_RATE("gateway.door.body-rate", ConfigType.BYTES, "65536", "Bytes a second at which a body must come once its client was waited for longer than five seconds; slower ones are answered 408."),
    DOOR_UPLOAD_MAX("gateway.door.upload-max", ConfigType.BYTES, "536870912", "Largest body that goes to a provider while it arrives: files, recordings, pictures."),
    DOOR_THREADS_MAX("gateway.door.threads-max", ConfigType.COUNT, "512", "Calls at once on a JDK without virtual threads."),
    DOOR_FAST_LANE("gateway.door.fast-lane", ConfigType.BOOLEAN, "true", "Whether chat completions take the short way past JAX-RS."),
    DOOR_HEARTBEAT("gateway.door.heartbeat", ConfigType.DURATION_OR_ZERO, "PT15S", "Silence in a stream after which the client gets a comment line."),
    DOOR_WRITE_TIMEOUT("gateway.door.write-timeout", ConfigType.DURATION, "PT60S", "How long a write to a client that takes nothing may last until its call is cancelled; the server's own limit may end it before."),
    DOOR_HALF_CLOSE("gateway.door.half-close", ConfigType.choice("cancel", "complete"), "cancel", "What a client that closed its sending side gets: its call is cancelled or completed."),
    DOOR_SHUTDOWN_GRACE("gateway.door.shutdown-grace", ConfigType.DURATION, "PT25S", "How long running calls may take after a stop was asked for."),

    UPSTREAM_CONNECT_TIMEOUT("gateway.upstream.connect-timeout", ConfigType.DURATION, "PT2S", "Until a connection to a provider stands, TLS included."),
    UPSTREAM_FIRST_BYTE_TIMEOUT("gateway.upstream.first-byte-timeout", ConfigType.DURATION, "PT60S", "From the sent request to the head of a streamed answer and its first event."),
    UPSTREAM_IDLE_TIMEOUT("gateway.upstream.idle-timeout", ConfigType.DURATION, "PT60S", "Between two pieces of an answer."),
    UPSTREAM_TOTAL_TIMEOUT("gateway.upstream.total-timeout", ConfigType.DURATION, "PT10M", "For a whole answer that is not streamed."),
    UPSTREAM_STREAM_TOTAL_TIMEOUT("gateway.upstream.stream-total-timeout", ConfigType.DURATION, "PT30M", "For a whole streamed answer."),
    UPSTREAM_MIN_BYTES_PER_SECOND("gateway.upstream.min-bytes-per-second", ConfigType.COUNT_OR_ZERO, "0", "Bytes of a stream that must come in each second of waiting for them, once it has begun; a slower one is ended. 0: any pace will do."),
    UPSTREAM_MIN_THROUGHPUT_WINDOW("gateway.upstream.min-throughput-window", ConfigType.DURATION, "PT10S", "Time of waiting over which that is counted."),
    UPSTREAM_MAX_CONNECTIONS_PER_HOST("gateway.upstream.max-connections-per-host", ConfigType.COUNT, "4096", "Connections to one host of a provider; beyond it calls are answered 503."),
    UPSTREAM_MAX_IDLE_PER_HOST("gateway.upstream.max-idle-per-host", ConfigType.COUNT, "256", "Connections to one host kept open without a call."),
    UPSTREAM_IDLE_TIME_TO_LIVE("gateway.upstream.idle-time-to-live", ConfigType.DURATION, "PT60S", "How long a connection is kept without a call."),
    UPSTREAM_MAX_CONNECTION_AGE("gateway.upstream.max-connection-age", ConfigType.DURATION, "PT5M", "Age at which a connection is not used again, so that a changed address is noticed."),
    UPSTREAM_BODY_MAX("gateway.upstream.body-max", ConfigType.BYTES, "67108864", "Largest answer that is not streamed."),
    UPSTREAM_EVENT_MAX("gateway.upstream.event-max", ConfigType.BYTES, "4194304", "Largest event of a stream."),
    UPSTREAM_STREAM_MAX("gateway.upstream.stream-max", ConfigType.BYTES, "268435456", "Largest streamed answer."),

    EGRESS_CUSTOM_BASE("gateway.egress.custom-base", ConfigType.choice("off", "allowlist", "public"), "allowlist", "Where an 'api_base' of a request or of a stored key may lead: nowhere, to hosts of known providers and those you list, or to every public host."),
    EGRESS_ALLOWED_HOSTS("gateway.egress.allowed-hosts", ConfigType.HOSTS, null, "More hosts that such an address may lead to, by https at port 443; *.example.com stands for all below it."),
    EGRESS_PRIVATE_HOSTS("gateway.egress.private-hosts", ConfigType.HOSTS_WITH_PORT, null, "Hosts inside your network that such an address may lead to, each with its port; http is allowed there."),
    EGRESS_NEW_HOSTS_PER_MINUTE("gateway.egress.new-hosts-per-minute", ConfigType.COUNT, "20", "How many hosts that nobody lists, or that are refused, an organization may name in a minute; beyond it 429."),


    ATTEMPT_RETRIES("gateway.attempt.retries", ConfigType.COUNT_OR_ZERO, "0", "How often a target is tried again when neither the request nor its organisation says; SDKs repeat calls by themselves."),
    ATTEMPT_RETRY_AFTER("gateway.attempt.retry-after", ConfigType.DURATION, "PT0.2S", "Wait before the first of those retries, doubled each time."),
    ATTEMPT_RETRY_ON_TIMEOUT("gateway.attempt.retry-on-timeout", ConfigType.BOOLEAN, "false", "Whether a provider that took a request and did not answer in time is asked again; it may have worked, and charge, for the first one."),
    HEALTH_REQUEST_VOLUME_THRESHOLD("gateway.health.request-volume-threshold", ConfigType.COUNT, "20", "Outcomes of a deployment in the rolling window below which its circuit does not open; so many failures in a row open it in any time."),
    HEALTH_FAILURE_RATIO("gateway.health.failure-ratio", ConfigType.RATIO, "0.5", "Share of failures among those outcomes that opens the circuit."),
    HEALTH_ROLLING_WINDOW("gateway.health.rolling-window", ConfigType.DURATION, "PT10S", "Time in which outcomes are counted."),
    HEALTH_DELAY("gateway.health.delay", ConfigType.DURATION, "PT30S", "From the opening of a circuit to the first probe."),
    HEALTH_SUCCESS_THRESHOLD("gateway.health.success-threshold", ConfigType.COUNT, "1", "Probes in a row that must go well to close the circuit."),
    HEALTH_PROBE_LEASE("gateway.health.probe-lease", ConfigType.DURATION, "PT30S", "How long a probe that has not answered keeps the next one away."),
    HEALTH_COOLDOWN("gateway.health.cooldown", ConfigType.DURATION, "PT1S", "How long a deployment is left out after a 429 that does not say how long."),
    HEALTH_COOLDOWN_MAX("gateway.health.cooldown-max", ConfigType.DURATION, "PT5M", "The longest Retry-After that is believed."),
    HEALTH_CREDENTIAL_REFUSALS("gateway.health.credential-refusals", ConfigType.COUNT, "3", "Answers 401, 402 or 403 in a row after which a credential of the operator or a stored one is left out."),
    HEALTH_CREDENTIAL_RECHECK("gateway.health.credential-recheck", ConfigType.DURATION, "PT30S", "How often one call finds out whether the provider takes such a credential again."),
    HEALTH_TIMEOUT_MIN("gateway.health.timeout-min", ConfigType.DURATION, "PT10S", "A call that timed out sooner, other than in connecting, had a caller with little patience and does not count as a failure."),
    HEALTH_BULKHEAD("gateway.health.bulkhead", ConfigType.COUNT, "4096", "Calls under way at one provider, beyond which its deployments are left out; on a JDK without virtual threads at most three quarters of gateway.door.threads-max."),
    HEALTH_DEPLOYMENTS_MAX("gateway.health.deployments-max", ConfigType.COUNT, "10000", "Deployments remembered, and as many for credentials that requests bring; those unused for longest go first."),
    HEALTH_REST_OPERATORS("gateway.health.rest-operators", ConfigType.TEXT, null, "Organizations, separated by commas, whose keys may operate the operator's deployments by REST; without it only JMX may."),

    RESPONSES_TRANSLATED("gateway.responses.translated", ConfigType.TEXT, null, "Providers, separated by commas, that are asked for chat completions although they are known to have the Responses API; for a base URL that lacks it."),
    CONVERSATION_MAX_ENTRIES("gateway.conversation.max-entries", ConfigType.COUNT, "10000", "Answers of the Responses API kept in memory, to go on from by previous_response_id."),
    CONVERSATION_MAX_BYTES("gateway.conversation.max-bytes", ConfigType.BYTES, "67108864", "Memory for those answers and their requests; the conversations unused for longest go first."),
    CONVERSATION_TIME_TO_LIVE("gateway.conversation.time-to-live", ConfigType.DURATION, "PT24H", "How long such an answer is kept after it was last used."),

    PROMPT_CACHE_BYTES("gateway.prompt.cache-bytes", ConfigType.BYTES, "16777216", "Memory for the compiled prompt versions of one organization; those unused for longest go first and are read again when they are called."),

    LOG_CONTENT_MAX("gateway.log.content-max", ConfigType.BYTES, "1048576", "How much of an answer the log keeps."),
    LOG_BATCH("gateway.log.batch", ConfigType.COUNT, "500", "Log rows written to the database at once."),
    JOURNAL_SEGMENT_BYTES("gateway.journal.segment-bytes", ConfigType.BYTES, "67108864", "Size of one journal file."),
    JOURNAL_MAX_BYTES("gateway.journal.max-bytes", ConfigType.BYTES, "4294967296", "Size of the whole journal; when it is full calls are answered 503."),
    JOURNAL_SYNC("gateway.journal.sync", ConfigType.choice("background", "group"), "background", "Whether a call waits until its record is on the disk (group) or only until the operating system has it."),
    JOURNAL_SYNC_INTERVAL("gateway.journal.sync-interval", ConfigType.DURATION, "PT0.05S", "How often the journal is forced to the disk."),
    JOURNAL_RETENTION("gateway.journal.retention", ConfigType.DURATION, "PT24H", "How long journal files are kept after they reached the database."),
    JOURNAL_RETENTION_BYTES("gateway.journal.retention-bytes", ConfigType.BYTES, "1073741824", "How many bytes of such files are kept at most."),
    JOURNAL_ENCRYPTION_KEY("gateway.journal.encryption-key", ConfigType.KEY_256_BIT, null, "Key for AES-256-GCM; without it the journal is not encrypted.");

    private final String key;
    private final ConfigType type;
    private final String defaultText;
    private final String meaning;

    ConfigKey(String key, ConfigType type, String defaultText, String meaning) {
        this.key = key;
        this.type = type;
        this.defaultText = defaultText;
        this.meaning = meaning;
    }

    /** The property, e.g. {@code gateway.log.batch}. */
    public String key() {
        return key;
    }

    /** The environment variable, e.g. {@code GATEWAY_LOG_BATCH}. */
    public String environmentName() {
        return environmentName(key);
    }

    static String environmentName(String property) {
        return property.replace('.', '_').replace('-', '_').toUpperCase(Locale.ROOT);
    }

    public ConfigType type() {
        return type;
    }

    public Optional<String> defaultText() {
        return Optional.ofNullable(defaultText);
    }

    public String meaning() {
        return meaning;
    }
}
