package org.sluice.gateway.provider;

import java.net.URI;
import java.util.Map;
import java.util.Objects;

/**
 * A model at a provider, asked with one credential.
 *
 * @param id names it in logs and health, e.g. {@code openai/gpt-4o-mini}; a stored key's name, or what tells a request's key
 *     apart, follows behind {@code #}
 * @param provider the provider's id
 * @param upstreamModel the name the provider knows the model by
 * @param baseUrl where the provider is
 * @param source who said so
 * @param credential tells credentials apart without being one: {@code operator}, {@code stored:17}, {@code request:9f2c01ab}
 * @param settings provider-specific, e.g. an API version
 */
public record Deployment(String id, String provider, String upstreamModel, URI baseUrl, AddressSource source, String credential,
        Map<String, String> settings) {
    /** What {@link #credential} is when the operator pays the provider. */
    public static final String OPERATOR = "operator";

    public Deployment {
        Objects.requireNonNull(provider, "provider is null");
        Objects.requireNonNull(upstreamModel, "upstreamModel is null");
        Objects.requireNonNull(source, "source is null");
        Objects.requireNonNull(credential, "credential is null");
        settings = Map.copyOf(settings);
    }

    /** The operator's. Inside the engine a deployment is made of a credential's choice, which knows better. */
    public Deployment(String id, String provider, String upstreamModel, URI baseUrl, Map<String, String> settings) {
        this(id, provider, upstreamModel, baseUrl, AddressSource.OPERATOR, OPERATOR, settings);
    }

    /** Whether somebody else than the operator pays the provider. */
    public boolean isCustom() {
        return !credential.equals(OPERATOR);
    }
}
