package org.sluice.gateway.dialect.retrieval;

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

/**
 * OpenAI's shape with a provider's own names. Vectors are always asked for as numbers.
 *
 * @param dimensions what the provider calls {@code dimensions}
 * @param inputType what it calls {@code input_type}, or null when it has no such thing
 * @param inputTypes its words for {@code query} and {@code document}; others pass as they are
 * @param extras its own parameters that a client may send beside OpenAI's
 * @param most inputs that one call takes
 * @param readsObjects whether an input may be an object (an image, a titled text)
 */
public record ListedEmbeddings(String path, String dimensions, String inputType, Map<String, String> inputTypes, List<String> extras, int most,
        boolean readsObjects) implements Endpoint.Embeddings {
    @Override
    public byte[] writeRequest(EmbeddingRequest request, Losses losses) {
        JsonWriter json = new JsonWriter(1024).beginObject().name("model").value(request.model()).name("input").beginArray();
        for (Input input : request.inputs()) {
            json.raw(checked(input).json());
        }
        json.endArray();
        if (request.dimensions() > 0) {
            json.name(dimensions).value(request.dimensions());
        }
        if (request.inputType() != null && inputType != null) {
            json.name(inputType).value(inputTypes.getOrDefault(request.inputType(), request.inputType()));
        } else if (request.inputType() != null) {
            losses.drop("input_type", "the provider makes no difference between queries and documents.");
        }
        request.extras().forEach((name, value) -> {
            if (extras.contains(name)) {
                json.name(name).raw(value);
            } else {
                losses.drop(name, "the provider does not know it.");
            }
        });
        return json.endObject().toBytes();
    }

    private Input checked(Input input) {
        boolean isObject = input.text() == null && input.json().text().startsWith("{");
        if (input.text() == null && !(isObject && readsObjects)) {
            throw GatewayException.invalid("input", "This provider reads " + (isObject ? "no objects" : "no arrays of tokens") + "; send the text in 'input'.");
        }
        return input;
    }

    @Override
    public EmbeddingResponse readResponse(byte[] body) {
        return read(body);
    }

    /** An answer in OpenAI's shape. */
    public static EmbeddingResponse read(byte[] body) {
        JsonObject answer = JsonReader.readObject(body);
        List<JsonValue> items = answer.items("data");
        RawJson[] vectors = new RawJson[items.size()];
        for (int i = 0; i < vectors.length; i++) {
            JsonObject item = items.get(i) instanceof JsonObject object ? object : null;
            long index = item == null ? -1 : item.number("index", i);
            if (index < 0 || index >= vectors.length || item.present("embedding") == null || vectors[(int) index] != null) {
                throw new GatewayException(ErrorType.UPSTREAM_INVALID, "The provider's answer holds no list of embeddings.");
            }
            vectors[(int) index] = item.present("embedding").raw();
        }
        return new EmbeddingResponse(answer.text("model"), new ArrayList<>(List.of(vectors)), TokenCount.of(answer));
    }
}
