package org.sluice.gateway.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvFileSource;
import org.sluice.gateway.usage.UnitPrice;
import org.sluice.gateway.usage.Usage;

/** The catalogue's prices and the price formula together, against costs worked out by hand. */
class CostTest {
    private static final ModelCatalog CATALOG = ModelCatalog.of(Optional.empty());

    @ParameterizedTest
    @CsvFileSource(resources = "/model/costs.csv", numLinesToSkip = 1)
    void a_call_costs_what_the_table_says(String provider, String model, long input, long output, long cacheRead, long cacheWrite,
            long cacheWrite1h, long audioInput, long audioOutput, BigDecimal cost) {
        Usage usage = new Usage(input, output, cacheRead, cacheWrite, cacheWrite1h, 0, audioInput, audioOutput);
        assertThat(CATALOG.find(provider, model).orElseThrow().price().orElseThrow().costOf(usage)).isEqualByComparingTo(cost);
    }

    @Test
    void what_is_not_sold_by_tokens_has_prices_of_its_own() {
        assertThat(CATALOG.find("openai", "whisper-1").orElseThrow().price().orElseThrow().units().ofSeconds(new BigDecimal("90"))).isEqualByComparingTo("0.009");
        assertThat(CATALOG.find("openai", "tts-1-hd-1106").orElseThrow().price().orElseThrow().units().ofCharacters(1000)).isEqualByComparingTo("0.03");
        UnitPrice images = CATALOG.find("openai", "dall-e-3").orElseThrow().price().orElseThrow().units();
        assertThat(images.ofImages(2, "hd", "1024x1792")).isEqualByComparingTo("0.24");
        assertThat(images.ofImages(1, "hd", "7x7")).isNull();
        assertThat(images.ofSeconds(BigDecimal.ONE)).isNull();
    }

    @Test
    void a_model_without_a_known_price_has_no_cost() {
        assertThat(CATALOG.find("openai", "gpt-transcribe").orElseThrow().price()).isEmpty();
        assertThat(CATALOG.find("openai", "house-model")).isEmpty();
    }
}
