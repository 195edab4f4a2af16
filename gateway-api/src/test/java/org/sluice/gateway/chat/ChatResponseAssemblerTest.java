package org.sluice.gateway.chat;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.sluice.gateway.usage.Usage;

class ChatResponseAssemblerTest {
    private static final RawJson ONE = new RawJson("{\"n\":1}");
    private static final RawJson TWO = new RawJson("{\"n\":2}");

    private static ChatResponseAssembler with(ChatChunk... chunks) {
        ChatResponseAssembler assembler = new ChatResponseAssembler();
        List.of(chunks).forEach(assembler::add);
        return assembler;
    }

    private static List<Part> parts(ChatChunk... chunks) {
        return with(chunks).response().choices().get(0).message().parts();
    }

    @Test
    void pieces_of_a_part_are_joined_and_parts_keep_their_order() {
        assertThat(parts(new ChatChunk.ThinkingDelta(0, 0, "h"), new ChatChunk.ThinkingDelta(0, 0, "m"),
                new ChatChunk.ThinkingSignature(0, 0, "sig"), new ChatChunk.RedactedThinking(0, 1, "data"),
                new ChatChunk.TextDelta(0, 2, "Hello "), new ChatChunk.PartEnded(0, 1), new ChatChunk.TextDelta(0, 2, "you"),
                new ChatChunk.RefusalDelta(0, 3, "no")))
                .containsExactly(new Part.Thinking("hm", "sig"), new Part.RedactedThinking("data", Map.of()),
                        new Part.Text("Hello you"), new Part.Refusal("no", Map.of()));
    }

    @Test
    void two_tool_calls_whose_fragments_alternate_stay_apart() {
        assertThat(parts(new ChatChunk.ToolCallStarted(0, 0, "a", "f", Map.of("caller", ONE)), new ChatChunk.ToolCallStarted(0, 1, "b", "g", Map.of()),
                new ChatChunk.ArgumentsDelta(0, 0, "{\"x\""), new ChatChunk.ArgumentsDelta(0, 1, "{}"), new ChatChunk.ArgumentsDelta(0, 0, ":1}")))
                .containsExactly(new Part.ToolCall("a", "f", "{\"x\":1}", Map.of("caller", ONE)), new Part.ToolCall("b", "g", "{}"));
    }

    @Test
    void a_tool_call_without_arguments_has_empty_arguments() {
        assertThat(parts(new ChatChunk.ToolCallStarted(0, 0, "a", "f", Map.of()))).containsExactly(new Part.ToolCall("a", "f", ""));
    }

    @Test
    void extras_of_one_name_become_an_array() {
        assertThat(parts(new ChatChunk.TextDelta(0, 4, "cited"), new ChatChunk.PartExtra(0, 4, "citations", ONE), new ChatChunk.PartExtra(0, 4, "citations", TWO)))
                .containsExactly(new Part.Text("cited", Map.of("citations", new RawJson("[{\"n\":1},{\"n\":2}]"))));
    }

    @Test
    void an_opaque_part_is_kept_whole() {
        Part.Opaque opaque = new Part.Opaque("anthropic", "server_tool_use", ONE);
        assertThat(parts(new ChatChunk.OpaquePart(0, 0, opaque), new ChatChunk.TextDelta(0, 1, "x"))).containsExactly(opaque, new Part.Text("x"));
    }

    @Test
    void the_last_count_holds_and_nothing_is_added_up() {
        assertThat(with(new ChatChunk.Counted(Usage.of(10, 1)), new ChatChunk.Counted(Usage.of(10, 7))).response().usage()).isEqualTo(Usage.of(10, 7));
    }

    @Test
    void an_answer_without_counts_has_no_usage() {
        assertThat(with(new ChatChunk.TextDelta(0, 0, "x")).response().usage()).isNull();
    }

    @Test
    void the_frame_of_the_answer_is_kept() {
        ChatResponse response = with(new ChatChunk.Started("msg_1", "m", 17, Map.of("usage.service_tier", new RawJson("\"standard\""))),
                new ChatChunk.TextDelta(0, 0, "x"),
                new ChatChunk.Finished(0, FinishReason.STOP, Map.of("stop_sequence", new RawJson("\"END\""), "usage.iterations", ONE))).response();
        assertThat(response.id()).isEqualTo("msg_1");
        assertThat(response.responseModel()).isEqualTo("m");
        assertThat(response.created()).isEqualTo(17);
        assertThat(response.extras()).containsOnlyKeys("usage.service_tier", "usage.iterations");
        assertThat(response.choices().get(0).finishReason()).isEqualTo(FinishReason.STOP);
        assertThat(response.choices().get(0).extras()).containsOnlyKeys("stop_sequence");
    }

    @Test
    void choices_stand_in_the_order_of_their_index() {
        ChatResponse response = with(new ChatChunk.TextDelta(1, 0, "b"), new ChatChunk.TextDelta(0, 0, "a"), new ChatChunk.Finished(1, FinishReason.LENGTH, Map.of())).response();
        assertThat(response.choices()).extracting(ChatResponse.Choice::index).containsExactly(0, 1);
        assertThat(response.choices().get(0).finishReason()).isNull();
        assertThat(response.choices().get(1).finishReason()).isEqualTo(FinishReason.LENGTH);
    }

    @Test
    void only_the_end_the_source_tells_counts_as_the_end() {
        assertThat(with(new ChatChunk.Finished(0, FinishReason.STOP, Map.of())).isEnded()).isFalse();
        assertThat(with(new ChatChunk.Ended()).isEnded()).isTrue();
    }
}
