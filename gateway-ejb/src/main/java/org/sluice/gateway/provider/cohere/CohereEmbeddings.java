package org.sluice.gateway.provider.cohere;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.sluice.gateway.chat.RawJson;
import org.sluice.gateway.dialect.Losses;
import org.sluice.gateway.endpoint.EmbeddingRequest;
import org.sluice.gateway.endpoint.EmbeddingResponse;
import org.sluice.gateway.endpoint.Endpoint;
import org.sluice.gateway.error.ErrorType;
import org.sluice.gateway.error.GatewayException;
import org.sluice.gateway.json.JsonReader;
import org.sluice.gateway.json.JsonValue;
import org.sluice.gateway.json.JsonValue.JsonObject;
import org.sluice.gateway.json.JsonWriter;
import org.sluice.gateway.usage.Usage;

/** Embeddings: <a href="https://docs.cohere.com/reference/embed">API reference</a>. Vectors are asked for as numbers. */
final class CohereEmbeddings implements Endpoint.Embeddings {
    private static final int MOST = 96;
    private static final Map<String, String> INPUT_TYPES = Map.of("query", "search_query", "document", "search_document",
            "retrieval.query", "search_query", "retrieval.passage", "search_document");
    private static final Set<String> PASSING = Set.of("truncate", "max_tokens", "priority");

    @Override
    public String path() {
        return "/v2/embed";
    }

    @Override
    public int most() {
        return MOST;
    }

    @Override
    public byte[] writeRequest(EmbeddingRequest request, Losses losses) {
        JsonWriter json = new JsonWriter(1024).beginObject().name("model").value(request.model()).name("texts").beginArray();
        for (EmbeddingRequest.Input input : request.inputs()) {
            if (input.text() == null) {
                throw GatewayException.invalid("input", "Cohere reads texts only; send strings in 'input'.");
            }
            json.value(input.text());
        }
        String type = request.inputType() == null ? "search_document" : INPUT_TYPES.getOrDefault(request.inputType(), request.inputType());
        json.endArray().name("input_type").value(type).name("embedding_types").beginArray().value("float").endArray();
        if (request.dimensions() > 0) {
            json.name("output_dimension").value(request.dimensions());
        }
        request.extras().forEach((name, value) -> {
            if (PASSING.contains(name)) {
                json.name(name).raw(value);
            } else {
                losses.drop(name, "Cohere has no counterpart.");
            }
        });
        return json.endObject().toBytes();
    }

    @Override
    public EmbeddingResponse readResponse(byte[] body) {
        JsonObject answer = JsonReader.readObject(body);
        JsonObject byType = answer.object("embeddings");
        List<RawJson> vectors = new ArrayList<>();
        for (JsonValue vector : byType == null ? answer.items("embeddings") : byType.items("float")) {
            vectors.add(vector.raw());
        }
        if (vectors.isEmpty()) {
            throw new GatewayException(ErrorType.UPSTREAM_INVALID, "The provider's answer holds no list of embeddings.");
        }
        JsonObject meta = answer.object("meta");
        JsonObject billed = meta == null ? null : meta.object("billed_units");
        Usage usage = billed == null || billed.get("input_tokens") == null ? null : Usage.of(billed.number("input_tokens", 0), 0);
        return new EmbeddingResponse(null, vectors, usage);
    }
}
