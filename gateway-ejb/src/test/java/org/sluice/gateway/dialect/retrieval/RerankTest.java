package org.sluice.gateway.dialect.retrieval;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.sluice.gateway.dialect.Losses;
import org.sluice.gateway.dialect.RequestOutline;
import org.sluice.gateway.endpoint.RerankRequest;
import org.sluice.gateway.endpoint.RerankResponse;
import org.sluice.gateway.error.GatewayException;
import org.sluice.gateway.json.JsonReader;
import org.sluice.gateway.usage.Usage;

class RerankTest {
    private static RerankRequest read(String json) {
        byte[] body = json.getBytes(UTF_8);
        return RerankRequestReader.read(new RequestOutline(body, "m", false, false, JsonReader.readMembers(body)), "up", Set.of("metadata"));
    }

    @Test
    void a_request_is_written_in_the_providers_words() {
        RerankRequest request = read("{\"model\":\"m\",\"query\":\"q\",\"documents\":[\"a\",{\"text\":\"b\",\"n\":1}],\"top_k\":1,\"metadata\":{},\"odd\":2}");
        Losses losses = new Losses(false);
        assertThat(new String(new ListedRerank("/rerank", "top", "data", List.of(), false).writeRequest(request, losses), UTF_8))
                .isEqualTo("{\"model\":\"up\",\"query\":\"q\",\"documents\":[\"a\",\"b\"],\"top\":1}");
        assertThat(losses.warnings()).hasSize(1);
        assertThat(new String(new ListedRerank("/rerank", "top", "data", List.of("odd"), true).writeRequest(request, losses), UTF_8))
                .isEqualTo("{\"model\":\"up\",\"query\":\"q\",\"documents\":[\"a\",{\"text\":\"b\",\"n\":1}],\"top\":1,\"odd\":2}");
    }

    @ParameterizedTest
    @ValueSource(strings = {"{\"documents\":[\"a\"]}", "{\"query\":\"\",\"documents\":[\"a\"]}", "{\"query\":\"q\"}", "{\"query\":\"q\",\"documents\":[]}",
        "{\"query\":\"q\",\"documents\":[1]}", "{\"query\":\"q\",\"documents\":[\"a\"],\"top_n\":0}", "{\"query\":\"q\",\"documents\":[\"a\"],\"top_n\":\"1\"}"})
    void a_request_that_makes_no_sense_is_refused(String json) {
        assertThatThrownBy(() -> read(json)).isInstanceOf(GatewayException.class);
    }

    @Test
    void results_come_by_relevance_in_coheres_shape() {
        ListedRerank cohere = new ListedRerank("/rerank", "top_n", "results", List.of(), false);
        RerankResponse answer = cohere.readResponse(("{\"id\":\"r-1\",\"results\":[{\"index\":0,\"relevance_score\":0.10},{\"index\":1,\"relevance_score\":9e-1}],"
                + "\"meta\":{\"billed_units\":{\"search_units\":1}}}").getBytes(UTF_8));
        assertThat(new String(RerankResponseWriter.write(read("{\"query\":\"q\",\"documents\":[\"a\",\"b\"]}"), answer, "call"), UTF_8)).isEqualTo(
                "{\"id\":\"r-1\",\"model\":\"up\",\"results\":[{\"index\":1,\"relevance_score\":9e-1},{\"index\":0,\"relevance_score\":0.10}],"
                + "\"meta\":{\"api_version\":{\"version\":\"2\"},\"billed_units\":{\"search_units\":1}}}");
        assertThat(answer.usage()).isNull();
        assertThat(cohere.readResponse("{\"results\":[],\"usage\":{\"total_tokens\":3}}".getBytes(UTF_8)).usage()).isEqualTo(Usage.of(3, 0));
    }

    @ParameterizedTest
    @ValueSource(strings = {"{}", "{\"results\":[{\"index\":0}]}", "{\"results\":[{\"relevance_score\":1}]}", "{\"results\":[1]}", "7"})
    void an_answer_that_is_none_is_refused(String json) {
        assertThatThrownBy(() -> new ListedRerank("/rerank", "top_n", "results", List.of(), false).readResponse(json.getBytes(UTF_8))).isInstanceOf(GatewayException.class);
    }
}
