package org.sluice.gateway.management;

import jakarta.json.bind.annotation.JsonbPropertyOrder;
import java.util.List;
import java.util.Map;
import org.sluice.gateway.integration.KeyMask;
import org.sluice.gateway.integration.ProviderKey;
import org.sluice.gateway.provider.Provider;

/**
 * A stored key as its owner sees it.
 *
 * @param credentials masked; null when they do not open
 */
@JsonbPropertyOrder({"id", "provider", "name", "credentials", "weight", "availableModels", "excludeModels", "requestsPerMinute", "tokensPerMinute",
    "isEnabled", "createdAt", "updatedAt"})
public record IntegrationView(String id, String provider, String name, Map<String, String> credentials, double weight,
        List<String> availableModels, List<String> excludeModels,
        Long requestsPerMinute, Long tokensPerMinute,
        boolean isEnabled, String createdAt, String updatedAt) {
    /** @param provider null when the gateway no longer knows it: then nothing of the fields is shown */
    static IntegrationView of(ProviderKey key, Provider provider) {
        Map<String, String> shown = key.fields().isEmpty() || provider == null ? null : KeyMask.of(provider, key.fields());
        return new IntegrationView(key.id(), key.provider(), key.name(), shown, key.weight(), key.availableModels(), key.excludedModels(),
                key.requestsPerMinute(), key.tokensPerMinute(), key.isEnabled(), key.createdAt().toString(), key.updatedAt().toString());
    }
}
