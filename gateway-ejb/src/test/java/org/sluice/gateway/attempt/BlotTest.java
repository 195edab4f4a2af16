package org.sluice.gateway.attempt;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.sluice.gateway.dialect.openai.OpenAiDialect;
import org.sluice.gateway.error.GatewayException;
import org.sluice.gateway.error.ProviderError;
import org.sluice.gateway.provider.Credential;
import org.sluice.gateway.provider.UpstreamResponse;
import org.sluice.gateway.upstream.SseReader;

/** K4: a provider that repeats the key it refused. */
class BlotTest {
    private static final Credential KEY = new Credential.ApiKey("custom/KEY+of=nobody");

    private static ProviderError error(String words) {
        return new ProviderError(401, "t", "c", null, words, "openai", "application/json", ("{\"error\":{\"message\":\"" + words + "\"}}").getBytes(UTF_8), null, Map.of());
    }

    private static String told(String words, Credential credential) {
        ProviderError told = Blot.out(error(words), credential);
        assertThat(new String(told.body(), UTF_8)).isEqualTo("{\"error\":{\"message\":\"" + told.message() + "\"}}");
        return told.message();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {"You sent custom/KEY+of=nobody. | You sent ***.", "Incorrect API key provided: sk-ab12***********wxyz. | Incorrect API key provided: ***.",
        "sk-proj-0123456789abcdef was refused | *** was refused", "API key AIzaSyA1234567890abcdefghij not valid | API key *** not valid", "Authorization: Bearer eyJhbGciOi.payload.sig bad | Authorization: Bearer *** bad",
        "token ya29.a0AfB_byC1234567890xyz expired | token *** expired", "gsk_0123456789abcdefgh | ***", "The task-force asks risk-averse bearers of news | The task-force asks risk-averse bearers of news"})
    void k4_the_credential_and_what_looks_like_one_are_taken_out(String words, String told) {
        assertThat(told(words, KEY)).isEqualTo(told);
    }

    @Test
    void k4_every_secret_of_a_credential_also_as_json_writes_it() {
        Credential robot = new Credential.Fields(Map.of("private_key", "-----BEGIN\nabc\n", "project", "my-project"), Set.of("project"));
        assertThat(told("got -----BEGIN\\nabc\\n of my-project", robot)).isEqualTo("got *** of my-project");
        assertThat(told("got TOPSECRET and TOKEN1", new Credential.AwsKeys("AKIA", "TOPSECRET", "TOKEN1", "r"))).isEqualTo("got *** and ***");
    }

    @Test
    void an_error_without_one_stays_as_it_is() {
        ProviderError error = error("Rate limit reached for gpt-4o");
        assertThat(Blot.out(error, KEY)).isSameAs(error);
    }

    private record FakeResponse(ByteArrayInputStream body) implements UpstreamResponse {
        @Override public int status() { return 200; }
        @Override public Map<String, String> headers() { return Map.of(); }
        @Override public void close() { }
    }

    @Test
    void k4_the_events_of_a_stream_are_cleared_too() {
        String event = "data: {\"error\":{\"message\":\"you sent custom/KEY+of=nobody\"}}\n\n";
        String first = "data: {\"id\":\"x\",\"choices\":[{\"index\":0,\"delta\":{\"content\":\"a\"}}]}\n\n";
        for (String stream : new String[] {event, first + event}) {
            FakeResponse response = new FakeResponse(new ByteArrayInputStream(stream.getBytes(UTF_8)));
            GatewayException failure = null;
            try {
                AnswerFrames frames = HeldFrames.untilFirst(new RelayedFrames(response, new SseReader(response.body()), new OpenAiDialect().watch(true), new OpenAiDialect()), KEY);
                while (frames.next() != null) {
                    assertThat(frames.isLast()).isFalse();
                }
            } catch (GatewayException told) {
                failure = told;
            }
            ProviderError error = failure.providerError().orElseThrow();
            assertThat(error.message()).isEqualTo("you sent ***");
            assertThat(new String(error.body(), UTF_8)).contains("***").doesNotContain("KEY+of");
            assertThat(error.event() == null ? "" : new String(error.event(), UTF_8)).doesNotContain("KEY+of");
        }
    }
}
