package org.sluice.gateway.endpoint;

import java.util.List;
import org.sluice.gateway.chat.RawJson;
import org.sluice.gateway.usage.Usage;

/**
 * Vectors in the order of the inputs.
 *
 * @param model the model that answered, or null when the provider does not say
 * @param vectors JSON arrays of numbers as the provider spelled them
 * @param usage null when the provider did not count
 */
public record EmbeddingResponse(String model, List<RawJson> vectors, Usage usage) {
    public EmbeddingResponse {
        vectors = List.copyOf(vectors);
    }
}
