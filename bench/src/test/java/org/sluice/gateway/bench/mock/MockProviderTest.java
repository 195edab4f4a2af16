package org.sluice.gateway.bench.mock;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Asked by the JDK's client, which did not learn HTTP from us. */
class MockProviderTest {
    private final HttpClient client = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private MockProvider provider;

    @BeforeEach
    void start() throws IOException {
        provider = new MockProvider(0, 1);
    }

    @AfterEach
    void stop() {
        provider.close();
    }

    private HttpResponse<String> post(String path, String body) throws Exception {
        return client.send(HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + provider.port() + path))
                .POST(HttpRequest.BodyPublishers.ofString(body)).build(), HttpResponse.BodyHandlers.ofString());
    }

    private static int count(String text, String regex) {
        return (int) Pattern.compile(regex).matcher(text).results().count();
    }

    @Test
    void a_whole_openai_answer_has_about_a_kilobyte_and_usage() throws Exception {
        HttpResponse<String> answer = post("/v1/chat/completions", "{\"model\":\"m\",\"messages\":[]}");
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.body().length()).isBetween(900, 1300);
        assertThat(answer.body()).contains("END-OF-ANSWER", "\"prompt_tokens\":200");
        assertThat(provider.counters().requests()).isEqualTo(1);
        assertThat(provider.counters().streams()).isZero();
    }

    @Test
    void an_openai_stream_has_the_planned_chunks_and_usage_only_when_asked() throws Exception {
        String plain = post("/v1/chat/completions", "{\"stream\": true, \"content\": \"mock(n=7,d=1,t=2)\"}").body();
        assertThat(count(plain, "@\\d{19}@")).isEqualTo(7);
        assertThat(plain).endsWith("data: [DONE]\n\n").doesNotContain("usage");
        String counted = post("/v1/chat/completions",
                "{\"stream\":true,\"stream_options\":{\"include_usage\":true},\"content\":\"mock(n=3,d=0,t=0)\"}").body();
        assertThat(count(counted, "@\\d{19}@")).isEqualTo(3);
        assertThat(counted).contains("\"choices\":[],\"usage\"");
    }

    @Test
    void a_stream_without_delay_may_be_longer_than_any_buffer() throws Exception {
        String stream = post("/v1/messages", "{\"stream\":true,\"content\":\"mock(n=5000,d=0,t=0)\"}").body();
        assertThat(count(stream, "@\\d{19}@")).isEqualTo(5000);
        assertThat(stream).endsWith("event: message_stop\ndata: {\"type\":\"message_stop\"}\n\n");
    }

    @Test
    void an_anthropic_stream_opens_and_closes_its_block() throws Exception {
        String stream = post("/v1/messages", "{\"stream\":true,\"content\":\"mock(n=2,d=1,t=0)\"}").body();
        assertThat(count(stream, "event: ")).isEqualTo(7);
        assertThat(stream).startsWith("event: message_start\n").contains("content_block_start", "content_block_stop", "message_delta");
    }

    @Test
    void a_whole_anthropic_answer_is_a_message() throws Exception {
        assertThat(post("/v1/messages", "{\"stream\":false}").body()).contains("\"type\":\"message\"", "END-OF-ANSWER");
    }

    @Test
    void another_path_is_404() throws Exception {
        assertThat(post("/v1/nothing", "{}").statusCode()).isEqualTo(404);
        assertThat(provider.counters().refused()).isEqualTo(1);
        assertThat(provider.counters().requests()).isZero();
    }

    @Test
    void the_answer_waits_for_the_think_time() throws Exception {
        long begin = System.nanoTime();
        post("/v1/chat/completions", "{\"content\":\"mock(n=0,d=0,t=60)\"}");
        assertThat(System.nanoTime() - begin).isGreaterThanOrEqualTo(TimeUnit.MILLISECONDS.toNanos(60));
    }

    @Test
    void a_stream_left_by_its_reader_counts_as_aborted() throws Exception {
        try (var in = client.send(HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + provider.port() + "/v1/chat/completions"))
                .POST(HttpRequest.BodyPublishers.ofString("{\"stream\":true,\"content\":\"mock(n=100000,d=1,t=0)\"}")).build(),
                HttpResponse.BodyHandlers.ofInputStream()).body()) {
            assertThat(in.read()).isPositive();
        }
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(10);
        while (provider.counters().aborted() == 0 && System.nanoTime() < end) {
            Thread.onSpinWait();
        }
        assertThat(provider.counters().aborted()).isEqualTo(1);
    }
}
