package org.sluice.gateway.dialect.retrieval;

import org.sluice.gateway.chat.RawJson;
import org.sluice.gateway.endpoint.RerankRequest;
import org.sluice.gateway.endpoint.RerankResponse;
import org.sluice.gateway.json.JsonWriter;

/** Writes the results of a rerank in Cohere's v2 shape, with {@code usage} beside it. */
public final class RerankResponseWriter {
    private RerankResponseWriter() { }

    /** @param callId the answer's id where the provider gave none */
    public static byte[] write(RerankRequest request, RerankResponse response, String callId) {
        JsonWriter json = new JsonWriter(1024).beginObject().name("id").value(response.id() == null ? callId : response.id())
                .name("model").value(request.model()).name("results").beginArray();
        for (RerankResponse.Result result : response.results()) {
            json.beginObject().name("index").value(result.index()).name("relevance_score").raw(result.score());
            if (request.returnDocuments() && result.index() < request.documents().size()) {
                document(json.name("document"), request.documents().get(result.index()));
            }
            json.endObject();
        }
        json.endArray().name("meta").beginObject().name("api_version").beginObject().name("version").value("2").endObject();
        if (response.searchUnits() > 0) {
            json.name("billed_units").beginObject().name("search_units").value(response.searchUnits()).endObject();
        }
        json.endObject();
        if (response.usage() != null) {
            json.name("usage").beginObject().name("prompt_tokens").value(response.usage().inputTokens())
                    .name("total_tokens").value(response.usage().totalTokens()).endObject();
        }
        return json.endObject().toBytes();
    }

    private static void document(JsonWriter json, RawJson document) {
        if (document.text().startsWith("{")) {
            json.raw(document);
        } else {
            json.beginObject().name("text").raw(document).endObject();
        }
    }
}
