package org.sluice.gateway.provider.vertex;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.sluice.gateway.chat.RawJson;
import org.sluice.gateway.dialect.Losses;
import org.sluice.gateway.endpoint.EmbeddingRequest;
import org.sluice.gateway.endpoint.EmbeddingRequest.Input;
import org.sluice.gateway.endpoint.EmbeddingResponse;
import org.sluice.gateway.endpoint.Endpoint;
import org.sluice.gateway.error.GatewayException;
import org.sluice.gateway.provider.Credential;
import org.sluice.gateway.provider.Deployment;
import org.sluice.gateway.provider.Operation;
import org.sluice.gateway.usage.Usage;

class VertexEmbeddingsTest {
    private static Endpoint.Embeddings endpoint(String model) {
        Credential credential = new Credential.Fields(Map.of(Vertex.PROJECT, "p-1", Vertex.LOCATION, "europe-west4", Vertex.TOKEN, "t"));
        return (Endpoint.Embeddings) new Vertex().endpoint(Operation.EMBEDDING, new Deployment("d", "google_vertex_ai", model, URI.create("https://h.example"), Map.of()),
                credential).orElseThrow();
    }

    @Test
    void the_credential_is_a_part_of_the_address() {
        assertThat(endpoint("text-embedding-005").path()).isEqualTo("/v1/projects/p-1/locations/europe-west4/publishers/google/models/text-embedding-005:predict");
        assertThat(endpoint("text-embedding-005").most()).isEqualTo(250);
        assertThat(endpoint("gemini-embedding-001").most()).isOne();
    }

    @Test
    void texts_are_instances_and_tokens_are_added_up() {
        Endpoint.Embeddings vertex = endpoint("text-embedding-005");
        EmbeddingRequest request = new EmbeddingRequest("m", List.of(new Input("a", new RawJson("\"a\"")), new Input("b", new RawJson("\"b\""))), 64, "query", Map.of());
        assertThat(new String(vertex.writeRequest(request, new Losses(true)), UTF_8)).isEqualTo("{\"instances\":[{\"content\":\"a\",\"task_type\":\"RETRIEVAL_QUERY\"},"
                + "{\"content\":\"b\",\"task_type\":\"RETRIEVAL_QUERY\"}],\"parameters\":{\"outputDimensionality\":64}}");
        EmbeddingResponse answer = vertex.readResponse(("{\"predictions\":[{\"embeddings\":{\"values\":[1.0],\"statistics\":{\"token_count\":3.0,\"truncated\":false}}},"
                + "{\"embeddings\":{\"values\":[2.5],\"statistics\":{\"token_count\":4}}}]}").getBytes(UTF_8));
        assertThat(answer.vectors()).extracting(RawJson::text).containsExactly("[1.0]", "[2.5]");
        assertThat(answer.usage()).isEqualTo(Usage.of(7, 0));
        assertThatThrownBy(() -> vertex.readResponse("{\"predictions\":[{}]}".getBytes(UTF_8))).isInstanceOf(GatewayException.class);
        assertThatThrownBy(() -> vertex.writeRequest(new EmbeddingRequest("m", List.of(new Input(null, new RawJson("[1]"))), 0, null, Map.of()), new Losses(false)))
                .isInstanceOf(GatewayException.class);
    }
}
