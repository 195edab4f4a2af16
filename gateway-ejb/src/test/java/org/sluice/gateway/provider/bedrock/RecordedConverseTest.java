package org.sluice.gateway.provider.bedrock;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.sluice.gateway.chat.ChatChunk;
import org.sluice.gateway.chat.ChatResponse;
import org.sluice.gateway.chat.ChatResponseAssembler;
import org.sluice.gateway.chat.FinishReason;
import org.sluice.gateway.dialect.ChunkReader;
import org.sluice.gateway.dialect.Dialect;
import org.sluice.gateway.dialect.EventSource;
import org.sluice.gateway.dialect.ResponseOutline;
import org.sluice.gateway.dialect.ServerSentEvent;
import org.sluice.gateway.dialect.anthropic.AnthropicDialect;
import org.sluice.gateway.dialect.openai.OpenAiDialect;
import org.sluice.gateway.error.GatewayException;
import org.sluice.gateway.error.ProviderError;
import org.sluice.gateway.recorded.Recording;
import org.sluice.gateway.recorded.Recordings;

/** Every recorded answer of Converse, whole and streamed, told to an OpenAI client. What it says is found by hand. */
class RecordedConverseTest {
    private static final Dialect OPENAI = new OpenAiDialect();
    private static final Dialect ANTHROPIC = new AnthropicDialect();
    private static final Dialect CONVERSE = new ConverseDialect("the-model", ANTHROPIC);

    private static Stream<Recording> converse() {
        return Stream.concat(Recordings.where(recording -> recording.endpoint().startsWith("converse")),
                Recordings.responsesOnly(recording -> recording.endpoint().startsWith("converse")));
    }

    static Stream<Recording> answers() {
        return converse().filter(recording -> recording.status() == 200 && recording.streamFormat() == null);
    }

    static Stream<Recording> streams() {
        return converse().filter(recording -> recording.status() == 200 && recording.streamFormat() != null);
    }

    static Stream<Recording> errors() {
        return converse().filter(recording -> recording.status() >= 400);
    }

    /** Of some streams the payloads alone were recorded, one to a line; they are framed again. */
    private static byte[] framed(Recording recording) {
        if ("aws-eventstream".equals(recording.streamFormat())) {
            return recording.response();
        }
        List<byte[]> messages = new ArrayList<>();
        new String(recording.response(), UTF_8).lines().filter(line -> line.startsWith("{")).forEach(line -> {
            Map<String, Object> event = Wire.object(Wire.value(line));
            String name = event.keySet().iterator().next();
            messages.add(Wire.event(name, new String(Wire.json(event.get(name)), UTF_8)));
        });
        return Wire.join(messages.toArray(new byte[0][]));
    }

    private static List<ChatChunk> chunks(byte[] stream, int most) {
        EventSource events = new ConverseEvents(new Trickle(stream, most));
        ChunkReader reader = CONVERSE.chunkReader();
        List<ChatChunk> chunks = new ArrayList<>();
        for (ServerSentEvent event = events.next(); event != null; event = events.next()) {
            chunks.addAll(reader.read(event));
        }
        return chunks;
    }

    @ParameterizedTest
    @MethodSource("answers")
    void an_answer_says_the_same_to_an_openai_client(Recording recording) {
        ChatResponse response = CONVERSE.readResponse(recording.response());
        Map<String, Object> written = Wire.object(OPENAI.writeResponse(response));
        assertThat(Told.ofCompletion(written)).isEqualTo(Told.ofConverse(Wire.object(recording.response())));
        assertThat(written).containsEntry("model", "the-model");
        assertThat((String) written.get("id")).startsWith("chatcmpl-");
        ResponseOutline outline = CONVERSE.readResponseOutline(recording.response());
        assertThat(outline.usage()).isEqualTo(response.usage());
        assertThat(outline.isError()).isFalse();
    }

    @ParameterizedTest
    @MethodSource("streams")
    void a_stream_says_the_same_however_it_arrives(Recording recording) {
        byte[] stream = framed(recording);
        Told expected = Told.ofConverse(Told.folded(Wire.frames(stream)));
        for (int most : new int[] {1, 13, 1 << 20}) {
            List<ChatChunk> chunks = chunks(stream, most);
            assertThat(chunks.get(0)).isInstanceOf(ChatChunk.Started.class);
            assertThat(chunks.get(chunks.size() - 1)).isInstanceOf(ChatChunk.Ended.class);
            ChatResponseAssembler assembler = new ChatResponseAssembler();
            chunks.forEach(assembler::add);
            assertThat(Told.ofCompletion(Wire.object(OPENAI.writeResponse(assembler.response())))).isEqualTo(expected);
        }
    }

    /** An Anthropic client hears the same text, calls and counts. */
    @ParameterizedTest
    @MethodSource("answers")
    void an_answer_says_the_same_to_an_anthropic_client(Recording recording) {
        Told expected = Told.ofConverse(Wire.object(recording.response()));
        ChatResponse again = ANTHROPIC.readResponse(ANTHROPIC.writeResponse(CONVERSE.readResponse(recording.response())));
        Told told = Told.ofCompletion(Wire.object(OPENAI.writeResponse(again)));
        assertThat(told.text()).isEqualTo(expected.text());
        assertThat(told.calls()).isEqualTo(expected.calls());
        assertThat(told.usage()).isEqualTo(expected.usage());
    }

    @ParameterizedTest
    @MethodSource("errors")
    void an_error_keeps_status_type_and_words(Recording recording) {
        ProviderError error = new Bedrock().explained(CONVERSE.readError(recording.status(), recording.contentType(), recording.response()), recording.headers());
        assertThat(error.status()).isEqualTo(recording.status());
        assertThat(error.message()).isEqualTo(Wire.object(recording.response()).get("message"));
        assertThat(error.type()).isEqualTo(recording.headers().get("x-amzn-errortype").replaceAll(":.*", ""));
        Map<String, Object> told = Wire.object(Wire.object(OPENAI.writeError(GatewayException.provider(error), null)).get("error"));
        assertThat(told).containsEntry("message", error.message()).containsEntry("type", error.type());
    }

    @ParameterizedTest
    @MethodSource("streams")
    void a_stream_without_its_end_is_not_ended(Recording recording) {
        List<Wire.Frame> frames = Wire.frames(framed(recording));
        List<byte[]> cut = new ArrayList<>();
        frames.stream().takeWhile(frame -> !frame.name().equals("messageStop")).forEach(frame -> cut.add(Wire.event(frame.name(), frame.payload())));
        assertThat(chunks(Wire.join(cut.toArray(new byte[0][])), 50)).noneMatch(ChatChunk.Ended.class::isInstance).noneMatch(ChatChunk.Finished.class::isInstance);
    }

    @ParameterizedTest
    @MethodSource("streams")
    void what_a_guardrail_did_is_told(Recording recording) {
        ChatResponseAssembler assembler = new ChatResponseAssembler();
        chunks(framed(recording), 1000).forEach(assembler::add);
        ChatResponse.Choice choice = assembler.response().choices().get(0);
        boolean isGuarded = recording.kinds().contains("guardrail");
        assertThat(choice.finishReason() == FinishReason.CONTENT_FILTER).isEqualTo(isGuarded);
        assertThat(choice.extras().containsKey("trace")).isEqualTo(isGuarded);
        assertThat(choice.extras().containsKey("stopReason")).isEqualTo(isGuarded);
        assertThat(choice.extras()).doesNotContainKey("p");
    }
}
