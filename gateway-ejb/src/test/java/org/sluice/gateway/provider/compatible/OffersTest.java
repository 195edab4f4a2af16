package org.sluice.gateway.provider.compatible;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.sluice.gateway.dialect.Body;
import org.sluice.gateway.dialect.openai.OpenAiDialect;
import org.sluice.gateway.endpoint.Endpoint;
import org.sluice.gateway.error.GatewayException;
import org.sluice.gateway.provider.Credential;
import org.sluice.gateway.provider.Deployment;
import org.sluice.gateway.provider.Dispatch;
import org.sluice.gateway.provider.Operation;
import org.sluice.gateway.provider.UpstreamLimits;
import org.sluice.gateway.provider.UpstreamRequest;

class OffersTest {
    private static final UpstreamLimits LIMITS = new UpstreamLimits(Duration.ofSeconds(1), Duration.ofSeconds(1), Duration.ofSeconds(1), Duration.ofSeconds(1));
    private static final Deployment DEPLOYMENT = new Deployment("d", "openai", "m", URI.create("https://h.example/v1"), Map.of());
    private final OpenAi openAi = new OpenAi();

    @ParameterizedTest
    @EnumSource(Operation.class)
    void what_a_provider_is_said_to_do_has_an_address_and_nothing_else_has(Operation operation) {
        for (OpenAiCompatible provider : List.of(openAi, new Mistral(), new Groq(), new Perplexity(), new Together(), new Fireworks())) {
            boolean hasAddress = provider.endpoint(operation, DEPLOYMENT).isPresent();
            assertThat(hasAddress).as(provider.id()).isEqualTo(provider.operations().contains(operation) && !operation.isCompletion() && operation != Operation.PASSTHROUGH);
        }
    }

    @Test
    void mistral_has_its_own_name_for_dimensions() {
        assertThat(new Mistral().endpoint(Operation.EMBEDDING, DEPLOYMENT)).get().isInstanceOf(Endpoint.Embeddings.class);
        assertThat(openAi.endpoint(Operation.EMBEDDING, DEPLOYMENT)).contains(new Endpoint.Same("/embeddings"));
        assertThat(openAi.operations()).doesNotContain(Operation.RERANK, Operation.COUNT_TOKENS).contains(Operation.CHAT, Operation.SPEECH);
    }

    @Test
    void a_provider_that_nobody_described_has_what_nearly_all_have() {
        OpenAiCompatible unknown = new OpenAiCompatible("acme", "https://acme.example/v1") { };
        assertThat(unknown.operations()).containsExactlyInAnyOrder(Operation.CHAT, Operation.COMPLETION, Operation.EMBEDDING, Operation.PASSTHROUGH);
    }

    @Test
    void a_foreign_request_gets_the_key_in_place_of_any_other() {
        UpstreamRequest request = UpstreamRequest.bare("GET", URI.create("https://h.example/v1/x"), Map.of("authorization", "Bearer other", "accept", "*/*"), true, LIMITS);
        UpstreamRequest authorised = openAi.authorise(request, DEPLOYMENT, new Credential.ApiKey("sk-1"), null);
        assertThat(authorised.headers()).hasSize(2).containsEntry("accept", "*/*").containsValue("Bearer sk-1").doesNotContainValue("Bearer other");
        assertThat(authorised.method()).isEqualTo("GET");
        assertThat(openAi.authorise(request, DEPLOYMENT, Credential.None.NONE, null)).isEqualTo(request);
        for (Credential wrong : List.of(new Credential.ApiKey("a\nb"), new Credential.ApiKey(""), new Credential.AwsKeys("a", "b", null, "c"))) {
            assertThatThrownBy(() -> openAi.authorise(request, DEPLOYMENT, wrong, null)).isInstanceOf(GatewayException.class).hasMessageNotContaining("a\nb");
        }
    }

    @Test
    void a_legacy_completion_has_its_own_address() {
        openAi.dialect = new OpenAiDialect();
        for (Operation operation : List.of(Operation.COMPLETION, Operation.CHAT, Operation.COMPLETION)) {
            UpstreamRequest request = openAi.prepare(new Dispatch(operation, openAi.dialect(), DEPLOYMENT, new Credential.ApiKey("k"), Body.of(new byte[0]), false, LIMITS, null));
            assertThat(request.uri()).hasToString("https://h.example/v1/" + (operation == Operation.CHAT ? "chat/completions" : "completions"));
        }
    }
}
