package org.sluice.gateway.management;

import jakarta.json.bind.annotation.JsonbPropertyOrder;
import java.time.Duration;
import org.sluice.gateway.integration.CustomProvider;

/** A provider of an organization's own as its owner sees it (contract 8); its key is never shown. */
@JsonbPropertyOrder({"id", "providerId", "providerName", "extraKwargs", "hasApiKey", "isManaged", "createdAt", "updatedAt"})
public record ProviderView(String id, String providerId, String providerName,
        Extra extraKwargs, boolean hasApiKey, boolean isManaged,
        String createdAt, String updatedAt) {
    private static final double NANOS = 1e9;

    /** @param timeout seconds */
    @JsonbPropertyOrder({"baseUrl", "timeout", "temperature", "maxTokens"})
    public record Extra(String baseUrl, Double timeout, Double temperature, Long maxTokens) { }

    static ProviderView of(CustomProvider provider) {
        Duration timeout = provider.defaults().timeout();
        return new ProviderView(provider.providerId(), provider.providerId(), provider.name(), new Extra(provider.baseUrl(),
                timeout == null ? null : timeout.toNanos() / NANOS, provider.defaults().temperature(), provider.defaults().maxTokens()),
                provider.apiKey() != null || !provider.isReadable(), false, provider.createdAt().toString(), provider.updatedAt().toString());
    }
}
