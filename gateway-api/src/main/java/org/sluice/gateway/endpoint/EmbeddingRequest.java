package org.sluice.gateway.endpoint;

import java.util.List;
import java.util.Map;
import org.sluice.gateway.chat.RawJson;

/**
 * Texts to be turned into vectors.
 *
 * @param model the name the provider knows
 * @param inputs 1 to {@value #MOST_INPUTS}, each a string, an array of tokens or, where a provider knows more, an object, as the client wrote it
 * @param dimensions length of the vectors, 0 for the model's own
 * @param inputType what the vectors are for ({@code query}, {@code document} ...), in the client's word, or null
 * @param extras every other parameter of the client but {@code encoding_format} and {@code user}
 */
public record EmbeddingRequest(String model, List<Input> inputs, int dimensions, String inputType, Map<String, RawJson> extras) {
    public static final int MOST_INPUTS = 2048;

    /** @param text the string, or null when the input is no string */
    public record Input(String text, RawJson json) {}

    public EmbeddingRequest {
        inputs = List.copyOf(inputs);
    }

    public EmbeddingRequest with(List<Input> others) {
        return new EmbeddingRequest(model, others, dimensions, inputType, extras);
    }
}
