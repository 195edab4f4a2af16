package org.sluice.gateway.dialect.openai;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.sluice.gateway.chat.ChatChunk;
import org.sluice.gateway.dialect.ServerSentEvent;
import org.sluice.gateway.dialect.Slice;

class TextTemplateTest {
    private static final String HEAD = "{\"id\":\"a\",\"choices\":[{\"index\":0,\"delta\":{\"content\":\"";
    private static final String TAIL = "\"},\"finish_reason\":null}]}";
    private final TextTemplate template = new TextTemplate();

    @Test
    void a_chunk_with_other_words_needs_no_parser() {
        learn(HEAD + "one" + TAIL, "one");
        assertThat(template.read(in(HEAD + " two é\u20ac" + TAIL))).isEqualTo(words(" two é\u20ac"));
        assertThat(template.read(in(HEAD + "x" + TAIL))).isEqualTo(words("x"));
    }

    @Test
    void whatever_differs_around_the_words_is_parsed() {
        learn(HEAD + "one" + TAIL, "one");
        assertThat(template.read(in(HEAD + "two\"},\"finish_reason\":\"stop\"}]}"))).isNull();
        assertThat(template.read(in(HEAD.replace("\"a\"", "\"b\"") + "two" + TAIL))).isNull();
        assertThat(template.read(in(HEAD + "two" + TAIL + " "))).isNull();
        assertThat(template.read(in(HEAD + TAIL))).as("no words").isNull();
        assertThat(template.read(in(HEAD + "\\n" + TAIL))).as("an escape").isNull();
        assertThat(template.read(in(HEAD + "\n" + TAIL))).as("no JSON").isNull();
        assertThat(template.read(in(HEAD))).isNull();
        assertThat(template.read(in("{}"))).isNull();
    }

    @Test
    void only_a_chunk_of_nothing_but_words_is_learnt() {
        String twice = "{\"content\":\"one\",\"choices\":[{\"index\":0,\"delta\":{\"content\":\"one\"}}]}";
        learn(twice, "one");
        assertThat(template.read(in(twice))).as("which of the two?").isNull();

        template.learn(in(HEAD + "one" + TAIL), List.of(words("one"), new ChatChunk.Ended()));
        assertThat(template.read(in(HEAD + "two" + TAIL))).isNull();

        learn(HEAD + "one" + TAIL, "another");
        assertThat(template.read(in(HEAD + "two" + TAIL))).isNull();
    }

    @Test
    void a_stream_read_with_the_template_means_what_it_means_without() {
        OpenAiChunkReader reader = new OpenAiChunkReader();
        reader.read(event("{\"id\":\"a\",\"model\":\"m\",\"choices\":[{\"index\":0,\"delta\":{\"role\":\"assistant\",\"content\":\"\"},\"finish_reason\":null}]}"));
        assertThat(reader.read(event(HEAD + "one" + TAIL))).containsExactly(words("one"));
        assertThat(reader.read(event(HEAD + "two" + TAIL))).containsExactly(words("two"));
        assertThat(reader.read(event(HEAD + "say \\\"three\\\"" + TAIL))).containsExactly(words("say \"three\""));
        assertThat(reader.read(event(HEAD + "four" + TAIL))).containsExactly(words("four"));
        assertThat(reader.read(event("{\"id\":\"a\",\"choices\":[{\"index\":0,\"delta\":{\"reasoning_content\":\"hm\"},\"finish_reason\":null}]}")))
                .containsExactly(new ChatChunk.ThinkingDelta(0, 1, "hm"));
        assertThat(reader.read(event(HEAD + "five" + TAIL))).as("a new part after the thought").containsExactly(new ChatChunk.TextDelta(0, 2, "five", Map.of()));
        assertThat(reader.read(event(HEAD + "six" + TAIL))).containsExactly(new ChatChunk.TextDelta(0, 2, "six", Map.of()));
    }

    private void learn(String chunk, String words) {
        template.learn(in(chunk), List.of(words(words)));
    }

    private static ChatChunk.TextDelta words(String text) {
        return new ChatChunk.TextDelta(0, 0, text, Map.of());
    }

    /** In the middle of a buffer. */
    private static Slice in(String text) {
        Slice whole = Slice.utf8("xx" + text + "\"content\":\"");
        return new Slice(whole.array(), 2, whole.to() - 11);
    }

    private static ServerSentEvent event(String data) {
        return new ServerSentEvent(null, in(data), Slice.utf8(data), true);
    }
}
