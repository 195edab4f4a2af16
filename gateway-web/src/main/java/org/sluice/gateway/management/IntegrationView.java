package org.sluice.gateway.management;

import jakarta.json.bind.annotation.JsonbProperty;
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
@JsonbPropertyOrder({"id", "provider", "name", "credentials", "weight", "available_models", "exclude_models", "requests_per_minute", "tokens_per_minute",
    "is_enabled", "created_at", "updated_at"})
public record IntegrationView(String id, String provider, String name, Map<String, String> credentials, double weight,
        @JsonbProperty("available_models") List<String> availableModels, @JsonbProperty("exclude_models") List<String> excludeModels,
        @JsonbProperty("requests_per_minute") Long requestsPerMinute, @JsonbProperty("tokens_per_minute") Long tokensPerMinute,
        @JsonbProperty("is_enabled") boolean isEnabled, @JsonbProperty("created_at") String createdAt, @JsonbProperty("updated_at") String updatedAt) {
    /** @param provider null when the gateway no longer knows it: then nothing of the fields is shown */
    static IntegrationView of(ProviderKey key, Provider provider) {
        Map<String, String> shown = key.fields().isEmpty() || provider == null ? null : KeyMask.of(provider, key.fields());
        return new IntegrationView(key.id(), key.provider(), key.name(), shown, key.weight(), key.availableModels(), key.excludedModels(),
                key.requestsPerMinute(), key.tokensPerMinute(), key.isEnabled(), key.createdAt().toString(), key.updatedAt().toString());
    }
}
