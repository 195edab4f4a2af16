package org.sluice.gateway.dialect.gemini;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;
import org.sluice.gateway.chat.ChatChunk;
import org.sluice.gateway.chat.ChatResponse;
import org.sluice.gateway.chat.FinishReason;
import org.sluice.gateway.chat.Part;
import org.sluice.gateway.dialect.EventWatch;
import org.sluice.gateway.error.GatewayException;
import org.sluice.gateway.recorded.RecordedEvents;
import org.sluice.gateway.usage.Usage;

/** Streams. */
class EventTest {
    private static byte[] stream(String... payloads) {
        StringBuilder stream = new StringBuilder();
        for (String payload : payloads) {
            stream.append("data: ").append(payload).append("\r\n\r\n");
        }
        return Asking.bytes(stream.toString());
    }

    private static List<ChatChunk> read(String... payloads) {
        return Streams.chunks(Asking.GEMINI.chunkReader(), stream(payloads));
    }

    private static String text(String text, String more) {
        return "{'candidates':[{'content':{'parts':[{'text':'" + text + "'}]}" + more + "}],'responseId':'r','modelVersion':'m'}";
    }

    @Test
    void a_finish_reason_on_every_event_finishes_once() {
        List<ChatChunk> chunks = read(text("a", ",'finishReason':'STOP'"), text("b", ",'finishReason':'STOP'"), text("c", ",'finishReason':'MAX_TOKENS'"));
        assertThat(chunks.stream().filter(ChatChunk.Finished.class::isInstance)).containsExactly(new ChatChunk.Finished(0, FinishReason.LENGTH, Map.of()));
        assertThat(Streams.assembled(chunks).choices().get(0).message().parts()).containsExactly(new Part.Text("abc"));
    }

    @Test
    void several_parts_in_one_event_and_several_candidates() {
        ChatResponse answer = Streams.assembled(read("{'responseId':'r','candidates':[{'index':0,'content':{'parts':[{'text':'hm','thought':true},{'text':'a'},{'functionCall':{'name':'f','args':{'x':1}},'thoughtSignature':'AAAA'},{'functionCall':{'name':'f'}}]},'finishReason':'STOP'},"
                + "{'index':1,'content':{'parts':[{'text':'b'}]}}]}", "{'candidates':[{'index':1,'content':{'parts':[{'text':'c'}]},'finishReason':'STOP'}]}"));
        List<Part> parts = answer.choices().get(0).message().parts();
        assertThat(parts).hasSize(4);
        assertThat(parts.get(0)).isEqualTo(new Part.Thinking("hm", null));
        assertThat(((Part.ToolCall) parts.get(2)).extras().get("thought_signature").text()).isEqualTo("\"gemini:AAAA\"");
        assertThat(((Part.ToolCall) parts.get(2)).id()).isEqualTo("gcall_r_0");
        assertThat(((Part.ToolCall) parts.get(3)).arguments()).isEmpty();
        assertThat(answer.choices().get(1).message().parts()).containsExactly(new Part.Text("bc"));
        assertThat(answer.choices().get(0).finishReason()).isEqualTo(FinishReason.TOOL_CALLS);
    }

    @Test
    void one_candidate_that_did_not_finish_is_no_end() {
        assertThat(read("{'candidates':[{'index':0,'content':{'parts':[{'text':'a'}]},'finishReason':'STOP'},{'index':1,'content':{'parts':[{'text':'b'}]}}]}"))
                .noneMatch(ChatChunk.Ended.class::isInstance);
        assertThat(read("{'usageMetadata':{'promptTokenCount':1}}")).noneMatch(ChatChunk.Ended.class::isInstance);
    }

    @Test
    void arguments_in_pieces_are_put_together() {
        ChatResponse answer = Streams.assembled(read("{'responseId':'r','candidates':[{'content':{'parts':[{'functionCall':{'name':'f','willContinue':true}}]}}]}",
                "{'candidates':[{'content':{'parts':[{'functionCall':{'partialArgs':[{'jsonPath':'$.a[0].b','stringValue':'x','willContinue':true},{'jsonPath':'$.n','numberValue':5}],'willContinue':true}}]}}]}",
                "{'candidates':[{'content':{'parts':[{'functionCall':{'partialArgs':[{'jsonPath':'$.a[0].b','stringValue':'y'},{'jsonPath':'$.z','nullValue':'NULL_VALUE'},{'jsonPath':'$.t','boolValue':true}]}}]},'finishReason':'STOP'}]}"));
        assertThat(Plain.of(((Part.ToolCall) answer.choices().get(0).message().parts().get(0)).arguments())).isEqualTo(Asking.plain("{'a':[{'b':'xy'}],'n':5,'t':true}"));
    }

    @Test
    void counters_are_cumulative() {
        List<ChatChunk> chunks = read("{'candidates':[{'content':{'parts':[{'text':'a'}]}}],'usageMetadata':{'promptTokenCount':9,'thoughtsTokenCount':4}}",
                "{'candidates':[{'content':{'parts':[{'text':'b'}]},'finishReason':'STOP'}],'usageMetadata':{'promptTokenCount':9,'candidatesTokenCount':2}}");
        assertThat(Streams.assembled(chunks).usage()).isEqualTo(new Usage(9, 6, 0, 0, 0, 4, 0, 0));
    }

    @Test
    void citations_of_several_events_are_collected() {
        ChatResponse answer = Streams.assembled(read("{'candidates':[{'content':{'parts':[{'text':'ab'}]},'citationMetadata':{'citationSources':[{'endIndex':1,'uri':'u1'}]}}]}",
                "{'candidates':[{'content':{'parts':[{'text':'c'}]},'citationMetadata':{'citationSources':[{'startIndex':1,'endIndex':3,'uri':'u2'}]},'finishReason':'STOP'}]}"));
        assertThat(answer.choices().get(0).extras().get("citationMetadata").text()).contains("u1").contains("u2");
        assertThat(answer.choices().get(0).message().parts().get(0).extras().get("annotations").text()).contains("\"start_index\":1,\"end_index\":3,\"url\":\"u2\"");
    }

    @Test
    void an_error_in_the_stream_has_the_status_it_says() {
        byte[] stream = stream(text("a", ""), "{'error':{'code':429,'message':'slow down','status':'RESOURCE_EXHAUSTED'}}");
        GatewayException failure = catchThrowableOfType(GatewayException.class, () -> Streams.chunks(Asking.GEMINI.chunkReader(), stream));
        assertThat(failure.status()).isEqualTo(429);
        assertThat(failure).hasMessage("slow down");
        EventWatch watch = Asking.GEMINI.watch(true);
        assertThat(RecordedEvents.of(stream).stream().map(watch::see)).containsExactly(EventWatch.Verdict.RELAY, EventWatch.Verdict.ERROR);
        GatewayException broken = catchThrowableOfType(GatewayException.class, () -> read("{'candidates'"));
        assertThat(broken.type().code()).isEqualTo("upstream_invalid_response");
    }

    @Test
    void an_openai_stream_becomes_googles() {
        String chunk = "{'id':'chatcmpl-1','model':'gpt','choices':[{'index':0,'delta':";
        byte[] openAi = stream(chunk + "{'role':'assistant','content':'Let me see.'}}]}", chunk + "{'tool_calls':[{'index':0,'id':'c1','function':{'name':'f','arguments':'{\\\"a\\\"'}}]}}]}",
                chunk + "{'tool_calls':[{'index':0,'function':{'arguments':':1}'}},{'index':1,'id':'c2','function':{'name':'g','arguments':''}}]}}]}",
                chunk + "{},'finish_reason':'tool_calls'}]}", "{'id':'chatcmpl-1','choices':[],'usage':{'prompt_tokens':3,'completion_tokens':5,'total_tokens':8}}", "[DONE]");
        byte[] written = Streams.written(Asking.GEMINI.chunkWriter(true), Streams.chunks(Asking.OPENAI.chunkReader(), openAi));
        List<Map<String, Object>> events = Streams.payloads(written);
        assertThat(events).hasSize(4);
        assertThat(events.get(0)).isEqualTo(Asking.plain("{'candidates':[{'content':{'role':'model','parts':[{'text':'Let me see.'}]},'index':0}],'modelVersion':'gpt','responseId':'chatcmpl-1'}"));
        assertThat(Plain.object(Plain.list(events.get(1).get("candidates")).get(0)).get("content")).isEqualTo(Asking.plain("{'role':'model','parts':[{'functionCall':{'id':'c1','name':'f','args':{'a':1}}}]}"));
        assertThat(Plain.object(Plain.list(events.get(2).get("candidates")).get(0)).get("content")).isEqualTo(Asking.plain("{'role':'model','parts':[{'functionCall':{'id':'c2','name':'g'}}]}"));
        assertThat(events.get(3)).isEqualTo(Asking.plain("{'candidates':[{'content':{'role':'model','parts':[{'text':''}]},'finishReason':'STOP','index':0}],"
                + "'usageMetadata':{'promptTokenCount':3,'candidatesTokenCount':5,'totalTokenCount':8},'modelVersion':'gpt','responseId':'chatcmpl-1'}"));
        assertThat(new String(written, UTF_8)).doesNotContain("[DONE]");
    }

    /** Neighbouring parts differ in kind, as they do in this dialect; thoughts are closed by their signature. */
    @RepeatedTest(200)
    void a_stream_written_and_read_is_the_same(RepetitionInfo info) {
        Random random = new Random(info.getCurrentRepetition());
        RandomContents contents = new RandomContents(random);
        List<ChatChunk> chunks = contents.stream();
        byte[] written = Streams.written(Asking.GEMINI.chunkWriter(true), chunks);
        List<ChatChunk> again = Streams.chunks(Asking.GEMINI.chunkReader(), written);
        assertThat(Streams.assembled(again)).isEqualTo(Streams.assembled(chunks));
    }
}
