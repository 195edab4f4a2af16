package org.sluice.gateway.apikey;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.sluice.gateway.error.ErrorType;
import org.sluice.gateway.error.GatewayException;

class PresentedKeyTest {
    private static final String KEY = "abcdefgh.0123456789abcdefghijklmnopqrstuv";

    private static String read(Map<String, List<String>> headers, String query) {
        return PresentedKey.read(headers::get, query);
    }

    private static GatewayException refusal(Map<String, List<String>> headers, String query) {
        return catchThrowableOfType(GatewayException.class, () -> read(headers, query));
    }

    @ParameterizedTest
    @ValueSource(strings = {"x-api-key", "x-goog-api-key", "api-key"})
    void each_plain_header_shows_the_key(String name) {
        assertThat(read(Map.of(name, List.of(" " + KEY + " ")), null)).isEqualTo(KEY);
    }

    @ParameterizedTest
    @ValueSource(strings = {"Bearer ", "bearer ", "BEARER   ", "Bearer\t"})
    void the_bearer_scheme_is_read_in_any_case(String scheme) {
        assertThat(read(Map.of("authorization", List.of(scheme + KEY)), null)).isEqualTo(KEY);
    }

    @Test
    void the_query_shows_the_key() {
        assertThat(read(Map.of(), "alt=sse&key=" + KEY)).isEqualTo(KEY);
        assertThat(read(Map.of(), "key=" + KEY.replace(".", "%2E") + "&alt=sse")).isEqualTo(KEY);
        assertThat(read(Map.of(), "key=%zz")).isEqualTo("%zz");
    }

    @Test
    void a_parameter_that_only_ends_like_key_is_none() {
        assertThat(refusal(Map.of(), "apikey=" + KEY).getMessage()).isEqualTo(PresentedKey.NONE);
    }

    @Test
    void the_same_key_at_several_places_is_one_key() {
        assertThat(read(Map.of("authorization", List.of("Bearer " + KEY), "x-api-key", List.of(KEY, KEY)), "key=" + KEY)).isEqualTo(KEY);
    }

    @Test
    void two_different_keys_are_a_bad_request_wherever_they_stand() {
        String other = KEY.replace('a', 'z');
        for (GatewayException e : List.of(
                refusal(Map.of("authorization", List.of("Bearer " + KEY), "x-api-key", List.of(other)), null),
                refusal(Map.of("x-goog-api-key", List.of(KEY), "api-key", List.of(other)), null),
                refusal(Map.of("x-api-key", List.of(KEY, other)), null),
                refusal(Map.of("x-api-key", List.of(KEY)), "key=" + other),
                refusal(Map.of(), "key=" + KEY + "&key=" + other),
                refusal(Map.of("authorization", List.of("Bearer " + KEY, "Bearer " + other)), null))) {
            assertThat(e.status()).isEqualTo(400);
            assertThat(e.getMessage()).doesNotContain(KEY).doesNotContain(other);
        }
    }

    @Test
    void no_key_is_told_in_the_words_of_the_contract() {
        GatewayException e = refusal(Map.of("x-api-key", List.of("")), "alt=sse");
        assertThat(e.type()).isEqualTo(ErrorType.AUTHENTICATION);
        assertThat(e).hasMessage("Authentication credentials were not provided.");
    }

    @ParameterizedTest
    @ValueSource(strings = {"Basic dXNlcjpwYXNz", "Bearer", "Bearer ", "Bearer" + KEY, KEY, "", "Digest x"})
    void another_scheme_or_an_empty_bearer_is_refused(String value) {
        GatewayException e = refusal(Map.of("authorization", List.of(value)), null);
        assertThat(e.type()).isEqualTo(ErrorType.AUTHENTICATION);
        assertThat(e.getMessage()).isEqualTo(PresentedKey.WRONG);
    }

    @Test
    void authorization_may_not_stand_twice() {
        assertThatThrownBy(() -> read(Map.of("authorization", List.of("Bearer " + KEY, "Bearer " + KEY)), null)).hasMessage(PresentedKey.WRONG);
    }

    @Test
    void the_key_is_taken_out_of_the_query() {
        assertThat(PresentedKey.queryWithoutKey("a=1&key=" + KEY + "&b=2")).isEqualTo("a=1&b=2");
        assertThat(PresentedKey.queryWithoutKey("key=" + KEY)).isNull();
        assertThat(PresentedKey.queryWithoutKey("monkey=1")).isEqualTo("monkey=1");
        assertThat(PresentedKey.queryWithoutKey(null)).isNull();
    }
}
