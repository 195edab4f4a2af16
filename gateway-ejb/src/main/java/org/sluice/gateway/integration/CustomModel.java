package org.sluice.gateway.integration;

import java.math.BigDecimal;
import java.time.Instant;

/**
 * A model that an organization defined (contract 8); null members say nothing.
 *
 * @param id the row's
 * @param name what it is asked for by
 * @param baseName a model of the catalogue, whose price and limits it has where it says nothing
 * @param provider id of the provider that serves it, a built-in one or the organization's own
 * @param upstreamModel the provider's name of it
 * @param isCalledByCustomName whether that is its own name and not the base model's
 * @param inputCost USD per million tokens, as the other costs
 * @param supportedParams a JSON object
 */
public record CustomModel(String id, String organization, String name, String baseName, String displayName, String provider, String upstreamModel,
        boolean isCalledByCustomName, BigDecimal inputCost, BigDecimal outputCost, BigDecimal cacheHitInputCost, BigDecimal cacheCreationInputCost,
        Long maxContextWindow, Boolean isStreaming, Boolean hasTools, Boolean hasImages, String supportedParams, Instant createdAt, Instant updatedAt) { }
