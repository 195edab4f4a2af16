package org.sluice.gateway.dialect.anthropic;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.sluice.gateway.chat.ChatChunk;
import org.sluice.gateway.chat.ChatResponse;
import org.sluice.gateway.chat.ChatResponseAssembler;
import org.sluice.gateway.chat.FinishReason;
import org.sluice.gateway.chat.Part;
import org.sluice.gateway.chat.RawJson;
import org.sluice.gateway.dialect.ChunkReader;
import org.sluice.gateway.dialect.ChunkWriter;
import org.sluice.gateway.dialect.Slice;
import org.sluice.gateway.error.ErrorType;
import org.sluice.gateway.error.GatewayException;
import org.sluice.gateway.recorded.RecordedEvents;
import org.sluice.gateway.usage.Usage;

/** Streams, event by event. */
class EventTest {
    private static final String START = "{'type':'message_start','message':{'id':'msg_1','model':'m','content':[],'usage':{'input_tokens':3,'cache_read_input_tokens':10,'output_tokens':1}}}";

    private static List<ChatChunk> read(String... events) {
        StringBuilder stream = new StringBuilder();
        for (String event : events) {
            stream.append("data: ").append(event.replace('\'', '"')).append("\n\n");
        }
        return read(stream.toString());
    }

    private static List<ChatChunk> read(String stream) {
        ChunkReader reader = new EventReader();
        List<ChatChunk> read = new ArrayList<>();
        RecordedEvents.of(stream.getBytes(UTF_8)).forEach(event -> read.addAll(reader.read(event)));
        return read;
    }

    private static String written(List<ChatChunk> chunks) {
        ChunkWriter writer = new EventWriter();
        StringBuilder out = new StringBuilder();
        for (ChatChunk chunk : chunks) {
            Slice frame = writer.write(chunk);
            out.append(frame == null ? "" : frame.text());
        }
        return out.append(writer.end().text()).toString();
    }

    private static String start(int index, String block) {
        return "{'type':'content_block_start','index':" + index + ",'content_block':" + block + "}";
    }

    private static String delta(int index, String delta) {
        return "{'type':'content_block_delta','index':" + index + ",'delta':" + delta + "}";
    }

    private static String stop(int index) {
        return "{'type':'content_block_stop','index':" + index + "}";
    }

    @Test
    void every_block_is_read_in_order() {
        assertThat(read(START, "{'type':'ping'}", start(0, "{'type':'thinking','thinking':'','signature':''}"), delta(0, "{'type':'thinking_delta','thinking':'hm'}"),
                delta(0, "{'type':'signature_delta','signature':'s1'}"), stop(0), start(1, "{'type':'redacted_thinking','data':'d'}"), stop(1),
                start(2, "{'type':'text','text':''}"), delta(2, "{'type':'text_delta','text':'é😀'}"), delta(2, "{'type':'citations_delta','citation':{'url':'u'}}"), stop(2),
                start(3, "{'type':'tool_use','id':'t','name':'f','input':{},'caller':{'type':'direct'}}"), delta(3, "{'type':'input_json_delta','partial_json':''}"),
                delta(3, "{'type':'input_json_delta','partial_json':'{}'}"), stop(3),
                "{'type':'message_delta','delta':{'stop_reason':'tool_use','stop_sequence':null},'usage':{'output_tokens':9}}", "{'type':'message_stop'}"))
                .containsExactly(new ChatChunk.Started("msg_1", "m", 0, Map.of()), new ChatChunk.Counted(new Usage(13, 1, 10, 0, 0, 0, 0, 0)),
                        new ChatChunk.ThinkingDelta(0, 0, "hm"), new ChatChunk.ThinkingSignature(0, 0, "s1"), new ChatChunk.PartEnded(0, 0),
                        new ChatChunk.RedactedThinking(0, 1, "d"), new ChatChunk.PartEnded(0, 1), new ChatChunk.TextDelta(0, 2, "é😀"),
                        new ChatChunk.PartExtra(0, 2, "citations", new RawJson("{\"url\":\"u\"}")), new ChatChunk.PartEnded(0, 2),
                        new ChatChunk.ToolCallStarted(0, 3, "t", "f", Map.of("caller", new RawJson("{\"type\":\"direct\"}"))), new ChatChunk.ArgumentsDelta(0, 3, "{}"), new ChatChunk.PartEnded(0, 3),
                        new ChatChunk.Counted(new Usage(13, 9, 10, 0, 0, 0, 0, 0)), new ChatChunk.Finished(0, FinishReason.TOOL_CALLS, Map.of()), new ChatChunk.Ended());
    }

    @Test
    void a_call_without_fragments_has_the_input_it_began_with() {
        assertThat(read(start(0, "{'type':'tool_use','id':'t','name':'f','input':{'a':1}}"), stop(0))).contains(new ChatChunk.ArgumentsDelta(0, 0, "{\"a\":1}"));
    }

    @Test
    void a_block_without_a_word_is_told_whole_at_its_end() {
        assertThat(read(start(0, "{'type':'server_tool_use','id':'s','name':'web_search','input':{}}"), delta(0, "{'type':'input_json_delta','partial_json':'{\\\"query\\\":'}"),
                delta(0, "{'type':'input_json_delta','partial_json':'1}'}"), stop(0)))
                .containsExactly(new ChatChunk.OpaquePart(0, 0, new Part.Opaque("anthropic", "server_tool_use",
                        new RawJson("{\"type\":\"server_tool_use\",\"id\":\"s\",\"name\":\"web_search\",\"input\":{\"query\":1}}"))), new ChatChunk.PartEnded(0, 0));
    }

    @Test
    void an_answer_given_through_the_reserved_tool_is_text() {
        assertThat(read(START, start(0, "{'type':'tool_use','id':'t','name':'gateway_structured_answer','input':{}}"), delta(0, "{'type':'input_json_delta','partial_json':'{1'}"), stop(0),
                "{'type':'message_delta','delta':{'stop_reason':'tool_use'},'usage':{'output_tokens':9}}"))
                .contains(new ChatChunk.TextDelta(0, 0, "{1"), new ChatChunk.Finished(0, FinishReason.STOP, Map.of())).noneMatch(ChatChunk.ToolCallStarted.class::isInstance);
    }

    @ParameterizedTest
    @ValueSource(strings = {"{'type':'never_seen'}", "{'type':'content_block_delta','index':7,'delta':{'type':'text_delta','text':'x'}}", "{'type':'content_block_stop','index':7}",
        "{'type':'content_block_start','index':0}", "{'type':'content_block_delta'}", "{}"})
    void events_without_a_meaning_do_not_disturb(String event) {
        assertThat(read(event)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"overloaded_error,529", "rate_limit_error,429", "invalid_request_error,400", "api_error,500", "timeout_error,504", "never_seen,500"})
    void an_error_in_the_stream_has_the_status_it_would_have_had(String type, int status) {
        GatewayException failure = catchThrowableOfType(GatewayException.class, () -> read(START, "{'type':'error','error':{'type':'" + type + "','message':'Overloaded'}}"));
        assertThat(failure.getMessage()).isEqualTo("Overloaded");
        assertThat(failure.providerError().orElseThrow().status()).isEqualTo(status);
    }

    @ParameterizedTest
    @ValueSource(strings = {"data: {\"type\":\n\n", "data: []\n\n", "data: {\"type\":\"message_start\"}\n\n"})
    void what_is_no_event_is_the_providers_fault(String stream) {
        GatewayException failure = catchThrowableOfType(GatewayException.class, () -> read(stream));
        assertThat(failure.type()).isEqualTo(ErrorType.UPSTREAM_INVALID);
    }

    @Test
    void a_stream_is_written_with_one_block_open_at_a_time() {
        List<ChatChunk> chunks = List.of(new ChatChunk.Started("msg_1", "m", 0, Map.of()), new ChatChunk.ToolCallStarted(0, 0, "a", "f", Map.of()), new ChatChunk.ToolCallStarted(0, 1, "b", "g", Map.of()),
                new ChatChunk.ArgumentsDelta(0, 1, "{}"), new ChatChunk.ArgumentsDelta(0, 0, "{}"), new ChatChunk.Finished(0, FinishReason.TOOL_CALLS, Map.of()), new ChatChunk.Counted(Usage.of(5, 2)));
        String stream = written(chunks);
        List<String> order = Folded.data(stream.getBytes(UTF_8)).stream().map(event -> event.get("type") + " " + event.get("index")).toList();
        assertThat(order).containsExactly("message_start null", "content_block_start 0", "content_block_delta 0", "content_block_stop 0", "content_block_start 1", "content_block_delta 1",
                "content_block_stop 1", "message_delta null", "message_stop null");
        assertThat(stream).startsWith("event: message_start\ndata: {").contains("event: message_stop\ndata: {\"type\":\"message_stop\"}\n\n");
        assertThat(Folded.message(stream.getBytes(UTF_8))).containsEntry("stop_reason", "tool_use");
    }

    @Test
    void pages_found_on_the_web_are_cited_and_words_of_refusal_say_so_in_the_reason() {
        RawJson found = new RawJson("[{\"type\":\"url_citation\",\"url_citation\":{\"url\":\"https://x\",\"title\":\"X\",\"start_index\":0}},{\"type\":\"file_citation\"}]");
        Map<String, Object> cited = Folded.message(written(List.of(new ChatChunk.Started("c", "m", 0, Map.of()), new ChatChunk.TextDelta(0, 0, "a"), new ChatChunk.PartExtra(0, 0, "annotations", found),
                new ChatChunk.Finished(0, FinishReason.STOP, Map.of()))).getBytes(UTF_8));
        assertThat(cited.get("content")).isEqualTo(Plain.of("[{\"type\":\"text\",\"text\":\"a\",\"citations\":[{\"type\":\"web_search_result_location\",\"cited_text\":\"\",\"encrypted_index\":\"__ts__\",\"title\":\"X\",\"url\":\"https://x\"}]}]"));
        assertThat(cited.get("stop_reason")).isEqualTo("end_turn");
        Map<String, Object> refused = Folded.message(written(List.of(new ChatChunk.Started("c", "m", 0, Map.of()), new ChatChunk.RefusalDelta(0, 0, "No."), new ChatChunk.Finished(0, FinishReason.STOP, Map.of()))).getBytes(UTF_8));
        assertThat(refused.get("stop_reason")).isEqualTo("refusal");
        assertThat(refused.get("content")).isEqualTo(Plain.of("[{\"type\":\"text\",\"text\":\"No.\"}]"));
    }

    @Test
    void arguments_that_are_no_json_pass_as_they_came() {
        String stream = written(List.of(new ChatChunk.Started("c", "m", 0, Map.of()), new ChatChunk.ToolCallStarted(0, 0, "t", "f", Map.of()), new ChatChunk.ArgumentsDelta(0, 0, "{\"a\": oops"),
                new ChatChunk.Finished(0, FinishReason.TOOL_CALLS, Map.of())));
        assertThat(stream).contains("{\"type\":\"input_json_delta\",\"partial_json\":\"{\\\"a\\\": oops\"}").contains("message_stop");
    }

    @Test
    void what_is_written_is_read_back_equal() {
        Random random = new Random(3);
        for (int round = 0; round < 3_000; round++) {
            List<ChatChunk> chunks = randomStream(random);
            String stream = written(chunks);
            assertThat(answer(read(stream))).as(stream).isEqualTo(answer(chunks));
        }
    }

    private static ChatResponse answer(List<ChatChunk> chunks) {
        ChatResponseAssembler assembler = new ChatResponseAssembler();
        chunks.forEach(assembler::add);
        return assembler.response();
    }

    private static List<ChatChunk> randomStream(Random random) {
        String[] words = {"a", "data: x\n\n", "\"}", "é€😀", "\ud83d", "\r\n", "event: error", "{\"error\":{}}", " "};
        List<ChatChunk> chunks = new ArrayList<>(List.of(new ChatChunk.Started("msg_1", "m", 0, Map.of("usage.service_tier", new RawJson("\"standard\"")))));
        boolean isCalled = false;
        int parts = random.nextInt(5);
        for (int part = 0; part < parts; part++) {
            int kind = random.nextInt(5);
            if (kind == 2) {
                chunks.add(new ChatChunk.ToolCallStarted(0, part, "t" + part, "f", Map.of()));
                isCalled = true;
            }
            for (int i = random.nextInt(3); i >= 0; i--) {
                String word = words[random.nextInt(words.length)];
                chunks.add(kind == 0 ? new ChatChunk.TextDelta(0, part, word) : kind == 1 ? new ChatChunk.ThinkingDelta(0, part, word)
                        : kind == 2 ? new ChatChunk.ArgumentsDelta(0, part, word) : kind == 3 && i == 0 ? new ChatChunk.RedactedThinking(0, part, word)
                        : kind == 4 && i == 0 ? new ChatChunk.OpaquePart(0, part, new Part.Opaque("anthropic", "x", new RawJson("{\"type\":\"x\", \"a\":1e2}"))) : new ChatChunk.Counted(Usage.of(5, 1)));
            }
            if (kind == 0 && random.nextBoolean()) {
                chunks.add(new ChatChunk.PartExtra(0, part, "citations", new RawJson("{\"url\":1}")));
            } else if (kind == 1) {
                chunks.add(new ChatChunk.ThinkingSignature(0, part, "sig" + part));
            }
            chunks.add(new ChatChunk.PartEnded(0, part));
        }
        chunks.add(new ChatChunk.Counted(new Usage(50, 7, 20, 10, 4, 2, 0, 0)));
        chunks.add(new ChatChunk.Finished(0, isCalled ? FinishReason.TOOL_CALLS : List.of(FinishReason.values()).get(random.nextInt(2)), Map.of()));
        return chunks;
    }
}
