package org.sluice.gateway.provider.cohere;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.sluice.gateway.dialect.Losses;
import org.sluice.gateway.dialect.RequestOutline;
import org.sluice.gateway.dialect.retrieval.EmbeddingRequestReader;
import org.sluice.gateway.endpoint.EmbeddingRequest;
import org.sluice.gateway.endpoint.EmbeddingResponse;
import org.sluice.gateway.endpoint.Endpoint;
import org.sluice.gateway.error.GatewayException;
import org.sluice.gateway.json.JsonReader;
import org.sluice.gateway.json.JsonValue.JsonArray;
import org.sluice.gateway.json.JsonValue.JsonObject;
import org.sluice.gateway.provider.Deployment;
import org.sluice.gateway.provider.Operation;
import org.sluice.gateway.recorded.Recording;
import org.sluice.gateway.recorded.Recordings;

class CohereEmbeddingsTest {
    private final Endpoint.Embeddings cohere = (Endpoint.Embeddings) new Cohere().endpoint(Operation.EMBEDDING,
            new Deployment("d", "cohere", "embed-v4.0", URI.create("https://h.example"), Map.of())).orElseThrow();

    static java.util.stream.Stream<Recording> recordings() {
        return Recordings.where(recording -> recording.provider().equals("cohere") && recording.endpoint().equals("v2/embed"));
    }

    private static EmbeddingRequest read(String json) {
        byte[] body = json.getBytes(UTF_8);
        return EmbeddingRequestReader.read(new RequestOutline(body, "m", false, false, JsonReader.readMembers(body)), "embed-v4.0", Set.of());
    }

    /** What the recorder's client sent for these texts is what we send; the vectors are the answer's own bytes. */
    @ParameterizedTest
    @MethodSource("recordings")
    void a_recorded_exchange_is_written_and_read(Recording recording) {
        JsonObject sent = JsonReader.readObject(recording.request());
        EmbeddingRequest request = read("{\"input\":" + sent.get("texts").raw().text() + ",\"input_type\":\"" + sent.text("input_type") + "\"}");
        JsonObject written = JsonReader.readObject(cohere.writeRequest(request, new Losses(true)));
        assertThat(written.items("texts")).isEqualTo(sent.items("texts"));
        assertThat(written.text("input_type")).isEqualTo(sent.text("input_type"));
        assertThat(written.get("embedding_types").raw().text()).isEqualTo("[\"float\"]");
        EmbeddingResponse answer = cohere.readResponse(recording.response());
        JsonArray vectors = (JsonArray) JsonReader.readObject(recording.response()).object("embeddings").get("float");
        assertThat(answer.vectors()).hasSize(sent.items("texts").size()).isEqualTo(vectors.items().stream().map(vector -> vector.raw()).toList());
        assertThat(answer.usage().inputTokens()).isEqualTo(208);
    }

    @ParameterizedTest
    @CsvSource({"query,search_query", "document,search_document", "retrieval.query,search_query", "classification,classification"})
    void what_the_vectors_are_for_is_said_in_its_words(String asked, String written) {
        assertThat(new String(cohere.writeRequest(read("{\"input\":\"a\",\"input_type\":\"" + asked + "\"}"), new Losses(true)), UTF_8)).contains("\"input_type\":\"" + written + "\"");
    }

    @Test
    void a_client_that_does_not_say_embeds_documents_in_calls_of_96() {
        assertThat(new String(cohere.writeRequest(read("{\"input\":\"a\",\"dimensions\":256}"), new Losses(true)), UTF_8))
                .isEqualTo("{\"model\":\"embed-v4.0\",\"texts\":[\"a\"],\"input_type\":\"search_document\",\"embedding_types\":[\"float\"],\"output_dimension\":256}");
        assertThat(cohere.most()).isEqualTo(96);
        assertThatThrownBy(() -> cohere.writeRequest(read("{\"input\":[1]}"), new Losses(false))).isInstanceOf(GatewayException.class);
        assertThatThrownBy(() -> cohere.readResponse("{\"embeddings\":7}".getBytes(UTF_8))).isInstanceOf(GatewayException.class);
        assertThat(cohere.readResponse("{\"embeddings\":[[1.0]]}".getBytes(UTF_8)).vectors()).hasSize(1);
    }
}
