package org.sluice.gateway.model;

import java.time.Instant;
import java.util.Objects;
import org.sluice.gateway.chat.RawJson;

/**
 * A model that an organization made for itself.
 *
 * @param name what it is asked for by, e.g. {@code acme/llama} or {@code my-gpt}
 * @param baseName the model of the catalogue it was made from, or null
 * @param isCalledByCustomName whether the provider knows it by its own name and not by the base model's
 * @param isStreaming what its maker said, or null
 * @param supportedParams what its maker said, an object, or null
 * @param model provider, the provider's name of it, price, limits
 */
public record OwnModel(String name, String baseName, boolean isCalledByCustomName, Boolean isStreaming, RawJson supportedParams,
        Instant createdAt, Instant updatedAt, Model model) {
    public OwnModel {
        Objects.requireNonNull(name, "name is null");
        Objects.requireNonNull(model, "model is null");
    }
}
