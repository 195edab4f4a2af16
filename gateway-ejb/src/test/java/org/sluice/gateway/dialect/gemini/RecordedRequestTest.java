package org.sluice.gateway.dialect.gemini;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.sluice.gateway.chat.ChatRequest;
import org.sluice.gateway.recorded.Recording;
import org.sluice.gateway.recorded.Recordings;

/** Recorded requests, read and written again, mean what they meant. */
class RecordedRequestTest {
    static Stream<Recording> requests() {
        return Recordings.where(recording -> (recording.provider().equals("gemini") || recording.provider().equals("vertex"))
                && recording.endpoint().endsWith("enerateContent") && recording.request().length > 0);
    }

    private static ChatRequest read(Recording recording) {
        return Asking.read(recording.model(), new String(recording.request(), UTF_8).replace("'", "\\u0027"));
    }

    @ParameterizedTest
    @MethodSource("requests")
    void a_request_read_and_written_means_the_same(Recording recording) {
        byte[] written = Asking.GEMINI.writeRequest(read(recording));
        assertThat(RequestMeaning.of(written)).isEqualTo(RequestMeaning.of(recording.request()));
    }

    /** One recorded request was refused for a temperature that no OpenAI client can ask for. */
    static Stream<Recording> possible() {
        return requests().filter(recording -> !new String(recording.request(), UTF_8).contains("1000.0"));
    }

    /** What both dialects have words for; ids that were made here stay out of Gemini's sight. */
    @ParameterizedTest
    @MethodSource("possible")
    void a_request_told_by_an_openai_client_keeps_contents_and_functions(Recording recording) {
        ChatRequest read = read(recording);
        ChatRequest told = Asking.OPENAI.readRequest(Asking.OPENAI.readOutline(Asking.OPENAI.writeRequest(read.withModel(recording.model()))), java.util.Set.of());
        Map<String, Object> again = Plain.object(RequestMeaning.of(Asking.GEMINI.writeRequest(told)));
        Map<String, Object> source = Plain.object(RequestMeaning.of(recording.request()));
        assertThat(texts(again)).isEqualTo(texts(source));
        assertThat(Plain.list(again.get("tools")).stream().filter(tool -> Plain.object(tool).containsKey("schema")).toList())
                .isEqualTo(Plain.list(source.get("tools")).stream().filter(tool -> Plain.object(tool).containsKey("schema")).toList());
        assertThat(again.get("systemInstruction")).isEqualTo(source.get("systemInstruction"));
    }

    /** Texts, media, calls by name and arguments, results by name and value, in order. */
    private static String texts(Map<String, Object> request) {
        StringBuilder texts = new StringBuilder();
        for (Object content : Plain.list(request.get("contents"))) {
            for (Object item : Plain.list(Plain.object(content).get("parts"))) {
                Map<String, Object> part = Plain.object(item);
                for (String kind : new String[] {"functionCall", "functionResponse"}) {
                    if (part.containsKey(kind)) {
                        Plain.object(part.get(kind)).remove("id");
                    }
                }
                part.keySet().retainAll(java.util.Set.of("text", "inlineData", "fileData", "functionCall", "functionResponse"));
                texts.append(Plain.object(content).get("role")).append(": ").append(part).append('\n');
            }
        }
        return texts.toString();
    }
}
