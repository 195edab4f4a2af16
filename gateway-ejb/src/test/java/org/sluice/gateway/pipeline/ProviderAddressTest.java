package org.sluice.gateway.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.sluice.gateway.error.ErrorType;
import org.sluice.gateway.error.GatewayException;

class ProviderAddressTest {
    @ParameterizedTest
    @CsvSource({
        "https://h.example/v1, /files, https://h.example/v1/files", "https://h.example/v1/, /v1/files, https://h.example/v1/files",
        "https://h.example/v1, /v2/files, https://h.example/v2/files", "https://h.example, /v1/messages, https://h.example/v1/messages",
        "https://h.example/api/v1, /api/v1/models, https://h.example/api/v1/models", "https://h.example/openai/v1, /v1/models, https://h.example/openai/v1/models",
        "https://h.example:8443/v1, /a%20b/@c, https://h.example:8443/v1/a%20b/@c", "https://h.example, /v1beta/models/x:generate, https://h.example/v1beta/models/x:generate"})
    void a_path_lies_below_the_base_and_a_version_stands_once(String base, String path, String address) {
        assertThat(ProviderAddress.asked(URI.create(base), "", path, null)).isEqualTo(URI.create(address));
    }

    @Test
    void what_is_asked_of_an_endpoint_follows_its_path() {
        assertThat(ProviderAddress.asked(URI.create("https://h.example/v1"), "/files", "", null)).hasToString("https://h.example/v1/files");
        assertThat(ProviderAddress.asked(URI.create("https://h.example"), "/openai/v1/files", "/f-1/content", "a=b")).hasToString("https://h.example/openai/v1/files/f-1/content?a=b");
        assertThatThrownBy(() -> ProviderAddress.asked(URI.create("https://h.example"), "/files", "/../x", null)).isInstanceOf(GatewayException.class);
    }

    @Test
    void a_query_goes_along() {
        assertThat(ProviderAddress.asked(URI.create("https://h.example/v1"), "", "/files", "a=b%20c&d[]=e")).hasToString("https://h.example/v1/files?a=b%20c&d[]=e");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/../secret", "/a/..", "/a/./b", "/..;/x", "//evil.example/x", "/a//b", "/%2e%2e/x", "/%2E/x", "/a%2fb", "/a%5cb", "/a%00", "/a%0d%0ab",
        "/%252e", "/a%3fb", "/a%23b", "/a\\b", "/a b", "/a#b", "/a?b", "/a\tb", "/\u00e9", "@evil.example", "evil", "", "/a%2", "/a%zz", "/a\r\nX: y"})
    void a_path_that_could_mean_another_place_is_refused(String path) {
        assertThatThrownBy(() -> ProviderAddress.asked(URI.create("https://good.example/v1"), "", path, null))
                .isInstanceOfSatisfying(GatewayException.class, e -> assertThat(e.type()).isEqualTo(ErrorType.NOT_FOUND));
    }

    @ParameterizedTest
    @ValueSource(strings = {"a=b c", "a=b#c", "a=\r\nX: y", "a=\u00e9", "a=%2", "a=b\\c"})
    void a_query_that_is_not_plain_is_refused(String query) {
        assertThatThrownBy(() -> ProviderAddress.asked(URI.create("https://good.example/v1"), "", "/x", query)).isInstanceOf(GatewayException.class);
    }

    @Test
    void a_providers_own_path_may_hold_what_a_callers_may_not() {
        assertThat(ProviderAddress.of(URI.create("https://h.example"), "/model/arn%3Aaws%2Fx/invoke")).hasToString("https://h.example/model/arn%3Aaws%2Fx/invoke");
    }
}
