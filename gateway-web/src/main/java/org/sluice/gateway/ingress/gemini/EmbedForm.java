package org.sluice.gateway.ingress.gemini;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.sluice.gateway.endpoint.EmbeddingResponse;
import org.sluice.gateway.error.GatewayException;
import org.sluice.gateway.json.JsonReader;
import org.sluice.gateway.json.JsonValue;
import org.sluice.gateway.json.JsonValue.JsonObject;
import org.sluice.gateway.json.JsonWriter;

/**
 * {@code embedContent} and {@code batchEmbedContents} for models of other providers: a request in OpenAI's shape, which the
 * gateway translates for everybody, and its answer in Google's. Texts only.
 *
 * @param isBatch whether several contents are asked about
 * @see <a href="https://ai.google.dev/api/embeddings">Gemini API: embeddings</a>
 */
record EmbedForm(boolean isBatch) {
    private static final Map<String, String> TYPES = Map.of("RETRIEVAL_QUERY", "query", "RETRIEVAL_DOCUMENT", "document");

    /** @throws GatewayException INVALID_VALUE when it holds more than texts, or contents with different wishes */
    byte[] request(byte[] body, String model) {
        JsonObject asked = JsonReader.readObject(body);
        List<JsonObject> items = new ArrayList<>();
        if (isBatch) {
            asked.items("requests").forEach(item -> items.add(item instanceof JsonObject object ? object : null));
        } else {
            items.add(asked);
        }
        if (items.isEmpty() || items.contains(null)) {
            throw GatewayException.invalid("requests", "'requests' is not a list of requests with 'content'.");
        }
        JsonWriter json = new JsonWriter(body.length).beginObject().name("model").value(model).name("input").beginArray();
        items.forEach(item -> json.value(text(item)));
        json.endArray();
        String type = common(items, "taskType", "task_type");
        if (type != null && !type.equals("TASK_TYPE_UNSPECIFIED")) {
            json.name("input_type").value(TYPES.getOrDefault(type, type.toLowerCase(Locale.ROOT)));
        }
        String dimensions = common(items, "outputDimensionality", "output_dimensionality");
        return json.optionalLiteral("dimensions", dimensions).endObject().toBytes();
    }

    private static String text(JsonObject item) {
        JsonObject content = item.object("content");
        StringBuilder text = new StringBuilder();
        for (JsonValue part : content == null ? List.<JsonValue>of() : content.items("parts")) {
            String words = part instanceof JsonObject object ? object.text("text") : null;
            if (words == null) {
                throw GatewayException.invalid("content.parts", "Models of other providers than Google embed texts only; this part has none.");
            }
            text.append(text.isEmpty() ? "" : "\n").append(words);
        }
        if (text.isEmpty()) {
            throw GatewayException.invalid("content", "'content' holds no text.");
        }
        return text.toString();
    }

    /** The text or number of a member that all have in common; null when none has it. */
    private static String common(List<JsonObject> items, String camel, String snake) {
        String common = null;
        for (int i = 0; i < items.size(); i++) {
            JsonValue value = items.get(i).present(camel) == null ? items.get(i).present(snake) : items.get(i).present(camel);
            String text = value == null ? null : value.asText() == null ? value.raw().text() : value.asText();
            if (i > 0 && !java.util.Objects.equals(common, text)) {
                throw GatewayException.invalid(camel, "The contents of one call must agree on '" + camel + "' for models of other providers than Google.");
            }
            common = text;
        }
        return common;
    }

    byte[] response(EmbeddingResponse answer) {
        JsonWriter json = new JsonWriter(4096).beginObject().name(isBatch ? "embeddings" : "embedding");
        if (isBatch) {
            json.beginArray();
        }
        answer.vectors().forEach(vector -> json.beginObject().name("values").raw(vector).endObject());
        if (isBatch) {
            json.endArray();
        }
        if (answer.usage() != null) {
            json.name("usageMetadata").beginObject().name("promptTokenCount").value(answer.usage().inputTokens()).endObject();
        }
        return json.endObject().toBytes();
    }
}
