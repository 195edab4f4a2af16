package org.sluice.gateway.dialect.retrieval;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.sluice.gateway.chat.RawJson;
import org.sluice.gateway.dialect.Losses;
import org.sluice.gateway.endpoint.EmbeddingRequest;
import org.sluice.gateway.endpoint.EmbeddingRequest.Input;
import org.sluice.gateway.endpoint.EmbeddingResponse;
import org.sluice.gateway.endpoint.Endpoint;
import org.sluice.gateway.error.ErrorType;
import org.sluice.gateway.error.GatewayException;
import org.sluice.gateway.json.JsonReader;
import org.sluice.gateway.json.JsonValue;
import org.sluice.gateway.json.JsonValue.JsonArray;
import org.sluice.gateway.json.JsonValue.JsonObject;
import org.sluice.gateway.json.JsonWriter;

/**
 * Cohere's embeddings, by itself or by a cloud that serves its models:
 * <a href="https://docs.cohere.com/reference/embed">API reference</a>. Its models must be told what the vectors are for; a
 * client that does not say embeds documents.
 *
 * @param namesModel whether the body names the model, else the path does
 */
public record CohereEmbeddings(String path, boolean namesModel) implements Endpoint.Embeddings {
    private static final int MOST = 96;
    private static final Map<String, String> INPUT_TYPES = Map.of("query", "search_query", "document", "search_document",
            "retrieval.query", "search_query", "retrieval.passage", "search_document");
    private static final Set<String> EXTRAS = Set.of("truncate", "max_tokens", "priority");

    @Override
    public int most() {
        return MOST;
    }

    @Override
    public byte[] writeRequest(EmbeddingRequest request, Losses losses) {
        JsonWriter json = new JsonWriter(1024).beginObject();
        if (namesModel) {
            json.name("model").value(request.model());
        }
        json.name("texts").beginArray();
        for (Input input : request.inputs()) {
            if (input.text() == null) {
                throw GatewayException.invalid("input", "This provider reads texts only; send strings in 'input'.");
            }
            json.raw(input.json());
        }
        String type = request.inputType() == null ? "document" : request.inputType();
        json.endArray().name("input_type").value(INPUT_TYPES.getOrDefault(type, type)).name("embedding_types").beginArray().value("float").endArray();
        if (request.dimensions() > 0) {
            json.name("output_dimension").value(request.dimensions());
        }
        request.extras().forEach((name, value) -> {
            if (EXTRAS.contains(name)) {
                json.name(name).raw(value);
            } else {
                losses.drop(name, "the provider does not know it.");
            }
        });
        return json.endObject().toBytes();
    }

    @Override
    public EmbeddingResponse readResponse(byte[] body) {
        JsonObject answer = JsonReader.readObject(body);
        JsonValue vectors = answer.object("embeddings") == null ? answer.get("embeddings") : answer.object("embeddings").get("float");
        if (!(vectors instanceof JsonArray array)) {
            throw new GatewayException(ErrorType.UPSTREAM_INVALID, "The provider's answer holds no list of embeddings.");
        }
        List<RawJson> read = new ArrayList<>(array.items().size());
        array.items().forEach(vector -> read.add(vector.raw()));
        return new EmbeddingResponse(null, read, TokenCount.of(answer));
    }
}
