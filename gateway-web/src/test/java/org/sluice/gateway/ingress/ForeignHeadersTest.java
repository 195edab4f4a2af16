package org.sluice.gateway.ingress;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.sluice.gateway.error.GatewayException;

class ForeignHeadersTest {
    @Test
    void only_what_is_meant_for_the_provider_goes_to_it() {
        FakeExchange exchange = new FakeExchange("{}").header("Authorization", "Bearer k").header("x-api-key", "k").header("X-Goog-Api-Key", "k").header("api-key", "k")
                .header("Cookie", "a=b").header("Connection", "close, X-Hop").header("X-Hop", "1").header("X-Respan-Strict", "true").header("X-Data-Respan-Params", "e30=")
                .header("X-Forwarded-For", "10.0.0.1").header("Metadata-Flavor", "Google").header("X-Amz-Security-Token", "t").header("Host", "h").header("Transfer-Encoding", "chunked")
                .header("Proxy-Authorization", "p").header("OpenAI-Beta", "assistants=v2").header("Accept", "text/plain", "text/html").header("X-Odd", "caf\u00e9");
        assertThat(ForeignHeaders.of(exchange)).containsOnlyKeys("content-type", "openai-beta", "accept").containsEntry("accept", "text/plain, text/html");
    }

    @ParameterizedTest
    @CsvSource({"/api/passthrough/openai/v1/files,openai,/v1/files", "/api/passthrough/x-ai/a%20b/,x-ai,/a%20b/", "/api/passthrough/groq,groq,/"})
    void a_path_names_a_provider_and_what_is_asked_of_it(String path, String provider, String rest) {
        assertThat(ForeignPath.of(path)).isEqualTo(new ForeignPath(provider, rest));
    }

    @ParameterizedTest
    @ValueSource(strings = {"/api/passthrough/", "/api/passthrough//x", "/api/passthrough/%6f/x", "/api/passthrough/a@b/x", "/api/passthrough/HTTP:/x", "/else"})
    void what_names_no_provider_is_refused(String path) {
        assertThatThrownBy(() -> ForeignPath.of(path)).isInstanceOf(GatewayException.class);
    }

    @Test
    void the_path_of_a_file_begins_behind_its_segment() {
        assertThat(ForeignPath.below("/files", "/api/v1/files/file-1/content/")).isEqualTo("/file-1/content");
        assertThat(ForeignPath.below("/files", "/api/files")).isEmpty();
        assertThat(ForeignPath.below("/files", "/api/files/")).isEmpty();
    }

    @Test
    void endpoints_have_an_alias_with_the_version() {
        assertThat(EndpointPaths.unversioned("api/v1/audio/speech")).isEqualTo("api/audio/speech");
        assertThat(EndpointPaths.unversioned("api/v1/files")).isEqualTo("api/files");
        assertThat(EndpointPaths.unversioned("api/v1/models")).isNull();
        assertThat(EndpointPaths.isOne("api/passthrough/openai/x")).isTrue();
        assertThat(EndpointPaths.isOne("api/request-logs/list")).isFalse();
        assertThat(EndpointPaths.isOne("api/embeddingsx")).isFalse();
    }
}
