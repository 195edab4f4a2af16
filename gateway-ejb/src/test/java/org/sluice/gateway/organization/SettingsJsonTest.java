package org.sluice.gateway.organization;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.sluice.gateway.error.GatewayException;
import org.sluice.gateway.json.JsonReader;
import org.sluice.gateway.json.JsonValue.JsonObject;

class SettingsJsonTest {
    private static JsonObject json(String text) {
        return JsonReader.readObject(text.getBytes(StandardCharsets.UTF_8));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "{\"retry\":{\"num_retries\":0}}|retry.num_retries", "{\"retry\":{\"num_retries\":11}}|retry.num_retries", "{\"retry\":{\"num_retries\":1.5}}|retry.num_retries",
        "{\"retry\":{\"retry_after\":0}}|retry.retry_after", "{\"retry\":{\"retry_after\":60.1}}|retry.retry_after", "{\"retry\":{\"retry_after\":\"1\"}}|retry.retry_after",
        "{\"retry\":{\"enabled\":\"yes\"}}|retry.enabled", "{\"retry\":true}|retry", "{\"fallback\":[]}|fallback", "{\"fallback\":{\"models\":\"a\"}}|fallback.models",
        "{\"fallback\":{\"models\":[\"a\",\"a\"]}}|fallback.models[1]", "{\"fallback\":{\"models\":[\"a\",\"\"]}}|fallback.models[1]", "{\"fallback\":{\"models\":[7]}}|fallback.models[0]",
        "{\"fallback\":{\"models\":[\"1\",\"2\",\"3\",\"4\",\"5\",\"6\",\"7\",\"8\",\"9\",\"10\",\"11\",\"12\",\"13\",\"14\",\"15\",\"16\",\"17\"]}}|fallback.models",
        "{\"default_model\":7}|default_model", "{\"balance_strategy\":\"WEIGHTED\"}|balance_strategy", "{\"model_before_group\":1}|model_before_group"})
    void what_is_wrong_is_told_with_its_place(String changes, String param) {
        assertThatThrownBy(() -> SettingsJson.with(OrganizationSettings.DEFAULT, json(changes), (model, at) -> { })).isInstanceOf(GatewayException.class).satisfies(e -> assertThat(((GatewayException) e).param()).isEqualTo(param));
    }

    @Test
    void a_model_that_nobody_knows_is_refused_where_it_stands() {
        for (String changes : new String[] {"{\"default_model\":\"x\"}", "{\"fallback\":{\"models\":[\"x\"]}}"}) {
            assertThatThrownBy(() -> SettingsJson.with(OrganizationSettings.DEFAULT, json(changes), (model, param) -> {
                throw GatewayException.invalid(param, model);
            })).hasMessage("x");
        }
    }
}
