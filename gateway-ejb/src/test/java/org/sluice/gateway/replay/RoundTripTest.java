package org.sluice.gateway.replay;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.sluice.gateway.chat.ChatChunk;
import org.sluice.gateway.chat.ChatResponse;
import org.sluice.gateway.chat.ChatResponseAssembler;
import org.sluice.gateway.chat.Part;
import org.sluice.gateway.dialect.Dialect;

/** What a dialect writes it reads again, over generated answers, whole and streamed and cut at any byte. */
class RoundTripTest {
    private static final int EXAMPLES = 300;

    static Stream<WireFormat> formats() {
        return ReplayMatrixTest.clients().stream();
    }

    private static Dialect dialect(WireFormat format) {
        return Wired.dialect(format.dialect()).orElseThrow();
    }

    /** Texts, thoughts, calls, end and counts; ids and signatures are the dialect's own matter. */
    private static String meaning(ChatResponse response) {
        ChatResponse.Choice choice = response.choices().get(0);
        return choice.message().parts().stream().filter(part -> !(part instanceof Part.Text text && text.text().isEmpty())).map(RoundTripTest::meaning).collect(Collectors.joining("\n"))
                + "\n" + choice.finishReason() + "\n" + response.usage() + "\n" + response.responseModel();
    }

    private static String meaning(Part part) {
        return part instanceof Part.Text text ? "says " + text.text() : part instanceof Part.Thinking thinking ? "thinks " + thinking.text()
                : part instanceof Part.ToolCall call ? "calls " + call.name() + " " + Tree.readOrText(call.arguments()) : part.toString();
    }

    @ParameterizedTest
    @MethodSource("formats")
    void an_answer_is_read_as_it_was_written(WireFormat format) {
        Property.holds(EXAMPLES, RandomAnswer::of, answer -> {
            byte[] written = dialect(format).writeResponse(answer);
            assertThat(meaning(dialect(format).readResponse(written))).isEqualTo(meaning(answer));
            assertThat(format.whole(Tree.read(written)).choice(0).words()).isEqualTo(text(answer));
        });
    }

    @ParameterizedTest
    @MethodSource("formats")
    void a_stream_is_read_as_it_was_written(WireFormat format) {
        Property.holds(EXAMPLES, RandomAnswer::of, answer -> {
            String written = Told.stream(dialect(format), Pieces.of(answer), null);
            format.checkOrder(Told.payloads(written), written);
            List<ChatChunk> chunks = new ArrayList<>();
            assertThat(Told.read(null, dialect(format), written.getBytes(UTF_8), chunks)).isNull();
            ChatResponseAssembler assembler = new ChatResponseAssembler();
            chunks.forEach(assembler::add);
            assertThat(assembler.isEnded()).isTrue();
            assertThat(meaning(assembler.response())).isEqualTo(meaning(answer));
            assertThat(format.stream(Told.payloads(written)).choice(0).words()).isEqualTo(text(answer));
        });
    }

    private static String text(ChatResponse answer) {
        return answer.choices().get(0).message().parts().stream().filter(Part.Text.class::isInstance).map(part -> ((Part.Text) part).text()).collect(Collectors.joining());
    }
}
