package org.sluice.gateway.endpoint;

import java.util.List;
import java.util.Map;
import org.sluice.gateway.chat.RawJson;

/**
 * Documents to be ordered by their relevance to a query.
 *
 * @param model the name the provider knows
 * @param documents each a string or an object, as the client wrote it
 * @param top how many results are wanted, 0 for all
 * @param returnDocuments whether the results repeat the documents
 * @param extras every other parameter of the client
 */
public record RerankRequest(String model, String query, List<RawJson> documents, int top, boolean returnDocuments, Map<String, RawJson> extras) {
    public RerankRequest {
        documents = List.copyOf(documents);
    }
}
