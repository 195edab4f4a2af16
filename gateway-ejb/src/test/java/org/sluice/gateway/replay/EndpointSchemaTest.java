package org.sluice.gateway.replay;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.sluice.gateway.chat.RawJson;
import org.sluice.gateway.dialect.Losses;
import org.sluice.gateway.endpoint.EmbeddingRequest;
import org.sluice.gateway.endpoint.EmbeddingRequest.Input;
import org.sluice.gateway.endpoint.Endpoint;
import org.sluice.gateway.endpoint.RerankRequest;
import org.sluice.gateway.provider.Credential;
import org.sluice.gateway.provider.Deployment;
import org.sluice.gateway.provider.Operation;
import org.sluice.gateway.provider.Provider;

/** Requests for vectors and for an order that are written for a provider are what it takes: see {@link RequestSchemas}. */
class EndpointSchemaTest {
    private static final Map<String, RawJson> EXTRAS = Map.of("unheard_of", new RawJson("true"), "top_p", new RawJson("1"));

    private static Endpoint endpoint(String id, String model, Operation operation) {
        Provider provider = Wired.provider(id).orElseThrow();
        Credential credential = new Credential.Fields(Map.of("vertex_ai_access_token", "token", "vertex_ai_project", "project"), Set.of("vertex_ai_project"));
        return provider.endpoint(operation, new Deployment(id, id, model, URI.create("https://example.com"), Map.of()), credential).orElseThrow();
    }

    private static Input input(String text) {
        return new Input(text, new RawJson("\"" + text + "\""));
    }

    @ParameterizedTest
    @CsvSource({"cohere,embed-v4.0,cohere", "bedrock,cohere.embed-english-v3,bedrockCohere", "bedrock,amazon.titan-embed-text-v2:0,titan", "gemini,gemini-embedding-001,gemini",
        "google_vertex_ai,text-embedding-005,vertex", "voyageai,voyage-3.5,voyage", "jina,jina-embeddings-v3,jina", "mistral,mistral-embed,mistral"})
    void vectors(String provider, String model, String schema) {
        Endpoint.Embeddings embeddings = (Endpoint.Embeddings) endpoint(provider, model, Operation.EMBEDDING);
        List<Input> inputs = embeddings.most() == 1 ? List.of(input("one")) : List.of(input("one"), input("two"));
        for (int dimensions : new int[] {0, 512}) {
            for (String type : new String[] {null, "query", "document"}) {
                for (Map<String, RawJson> extras : List.of(Map.<String, RawJson>of(), EXTRAS)) {
                    byte[] written = embeddings.writeRequest(new EmbeddingRequest(model, inputs, dimensions, type, extras), new Losses(false));
                    assertThat(RequestSchemas.violations("embeddings.json#/$defs/" + schema, new String(written, UTF_8))).as(new String(written, UTF_8)).isEmpty();
                }
            }
        }
    }

    @ParameterizedTest
    @CsvSource({"cohere,rerank-v3.5,cohere", "voyageai,rerank-2,voyage", "jina,jina-reranker-v2-base-multilingual,jina"})
    void an_order(String provider, String model, String schema) {
        Endpoint.Rerank rerank = (Endpoint.Rerank) endpoint(provider, model, Operation.RERANK);
        for (int top : new int[] {0, 2}) {
            for (Map<String, RawJson> extras : List.of(Map.<String, RawJson>of(), EXTRAS)) {
                byte[] written = rerank.writeRequest(new RerankRequest(model, "which?", List.of(new RawJson("\"one\""), new RawJson("{\"text\":\"two\"}")), top, true, extras), new Losses(false));
                assertThat(RequestSchemas.violations("rerank.json#/$defs/" + schema, new String(written, UTF_8))).as(new String(written, UTF_8)).isEmpty();
            }
        }
    }
}
