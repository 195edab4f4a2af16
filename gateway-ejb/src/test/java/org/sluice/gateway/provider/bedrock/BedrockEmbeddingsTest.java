package org.sluice.gateway.provider.bedrock;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.InputStream;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.sluice.gateway.chat.RawJson;
import org.sluice.gateway.dialect.Body;
import org.sluice.gateway.dialect.Losses;
import org.sluice.gateway.endpoint.EmbeddingRequest;
import org.sluice.gateway.endpoint.EmbeddingRequest.Input;
import org.sluice.gateway.endpoint.Endpoint;
import org.sluice.gateway.error.GatewayException;
import org.sluice.gateway.provider.Credential;
import org.sluice.gateway.provider.Deployment;
import org.sluice.gateway.provider.Operation;
import org.sluice.gateway.provider.Upload;
import org.sluice.gateway.provider.UpstreamLimits;
import org.sluice.gateway.provider.UpstreamRequest;
import org.sluice.gateway.usage.Usage;

class BedrockEmbeddingsTest {
    private static final UpstreamLimits LIMITS = new UpstreamLimits(Duration.ofSeconds(1), Duration.ofSeconds(1), Duration.ofSeconds(1), Duration.ofSeconds(1));
    private static final Credential KEYS = new Credential.AwsKeys("AKIDEXAMPLE", "secret", null, "us-east-1");
    private final Bedrock bedrock = new Bedrock();

    private static Deployment deployment(String model) {
        return new Deployment("d", "bedrock", model, URI.create("https://bedrock-runtime.us-east-1.amazonaws.com"), Map.of());
    }

    private static EmbeddingRequest request(String text, int dimensions) {
        return new EmbeddingRequest("m", List.of(new Input(text, new RawJson("\"" + text + "\""))), dimensions, null, Map.of());
    }

    @Test
    void titan_takes_one_text_a_call() {
        Endpoint.Embeddings titan = (Endpoint.Embeddings) bedrock.endpoint(Operation.EMBEDDING, deployment("amazon.titan-embed-text-v2:0")).orElseThrow();
        assertThat(titan.path()).isEqualTo("/model/amazon.titan-embed-text-v2%3A0/invoke");
        assertThat(titan.most()).isOne();
        assertThat(new String(titan.writeRequest(request("a", 256), new Losses(true)), UTF_8)).isEqualTo("{\"inputText\":\"a\",\"dimensions\":256}");
        assertThat(titan.readResponse("{\"embedding\":[1.5,2],\"inputTextTokenCount\":3}".getBytes(UTF_8)).usage()).isEqualTo(Usage.of(3, 0));
        assertThatThrownBy(() -> titan.readResponse("{}".getBytes(UTF_8))).isInstanceOf(GatewayException.class);
    }

    @Test
    void cohere_on_bedrock_is_named_by_the_path() {
        Endpoint.Embeddings cohere = (Endpoint.Embeddings) bedrock.endpoint(Operation.EMBEDDING, deployment("cohere.embed-english-v3")).orElseThrow();
        assertThat(cohere.path()).isEqualTo("/model/cohere.embed-english-v3/invoke");
        assertThat(new String(cohere.writeRequest(request("a", 0), new Losses(true)), UTF_8)).startsWith("{\"texts\":[\"a\"],").doesNotContain("model");
        assertThat(bedrock.endpoint(Operation.EMBEDDING, deployment("anthropic.claude"))).isEmpty();
        assertThat(bedrock.endpoint(Operation.SPEECH, deployment("amazon.titan-embed-text-v2:0"))).isEmpty();
    }

    @Test
    void a_foreign_request_is_signed_with_its_own_method_and_an_upload_is_refused() {
        UpstreamRequest get = UpstreamRequest.bare("GET", URI.create("https://bedrock-runtime.us-east-1.amazonaws.com/x"), Map.of("Accept", "*/*"), true, LIMITS);
        UpstreamRequest post = new UpstreamRequest(get.uri(), get.headers(), new Body(List.of()), true, LIMITS);
        String signed = bedrock.authorise(get, deployment("m"), KEYS, null).headers().get("authorization");
        assertThat(signed).startsWith("AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE/").doesNotContain("secret");
        assertThat(bedrock.authorise(post, deployment("m"), KEYS, null).headers().get("authorization")).isNotEqualTo(signed);
        UpstreamRequest upload = new UpstreamRequest("POST", get.uri(), Map.of(), new Body(List.of()), new Upload(InputStream.nullInputStream(), 0), true, LIMITS);
        assertThatThrownBy(() -> bedrock.authorise(upload, deployment("m"), KEYS, null)).isInstanceOf(GatewayException.class);
    }
}
