package org.sluice.gateway.management;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ManagementJsonTest {
    private static String written(Object view) {
        return new String(ManagementJson.opened().write(view), StandardCharsets.UTF_8);
    }

    @Test
    void members_stand_in_the_wires_spelling_and_order_and_null_is_written() {
        assertThat(written(new IntegrationView("1", "openai", "n", Map.of("api_key", "…"), 0.5, List.of("a"), List.of(), 7L, null, true, "c", "u"))).isEqualTo(
                "{\"id\":\"1\",\"provider\":\"openai\",\"name\":\"n\",\"credentials\":{\"api_key\":\"…\"},\"weight\":0.5,\"available_models\":[\"a\"],\"exclude_models\":[],"
                + "\"requests_per_minute\":7,\"tokens_per_minute\":null,\"is_enabled\":true,\"created_at\":\"c\",\"updated_at\":\"u\"}");
        assertThat(written(new ProviderView("p", "p", "P", new ProviderView.Extra("https://x", 1.5, null, 9L), true, false, "c", "u"))).isEqualTo(
                "{\"id\":\"p\",\"provider_id\":\"p\",\"provider_name\":\"P\",\"extra_kwargs\":{\"base_url\":\"https://x\",\"timeout\":1.5,\"temperature\":null,\"max_tokens\":9},"
                + "\"has_api_key\":true,\"is_managed\":false,\"created_at\":\"c\",\"updated_at\":\"u\"}");
        assertThat(written(new TrialView(false, "groq", "m", null, "away", 0.25))).isEqualTo(
                "{\"ok\":false,\"provider\":\"groq\",\"model\":\"m\",\"status_code\":null,\"message\":\"away\",\"latency\":0.25}");
        assertThat(written(new ManagementJson.Page<>(1, null, null, List.of(new GroupView("g", "g", "G", List.of(new GroupView.Item("m", 1, null))))))).isEqualTo(
                "{\"count\":1,\"next\":null,\"previous\":null,\"results\":[{\"id\":\"g\",\"group_id\":\"g\",\"name\":\"G\",\"models\":[{\"model\":\"m\",\"weight\":1.0,\"credentials\":null}]}]}");
    }
}
