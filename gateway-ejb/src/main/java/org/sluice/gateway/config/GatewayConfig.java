package org.sluice.gateway.config;

import jakarta.annotation.PostConstruct;
import jakarta.enterprise.context.ApplicationScoped;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The operator's settings, read once and checked. Making the bean fails with an {@link IllegalStateException} that lists
 * every key with a wrong value and its rule; the lifecycle asks for it first, so that the start fails.
 */
@ApplicationScoped
public class GatewayConfig {
    private final Map<ConfigKey, Object> values = new EnumMap<>(ConfigKey.class);
    private ConfigSources sources;

    @PostConstruct
    void read() {
        read(ConfigSources.ofServer());
    }

    /** For tests: settings by property or environment name; what is not in the map has its default. */
    public static GatewayConfig of(Map<String, String> settings) {
        GatewayConfig config = new GatewayConfig();
        config.read(ConfigSources.of(settings));
        return config;
    }

    private void read(ConfigSources from) {
        sources = from;
        ConfigReading reading = new ConfigReading(from);
        values.putAll(reading.readAll());
        reading.warnOfUnknownNames();
    }

    /**
     * An environment variable or system property with a name of its own, such as {@code OPENAI_API_KEY}; empty ones are
     * absent.
     */
    public Optional<String> variable(String name) {
        return sources.find(name, true);
    }

    public String httpHost() {
        return text(ConfigKey.HTTP_HOST);
    }

    public int httpPort() {
        return count(ConfigKey.HTTP_PORT);
    }

    public Path dataDir() {
        return (Path) values.get(ConfigKey.DATA_DIR);
    }

    public Optional<String> dbUrl() {
        return optionalText(ConfigKey.DB_URL);
    }

    public Optional<String> dbUser() {
        return optionalText(ConfigKey.DB_USER);
    }

    public Optional<String> dbPassword() {
        return optionalText(ConfigKey.DB_PASSWORD);
    }

    public Optional<String> bootstrapKey() {
        return optionalText(ConfigKey.BOOTSTRAP_KEY);
    }

    public Optional<String> bootstrapTestKey() {
        return optionalText(ConfigKey.BOOTSTRAP_TEST_KEY);
    }

    public Optional<Path> modelFile() {
        return Optional.ofNullable((Path) values.get(ConfigKey.MODEL_FILE));
    }

    public Optional<URI> modelUrl() {
        return optionalText(ConfigKey.MODEL_URL).map(URI::create);
    }

    /** Ids of the operator's own providers, in the order given. */
    public List<String> customProviders() {
        return names(ConfigKey.PROVIDER_CUSTOM);
    }

    /** What a key lists with commas, in the order given; none when it is not set. */
    public List<String> names(ConfigKey key) {
        return optionalText(key).stream().flatMap(names -> Stream.of(names.split(","))).map(String::strip).distinct().toList();
    }

    /** {@code cancel} or {@code complete}. */
    public String doorHalfClose() {
        return text(ConfigKey.DOOR_HALF_CLOSE);
    }

    /** {@code background} or {@code group}. */
    public String journalSync() {
        return text(ConfigKey.JOURNAL_SYNC);
    }

    /** 32 bytes in base64. */
    public Optional<String> journalEncryptionKey() {
        return optionalText(ConfigKey.JOURNAL_ENCRYPTION_KEY);
    }

    /** 32 bytes in base64. */
    public Optional<String> vaultKey() {
        return optionalText(ConfigKey.VAULT_KEY);
    }

    /** 32 bytes in base64 each. */
    public List<String> vaultPreviousKeys() {
        return optionalText(ConfigKey.VAULT_PREVIOUS_KEYS).stream().flatMap(keys -> Stream.of(keys.split(","))).map(String::strip).toList();
    }

    /** The value of a key whose type is a duration. */
    public Duration duration(ConfigKey key) {
        return (Duration) values.get(key);
    }

    /** The value of a key whose type is bytes. */
    public long bytes(ConfigKey key) {
        return (Long) values.get(key);
    }

    /** The value of a key whose type is a number or a port. */
    public int count(ConfigKey key) {
        return (Integer) values.get(key);
    }

    /** The value of a key whose type is a ratio. */
    public double ratio(ConfigKey key) {
        return (Double) values.get(key);
    }

    /** The value of a key whose type is boolean. */
    public boolean isTrue(ConfigKey key) {
        return (Boolean) values.get(key);
    }

    /** The value of a key whose type is text, a choice or a secret, and that has a default. */
    public String text(ConfigKey key) {
        return (String) values.get(key);
    }

    /** The same without a default. */
    public Optional<String> optionalText(ConfigKey key) {
        return Optional.ofNullable(text(key));
    }

    /** Names the class only: settings hold secrets. */
    @Override
    public String toString() {
        return "GatewayConfig";
    }
}
