package org.sluice.gateway.integration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.sluice.gateway.config.GatewayConfig;
import org.sluice.gateway.error.ErrorType;
import org.sluice.gateway.error.GatewayException;
import org.sluice.gateway.json.JsonReader;
import org.sluice.gateway.json.JsonValue;
import org.sluice.gateway.provider.Provider;

/** What may be stored, and what of it is shown. */
class StoredInputTest {
    private static Map<String, String> read(Provider provider, String json) {
        JsonValue value = JsonReader.read(json.getBytes(StandardCharsets.UTF_8));
        return CredentialFields.read(provider, value, "credentials");
    }

    @Test
    void fields_are_those_of_the_provider() {
        assertThat(read(OrganizationCredentialsTest.CLOUD, "{\"api_key\":\"k\",\"api_base\":\"https://mine.cloud.example\"}")).containsExactly(Map.entry("api_key", "k"),
                Map.entry("api_base", "https://mine.cloud.example"));
        assertThat(read(OrganizationCredentialsTest.OPENAI, "{\"api_key\":\"k\"}")).containsOnlyKeys("api_key");
    }

    @ParameterizedTest
    @ValueSource(strings = {"\"sk-hidden\"", "[]", "{}", "{\"api_key\":\"\"}", "{\"api_key\":7}", "{\"api_key\":\"sk-hidden\\r\\nX: 1\"}", "{\"api_key\":\"sk-hidden é\"}",
        "{\"api_key\":\"sk-…wxyz\"}", "{\"api_key\":\"k\",\"base_url\":\"https://hidden\"}", "{\"api_key\":\"k\",\"api_base\":\"https://hidden.example\"}",
        "{\"api_base\":\"https://mine.cloud.example\"}"})
    void what_is_no_credential_of_the_provider_is_refused_without_its_words(String json) {
        assertThatThrownBy(() -> read(OrganizationCredentialsTest.CLOUD, json)).isInstanceOf(GatewayException.class).hasMessageNotContaining("hidden").hasMessageNotContaining("wxyz")
                .satisfies(e -> assertThat(((GatewayException) e).param()).startsWith("credentials")).satisfies(e -> assertThat(((GatewayException) e).status()).isEqualTo(400));
    }

    @Test
    void k6_a_key_shows_its_ends_only_where_most_of_it_stays_hidden() {
        assertThat(KeyMask.of("sk-proj-0123456789abcdef")).isEqualTo("sk-p…cdef");
        assertThat(KeyMask.of("0123456789abcdef")).isEqualTo("…cdef");
        assertThat(KeyMask.of("short")).isEqualTo("…");
        assertThat(KeyMask.of((String) null)).isNull();
        assertThat(KeyMask.of(OrganizationCredentialsTest.CLOUD, Map.of("api_key", "0123456789abcdefghijklmn", "api_base", "https://mine.cloud.example"))).containsEntry("api_key", "0123…klmn")
                .containsEntry("api_base", "…");
    }

    @ParameterizedTest
    @ValueSource(strings = {"https://llm.example.com/v1", "https://llm.example.com:443/v1/", "http://10.0.0.5:8000/v1", "https://vllm/v1"})
    void an_address_is_public_https_or_listed(String address) {
        BaseUrl check = BaseUrl.of(GatewayConfig.of(Map.of("GATEWAY_EGRESS_PRIVATE_HOSTS", "10.0.0.5:8000, vllm:443")));
        assertThat(check.require(address, "base_url")).isEqualTo(address.replaceAll("/+$", ""));
    }

    @ParameterizedTest
    @ValueSource(strings = {"http://llm.example.com/v1", "https://10.0.0.6:8000/v1", "https://10.0.0.5/v1", "https://127.0.0.1", "https://127.1/v1", "https://2130706433/v1", "https://0x7f000001/",
        "https://[::1]/v1", "https://localhost/v1", "https://localhost./v1", "https://x.localhost/v1", "https://metadata.google.internal/", "https://db.local/", "https://u:p@llm.example.com/v1",
        "https://llm.example.com/v1?x", "https://llm.example.com/v1#x", "https://llm.example.com:8443/v1", "https://llm.example.com/../v1", "https://llm.example.com/%2e%2e/v1",
        "https://llm.example.com\\@evil.example/", "https://llm.example.com;evil/", "ftp://llm.example.com", "//llm.example.com/v1", "llm.example.com", "", "https://", "https:llm.example.com",
        "https://llm.example.com/v 1", "https://ex\u00e4mple.com/v1"})
    void another_address_is_refused_without_its_words(String address) {
        BaseUrl check = BaseUrl.of(GatewayConfig.of(Map.of("GATEWAY_EGRESS_PRIVATE_HOSTS", "10.0.0.5:8000, vllm:443")));
        assertThatThrownBy(() -> check.require(address, "base_url")).isInstanceOf(GatewayException.class).hasMessageContaining("base_url")
                .satisfies(e -> assertThat(((GatewayException) e).type()).isEqualTo(ErrorType.API_BASE_NOT_ALLOWED));
    }
}
