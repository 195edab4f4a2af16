package org.sluice.gateway.citation;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.sluice.gateway.chat.ChatChunk;
import org.sluice.gateway.chat.ChatResponse;
import org.sluice.gateway.chat.FinishReason;
import org.sluice.gateway.chat.Message;
import org.sluice.gateway.chat.Part;
import org.sluice.gateway.chat.RawJson;
import org.sluice.gateway.chat.Role;

class CitationsTest {
    private static RawJson json(String plain) {
        return new RawJson(plain.replace('\'', '"'));
    }

    private static Part.Text text(String text, String name, String citations) {
        return new Part.Text(text, Map.of(name, json(citations)));
    }

    private static ChatResponse.Choice choice(Map<String, RawJson> message, Part... parts) {
        return new ChatResponse.Choice(0, new Message(Role.ASSISTANT, null, List.of(parts), message), FinishReason.STOP, Map.of());
    }

    /** Without the provider's own words. */
    private static List<Citation> bare(List<Citation> citations) {
        return citations.stream().map(one -> new Citation(one.url(), one.title(), one.source(), one.quoted(), one.from(), one.to())).toList();
    }

    private static List<Citation> of(Part.Text text) {
        return bare(Citations.of(text));
    }

    private static List<Citation> of(ChatResponse.Choice choice, Map<String, RawJson> answer) {
        return bare(Citations.of(choice, answer));
    }

    @Test
    void every_form_is_known_by_its_shape() {
        assertThat(of(text("hello", "annotations", "[{'type':'url_citation','url_citation':{'url':'u','title':'t','start_index':1,'end_index':3}}]")))
                .containsExactly(new Citation("u", "t", null, null, 1, 3));
        assertThat(of(text("hello", "item.annotations", "[{'type':'url_citation','url':'u'},{'type':'file_citation','file_id':'file-1','filename':'f.txt','index':4}]")))
                .containsExactly(new Citation("u", null, null, null, 0, 5), new Citation(null, "f.txt", "file-1", null, 0, 5));
        assertThat(of(text("hello", "citations", "[{'type':'web_search_result_location','url':'u','title':'t','cited_text':'q','encrypted_index':'e'},"
                + "{'type':'char_location','document_title':'d','cited_text':'q','start_char_index':7}]")))
                .containsExactly(new Citation("u", "t", null, "q", 0, 5), new Citation(null, "d", null, "q", 0, 5));
        assertThat(of(text("hello", "citations", "[{'location':{'web':{'url':'u'}},'title':'t','sourceContent':[{'text':'a'},{'text':'b'}]}]")))
                .containsExactly(new Citation("u", "t", null, "ab", 0, 5));
        assertThat(of(text("hello", "citations", "[[{'start':1,'end':2,'text':'e','sources':[{'type':'document','id':'doc:0','document':{'title':'d','text':'q'}}]}]]")))
                .containsExactly(new Citation(null, "d", "doc:0", "q", 1, 2));
    }

    @Test
    void what_names_no_source_and_what_is_no_json_is_no_citation() {
        assertThat(of(text("hello", "citations", "[{'type':'url_citation'},'a word',7,null]"))).isEmpty();
        assertThat(of(text("hello", "citations", "[{"))).isEmpty();
    }

    @Test
    void places_count_over_the_whole_answer_or_over_the_part_they_fall_into() {
        ChatResponse.Choice choice = choice(Map.of("annotations", json("[{'type':'url_citation','url_citation':{'url':'m','start_index':4,'end_index':9}}]")),
                new Part.Text("one"), new Part.Thinking("hm", null), text("two", "citations", "[{'type':'web_search_result_location','url':'p'}]"));
        assertThat(of(choice, Map.of())).containsExactly(new Citation("p", null, null, null, 3, 6), new Citation("m", null, null, null, 4, 9));
        assertThat(Citations.byPart(choice, Map.of()).stream().map(CitationsTest::bare)).containsExactly(List.of(), List.of(),
                List.of(new Citation("p", null, null, null, 0, 3), new Citation("m", null, null, null, 1, 3)));
    }

    @Test
    void what_the_answer_cites_as_a_whole_is_told_once_with_its_title() {
        Map<String, RawJson> answer = Map.of("citations", json("['https://a','https://b']"), "search_results", json("[{'url':'https://b','title':'B'}]"));
        assertThat(of(choice(Map.of(), new Part.Text("hi")), answer))
                .containsExactly(new Citation("https://b", "B", null, null, 0, 2), new Citation("https://a", null, null, null, 0, 2));
    }

    @Test
    void a_citation_of_a_stream_waits_for_the_words_it_speaks_of() {
        CitedText cited = new CitedText(Map.of());
        cited.say(0, "one");
        assertThat(cited.cite(new ChatChunk.PartExtra(0, 1, "citations", json("{'type':'web_search_result_location','url':'u'}")))).isTrue();
        assertThat(cited.cite(new ChatChunk.PartExtra(0, 1, "logprobs", json("{}")))).isFalse();
        cited.say(1, "t");
        cited.say(1, "wo");
        assertThat(cited.start(1)).isEqualTo(3);
        assertThat(bare(cited.take())).containsExactly(new Citation("u", null, null, null, 3, 6));
        assertThat(cited.take()).isEmpty();
    }
}
