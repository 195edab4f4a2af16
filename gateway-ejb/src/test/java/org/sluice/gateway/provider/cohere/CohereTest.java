package org.sluice.gateway.provider.cohere;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.sluice.gateway.chat.RawJson;
import org.sluice.gateway.dialect.Body;
import org.sluice.gateway.dialect.Losses;
import org.sluice.gateway.endpoint.EmbeddingRequest;
import org.sluice.gateway.endpoint.EmbeddingRequest.Input;
import org.sluice.gateway.endpoint.EmbeddingResponse;
import org.sluice.gateway.endpoint.Endpoint;
import org.sluice.gateway.error.GatewayException;
import org.sluice.gateway.json.JsonReader;
import org.sluice.gateway.json.JsonValue.JsonObject;
import org.sluice.gateway.provider.Credential;
import org.sluice.gateway.provider.Deployment;
import org.sluice.gateway.provider.Dispatch;
import org.sluice.gateway.provider.Operation;
import org.sluice.gateway.provider.UpstreamRequest;
import org.sluice.gateway.recorded.Recording;
import org.sluice.gateway.recorded.Recordings;

class CohereTest {
    private static final Cohere COHERE = new Cohere();

    private static UpstreamRequest prepare(String base, Credential credential, boolean stream) {
        Deployment deployment = new Deployment("d", "cohere", "m", URI.create(base), Map.of());
        return COHERE.prepare(new Dispatch(Operation.CHAT, COHERE.dialect(), deployment, credential, Body.of("{}".getBytes(UTF_8)), stream, null, null));
    }

    @ParameterizedTest
    @CsvSource({"https://api.cohere.com", "https://api.cohere.com/", "https://api.cohere.com/v2", "https://api.cohere.com/v1/"})
    void chat_goes_to_the_second_version(String base) {
        UpstreamRequest request = prepare(base, new Credential.ApiKey("key"), true);
        assertThat(request.uri()).isEqualTo(URI.create("https://api.cohere.com/v2/chat"));
        assertThat(request.headers()).containsEntry("Authorization", "Bearer key").containsEntry("Accept", "text/event-stream");
        assertThat(prepare(base, new Credential.ApiKey("key"), false).headers()).containsEntry("Accept", "application/json");
        assertThatThrownBy(() -> prepare(base, new Credential.ApiKey("a\nb"), false)).isInstanceOf(GatewayException.class);
    }

    private static Endpoint.Embeddings embeddings() {
        return (Endpoint.Embeddings) COHERE.endpoint(Operation.EMBEDDING, null).orElseThrow();
    }

    @Test
    void embeddings_are_asked_for_in_coheres_words() {
        Losses losses = new Losses(false);
        byte[] written = embeddings().writeRequest(new EmbeddingRequest("embed-v4.0", List.of(new Input("a", new RawJson("\"a\""))), 256, "query",
                Map.of("dims", new RawJson("1"))), losses);
        assertThat(new String(written, UTF_8)).isEqualTo("{\"model\":\"embed-v4.0\",\"texts\":[\"a\"],\"input_type\":\"search_query\",\"embedding_types\":[\"float\"],\"output_dimension\":256}");
        assertThat(losses.warnings()).hasSize(1);
        assertThatThrownBy(() -> embeddings().writeRequest(new EmbeddingRequest("m", List.of(new Input(null, new RawJson("[1]"))), 0, null, Map.of()), losses))
                .isInstanceOf(GatewayException.class);
        assertThatThrownBy(() -> embeddings().readResponse("{}".getBytes(UTF_8))).isInstanceOf(GatewayException.class);
        assertThat(COHERE.endpoint(Operation.RERANK, null)).contains(new Endpoint.Same("/v2/rerank"));
        assertThat(COHERE.endpoint(Operation.SPEECH, null)).isEmpty();
    }

    static Stream<Recording> recorded() {
        return Recordings.where(recording -> recording.provider().equals("cohere") && recording.endpoint().equals("v2/embed"));
    }

    @ParameterizedTest
    @MethodSource("recorded")
    void recorded_embeddings_are_read_whole(Recording recording) {
        JsonObject answer = JsonReader.readObject(recording.response());
        EmbeddingResponse read = embeddings().readResponse(recording.response());
        assertThat(read.vectors()).hasSameSizeAs(answer.items("texts")).containsExactlyElementsOf(answer.object("embeddings").items("float").stream().map(vector -> vector.raw()).toList());
        assertThat(read.usage().inputTokens()).isEqualTo(answer.object("meta").object("billed_units").number("input_tokens", -1));
    }
}
