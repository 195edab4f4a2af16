package org.sluice.gateway.citation;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.sluice.gateway.chat.ChatChunk;
import org.sluice.gateway.chat.ChatResponse;
import org.sluice.gateway.chat.FinishReason;
import org.sluice.gateway.chat.Message;
import org.sluice.gateway.chat.Part;
import org.sluice.gateway.chat.RawJson;
import org.sluice.gateway.chat.Role;
import org.sluice.gateway.dialect.ChunkWriter;
import org.sluice.gateway.dialect.Dialect;
import org.sluice.gateway.dialect.Slice;
import org.sluice.gateway.dialect.anthropic.AnthropicDialect;
import org.sluice.gateway.dialect.gemini.GeminiDialect;
import org.sluice.gateway.dialect.openai.OpenAiDialect;
import org.sluice.gateway.dialect.responses.ResponsesDialect;

/** Citations of one format as clients of another are told them. */
class CrossingTest {
    private static final ChatChunk.Started STARTED = new ChatChunk.Started("c", "m", 1, Map.of());
    private static final ChatChunk.Finished FINISHED = new ChatChunk.Finished(0, FinishReason.STOP, Map.of());
    private static final ChatChunk.PartExtra CLAUDES = extra(1, "citations", "{'type':'web_search_result_location','url':'https://p','title':'P','cited_text':'q','encrypted_index':'e'}");
    private static final ChatChunk.PartExtra COHERES = extra(1, "citations", "[{'start':1,'end':2,'sources':[{'id':'doc:0','document':{'title':'D','text':'q'}},{'id':'doc:1','document':{'url':'https://p'}}]}]");
    private static final String OF_CLAUDE = "'start_index':3,'end_index':6,'url':'https://p','title':'P'";

    private static String json(String plain) {
        return plain.replace('\'', '"');
    }

    private static ChatChunk.PartExtra extra(int part, String name, String value) {
        return new ChatChunk.PartExtra(0, part, name, new RawJson(json(value)));
    }

    private static ChatChunk text(int part, String text) {
        return new ChatChunk.TextDelta(0, part, text);
    }

    private static String told(Dialect client, ChatChunk... chunks) {
        ChunkWriter writer = client.chunkWriter(false);
        StringBuilder stream = new StringBuilder();
        for (ChatChunk chunk : chunks) {
            Slice frame = writer.write(chunk);
            stream.append(frame == null ? "" : frame.text());
        }
        return stream.append(writer.end().text()).toString();
    }

    private static String told(Dialect client, Part... parts) {
        ChatResponse answer = new ChatResponse("c", 1, "m", List.of(new ChatResponse.Choice(0, new Message(Role.ASSISTANT, List.of(parts)), FinishReason.STOP, Map.of())), null, Map.of());
        return new String(client.writeResponse(answer), UTF_8);
    }

    private static Part.Text cited(ChatChunk.PartExtra extra) {
        return new Part.Text("two", Map.of(extra.name(), extra.value().text().startsWith("[") ? extra.value() : new RawJson("[" + extra.value() + "]")));
    }

    @Test
    void chat_completions_are_told_pages_as_annotations_before_the_end() {
        String annotations = json("'annotations':[{'type':'url_citation','url_citation':{" + OF_CLAUDE + "}}]");
        String stream = told(new OpenAiDialect(), STARTED, text(0, "one"), CLAUDES, text(1, "two"), FINISHED);
        assertThat(stream).containsOnlyOnce(annotations);
        assertThat(stream.indexOf(annotations)).isGreaterThan(stream.indexOf("two")).isLessThan(stream.indexOf("\"stop\""));
        assertThat(told(new OpenAiDialect(), new Part.Text("one"), cited(CLAUDES))).containsOnlyOnce(annotations);
        assertThat(told(new OpenAiDialect(), STARTED, text(0, "one"), extra(0, "item.annotations", "{'type':'url_citation','url':'https://p','start_index':1,'end_index':2}"), FINISHED))
                .contains(json("'annotations':[{'type':'url_citation','url_citation':{'start_index':1,'end_index':2,'url':'https://p','title':''}}]"));
        assertThat(told(new OpenAiDialect(), STARTED, text(0, "one"), extra(0, "annotations", "[{'type':'url_citation','url_citation':{'url':'https://p'}}]"), FINISHED)).containsOnlyOnce("annotations");
    }

    @Test
    void responses_are_told_pages_when_their_text_ends() {
        String annotation = json("{'type':'url_citation','start_index':0,'end_index':3,'url':'https://p','title':'P'}");
        String stream = told(new ResponsesDialect(), STARTED, text(0, "one"), new ChatChunk.PartEnded(0, 0), CLAUDES, text(1, "two"), new ChatChunk.PartEnded(0, 1), FINISHED);
        assertThat(stream).contains(json("'content_index':1,'annotation_index':0,'annotation':") + annotation, json("'annotations':[") + annotation + "]");
        assertThat(stream.indexOf("output_text.annotation.added")).isGreaterThan(stream.indexOf("two")).isLessThan(stream.lastIndexOf("event: response.output_text.done"));
        assertThat(told(new ResponsesDialect(), new Part.Text("one"), cited(CLAUDES))).contains(json("'annotations':[") + annotation + "]");
    }

    @Test
    void responses_are_told_what_comes_late_on_a_text_of_its_own() {
        String stream = told(new ResponsesDialect(), STARTED, text(0, "one"), new ChatChunk.PartEnded(0, 0), new ChatChunk.ToolCallStarted(0, 2, "t", "f", Map.of()), CLAUDES, FINISHED);
        assertThat(stream).contains(json("'annotation':{'type':'url_citation','start_index':0,'end_index':0,'url':'https://p'"));
    }

    @Test
    void responses_are_told_files_by_their_id() {
        assertThat(told(new ResponsesDialect(), cited(extra(0, "citations", "{'type':'page_location','document_title':'f.pdf','file_id':'file_1','cited_text':'q'}"))))
                .contains(json("'annotations':[{'type':'file_citation','index':3,'file_id':'file_1','filename':'f.pdf'}]"));
        assertThat(told(new ResponsesDialect(), cited(extra(0, "citations", "{'type':'page_location','document_title':'f.pdf','cited_text':'q'}"))))
                .contains(json("'annotations':[{'type':'document_citation','start_index':0,'end_index':3,'document_id':null,'title':'f.pdf','cited_text':'q','citation':{'type':'page_location','document_title':'f.pdf','cited_text':'q'}}]"));
    }

    @Test
    void a_provider_of_responses_is_not_asked_with_the_gateways_own_type() {
        ResponsesDialect responses = new ResponsesDialect();
        String page = json("{'type':'url_citation','start_index':0,'end_index':1,'url':'https://p','title':'P'}");
        String body = json("{'model':'m','input':[{'type':'message','role':'assistant','content':[{'type':'output_text','text':'a','annotations':[{'type':'document_citation','document_id':'d','title':'T'},") + page
                + json("]}]},{'role':'user','content':'r'}]}");
        String sent = new String(responses.forward(responses.readOutline(body.getBytes(UTF_8)), "gpt-5", Set.of()).toBytes(), UTF_8);
        assertThat(sent).contains("\"annotations\":[" + page + "]").doesNotContain("document_citation");
    }

    @Test
    void chat_completions_are_told_documents_of_responses_as_they_are() {
        String file = json("{'type':'file_citation','file_id':'file-1','filename':'f.txt','index':2}");
        assertThat(told(new OpenAiDialect(), STARTED, text(0, "one"), extra(0, "item.annotations", file), FINISHED)).containsOnlyOnce("\"citations\":[" + file + "]").doesNotContain("annotations");
        assertThat(told(new OpenAiDialect(), new Part.Text("one", Map.of("item.annotations", new RawJson("[" + file + "]"))))).containsOnlyOnce("\"citations\":[" + file + "]").doesNotContain("annotations");
    }

    @Test
    void claudes_clients_are_told_pages_of_any_form_and_documents_as_search_results() {
        String page = json("{'type':'web_search_result_location','cited_text':'','encrypted_index':'__ts__','title':null,'url':'https://p'}");
        String document = json("{'type':'search_result_location','cited_text':'q','encrypted_index':'__ts__','title':'D','source':'doc:0','search_result_index':0,'start_block_index':0,'end_block_index':1}");
        assertThat(told(new AnthropicDialect(), STARTED, text(1, "two"), COHERES, FINISHED)).contains(json("'citations_delta','citation':") + page, json("'citations_delta','citation':") + document);
        assertThat(told(new AnthropicDialect(), cited(COHERES))).contains(json("'citations':[") + document + "," + page + "]");
        assertThat(told(new AnthropicDialect(), cited(CLAUDES))).contains(json("'citations':[") + CLAUDES.value() + "]");
    }

    @Test
    void claude_is_not_asked_about_pages_that_it_did_not_find() {
        Dialect anthropic = new AnthropicDialect();
        String own = CLAUDES.value().text();
        String foreign = own.replace("\"e\"", "\"__ts__\"");
        String body = json("{'model':'m','max_tokens':9,'messages':[{'role':'user','content':'q'},{'role':'assistant','content':[{'type':'text','text':'a','citations':[") + foreign + "," + own
                + json("]},{'type':'text','text':'b','citations':[") + foreign + json("]}]},{'role':'user','content':'r'}]}");
        String sent = new String(anthropic.forward(anthropic.readOutline(body.getBytes(UTF_8)), "claude-opus-4-6", Set.of()).toBytes(), UTF_8);
        assertThat(sent).contains(json("{'type':'text','text':'a','citations':[") + own + "]}", json("{'type':'text','text':'b'}")).doesNotContain("__ts__");
    }

    @Test
    void geminis_clients_are_told_pages_and_documents() {
        String pages = json("'citationMetadata':{'citationSources':[{'startIndex':1,'endIndex':2,'uri':'https://p'}]}");
        String documents = json("'groundingMetadata':{'groundingChunks':[{'retrievedContext':{'uri':'doc:0','title':'D','text':'q'}}],"
                + "'groundingSupports':[{'segment':{'startIndex':1,'endIndex':2},'groundingChunkIndices':[0]}]}");
        assertThat(told(new GeminiDialect(), STARTED, text(1, "two"), COHERES, FINISHED)).contains(pages, documents);
        assertThat(told(new GeminiDialect(), cited(COHERES))).contains(pages, documents);
    }
}
