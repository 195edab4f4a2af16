package org.sluice.gateway.provider.watsonx;

import java.util.ArrayList;
import java.util.List;
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

/**
 * Embeddings: <a href="https://cloud.ibm.com/apidocs/watsonx-ai#text-embeddings">API reference</a>.
 *
 * @param placeName {@code project_id} or {@code space_id}
 */
record WatsonxEmbeddings(String path, String placeName, String place) implements Endpoint.Embeddings {
    private static final int MOST = 1000;
    private static final String TRUNCATE = "truncate_input_tokens";

    @Override
    public int most() {
        return MOST;
    }

    @Override
    public byte[] writeRequest(EmbeddingRequest request, Losses losses) {
        if (request.dimensions() > 0) {
            losses.drop("dimensions", "watsonx.ai does not have it.");
        }
        if (request.inputType() != null) {
            losses.drop("input_type", "the provider makes no difference between queries and documents.");
        }
        JsonWriter json = new JsonWriter(1024).beginObject().name("model_id").value(request.model()).name(placeName).value(place).name("inputs").beginArray();
        for (EmbeddingRequest.Input input : request.inputs()) {
            if (input.text() == null) {
                throw GatewayException.invalid("input", "This provider reads texts only; send strings in 'input'.");
            }
            json.raw(input.json());
        }
        json.endArray();
        request.extras().forEach((name, value) -> {
            if (name.equals(TRUNCATE)) {
                json.name("parameters").beginObject().name(TRUNCATE).raw(value).endObject();
            } else {
                losses.drop(name, "the provider does not know it.");
            }
        });
        return json.endObject().toBytes();
    }

    @Override
    public EmbeddingResponse readResponse(byte[] body) {
        JsonObject answer = JsonReader.readObject(body);
        List<RawJson> vectors = new ArrayList<>();
        for (JsonValue item : answer.items("results")) {
            if (!(item instanceof JsonObject result) || result.present("embedding") == null) {
                throw new GatewayException(ErrorType.UPSTREAM_INVALID, "The provider's answer holds no list of embeddings.");
            }
            vectors.add(result.present("embedding").raw());
        }
        long counted = answer.number("input_token_count", -1);
        return new EmbeddingResponse(answer.text("model_id"), vectors, counted < 0 ? null : Usage.of(counted, 0));
    }
}
