package org.sluice.gateway.provider.gemini;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.sluice.gateway.chat.RawJson;
import org.sluice.gateway.dialect.Losses;
import org.sluice.gateway.endpoint.EmbeddingRequest;
import org.sluice.gateway.endpoint.EmbeddingRequest.Input;
import org.sluice.gateway.endpoint.EmbeddingResponse;
import org.sluice.gateway.endpoint.Endpoint;
import org.sluice.gateway.error.GatewayException;
import org.sluice.gateway.json.JsonReader;
import org.sluice.gateway.json.JsonValue.JsonObject;
import org.sluice.gateway.provider.Deployment;
import org.sluice.gateway.provider.Operation;
import org.sluice.gateway.recorded.Recording;
import org.sluice.gateway.recorded.Recordings;

class GeminiEmbeddingsTest {
    private final Endpoint.Embeddings gemini = (Endpoint.Embeddings) new Gemini().endpoint(Operation.EMBEDDING,
            new Deployment("d", "gemini", "gemini-embedding-2", URI.create("https://h.example/v1beta"), Map.of())).orElseThrow();

    static java.util.stream.Stream<Recording> recordings() {
        return Recordings.where(recording -> recording.endpoint().equals("batchEmbedContents"));
    }

    @ParameterizedTest
    @MethodSource("recordings")
    void a_recorded_answer_is_read(Recording recording) {
        EmbeddingResponse answer = gemini.readResponse(recording.response());
        JsonObject first = (JsonObject) JsonReader.readObject(recording.response()).items("embeddings").get(0);
        assertThat(answer.vectors().get(0)).isEqualTo(first.get("values").raw());
        assertThat(answer.usage().inputTokens()).isEqualTo(261);
    }

    @Test
    void each_text_is_a_request_that_names_the_model() {
        EmbeddingRequest request = new EmbeddingRequest("m", List.of(new Input("a", new RawJson("\"a\"")), new Input("b", new RawJson("\"b\""))), 64, "document", Map.of());
        String one = "{\"model\":\"models/gemini-embedding-2\",\"content\":{\"parts\":[{\"text\":\"%s\"}]},\"taskType\":\"RETRIEVAL_DOCUMENT\",\"outputDimensionality\":64}";
        assertThat(new String(gemini.writeRequest(request, new Losses(true)), UTF_8)).isEqualTo("{\"requests\":[" + one.formatted("a") + "," + one.formatted("b") + "]}");
        assertThat(gemini.path()).isEqualTo("/v1beta/models/gemini-embedding-2:batchEmbedContents");
        assertThat(gemini.most()).isEqualTo(100);
        assertThatThrownBy(() -> gemini.writeRequest(request.with(List.of(new Input(null, new RawJson("[1]")))), new Losses(false))).isInstanceOf(GatewayException.class);
        assertThatThrownBy(() -> gemini.readResponse("{\"embeddings\":[{}]}".getBytes(UTF_8))).isInstanceOf(GatewayException.class);
    }
}
