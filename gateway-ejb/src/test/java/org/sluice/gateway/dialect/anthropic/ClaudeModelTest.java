package org.sluice.gateway.dialect.anthropic;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ClaudeModelTest {
    @ParameterizedTest
    @CsvSource({"claude-opus-4-6,opus,406", "claude-sonnet-4-5-20250929,sonnet,405", "claude-sonnet-4-20250514,sonnet,400", "claude-sonnet-4-0,sonnet,400", "claude-haiku-4.5,haiku,405",
        "claude-3-5-sonnet-20241022,sonnet,305", "claude-3-5-haiku-latest,haiku,305", "claude-3-opus-20240229,opus,300", "claude-3.7-sonnet,sonnet,307", "claude-2.1,'',201",
        "us.anthropic.claude-3-5-sonnet-20241022-v2:0,sonnet,305", "claude-sonnet-4@20250514,sonnet,400", "anthropic/claude-opus-4-1,opus,401", "Claude-Fable-5-1,fable,501",
        "claude-instant-1.2,instant,102", "something-else,'',10000"})
    void names_are_read_in_any_spelling(String name, String family, int version) {
        assertThat(ClaudeModel.of(name)).isEqualTo(new ClaudeModel(family, version));
    }

    @ParameterizedTest
    @CsvSource({"claude-3-5-sonnet-20241022,NONE,false", "claude-3-7-sonnet-20250219,BUDGET,false", "claude-sonnet-4-20250514,BUDGET,false", "claude-opus-4-1,BUDGET,true",
        "claude-sonnet-4-5,BUDGET,true", "claude-opus-4-6,ADAPTIVE,true", "something-else,ADAPTIVE,true"})
    void what_a_model_takes_follows_its_version(String name, ClaudeModel.Thinking thinking, boolean hasStructuredOutputs) {
        assertThat(ClaudeModel.of(name).thinking()).isEqualTo(thinking);
        assertThat(ClaudeModel.of(name).hasStructuredOutputs()).isEqualTo(hasStructuredOutputs);
    }
}
