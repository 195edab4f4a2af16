package org.sluice.gateway.model;

import java.time.LocalDate;
import java.util.Objects;
import java.util.Optional;
import org.sluice.gateway.usage.Price;

/**
 * A model of one provider.
 *
 * @param provider the provider's id
 * @param providerName the provider's name for people
 * @param name the name the provider knows it by, without prefix
 * @param updated day the entry was written, or null
 * @param contextWindow tokens, 0 when unknown
 * @param maxOutput tokens, 0 when unknown
 * @param listPrice null when unknown
 * @param isDeprecated the provider retires it; it is priced but not listed
 * @param pricedLike the listed model of the same family whose price this one has for want of its own, or null
 */
public record Model(String provider, String providerName, String name, String displayName, LocalDate updated, Type type,
        long contextWindow, long maxOutput, Price listPrice, Capabilities capabilities, boolean isDeprecated,
        String pricedLike) {
    /** What the model makes. Only {@code CHAT} models answer chat completions. */
    public enum Type { CHAT, EMBEDDING, AUDIO, IMAGE, OTHER }

    /** True, false, or null when unknown. */
    public record Capabilities(Boolean vision, Boolean tools, Boolean reasoning) {}

    public Model {
        Objects.requireNonNull(provider, "provider is null");
        Objects.requireNonNull(name, "name is null");
    }

    /** An entry of a list, with a price of its own or none. */
    public Model(String provider, String providerName, String name, String displayName, LocalDate updated, Type type,
            long contextWindow, long maxOutput, Price listPrice, Capabilities capabilities, boolean isDeprecated) {
        this(provider, providerName, name, displayName, updated, type, contextWindow, maxOutput, listPrice, capabilities, isDeprecated, null);
    }

    /** A model that is not listed and taken for the next one of this family. */
    Model relative(String relativesName) {
        return new Model(provider, providerName, relativesName, relativesName, updated, type, contextWindow, maxOutput, listPrice, capabilities, false, name);
    }

    /** The same with the provider's name for people. */
    Model of(String nameOfProvider) {
        return new Model(provider, nameOfProvider, name, displayName, updated, type, contextWindow, maxOutput, listPrice, capabilities, isDeprecated, pricedLike);
    }

    /** Whether the price is that of another model of the family. */
    public boolean isPriceEstimated() {
        return pricedLike != null && listPrice != null;
    }

    public Optional<Price> price() {
        return Optional.ofNullable(listPrice);
    }

    /** The name with the provider's prefix, which the gateway always understands: {@code groq/llama-3.3-70b-versatile}. */
    public String prefixedName() {
        return provider + "/" + name;
    }
}
