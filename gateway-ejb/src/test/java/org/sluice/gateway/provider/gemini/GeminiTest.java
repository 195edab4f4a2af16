package org.sluice.gateway.provider.gemini;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.net.URI;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.sluice.gateway.dialect.Body;
import org.sluice.gateway.dialect.gemini.GeminiDialect;
import org.sluice.gateway.error.GatewayException;
import org.sluice.gateway.provider.Credential;
import org.sluice.gateway.provider.Deployment;
import org.sluice.gateway.provider.Dispatch;
import org.sluice.gateway.provider.Operation;
import org.sluice.gateway.provider.UpstreamLimits;
import org.sluice.gateway.provider.UpstreamRequest;

class GeminiTest {
    private static final UpstreamLimits LIMITS = new UpstreamLimits(Duration.ofSeconds(1), Duration.ofSeconds(1), Duration.ofSeconds(1), Duration.ofSeconds(1));
    private static final Credential KEY = new Credential.ApiKey("AIza-sentinel");
    private final Gemini provider = new Gemini();

    private UpstreamRequest prepare(Operation operation, String base, String model, Credential credential, String body, boolean stream) {
        return provider.prepare(new Dispatch(operation, new GeminiDialect(), new Deployment("d", "gemini", model, base == null ? null : URI.create(base), Map.of()),
                credential, Body.of(body.getBytes(UTF_8)), stream, LIMITS, null));
    }

    @ParameterizedTest
    @CsvSource({",gemini-2.5-flash,false,https://generativelanguage.googleapis.com/v1beta/models/gemini-2.5-flash:generateContent",
        ",gemini-2.5-flash,true,https://generativelanguage.googleapis.com/v1beta/models/gemini-2.5-flash:streamGenerateContent?alt=sse",
        "https://x.example/,m,false,https://x.example/v1beta/models/m:generateContent", "https://x.example/v1,m,false,https://x.example/v1/models/m:generateContent",
        "http://127.0.0.1:9/g/v1alpha/,m,true,http://127.0.0.1:9/g/v1alpha/models/m:streamGenerateContent?alt=sse",
        ",tunedModels/mine,false,https://generativelanguage.googleapis.com/v1beta/tunedModels/mine:generateContent",
        ",models/m:x,false,https://generativelanguage.googleapis.com/v1beta/models/m%3Ax:generateContent"})
    void the_address_names_model_and_method(String base, String model, boolean stream, String address) {
        assertThat(prepare(Operation.CHAT, base, model, KEY, "{}", stream).uri()).isEqualTo(URI.create(address));
    }

    @Test
    void the_key_is_in_a_header_and_nowhere_else() {
        UpstreamRequest request = prepare(Operation.CHAT, null, "m", KEY, "{\"contents\":[]}", true);
        assertThat(request.headers()).containsExactlyInAnyOrderEntriesOf(Map.of("x-goog-api-key", "AIza-sentinel", "content-type", "application/json",
                "accept", "text/event-stream", "accept-encoding", "identity"));
        assertThat(request.uri().toString() + request).doesNotContain("sentinel");
        assertThat(new String(request.body().toBytes(), UTF_8)).isEqualTo("{\"contents\":[]}");
        assertThat(prepare(Operation.CHAT, null, "m", new Credential.BearerToken("ya29.x"), "{}", false).headers()).containsEntry("authorization", "Bearer ya29.x")
                .containsEntry("accept", "application/json").doesNotContainKey("x-goog-api-key");
        GatewayException failure = catchThrowableOfType(GatewayException.class, () -> prepare(Operation.CHAT, null, "m", new Credential.ApiKey("AIza\nsentinel"), "{}", false));
        assertThat(failure).hasMessageNotContaining("sentinel");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', value = {"{\"contents\":[1]}|{\"contents\":[1]}", "{\"generateContentRequest\":{}}|{\"generateContentRequest\":{}}",
        "{\"contents\":[1],\"tools\":[]}|{\"generateContentRequest\":{\"model\":\"models/m\",\"contents\":[1],\"tools\":[]}}"})
    void a_count_takes_contents_or_a_whole_request(String body, String sent) {
        UpstreamRequest request = prepare(Operation.COUNT_TOKENS, null, "m", KEY, body, false);
        assertThat(request.uri().toString()).endsWith("/models/m:countTokens");
        assertThat(new String(request.body().toBytes(), UTF_8)).isEqualTo(sent);
    }

    @Test
    void names_and_variables() {
        assertThat(provider.claims("gemini-2.5-flash")).isTrue();
        assertThat(provider.claims("gpt-4o")).isFalse();
        assertThat(provider.variables("_API_KEY")).containsExactly("GEMINI_API_KEY", "GOOGLE_API_KEY", "GOOGLE_GEMINI_API_KEY");
        assertThat(provider.operations()).contains(Operation.CHAT, Operation.COUNT_TOKENS);
    }
}
