package org.sluice.gateway.dialect.retrieval;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Base64;
import java.util.List;
import org.sluice.gateway.chat.RawJson;
import org.sluice.gateway.json.JsonReader;
import org.sluice.gateway.json.JsonValue;
import org.sluice.gateway.json.JsonValue.JsonArray;
import org.sluice.gateway.json.JsonValue.JsonNumber;
import org.sluice.gateway.json.JsonWriter;
import org.sluice.gateway.usage.Usage;

/** Writes vectors in OpenAI's shape. */
public final class EmbeddingResponseWriter {
    private EmbeddingResponseWriter() { }

    /** @param usage null when nobody counted; then zeros stand there, which clients insist on */
    public static byte[] write(String model, List<RawJson> vectors, Usage usage, boolean isBase64) {
        JsonWriter json = new JsonWriter(4096).beginObject().name("object").value("list").name("data").beginArray();
        for (int i = 0; i < vectors.size(); i++) {
            json.beginObject().name("object").value("embedding").name("index").value(i).name("embedding");
            if (isBase64) {
                json.value(base64(vectors.get(i)));
            } else {
                json.raw(vectors.get(i));
            }
            json.endObject();
        }
        long tokens = usage == null ? 0 : usage.inputTokens();
        return json.endArray().name("model").value(model).name("usage").beginObject().name("prompt_tokens").value(tokens)
                .name("total_tokens").value(tokens).endObject().endObject().toBytes();
    }

    /** 32-bit floats, little-endian, as OpenAI does it. */
    static String base64(RawJson vector) {
        JsonValue read = JsonReader.read(vector.text().getBytes(java.nio.charset.StandardCharsets.UTF_8));
        List<JsonValue> numbers = read instanceof JsonArray array ? array.items() : List.of();
        ByteBuffer floats = ByteBuffer.allocate(numbers.size() * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        for (JsonValue number : numbers) {
            floats.putFloat(number instanceof JsonNumber value ? Float.parseFloat(value.text()) : 0);
        }
        return Base64.getEncoder().encodeToString(floats.array());
    }
}
