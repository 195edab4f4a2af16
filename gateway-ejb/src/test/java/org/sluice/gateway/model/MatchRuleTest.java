package org.sluice.gateway.model;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.sluice.gateway.json.JsonReader;

class MatchRuleTest {
    private static MatchRule rule(String json) {
        return MatchRule.read(JsonReader.read(json.getBytes(UTF_8)));
    }

    @ParameterizedTest
    @CsvSource(delimiter = ';', value = {
        "{\"equals\":\"GPT-4o\"} ; gpt-4o ; gpt-4o-mini",
        "{\"starts_with\":\"o1-\"} ; o1-mini ; xo1-mini",
        "{\"ends_with\":\":free\"} ; a:free ; a:free2",
        "{\"contains\":\"sonnet\"} ; claude-sonnet-4 ; claude-opus-4",
        "{\"regex\":\"^kimi-\\\\d{4}$\"} ; kimi-0123 ; kimi-01234",
        "{\"or\":[{\"equals\":\"a\"},{\"equals\":\"b\"}]} ; b ; c",
        "{\"and\":[{\"starts_with\":\"gemini-2.5-pro\"},{\"regex\":\"^(?!.*-[tT][tT][sS](?:$|-))\"}]} ; gemini-2.5-pro-001 ; gemini-2.5-pro-preview-tts"})
    void a_rule_matches_its_names(String json, String yes, String no) {
        assertThat(rule(json).matches(yes)).isTrue();
        assertThat(rule(json).matches(no)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"{}", "[]", "\"gpt\"", "{\"equals\":\"\"}", "{\"equals\":1}", "{\"like\":\"x\"}", "{\"equals\":\"a\",\"contains\":\"b\"}", "{\"or\":{}}",
        "{\"regex\":\"(\"}"})
    void another_thing_is_refused(String json) {
        assertThatThrownBy(() -> rule(json)).isInstanceOf(IllegalArgumentException.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"(a+)+$", "(a|aa)*b", "(a*){20}", "(a)\\\\1", ".*.*.*.*x", "(?<n>a)\\\\k<n>", "a{2,}b*c*d*"})
    void a_regex_that_may_take_for_ever_is_refused(String regex) {
        assertThatThrownBy(() -> rule("{\"regex\":\"" + regex + "\"}")).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void the_worst_regex_that_is_allowed_is_still_quick() {
        MatchRule worst = rule("{\"regex\":\"^.*.*.*x$\"}");
        Assertions.assertTimeoutPreemptively(Duration.ofSeconds(5), () -> assertThat(worst.matches("a".repeat(200))).isFalse());
    }
}
