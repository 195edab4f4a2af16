package org.sluice.gateway.integration;

import java.time.Instant;
import java.util.List;
import java.util.Map;

/**
 * A stored credential of a provider (contract 6.2).
 *
 * @param fields the credential's, by name; empty when they do not open
 * @param weight its share beside the provider's other keys, above 0
 * @param availableModels the only ones it is for, or empty for all
 * @param excludedModels those it is not for
 * @param requestsPerMinute what it allows, or null
 * @param tokensPerMinute what it allows, or null
 */
public record ProviderKey(String id, String organization, String provider, String name, Map<String, String> fields, double weight,
        List<String> availableModels, List<String> excludedModels, Long requestsPerMinute, Long tokensPerMinute, boolean isEnabled,
        Instant createdAt, Instant updatedAt) {
    public ProviderKey {
        fields = Map.copyOf(fields);
        availableModels = List.copyOf(availableModels);
        excludedModels = List.copyOf(excludedModels);
    }

    /** Whether its secret opens. */
    boolean isReadable() {
        return !fields.isEmpty();
    }

    @Override
    public String toString() {
        return "ProviderKey[" + id + ", " + provider + ", ***]";
    }
}
