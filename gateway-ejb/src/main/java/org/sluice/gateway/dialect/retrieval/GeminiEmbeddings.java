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
import org.sluice.gateway.json.JsonValue.JsonObject;
import org.sluice.gateway.json.JsonWriter;

/**
 * Gemini's {@code batchEmbedContents}: <a href="https://ai.google.dev/api/embeddings">API reference</a>.
 *
 * @param resource the model's resource, e.g. {@code models/gemini-embedding-001}
 */
public record GeminiEmbeddings(String path, String resource) implements Endpoint.Embeddings {
    private static final int MOST = 100;
    private static final Map<String, String> TASKS = Map.of("query", "RETRIEVAL_QUERY", "document", "RETRIEVAL_DOCUMENT",
            "search_query", "RETRIEVAL_QUERY", "search_document", "RETRIEVAL_DOCUMENT", "retrieval.query", "RETRIEVAL_QUERY",
            "retrieval.passage", "RETRIEVAL_DOCUMENT", "classification", "CLASSIFICATION", "clustering", "CLUSTERING");
    private static final Set<String> EXTRAS = Set.of("title");

    @Override
    public int most() {
        return MOST;
    }

    @Override
    public byte[] writeRequest(EmbeddingRequest request, Losses losses) {
        request.extras().keySet().stream().filter(name -> !EXTRAS.contains(name)).forEach(name -> losses.drop(name, "the provider does not know it."));
        JsonWriter json = new JsonWriter(1024).beginObject().name("requests").beginArray();
        for (Input input : request.inputs()) {
            if (input.text() == null) {
                throw GatewayException.invalid("input", "This provider reads texts only; send strings in 'input'.");
            }
            json.beginObject().name("model").value(resource).name("content").beginObject().name("parts").beginArray()
                    .beginObject().name("text").raw(input.json()).endObject().endArray().endObject();
            if (request.inputType() != null) {
                json.name("taskType").value(TASKS.getOrDefault(request.inputType(), request.inputType()));
            }
            if (request.dimensions() > 0) {
                json.name("outputDimensionality").value(request.dimensions());
            }
            RawJson title = request.extras().get("title");
            if (title != null) {
                json.name("title").raw(title);
            }
            json.endObject();
        }
        return json.endArray().endObject().toBytes();
    }

    @Override
    public EmbeddingResponse readResponse(byte[] body) {
        JsonObject answer = JsonReader.readObject(body);
        List<RawJson> vectors = new ArrayList<>();
        for (JsonValue item : answer.items("embeddings")) {
            if (!(item instanceof JsonObject object) || object.present("values") == null) {
                throw new GatewayException(ErrorType.UPSTREAM_INVALID, "The provider's answer holds no list of embeddings.");
            }
            vectors.add(object.present("values").raw());
        }
        return new EmbeddingResponse(null, vectors, TokenCount.of(answer));
    }
}
