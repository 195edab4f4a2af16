package org.sluice.gateway.model;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.sluice.gateway.usage.Usage;

class PriceMapTest {
    private static final String MAP = """
            {"sample_spec": {"litellm_provider": "one of ...", "max_tokens": "LEGACY", "input_cost_per_token": 0.0, "mode": "chat"},
             "gpt-4o": {"litellm_provider": "openai", "mode": "chat", "input_cost_per_token": 1e-06, "output_cost_per_token": 2.5e-06,
               "cache_read_input_token_cost": 5e-07, "max_input_tokens": 128000, "max_output_tokens": "16384", "supports_vision": true, "supports_function_calling": true},
             "gemini/gemini-9-pro": {"litellm_provider": "gemini", "mode": "chat", "input_cost_per_token": 1.25e-06, "output_cost_per_token": 1e-05,
               "input_cost_per_token_above_200k_tokens": 2.5e-06, "output_cost_per_token_above_200k_tokens": 1.5e-05},
             "azure/gpt-9": {"litellm_provider": "azure", "input_cost_per_token": 0.00003, "output_cost_per_token": 0},
             "vertex_ai/claude-x@1": {"litellm_provider": "vertex_ai-anthropic_models", "input_cost_per_token": 3e-06, "output_cost_per_token": 1.5e-05},
             "anthropic.claude-x-v1:0": {"litellm_provider": "bedrock_converse", "input_cost_per_token": 3e-06, "output_cost_per_token": 1.5e-05,
               "cache_creation_input_token_cost": 3.75e-06, "cache_creation_input_token_cost_above_1hr": 6e-06},
             "together_ai/meta/llama-x": {"litellm_provider": "together_ai", "input_cost_per_token": 1e-07, "output_cost_per_token": 1e-07},
             "openrouter/openai/gpt-x": {"litellm_provider": "openrouter", "input_cost_per_token": 1e-07, "output_cost_per_token": 1e-07},
             "text-embedding-x": {"litellm_provider": "openai", "mode": "embedding", "input_cost_per_token": 2e-08, "output_cost_per_token": 0.0},
             "unpriced": {"litellm_provider": "openai", "mode": "chat"}}""";

    private static ModelCatalog catalog() {
        ModelCatalog catalog = ModelCatalog.of(Optional.empty());
        catalog.replace(ModelCatalog.Layer.FETCHED, "map", MAP.getBytes(UTF_8));
        return catalog;
    }

    @ParameterizedTest
    @CsvSource({"openai,gpt-4o,1,2.5", "openai,gpt-4o-2024-08-06,1,2.5", "gemini,gemini-9-pro,1.25,10", "azure_openai,gpt-9,30,0", "google_vertex_ai,claude-x@1,3,15",
        "bedrock,anthropic.claude-x-v1:0,3,15", "togetherai,meta/llama-x,0.1,0.1", "openrouter,openai/gpt-x,0.1,0.1", "openai,text-embedding-x,0.02,0"})
    void prices_per_token_become_prices_per_million(String provider, String model, String input, String output) {
        Model found = catalog().find(provider, model).orElseThrow();
        assertThat(found.listPrice().input()).isEqualByComparingTo(input);
        assertThat(found.listPrice().output()).isEqualByComparingTo(output);
        assertThat(found.isPriceEstimated()).isFalse();
    }

    @Test
    void what_else_it_says_is_read() {
        Model model = catalog().find("openai", "gpt-4o").orElseThrow();
        assertThat(model.contextWindow()).isEqualTo(128_000);
        assertThat(model.maxOutput()).isEqualTo(16_384);
        assertThat(model.listPrice().cacheRead()).isEqualByComparingTo("0.5");
        assertThat(model.capabilities()).isEqualTo(new Model.Capabilities(true, true, null));
        assertThat(model.providerName()).isEqualTo("OpenAI");
        assertThat(catalog().find("openai", "text-embedding-x").orElseThrow().type()).isEqualTo(Model.Type.EMBEDDING);
        assertThat(catalog().find("openai", "unpriced").orElseThrow().price()).isEmpty();
        assertThat(catalog().find("bedrock", "anthropic.claude-x-v1:0").orElseThrow().listPrice().cacheWrite1h()).isEqualByComparingTo("6");
        assertThat(catalog().find("openai", "gpt-4o-mini").orElseThrow().listPrice().input()).isEqualByComparingTo("0.15");
        assertThat(catalog().all()).noneMatch(m -> m.name().equals("sample_spec"));
    }

    @Test
    void the_tier_for_long_contexts_begins_after_its_number() {
        var price = catalog().find("gemini", "gemini-9-pro").orElseThrow().listPrice();
        assertThat(price.costOf(Usage.of(200_000, 0))).isEqualByComparingTo("0.25");
        assertThat(price.costOf(Usage.of(200_001, 0))).isEqualByComparingTo("0.5000025");
    }

    @ParameterizedTest
    @ValueSource(strings = {"{\"m\":{\"litellm_provider\":\"openai\",\"input_cost_per_token\":-1}}", "{\"m\":{\"litellm_provider\":\"openai\",\"input_cost_per_token\":\"1\"}}",
        "{\"m\":{\"litellm_provider\":\"openai\"}", "{\"m\":{}}", "<html>"})
    void a_broken_map_is_refused(String json) {
        ModelCatalog catalog = ModelCatalog.of(Optional.empty());
        long version = catalog.version();
        assertThatThrownBy(() -> catalog.replace(ModelCatalog.Layer.FETCHED, "map", json.getBytes(UTF_8))).isInstanceOf(IllegalStateException.class).hasMessageContaining("map");
        assertThat(catalog.version()).isEqualTo(version);
    }
}
