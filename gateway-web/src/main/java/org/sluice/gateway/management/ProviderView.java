package org.sluice.gateway.management;

import jakarta.json.bind.annotation.JsonbProperty;
import jakarta.json.bind.annotation.JsonbPropertyOrder;
import java.time.Duration;
import org.sluice.gateway.integration.CustomProvider;

/** A provider of an organization's own as its owner sees it (contract 8); its key is never shown. */
@JsonbPropertyOrder({"id", "provider_id", "provider_name", "extra_kwargs", "has_api_key", "is_managed", "created_at", "updated_at"})
public record ProviderView(String id, @JsonbProperty("provider_id") String providerId, @JsonbProperty("provider_name") String providerName,
        @JsonbProperty("extra_kwargs") Extra extra, @JsonbProperty("has_api_key") boolean hasApiKey, @JsonbProperty("is_managed") boolean isManaged,
        @JsonbProperty("created_at") String createdAt, @JsonbProperty("updated_at") String updatedAt) {
    private static final double NANOS = 1e9;

    /** @param timeout seconds */
    @JsonbPropertyOrder({"base_url", "timeout", "temperature", "max_tokens"})
    public record Extra(@JsonbProperty("base_url") String baseUrl, Double timeout, Double temperature, @JsonbProperty("max_tokens") Long maxTokens) { }

    static ProviderView of(CustomProvider provider) {
        Duration timeout = provider.defaults().timeout();
        return new ProviderView(provider.providerId(), provider.providerId(), provider.name(), new Extra(provider.baseUrl(),
                timeout == null ? null : timeout.toNanos() / NANOS, provider.defaults().temperature(), provider.defaults().maxTokens()),
                provider.apiKey() != null || !provider.isReadable(), false, provider.createdAt().toString(), provider.updatedAt().toString());
    }
}
