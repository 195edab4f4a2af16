package org.sluice.gateway.provider;

import java.net.URI;
import java.util.Map;
import java.util.Objects;

/**
 * A model at a provider.
 *
 * @param id names it in logs and health, e.g. {@code openai/gpt-4o-mini}
 * @param provider the provider's id
 * @param upstreamModel the name the provider knows the model by
 * @param baseUrl where the provider is; comes from the operator or from the provider itself
 * @param settings provider-specific, e.g. an API version
 */
public record Deployment(String id, String provider, String upstreamModel, URI baseUrl, Map<String, String> settings) {
    public Deployment {
        Objects.requireNonNull(provider, "provider is null");
        Objects.requireNonNull(upstreamModel, "upstreamModel is null");
        settings = Map.copyOf(settings);
    }
}
