package org.sluice.gateway.endpoint;

import java.util.List;
import org.sluice.gateway.chat.RawJson;
import org.sluice.gateway.usage.Usage;

/**
 * Results, the most relevant first.
 *
 * @param id the provider's, or null
 * @param usage null when the provider did not count tokens
 * @param searchUnits what the provider bills instead of tokens, 0 when it does not
 */
public record RerankResponse(String id, List<Result> results, Usage usage, long searchUnits) {
    /**
     * @param index position of the document in the request
     * @param score a JSON number as the provider spelled it
     */
    public record Result(int index, RawJson score) {}

    public RerankResponse {
        results = List.copyOf(results);
    }
}
