package org.sluice.gateway.config;

import java.io.IOException;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;
import org.eclipse.microprofile.config.Config;
import org.eclipse.microprofile.config.ConfigProvider;

/** Where values come from: the server's MicroProfile Config, then the operator's properties file. */
interface ConfigSources {
    /** @param isExact the value is taken as it is spelled, also when it holds {@code ${...}}: passwords may */
    Optional<String> find(String name, boolean isExact);

    /** Every name that is set, of whatever program. */
    Set<String> names();

    static ConfigSources ofServer() {
        return of(ConfigProvider.getConfig());
    }

    static ConfigSources of(Config config) {
        ConfigSources server = new Server(config);
        return server.find(ConfigKey.CONFIG_FILE.key(), false)
                .<ConfigSources>map(file -> new WithFile(server, read(Path.of(file))))
                .orElse(server);
    }

    /** A map that is looked up by property name and by environment name. */
    static ConfigSources of(Map<String, String> settings) {
        Properties properties = new Properties();
        properties.putAll(settings);
        return new Listed(properties);
    }

    private static Properties read(Path file) {
        Properties properties = new Properties();
        try (Reader reader = Files.newBufferedReader(file)) {
            properties.load(reader);
            return properties;
        } catch (IOException e) {
            throw new UncheckedIOException(ConfigKey.CONFIG_FILE.environmentName() + " names a file that cannot be read: " + file, e);
        }
    }

    record Server(Config config) implements ConfigSources {
        @Override
        public Optional<String> find(String name, boolean isExact) {
            String raw = isExact ? config.getConfigValue(name).getRawValue() : null;
            return Optional.ofNullable(raw).or(() -> config.getOptionalValue(name, String.class)).filter(value -> !value.isEmpty());
        }

        @Override
        public Set<String> names() {
            Set<String> names = new TreeSet<>();
            config.getPropertyNames().forEach(names::add);
            return names;
        }
    }

    record Listed(Properties properties) implements ConfigSources {
        @Override
        public Optional<String> find(String name, boolean isExact) {
            return Optional.ofNullable(properties.getProperty(name, properties.getProperty(ConfigKey.environmentName(name))))
                    .map(String::strip).filter(value -> !value.isEmpty());
        }

        @Override
        public Set<String> names() {
            return properties.stringPropertyNames();
        }
    }

    record WithFile(ConfigSources server, ConfigSources file) implements ConfigSources {
        WithFile(ConfigSources server, Properties properties) {
            this(server, new Listed(properties));
        }

        @Override
        public Optional<String> find(String name, boolean isExact) {
            Optional<String> value = server.find(name, isExact);
            return value.isPresent() ? value : file.find(name, isExact);
        }

        @Override
        public Set<String> names() {
            Set<String> names = new TreeSet<>(server.names());
            names.addAll(file.names());
            return names;
        }
    }
}
