package org.sluice.gateway.route;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NearestNamesTest {
    private static final List<String> KNOWN = List.of("gpt-4o", "gpt-4o-mini", "gpt-5-mini", "claude-sonnet-4-5-20250929", "claude-opus-4-6", "groq/llama-3.3-70b-versatile", "demo/echo");

    private static NearestNames of(String wrong) {
        return NearestNames.of(wrong, KNOWN.stream());
    }

    @ParameterizedTest
    @CsvSource({"gpt4o,gpt-4o", "GPT-4o,gpt-4o", "claude-opus-46,claude-opus-4-6", "claude-sonnet-4-5,claude-sonnet-4-5-20250929", "llama-3.3-70b-versatil,groq/llama-3.3-70b-versatile",
        "demo/ehco,demo/echo", "claude-sonnet-4-5-20250929-v2,claude-sonnet-4-5-20250929"})
    void a_mistyped_name_finds_the_right_one_first(String wrong, String right) {
        assertThat(of(wrong).names()).first().isEqualTo(right);
    }

    @Test
    void what_is_like_nothing_finds_nothing() {
        assertThat(of("no-such-model").names()).isEmpty();
        assertThat(of("no-such-model").sentence()).isEmpty();
        assertThat(of("x").names()).isEmpty();
        assertThat(NearestNames.of("a".repeat(5_000), KNOWN.stream()).names()).isEmpty();
    }

    @Test
    void the_sentence_names_at_most_three() {
        assertThat(new NearestNames(List.of("a")).sentence()).isEqualTo("Did you mean a? ");
        assertThat(new NearestNames(List.of("a", "b", "c")).sentence()).isEqualTo("Did you mean a, b or c? ");
        assertThat(NearestNames.of("gpt-4", Stream.of("gpt-40", "gpt-41", "gpt-42", "gpt-43", "gpt-41")).names()).containsExactly("gpt-40", "gpt-41", "gpt-42");
    }
}
