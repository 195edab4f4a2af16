package org.sluice.gateway.config;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** Reads every key once, gathers what is wrong, and finds names that are nearly ours. */
final class ConfigReading {
    private static final Logger LOG = System.getLogger(ConfigReading.class.getName());
    private final ConfigSources sources;
    private final List<String> faults = new ArrayList<>();

    ConfigReading(ConfigSources sources) {
        this.sources = sources;
    }

    Map<ConfigKey, Object> readAll() {
        Map<ConfigKey, Object> values = new EnumMap<>(ConfigKey.class);
        for (ConfigKey key : ConfigKey.values()) {
            read(key).ifPresent(value -> values.put(key, value));
        }
        if (!faults.isEmpty()) {
            throw new IllegalStateException("Wrong settings: " + String.join(" ", faults));
        }
        return values;
    }

    /** The value never gets into the message or the cause: it may be a secret at the wrong place. */
    private Optional<Object> read(ConfigKey key) {
        try {
            return sources.find(key.key(), key.type().isSecret()).or(key::defaultText).map(key.type()::read);
        } catch (RuntimeException e) {
            faults.add(key.key() + " (" + key.environmentName() + ") must be " + key.type().rule() + ".");
            return Optional.empty();
        }
    }

    /**
     * Names that begin like ours and are no key. Some servers list {@code GATEWAY_LOG_BATCH} as {@code gateway.log.batch}
     * as well, with a dot for every {@code _}: such a twin is not looked at.
     */
    Set<String> unknownNames() {
        Set<String> known = new TreeSet<>();
        for (ConfigKey key : ConfigKey.values()) {
            known.add(key.key());
            known.add(key.environmentName());
        }
        Set<String> names = sources.names();
        Set<String> unknown = new TreeSet<>();
        for (String name : names) {
            boolean isTwin = name.startsWith("gateway.") && names.contains(ConfigKey.environmentName(name));
            if ((name.startsWith("gateway.") || name.startsWith("GATEWAY_")) && !known.contains(name) && !isTwin) {
                unknown.add(name);
            }
        }
        return unknown;
    }

    void warnOfUnknownNames() {
        for (String name : unknownNames()) {
            LOG.log(Level.WARNING, "The setting {0} is not known and has no effect; docs/configuration.md lists all.", name);
        }
    }
}
