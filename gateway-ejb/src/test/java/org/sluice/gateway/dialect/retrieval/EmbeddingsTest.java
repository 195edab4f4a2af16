package org.sluice.gateway.dialect.retrieval;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.sluice.gateway.chat.RawJson;
import org.sluice.gateway.dialect.Losses;
import org.sluice.gateway.dialect.RequestOutline;
import org.sluice.gateway.endpoint.EmbeddingRequest;
import org.sluice.gateway.endpoint.EmbeddingResponse;
import org.sluice.gateway.error.GatewayException;
import org.sluice.gateway.json.JsonReader;
import org.sluice.gateway.json.JsonValue.JsonObject;
import org.sluice.gateway.recorded.Recordings;
import org.sluice.gateway.usage.Usage;

class EmbeddingsTest {
    private static final ListedEmbeddings PROVIDER = new ListedEmbeddings("/embeddings", "output_dimension", "kind", Map.of("query", "q"), List.of("truncate"), 2, false);

    private static RequestOutline outline(String json) {
        byte[] body = json.getBytes(UTF_8);
        return new RequestOutline(body, "m", false, false, JsonReader.readMembers(body));
    }

    private static EmbeddingRequest read(String json) {
        return EmbeddingRequestReader.read(outline(json), "upstream", Set.of("customer_identifier"));
    }

    private static String write(String json, Losses losses) {
        return new String(PROVIDER.writeRequest(read(json), losses), UTF_8);
    }

    @Test
    void a_request_is_written_in_the_providers_words_and_what_it_lacks_is_told() {
        Losses losses = new Losses(false);
        assertThat(write("{\"model\":\"m\",\"input\":\"a \\u20ac\",\"dimensions\":8,\"input_type\":\"query\",\"truncate\":true,\"odd\":1,\"user\":\"u\",\"encoding_format\":\"base64\","
                + "\"customer_identifier\":\"c\"}", losses)).isEqualTo("{\"model\":\"upstream\",\"input\":[\"a \u20ac\"],\"output_dimension\":8,\"kind\":\"q\",\"truncate\":true}");
        assertThat(losses.warnings()).hasSize(1).allSatisfy(warning -> assertThat(warning).contains("'odd'"));
        assertThatThrownBy(() -> write("{\"model\":\"m\",\"input\":\"a\",\"odd\":1}", new Losses(true))).isInstanceOf(GatewayException.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"{}", "{\"input\":null}", "{\"input\":[]}", "{\"input\":7}", "{\"input\":[\"a\",7]}", "{\"input\":\"\"}", "{\"input\":[\"\"]}", "{\"input\":[[]]}",
        "{\"input\":[[\"a\"]]}", "{\"input\":\"a\",\"dimensions\":0}", "{\"input\":\"a\",\"dimensions\":\"8\"}", "{\"input\":\"a\",\"dimensions\":1.5}"})
    void a_request_that_makes_no_sense_is_refused(String json) {
        assertThatThrownBy(() -> read(json)).isInstanceOfSatisfying(GatewayException.class, e -> assertThat(e.param()).isIn("input", "dimensions"));
    }

    @Test
    void at_most_2048_inputs() {
        assertThat(read("{\"input\":[" + "\"a\",".repeat(2047) + "\"a\"]}").inputs()).hasSize(2048);
        assertThatThrownBy(() -> read("{\"input\":[" + "\"a\",".repeat(2048) + "\"a\"]}")).isInstanceOf(GatewayException.class);
    }

    @Test
    void tokens_are_one_input_or_several_and_refused_by_who_reads_none() {
        assertThat(read("{\"input\":[1,2,3]}").inputs()).extracting(input -> input.json().text()).containsExactly("[1,2,3]");
        assertThat(read("{\"input\":[[1,2],[3]]}").inputs()).extracting(input -> input.json().text()).containsExactly("[1,2]", "[3]");
        assertThatThrownBy(() -> write("{\"input\":[1,2]}", new Losses(false))).isInstanceOfSatisfying(GatewayException.class, e -> assertThat(e.param()).isEqualTo("input"));
    }

    @Test
    void vectors_come_in_the_order_of_the_inputs_spelled_as_the_provider_did() {
        EmbeddingResponse answer = PROVIDER.readResponse("{\"data\":[{\"index\":1,\"embedding\":[1.50,2e-3]},{\"index\":0,\"embedding\":[0]}],\"usage\":{\"total_tokens\":4}}".getBytes(UTF_8));
        assertThat(answer.vectors()).extracting(RawJson::text).containsExactly("[0]", "[1.50,2e-3]");
        assertThat(answer.usage()).isEqualTo(Usage.of(4, 0));
        assertThat(new String(EmbeddingResponseWriter.write("m", answer.vectors(), answer.usage(), false), UTF_8)).isEqualTo(
                "{\"object\":\"list\",\"data\":[{\"object\":\"embedding\",\"index\":0,\"embedding\":[0]},{\"object\":\"embedding\",\"index\":1,\"embedding\":[1.50,2e-3]}],"
                + "\"model\":\"m\",\"usage\":{\"prompt_tokens\":4,\"total_tokens\":4}}");
    }

    @ParameterizedTest
    @ValueSource(strings = {"{\"data\":[{\"index\":0}]}", "{\"data\":[{\"index\":3,\"embedding\":[1]}]}", "{\"data\":[{\"index\":0,\"embedding\":[1]},{\"index\":0,\"embedding\":[2]}]}", "{\"data\":[1]}", "[]"})
    void an_answer_that_is_none_is_refused(String json) {
        assertThatThrownBy(() -> PROVIDER.readResponse(json.getBytes(UTF_8))).isInstanceOf(GatewayException.class);
    }

    @Test
    void base64_is_asked_for_by_name_only() {
        assertThat(EmbeddingRequestReader.wantsBase64(outline("{\"encoding_format\":\"base64\"}"))).isTrue();
        assertThat(EmbeddingRequestReader.wantsBase64(outline("{\"encoding_format\":\"float\"}"))).isFalse();
        assertThat(EmbeddingRequestReader.wantsBase64(outline("{\"encoding_format\":null}"))).isFalse();
        assertThatThrownBy(() -> EmbeddingRequestReader.wantsBase64(outline("{\"encoding_format\":\"hex\"}"))).isInstanceOf(GatewayException.class);
    }

    /** OpenAI's own base64, decoded to numbers and encoded here, is the same text. */
    @Test
    void our_base64_is_openais() {
        JsonObject answer = Recordings.where(recording -> recording.id().equals("openai-embeddings-004-plain")).map(recording -> JsonReader.readObject(recording.response()))
                .findFirst().orElse(null);
        assumeTrue(answer != null, "the recording is not here");
        String recorded = ((JsonObject) answer.items("data").get(0)).text("embedding");
        ByteBuffer floats = ByteBuffer.wrap(Base64.getDecoder().decode(recorded)).order(ByteOrder.LITTLE_ENDIAN);
        StringBuilder numbers = new StringBuilder("[");
        while (floats.hasRemaining()) {
            numbers.append(numbers.length() == 1 ? "" : ",").append(floats.getFloat());
        }
        assertThat(EmbeddingResponseWriter.base64(new RawJson(numbers.append(']').toString()))).isEqualTo(recorded);
    }
}
