package org.sluice.gateway.ingress.gemini;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.sluice.gateway.chat.RawJson;
import org.sluice.gateway.endpoint.EmbeddingResponse;
import org.sluice.gateway.error.GatewayException;
import org.sluice.gateway.usage.Usage;

class EmbedFormTest {
    private static String request(boolean isBatch, String body) {
        return new String(new EmbedForm(isBatch).request(body.replace('\'', '"').getBytes(UTF_8), "cohere/embed-v4.0"), UTF_8).replace('"', '\'');
    }

    @Test
    void one_content_is_one_text() {
        assertThat(request(false, "{'model':'models/x','content':{'parts':[{'text':'a'},{'text':'b'}]},'taskType':'RETRIEVAL_QUERY','outputDimensionality':256}"))
                .isEqualTo("{'model':'cohere/embed-v4.0','input':['a\\nb'],'input_type':'query','dimensions':256}");
    }

    @Test
    void a_batch_keeps_its_order() {
        assertThat(request(true, "{'requests':[{'content':{'parts':[{'text':'a'}]},'task_type':'CLUSTERING'},{'content':{'parts':[{'text':'b'}]},'taskType':'CLUSTERING'}]}"))
                .isEqualTo("{'model':'cohere/embed-v4.0','input':['a','b'],'input_type':'clustering'}");
        EmbeddingResponse answer = new EmbeddingResponse("m", List.of(new RawJson("[1e-3]"), new RawJson("[2.0]")), Usage.of(7, 0));
        assertThat(new String(new EmbedForm(true).response(answer), UTF_8)).isEqualTo("{\"embeddings\":[{\"values\":[1e-3]},{\"values\":[2.0]}],\"usageMetadata\":{\"promptTokenCount\":7}}");
        EmbeddingResponse one = new EmbeddingResponse("m", List.of(new RawJson("[1]")), null);
        assertThat(new String(new EmbedForm(false).response(one), UTF_8)).isEqualTo("{\"embedding\":{\"values\":[1]}}");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {"false|{}|content", "false|{'content':{'parts':[{'inlineData':{}}]}}|content.parts", "true|{'requests':[]}|requests", "true|{'requests':[1]}|requests",
        "true|{'requests':[{'content':{'parts':[{'text':'a'}]},'outputDimensionality':1},{'content':{'parts':[{'text':'b'}]}}]}|outputDimensionality"})
    void what_cannot_be_translated_is_refused(boolean isBatch, String body, String param) {
        assertThat(catchThrowableOfType(GatewayException.class, () -> request(isBatch, body)).param()).isEqualTo(param);
    }
}
