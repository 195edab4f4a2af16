package org.sluice.gateway.ingress.gemini;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.sluice.gateway.error.GatewayException;

class GeminiPathTest {
    @ParameterizedTest
    @CsvSource({"/api/google/gemini/v1beta/models/gemini-2.5-flash:generateContent,gemini-2.5-flash,generateContent",
        "/api/google/gemini/v1/models/gemini-2.5-flash:streamGenerateContent,gemini-2.5-flash,streamGenerateContent",
        "/api/google/gemini/models/openai/gpt-4o:generateContent,openai/gpt-4o,generateContent", "/api/google/gemini/v1beta/models/openai%2Fgpt-4o:generateContent,openai/gpt-4o,generateContent",
        "/api/google/gemini/v1beta/models/bedrock/a.b-v1:0:countTokens,bedrock/a.b-v1:0,countTokens",
        "/api/google/vertexai/v1beta1/projects/p/locations/global/publishers/google/models/gemini-2.5-pro:generateContent,gemini-2.5-pro,generateContent",
        "/api/google/vertexai/v1/projects/p/locations/l/publishers/anthropic/models/claude-sonnet-4-5@20250929:generateContent,anthropic/claude-sonnet-4-5@20250929,generateContent",
        "/api/google/vertexai/v1beta/publishers/google/models/m:countTokens,m,countTokens", "/gateway/api/google/gemini/v1beta/models/m,m,''", "/api/google/gemini/v1beta/models,'',''",
        "/api/google/gemini/v1beta/models/,'',''", "/api/google/gemini/v1beta/openai/gpt-4o:generateContent,openai/gpt-4o,generateContent"})
    void a_path_names_model_and_method(String path, String model, String method) {
        assertThat(GeminiPath.of(path)).isEqualTo(new GeminiPath(model, method));
    }

    @ParameterizedTest
    @ValueSource(strings = {"/api/google/gemini", "/api/google/gemini/v1beta", "/api/google/gemini/v1beta/files/x", "/api/other", "/api/google/gemini/%zz"})
    void another_path_is_not_found(String path) {
        assertThat(catchThrowableOfType(GatewayException.class, () -> GeminiPath.of(path)).status()).isEqualTo(404);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/api/google/gemini/v1beta/models/a/../b:generateContent", "/api/google/gemini/v1beta/models/a%00b:generateContent", "/api/google/gemini/v1beta/models/a//b:x"})
    void what_is_no_model_name_is_refused(String path) {
        assertThat(catchThrowableOfType(GatewayException.class, () -> GeminiPath.of(path)).status()).isEqualTo(400);
    }
}
