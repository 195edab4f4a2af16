package org.sluice.gateway.integration;

import java.util.List;
import java.util.Map;

/**
 * Everything organizations have connected, at one moment, by organization.
 *
 * @param version another number whenever anything may have changed
 */
record Connected(long version, Map<String, List<ProviderKey>> keys, Map<String, List<CustomProvider>> providers, Map<String, List<CustomModel>> models) {
    static final Connected NOTHING = new Connected(0, Map.of(), Map.of(), Map.of());

    Connected {
        keys = Map.copyOf(keys);
        providers = Map.copyOf(providers);
        models = Map.copyOf(models);
    }

    List<ProviderKey> keysOf(String organization) {
        return keys.getOrDefault(organization, List.of());
    }

    List<CustomProvider> providersOf(String organization) {
        return providers.getOrDefault(organization, List.of());
    }

    List<CustomModel> modelsOf(String organization) {
        return models.getOrDefault(organization, List.of());
    }

    @Override
    public String toString() {
        return "Connected[" + version + "]";
    }
}
