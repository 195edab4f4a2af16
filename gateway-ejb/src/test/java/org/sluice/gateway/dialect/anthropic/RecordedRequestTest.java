package org.sluice.gateway.dialect.anthropic;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.sluice.gateway.chat.ChatRequest;
import org.sluice.gateway.dialect.Dialect;
import org.sluice.gateway.dialect.openai.OpenAiDialect;
import org.sluice.gateway.recorded.Recording;
import org.sluice.gateway.recorded.Recordings;

/** Recorded requests, told in OpenAI's dialect and back again, mean what they meant. */
class RecordedRequestTest {
    private static final Dialect ANTHROPIC = new AnthropicDialect();
    private static final Dialect OPENAI = new OpenAiDialect();

    static Stream<Recording> requests() {
        return Recordings.where(recording -> recording.provider().equals("anthropic") && recording.endpoint().equals("messages")
                && isWellFormed(recording));
    }

    /** One recorded request was refused because its content is no list. */
    private static boolean isWellFormed(Recording recording) {
        return !(recording.status() == 400 && new String(recording.response(), UTF_8).contains("should be a valid list"));
    }

    private static ChatRequest read(Dialect dialect, byte[] body) {
        return dialect.readRequest(dialect.readOutline(body), Set.of());
    }

    @ParameterizedTest
    @MethodSource("requests")
    void a_request_read_and_written_means_the_same(Recording recording) {
        byte[] written = ANTHROPIC.writeRequest(read(ANTHROPIC, recording.request()));
        assertThat(RequestMeaning.of(written)).isEqualTo(RequestMeaning.of(recording.request()));
    }

    @ParameterizedTest
    @MethodSource("requests")
    void a_request_told_by_an_openai_client_means_the_same(Recording recording) {
        byte[] asked = OPENAI.writeRequest(read(ANTHROPIC, recording.request()));
        byte[] written = ANTHROPIC.writeRequest(read(OPENAI, asked));
        assertThat(RequestMeaning.of(written)).as(new String(asked, UTF_8)).isEqualTo(RequestMeaning.of(recording.request()));
    }
}
