package org.sluice.gateway.provider.bedrock;

import java.util.List;
import org.sluice.gateway.dialect.Losses;
import org.sluice.gateway.endpoint.EmbeddingRequest;
import org.sluice.gateway.endpoint.EmbeddingRequest.Input;
import org.sluice.gateway.endpoint.EmbeddingResponse;
import org.sluice.gateway.endpoint.Endpoint;
import org.sluice.gateway.error.ErrorType;
import org.sluice.gateway.error.GatewayException;
import org.sluice.gateway.json.JsonReader;
import org.sluice.gateway.json.JsonValue.JsonObject;
import org.sluice.gateway.json.JsonWriter;
import org.sluice.gateway.usage.Usage;

/**
 * Amazon Titan text embeddings, one text a call:
 * <a href="https://docs.aws.amazon.com/bedrock/latest/userguide/model-parameters-titan-embed-text.html">parameters</a>.
 */
record TitanEmbeddings(String path) implements Endpoint.Embeddings {
    @Override
    public int most() {
        return 1;
    }

    @Override
    public byte[] writeRequest(EmbeddingRequest request, Losses losses) {
        Input input = request.inputs().get(0);
        if (input.text() == null) {
            throw GatewayException.invalid("input", "This model reads texts only; send strings in 'input'.");
        }
        JsonWriter json = new JsonWriter(512).beginObject().name("inputText").raw(input.json());
        if (request.dimensions() > 0) {
            json.name("dimensions").value(request.dimensions());
        }
        if (request.inputType() != null) {
            losses.drop("input_type", "the model makes no difference between queries and documents.");
        }
        request.extras().forEach((name, value) -> {
            if (name.equals("normalize")) {
                json.name(name).raw(value);
            } else {
                losses.drop(name, "the model does not know it.");
            }
        });
        return json.endObject().toBytes();
    }

    @Override
    public EmbeddingResponse readResponse(byte[] body) {
        JsonObject answer = JsonReader.readObject(body);
        if (answer.present("embedding") == null) {
            throw new GatewayException(ErrorType.UPSTREAM_INVALID, "The provider's answer holds no embedding.");
        }
        long tokens = answer.number("inputTextTokenCount", -1);
        return new EmbeddingResponse(null, List.of(answer.present("embedding").raw()), tokens < 0 ? null : Usage.of(tokens, 0));
    }
}
