package org.sluice.gateway.provider.vertex;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
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
import org.sluice.gateway.usage.Usage;

/**
 * Text embeddings by {@code predict}:
 * <a href="https://cloud.google.com/vertex-ai/generative-ai/docs/model-reference/text-embeddings-api">API reference</a>. Models
 * of the Gemini family take one text a call.
 *
 * @param model name without publisher
 */
record VertexEmbeddings(String path, String model) implements Endpoint.Embeddings {
    private static final int MOST = 250;
    private static final Map<String, String> TASKS = Map.of("query", "RETRIEVAL_QUERY", "document", "RETRIEVAL_DOCUMENT",
            "search_query", "RETRIEVAL_QUERY", "search_document", "RETRIEVAL_DOCUMENT", "classification", "CLASSIFICATION", "clustering", "CLUSTERING");

    @Override
    public int most() {
        return model.startsWith("gemini-") ? 1 : MOST;
    }

    @Override
    public byte[] writeRequest(EmbeddingRequest request, Losses losses) {
        JsonWriter json = new JsonWriter(1024).beginObject().name("instances").beginArray();
        for (Input input : request.inputs()) {
            if (input.text() == null) {
                throw GatewayException.invalid("input", "This provider reads texts only; send strings in 'input'.");
            }
            json.beginObject().name("content").raw(input.json());
            if (request.inputType() != null) {
                json.name("task_type").value(TASKS.getOrDefault(request.inputType(), request.inputType()));
            }
            json.endObject();
        }
        json.endArray();
        request.extras().keySet().forEach(name -> losses.drop(name, "the provider does not know it."));
        if (request.dimensions() > 0) {
            json.name("parameters").beginObject().name("outputDimensionality").value(request.dimensions()).endObject();
        }
        return json.endObject().toBytes();
    }

    @Override
    public EmbeddingResponse readResponse(byte[] body) {
        List<RawJson> vectors = new ArrayList<>();
        long tokens = 0;
        boolean isCounted = false;
        for (JsonValue item : JsonReader.readObject(body).items("predictions")) {
            JsonObject embeddings = item instanceof JsonObject object ? object.object("embeddings") : null;
            if (embeddings == null || embeddings.present("values") == null) {
                throw new GatewayException(ErrorType.UPSTREAM_INVALID, "The provider's answer holds no list of embeddings.");
            }
            vectors.add(embeddings.present("values").raw());
            JsonObject statistics = embeddings.object("statistics");
            if (statistics != null && statistics.get("token_count") instanceof JsonValue.JsonNumber count) {
                tokens += count.decimal().longValue();
                isCounted = true;
            }
        }
        return new EmbeddingResponse(null, vectors, isCounted ? Usage.of(tokens, 0) : null);
    }
}
