package org.sluice.gateway.provider.bedrock;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.sluice.gateway.chat.ChatRequest;
import org.sluice.gateway.dialect.Dialect;
import org.sluice.gateway.dialect.Losses;
import org.sluice.gateway.dialect.anthropic.AnthropicDialect;
import org.sluice.gateway.dialect.openai.OpenAiDialect;
import org.sluice.gateway.recorded.Recording;
import org.sluice.gateway.recorded.Recordings;

/** Recorded Converse requests, asked the way an OpenAI client asks, become the requests that were recorded. */
class RecordedConverseRequestTest {
    private static final Dialect OPENAI = new OpenAiDialect();

    static Stream<Recording> requests() {
        return Recordings.where(recording -> recording.endpoint().startsWith("converse"));
    }

    @ParameterizedTest
    @MethodSource("requests")
    void a_request_means_what_was_recorded(Recording recording) {
        Map<String, Object> recorded = Wire.object(recording.request());
        byte[] asked = Wire.json(Recounted.asOpenAi(Wire.object(recording.request()), recording.model()));
        ChatRequest request = OPENAI.readRequest(OPENAI.readOutline(asked), Set.of());
        Losses losses = new Losses(true);
        Map<String, Object> written = Wire.object(new ConverseDialect(recording.model(), new AnthropicDialect()).writeRequest(request, losses));
        assertThat(Recounted.meaning(written)).isEqualTo(Recounted.meaning(textResults(recorded)));
    }

    /** An OpenAI client has no word for a result in JSON: it is the same in a text. Own tools' results stay. */
    private static Map<String, Object> textResults(Map<String, Object> recorded) {
        for (Object message : Wire.list(recorded.get("messages"))) {
            if (!Wire.object(message).get("role").equals("user")) {
                continue;
            }
            for (Object block : Wire.list(Wire.object(message).get("content"))) {
                Map<String, Object> result = Wire.object(Wire.object(block).get("toolResult"));
                List<Object> content = new ArrayList<>();
                for (Object item : Wire.list(result.get("content"))) {
                    Object json = Wire.object(item).get("json");
                    content.add(json == null ? item : new TreeMap<>(Map.of("text", new String(Wire.json(json), UTF_8))));
                }
                if (!result.isEmpty()) {
                    result.put("content", content);
                }
            }
        }
        return recorded;
    }
}
