package org.sluice.gateway.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.sluice.gateway.usage.Price;

class ModelCatalogTest {
    private static final ModelCatalog CATALOG = ModelCatalog.of(Optional.empty());
    @TempDir Path folder;

    @ParameterizedTest
    @CsvSource({"openai,gpt-4o,gpt-4o", "openai,gpt-4o-2024-08-06,gpt-4o", "openai,gpt-4o-2024-05-13,gpt-4o-2024-05-13", "openai,GPT-4o,gpt-4o",
        "openai,gpt-4o-2031-01-01,gpt-4o", "openai,openai/gpt-4o,gpt-4o", "openai,gpt-6-sol-2026-10-01,gpt-6-sol", "openai,o3-2025-04-16,o3",
        "anthropic,claude-sonnet-4-5-20250929,claude-sonnet-4-5", "anthropic,claude-3-5-haiku-20241022,claude-3-5-haiku-latest",
        "anthropic,claude-opus-5-20260301,claude-opus-5", "gemini,gemini-1.5-pro-002,gemini-1.5-pro", "gemini,gemini-2.5-pro-preview-06-05,gemini-2.5-pro",
        "google_vertex_ai,claude-sonnet-4-5@20250929,claude-sonnet-4-5", "deepseek,deepseek-chat,deepseek-chat", "xai,grok-4.3-20260401,grok-4.3",
        "groq,llama-3.3-70b-versatile,llama-3.3-70b-versatile", "mistral,mistral-large-latest,mistral-large", "perplexity,sonar-pro,sonar-pro",
        "azure_openai,gpt-4o-2024-08-06,gpt-4o", "demo,echo,echo", "demo,demo/echo,echo",
        "bedrock,us.anthropic.claude-sonnet-4-5-20250929-v1:0,regional.anthropic.claude-sonnet-4-5-20250929-v1:0"})
    void a_name_finds_its_model(String provider, String upstreamModel, String name) {
        assertThat(CATALOG.find(provider, upstreamModel)).map(Model::name).contains(name);
        assertThat(CATALOG.find(provider, upstreamModel).orElseThrow().price()).isPresent();
    }

    @ParameterizedTest
    @CsvSource({"openai,gpt-unheard-of", "openai,gpt-4o-99x", "openai,claude-sonnet-4-5", "nobody,gpt-4o", "gemini,claude-sonnet-4-5", "openai,''"})
    void an_unknown_name_finds_nothing(String provider, String upstreamModel) {
        assertThat(CATALOG.find(provider, upstreamModel)).isEmpty();
        assertThat(CATALOG.find(provider, upstreamModel)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"openai,gpt-5.9-mini,gpt-5.4-mini", "openai,gpt-5.9-mini-2027-01-01,gpt-5.4-mini", "anthropic,claude-opus-9,claude-opus-5-5", "anthropic,claude-opus-9-20280101,claude-opus-5-5",
        "gemini,gemini-4-pro,gemini-3.1-pro-preview", "openai,o9-mini,o4-mini", "azure_openai,gpt-5.9-mini,gpt-5.4-mini", "groq,llama-9.1-8b-instant,llama-3.1-8b-instant",
        "mistral,mistral-large-9999,mistral-large-2512", "openrouter,anthropic/claude-opus-9,anthropic/claude-opus-5.5"})
    void a_new_model_is_priced_like_the_newest_of_its_family(String provider, String upstreamModel, String like) {
        Model model = CATALOG.find(provider, upstreamModel).orElseThrow();
        assertThat(model.pricedLike()).isEqualTo(like);
        assertThat(model.name()).isEqualTo(upstreamModel);
        assertThat(model.isPriceEstimated()).isTrue();
        Model known = CATALOG.find(provider, like).orElseThrow();
        assertThat(model.listPrice()).isEqualTo(known.listPrice());
        assertThat(known.isPriceEstimated()).isFalse();
    }

    @ParameterizedTest
    @CsvSource({"openai,gpt-4o", "azure_openai,gpt-4o", "bedrock,anthropic.claude-3-5-sonnet-20240620-v1:0", "google_vertex_ai,gemini-2.5-pro", "groq,llama-3.3-70b-versatile",
        "togetherai,meta-llama/Llama-3.3-70B-Instruct-Turbo", "huggingface,meta-llama/Llama-3.1-8B-Instruct:cerebras", "cloudflare,@cf/meta/llama-3.1-8b-instruct"})
    void a_prefixed_name_finds_its_price(String provider, String upstreamModel) {
        assertThat(CATALOG.find(provider, upstreamModel)).as(upstreamModel).isPresent();
        assertThat(CATALOG.find(provider, upstreamModel).orElseThrow().price()).isPresent();
        assertThat(CATALOG.find(provider, upstreamModel).orElseThrow().isPriceEstimated()).isFalse();
    }

    @Test
    void a_layer_that_is_wrong_changes_nothing() throws IOException {
        ModelCatalog catalog = with("{\"provider\":\"openai\",\"models\":[{\"name\":\"gpt-4o\",\"price\":{\"input\":1,\"output\":2}}]}");
        long version = catalog.version();
        assertThatThrownBy(() -> catalog.replace(ModelCatalog.Layer.FILE, "new.json", "{}".getBytes())).hasMessageContaining("new.json");
        assertThat(catalog.version()).isEqualTo(version);
        assertThat(catalog.find("openai", "gpt-4o").orElseThrow().listPrice().input()).isEqualByComparingTo("1");
        catalog.replace(ModelCatalog.Layer.FILE, "new.json", "{\"provider\":\"openai\",\"models\":[]}".getBytes());
        assertThat(catalog.version()).isGreaterThan(version);
        assertThat(catalog.find("openai", "gpt-4o").orElseThrow().listPrice().input()).isEqualByComparingTo("2.5");
    }

    @ParameterizedTest
    @CsvSource({"gpt-4o,openai", "gpt-4o-mini,openai", "chatgpt-4o-latest,openai", "o3-mini,openai", "claude-sonnet-4-5-20250929,anthropic", "gemini-1.5-pro,gemini",
        "deepseek-chat,deepseek", "mistral-large-latest,mistral", "codestral-latest,mistral", "grok-4,xai", "sonar-pro,perplexity", "command-r-plus,cohere",
        "kimi-k2,moonshot"})
    void a_bare_name_belongs_to_who_makes_it(String model, String provider) {
        assertThat(CATALOG.providerOf(model)).contains(provider);
    }

    @ParameterizedTest
    @ValueSource(strings = {"llama-3.3-70b", "my-own-model", "anthropic.claude-3", "groq/llama", ""})
    void a_name_nobody_claims_has_no_provider(String model) {
        assertThat(CATALOG.providerOf(model)).isEmpty();
    }

    @Test
    void the_catalogue_is_whole() {
        Set<String> names = new HashSet<>();
        for (Model model : CATALOG.all()) {
            assertThat(names.add(model.prefixedName())).as(model.prefixedName()).isTrue();
            assertThat(model.updated()).isNotNull();
            model.price().ifPresent(price -> assertThat(price.input().signum() | price.output().signum()).as(model.name()).isNotNegative());
            assertThat(CATALOG.find(model.provider(), model.name())).as(model.prefixedName()).contains(model);
        }
        assertThat(names).hasSizeGreaterThan(1_600);
        assertThat(CATALOG.find("demo", "echo").orElseThrow().price()).contains(Price.FREE);
    }

    @Test
    void reading_the_catalogue_is_quick() {
        List<Long> millis = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            long began = System.nanoTime();
            assertThat(ModelCatalog.of(Optional.empty()).all()).isNotEmpty();
            millis.add((System.nanoTime() - began) / 1_000_000);
        }
        System.out.println("catalogue read in ms: " + millis);
        assertThat(millis.stream().min(Long::compare).orElseThrow()).isLessThan(300);
    }

    @Test
    void names_that_are_made_up_do_not_fill_the_memory() {
        for (int i = 0; i < 10_000; i++) {
            assertThat(CATALOG.find("openai", "made-up-" + i)).isEmpty();
        }
        assertThat(CATALOG.find("openai", "x".repeat(10_000))).isEmpty();
        assertThat(CATALOG.find("openai", "gpt-4o")).isPresent();
    }

    private ModelCatalog with(String json) throws IOException {
        return ModelCatalog.of(Optional.of(Files.writeString(folder.resolve("models.json"), json)));
    }

    @Test
    void the_operators_file_is_laid_over_the_built_in_one() throws IOException {
        ModelCatalog catalog = with("""
                [{"provider": "openai", "models": [
                    {"name": "gpt-4o", "price": {"input": 1, "output": 2}},
                    {"name": "house-model", "context_window": 8000, "tools": true, "price": {"input": 0.5, "output": 1},
                     "match": [{"starts_with": "house-"}]}]},
                 {"provider": "mine", "display_name": "Mine", "claims": [{"starts_with": "mine-"}],
                  "models": [{"name": "mine-1"}]}]""");
        assertThat(catalog.find("openai", "gpt-4o").orElseThrow().listPrice()).isEqualTo(Price.of(new java.math.BigDecimal(1), new java.math.BigDecimal(2)));
        assertThat(catalog.find("openai", "gpt-4o-2024-08-06").orElseThrow().listPrice().input()).isEqualByComparingTo("1");
        assertThat(catalog.find("openai", "house-99")).map(Model::contextWindow).contains(8000L);
        assertThat(catalog.find("openai", "gpt-4o-mini").orElseThrow().listPrice().input()).isEqualByComparingTo("0.15");
        assertThat(catalog.find("mine", "mine-1").orElseThrow().price()).isEmpty();
        assertThat(catalog.providerOf("mine-7")).contains("mine");
        assertThat(catalog.all()).filteredOn(model -> model.prefixedName().equals("openai/gpt-4o")).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"{", "7", "{}", "{\"provider\":\"x\",\"models\":[{}]}", "{\"provider\":\"x\",\"models\":[7]}",
        "{\"provider\":\"x\",\"models\":[{\"name\":\"m\",\"price\":{\"input\":1}}]}", "{\"provider\":\"x\",\"models\":[{\"name\":\"m\",\"price\":{\"input\":-1,\"output\":1}}]}",
        "{\"provider\":\"x\",\"models\":[{\"name\":\"m\",\"price\":{\"input\":\"1\",\"output\":1}}]}", "{\"provider\":\"x\",\"models\":[{\"name\":\"m\",\"type\":\"film\"}]}",
        "{\"provider\":\"x\",\"updated\":\"soon\",\"models\":[]}", "{\"provider\":\"x\",\"models\":[{\"name\":\"m\",\"match\":[{\"regex\":\"(a+)+\"}]}]}"})
    void a_wrong_file_fails_the_start_and_is_named(String json) {
        assertThatThrownBy(() -> with(json)).isInstanceOf(IllegalStateException.class).hasMessageContaining("models.json");
    }

    @Test
    void a_missing_file_fails_the_start() {
        assertThatThrownBy(() -> ModelCatalog.of(Optional.of(folder.resolve("none.json")))).hasMessageContaining("none.json").hasMessageContaining("gateway.model.file");
    }
}
