package org.sluice.gateway.pipeline;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.sluice.gateway.usage.Usage;

class RelayedAnswerTest {
    private static RelayedAnswer read(String type, int most, String text) {
        RelayedAnswer answer = new RelayedAnswer(type, most);
        byte[] bytes = text.getBytes(UTF_8);
        for (int at = 0; at < bytes.length; at += 700) {
            int length = Math.min(700, bytes.length - at);
            answer.add(java.util.Arrays.copyOfRange(bytes, at, at + length), length);
        }
        return answer;
    }

    @Test
    void json_is_kept_and_its_tokens_are_found() {
        RelayedAnswer answer = read("application/json; charset=utf-8", 1000, "{\"id\":\"x\",\"model\":\"m\",\"usage\":{\"prompt_tokens\":3,\"total_tokens\":3}}");
        assertThat(answer.content().get(0).text()).startsWith("{\"id\":\"x\"");
        assertThat(answer.usage()).isEqualTo(Usage.of(3, 0));
        assertThat(answer.model()).isEqualTo("m");
        assertThat(answer.id()).isEqualTo("x");
        assertThat(answer.isCut()).isFalse();
    }

    @Test
    void tokens_at_the_end_of_what_is_too_long_to_keep_are_found() {
        RelayedAnswer answer = read("application/json", 1000, "{\"data\":[" + "1,".repeat(20_000) + "2],\"usage\":{\"input_tokens\":7,\"input_token_details\":{\"audio_tokens\":2},\"output_tokens\":5}}");
        assertThat(answer.isCut()).isTrue();
        assertThat(answer.content().get(0).length()).isEqualTo(1000);
        assertThat(answer.usage()).isEqualTo(new Usage(7, 5, 0, 0, 0, 0, 2, 0));
    }

    @Test
    void the_events_of_a_stream_count_up() {
        RelayedAnswer answer = read("text/event-stream", 10_000, "event: message_start\ndata: {\"type\":\"message_start\",\"message\":{\"model\":\"c\",\"usage\":{\"input_tokens\":10,\"cache_read_input_tokens\":5,"
                + "\"cache_creation_input_tokens\":0,\"output_tokens\":1}}}\n\nevent: message_delta\ndata: {\"type\":\"message_delta\",\"usage\":{\"output_tokens\":20}}\n\ndata: [DONE]\n\n");
        assertThat(answer.usage()).isEqualTo(new Usage(15, 20, 5, 0, 0, 0, 0, 0));
    }

    @Test
    void of_what_is_no_text_only_type_and_size_are_kept() {
        RelayedAnswer answer = read("audio/mpeg", 1000, "x".repeat(5000));
        assertThat(answer.content().get(0).text()).isEqualTo("{\"content_type\":\"audio/mpeg\",\"bytes\":5000}");
        assertThat(answer.usage()).isNull();
        assertThat(read("text/plain", 1000, "").content()).isEmpty();
        assertThat(read(null, 1000, "x").content().get(0).text()).contains("\"bytes\":1");
    }

    @Test
    void what_is_not_what_it_says_counts_nothing() {
        assertThat(read("application/json", 1000, "[1]").usage()).isNull();
        assertThat(read("application/json", 1000, "nonsense").usage()).isNull();
        assertThat(read("application/json", 10, "{\"usage\":{\"prompt").usage()).isNull();
    }
}
