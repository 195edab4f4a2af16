package org.sluice.gateway.ingress;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.time.Duration;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.sluice.gateway.call.Routing;
import org.sluice.gateway.call.Routing.Retry;
import org.sluice.gateway.call.Routing.WeightedModel;
import org.sluice.gateway.error.ErrorType;
import org.sluice.gateway.error.GatewayException;
import org.sluice.gateway.json.JsonReader;

class RoutingReaderTest {
    private static Routing read(String json) {
        return RoutingReader.read(JsonReader.readObject(json.getBytes(UTF_8)).members());
    }

    @Test
    void a_request_without_routing_has_none() {
        assertThat(read("{\"customer_identifier\":\"u\"}")).isSameAs(Routing.NONE);
    }

    @Test
    void the_published_example_is_read() {
        Routing routing = read("{\"fallback_models\":[\"gemini-1.5-pro\",\"claude-sonnet-4-5-20250929\"],\"retry_params\":{\"retry_enabled\":true,\"num_retries\":3,\"retry_after\":1}}");
        assertThat(routing.fallbackModels()).containsExactly("gemini-1.5-pro", "claude-sonnet-4-5-20250929");
        assertThat(routing.retry()).isEqualTo(new Retry(true, 3, Duration.ofSeconds(1)));
    }

    @Test
    void a_hedge_says_when() {
        assertThat(read("{\"hedge\":{\"after\":1.5}}").hedgeAfter()).isEqualTo(Duration.ofMillis(1500));
    }

    @Test
    void retry_params_have_defaults() {
        assertThat(read("{\"retry_params\":{}}").retry()).isEqualTo(new Retry(true, 3, Duration.ofMillis(200)));
        assertThat(read("{\"retry_params\":{\"retry_enabled\":false,\"retry_after\":null}}").retry()).isEqualTo(new Retry(false, 3, Duration.ofMillis(200)));
        assertThat(read("{\"retries\":4}").retry()).isEqualTo(new Retry(true, 4, Duration.ofMillis(200)));
        assertThat(read("{\"retries\":0}").retry().isEnabled()).isFalse();
        assertThat(read("{\"retries\":4,\"retry_params\":{\"num_retries\":1}}").retry().times()).isEqualTo(1);
        assertThat(read("{\"retry_params\":{\"retry_after\":0.05}}").retry().after()).isEqualTo(Duration.ofMillis(50));
    }

    @Test
    void groups_and_balanced_models_are_read_in_every_spelling() {
        Routing routing = read("{\"load_balance_group\":{\"group_id\":\"G\",\"models\":[{\"model\":\"azure/gpt-4\",\"weight\":0.7,\"credentials\":{\"api_key\":\"sk-own\",\"api_version\":\"2024\"}},{\"model\":\"b\"}]},"
                + "\"loadbalance_models\":[\"a\",{\"model\":\"b\",\"weight\":3}],\"models\":[\"x\"],\"exclude_models\":[\"y\"],\"exclude_providers\":[\"z\"],\"disable_fallback\":true}");
        assertThat(routing.group().id()).isEqualTo("G");
        assertThat(routing.group().models()).extracting(WeightedModel::weight).containsExactly(0.7, 1.0);
        assertThat(routing.group().models().get(0).credentials()).containsEntry("api_key", "sk-own");
        assertThat(routing.toString()).doesNotContain("sk-own");
        assertThat(routing.balanced()).extracting(WeightedModel::model).containsExactly("a", "b");
        assertThat(routing.models()).containsExactly("x");
        assertThat(routing.excludedModels()).isEqualTo(Set.of("y"));
        assertThat(routing.excludedProviders()).isEqualTo(Set.of("z"));
        assertThat(routing.isFallbackDisabled()).isTrue();
        assertThat(read("{\"load_balance_models\":[\"c\"],\"loadbalance_models\":[\"d\"]}").balanced()).extracting(WeightedModel::model).containsExactly("c");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', value = {
        "retry_params.retries | {\"retry_params\":{\"retries\":3}}",
        "retry_params.num_retries | {\"retry_params\":{\"num_retries\":0}}",
        "retry_params.num_retries | {\"retry_params\":{\"num_retries\":-1}}",
        "retry_params.num_retries | {\"retry_params\":{\"num_retries\":11}}",
        "retry_params.num_retries | {\"retry_params\":{\"num_retries\":1.5}}",
        "retry_params.num_retries | {\"retry_params\":{\"num_retries\":\"3\"}}",
        "retry_params.retry_after | {\"retry_params\":{\"retry_after\":0}}",
        "retry_params.retry_after | {\"retry_params\":{\"retry_after\":-0.5}}",
        "retry_params.retry_after | {\"retry_params\":{\"retry_after\":60.001}}",
        "retry_params.retry_after | {\"retry_params\":{\"retry_after\":\"1\"}}",
        "retry_params.retry_enabled | {\"retry_params\":{\"retry_enabled\":\"yes\"}}",
        "retry_params | {\"retry_params\":3}",
        "retries | {\"retries\":-1}",
        "retries | {\"retries\":11}",
        "retries | {\"retries\":\"3\"}",
        "fallback_models | {\"fallback_models\":\"gpt-4o\"}",
        "fallback_models[1] | {\"fallback_models\":[\"gpt-4o\",7]}",
        "fallback_models[0] | {\"fallback_models\":[\" \"]}",
        "disable_fallback | {\"disable_fallback\":1}",
        "load_balance_group | {\"load_balance_group\":\"G\"}",
        "load_balance_group.group_id | {\"load_balance_group\":{}}",
        "load_balance_group.group_id | {\"load_balance_group\":{\"group_id\":7}}",
        "load_balance_group.models | {\"load_balance_group\":{\"group_id\":\"G\",\"models\":[]}}",
        "load_balance_group.strategy | {\"load_balance_group\":{\"group_id\":\"G\",\"strategy\":\"x\"}}",
        "load_balance_group.models[0].weight | {\"load_balance_group\":{\"models\":[{\"model\":\"a\",\"weight\":0}]}}",
        "load_balance_group.models[1].weight | {\"load_balance_group\":{\"models\":[\"a\",{\"model\":\"a\",\"weight\":-2}]}}",
        "load_balance_group.models[0].weight | {\"load_balance_group\":{\"models\":[{\"model\":\"a\",\"weight\":\"1\"}]}}",
        "load_balance_group.models[0].model | {\"load_balance_group\":{\"models\":[{\"weight\":1}]}}",
        "load_balance_group.models[0].api_key | {\"load_balance_group\":{\"models\":[{\"model\":\"a\",\"api_key\":\"k\"}]}}",
        "load_balance_group.models[0].credentials | {\"load_balance_group\":{\"models\":[{\"model\":\"a\",\"credentials\":\"k\"}]}}",
        "load_balance_group.models[0].credentials.api_key | {\"load_balance_group\":{\"models\":[{\"model\":\"a\",\"credentials\":{\"api_key\":[]}}]}}",
        "load_balance_models | {\"load_balance_models\":[]}",
        "loadbalance_models[0] | {\"loadbalance_models\":[7]}",
        "models[0] | {\"models\":[null]}",
        "exclude_models | {\"exclude_models\":{}}",
        "exclude_providers[0] | {\"exclude_providers\":[1]}",
        "hedge | {\"hedge\":1.5}",
        "hedge.after | {\"hedge\":{}}",
        "hedge.after | {\"hedge\":{\"after\":0}}",
        "hedge.delay | {\"hedge\":{\"delay\":1}}",
        "weight | {\"weight\":0}",
        "weight | {\"weight\":-1}"})
    void what_is_wrong_is_refused_with_its_place(String param, String json) {
        GatewayException refused = catchThrowableOfType(GatewayException.class, () -> read(json));
        assertThat(refused.type()).isEqualTo(ErrorType.INVALID_VALUE);
        assertThat(refused.param()).isEqualTo(param);
        assertThat(refused.getMessage()).isNotBlank();
    }

    @ParameterizedTest
    @ValueSource(strings = {"fallback_models,17", "models,65", "exclude_models,65", "load_balance_models,65"})
    void long_lists_are_refused(String nameAndSize) {
        String name = nameAndSize.split(",")[0];
        int size = Integer.parseInt(nameAndSize.split(",")[1]);
        assertThat(catchThrowableOfType(GatewayException.class, () -> read("{\"" + name + "\":[" + "\"a\",".repeat(size - 1) + "\"a\"]}")).param()).isEqualTo(name);
        read("{\"" + name + "\":[" + "\"a\",".repeat(size - 2) + "\"a\"]}");
    }
}
