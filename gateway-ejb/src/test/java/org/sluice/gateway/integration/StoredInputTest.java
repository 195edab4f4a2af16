package org.sluice.gateway.integration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.sluice.gateway.error.ErrorType;
import org.sluice.gateway.error.GatewayException;
import org.sluice.gateway.json.JsonReader;
import org.sluice.gateway.json.JsonValue;
import org.sluice.gateway.provider.Provider;
import org.sluice.gateway.upstream.AddressCheck;
import org.sluice.gateway.upstream.EgressRules;

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

    private static BaseUrl check(EgressRules.CustomBase base) {
        return BaseUrl.of(AddressCheck.of(new EgressRules(base, Set.of("api.known.com"), Set.of("*.allowed.com"), Set.of("10.0.0.5:8000", "vllm:443"), 1_000)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"https://llm.acme.com/v1", "https://llm.acme.com:443/v1/", "http://10.0.0.5:8000/v1", "https://vllm/v1"})
    void an_address_is_public_https_or_listed(String address) {
        assertThat(check(EgressRules.CustomBase.PUBLIC).require("acme", address, "base_url")).isEqualTo(address.replaceAll("/+$", ""));
    }

    @Test
    void by_default_only_known_and_listed_hosts_are_stored() {
        BaseUrl check = check(EgressRules.CustomBase.ALLOWLIST);
        for (String address : new String[] {"https://api.known.com/v1", "https://eu.allowed.com", "http://10.0.0.5:8000"}) {
            assertThat(check.require("acme", address, "base_url")).isEqualTo(address);
        }
        assertThatThrownBy(() -> check.require("acme", "https://llm.acme.com/v1", "base_url")).hasMessageContaining("GATEWAY_EGRESS_ALLOWED_HOSTS");
    }

    @ParameterizedTest
    @ValueSource(strings = {"http://llm.acme.com/v1", "https://10.0.0.6:8000/v1", "https://10.0.0.5/v1", "https://127.0.0.1", "https://127.1/v1", "https://2130706433/v1",
        "https://[::1]/v1", "https://localhost/v1", "https://localhost./v1", "https://x.localhost/v1", "https://metadata.google.internal/", "https://db.local/", "https://u:p@llm.acme.com/v1",
        "https://llm.acme.com/v1?x", "https://llm.acme.com/v1#x", "https://llm.acme.com:8443/v1", "https://llm.acme.com/../v1", "https://llm.acme.com/%2e%2e/v1",
        "https://llm.acme.com\\@evil.com/", "ftp://llm.acme.com", "//llm.acme.com/v1", "llm.acme.com", "", "https://", "https:llm.acme.com", "https://llm.acme.com/v 1",
        "https://ex\u00e4mple.com/v1"})
    void another_address_is_refused_without_its_words(String address) {
        assertThatThrownBy(() -> check(EgressRules.CustomBase.PUBLIC).require("acme", address, "base_url")).isInstanceOf(GatewayException.class).hasMessageContaining("base_url")
                .hasMessageNotContaining("acme").satisfies(e -> assertThat(((GatewayException) e).type()).isEqualTo(ErrorType.API_BASE_NOT_ALLOWED));
    }
}
