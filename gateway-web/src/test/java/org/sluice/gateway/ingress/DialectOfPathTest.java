package org.sluice.gateway.ingress;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.sluice.gateway.dialect.anthropic.AnthropicDialect;
import org.sluice.gateway.dialect.gemini.GeminiDialect;
import org.sluice.gateway.dialect.openai.OpenAiDialect;

class DialectOfPathTest {
    private final DialectOfPath dialects = new DialectOfPath();

    @BeforeEach
    void list() {
        dialects.openAi = new OpenAiDialect();
        dialects.anthropic = new AnthropicDialect();
        dialects.gemini = new GeminiDialect();
        dialects.list();
    }

    @ParameterizedTest
    @CsvSource({"/api/anthropic/v1/messages,anthropic", "/api/anthropic/no/such/path,anthropic", "/api/anthropic,anthropic", "/api/anthropics,openai", "/api/google/no/such/path,gemini", "/api/google,gemini", "/api/chat/completions,openai", "/,openai"})
    void a_failure_is_told_in_the_dialect_of_its_path(String path, String dialect) {
        assertThat(dialects.of(path).name()).isEqualTo(dialect);
    }

    @Test
    void an_unknown_path_is_openais() {
        assertThat(dialects.of(null).name()).isEqualTo("openai");
    }
}
