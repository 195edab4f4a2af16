package org.sluice.gateway.dialect.gemini;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.sluice.gateway.chat.ChatResponse;
import org.sluice.gateway.chat.FinishReason;
import org.sluice.gateway.chat.Message;
import org.sluice.gateway.chat.Part;
import org.sluice.gateway.chat.RawJson;
import org.sluice.gateway.chat.Role;
import org.sluice.gateway.chat.Signatures;
import org.sluice.gateway.error.GatewayException;
import org.sluice.gateway.usage.Usage;

/** Whole answers. */
class ResponseTest {
    private static ChatResponse read(String json) {
        return Asking.GEMINI.readResponse(Asking.bytes(json));
    }

    private static Map<String, Object> written(ChatResponse response) {
        return Plain.object(Plain.of(Asking.GEMINI.writeResponse(response)));
    }

    private static ChatResponse answer(FinishReason reason, Map<String, RawJson> extras, Part... parts) {
        return new ChatResponse("id-1", 0, "m", List.of(new ChatResponse.Choice(0, new Message(Role.ASSISTANT, List.of(parts)), reason, extras)), null, Map.of());
    }

    private static Map<String, Object> candidate(Map<String, Object> answer) {
        return Plain.object(Plain.list(answer.get("candidates")).get(0));
    }

    @ParameterizedTest
    @CsvSource({"STOP,STOP", "MAX_TOKENS,LENGTH", "SAFETY,CONTENT_FILTER", "RECITATION,CONTENT_FILTER", "BLOCKLIST,CONTENT_FILTER", "PROHIBITED_CONTENT,CONTENT_FILTER",
        "SPII,CONTENT_FILTER", "IMAGE_SAFETY,CONTENT_FILTER", "MALFORMED_FUNCTION_CALL,STOP", "OTHER,STOP", "A_NEW_ONE,STOP"})
    void finish_reasons_keep_their_own_name(String reason, FinishReason read) {
        ChatResponse answer = read("{'candidates':[{'content':{'parts':[{'text':'x'}]},'finishReason':'" + reason + "'}]}");
        assertThat(answer.choices().get(0).finishReason()).isEqualTo(read);
        assertThat(candidate(written(answer)).get("finishReason")).isEqualTo(reason);
    }

    @Test
    void a_blocked_prompt_is_a_filtered_answer() {
        ChatResponse answer = read("{'promptFeedback':{'blockReason':'PROHIBITED_CONTENT'},'usageMetadata':{'promptTokenCount':7,'totalTokenCount':7}}");
        assertThat(answer.choices().get(0).finishReason()).isEqualTo(FinishReason.CONTENT_FILTER);
        assertThat(answer.usage()).isEqualTo(Usage.of(7, 0));
        assertThat(written(answer)).doesNotContainKey("candidates").containsEntry("promptFeedback", Map.of("blockReason", "PROHIBITED_CONTENT"));
        assertThat(new String(Asking.OPENAI.writeResponse(answer), UTF_8)).contains("\"finish_reason\":\"content_filter\"");
    }

    @Test
    void several_candidates_each_with_calls() {
        ChatResponse answer = read("{'responseId':'r','candidates':[{'content':{'parts':[{'functionCall':{'name':'f'}},{'functionCall':{'name':'f'}}]},'finishReason':'STOP'},"
                + "{'content':{'parts':[{'functionCall':{'name':'g','id':'own'}},{'functionCall':{'name':'h'}}]},'finishReason':'STOP','index':1}]}");
        assertThat(answer.choices()).extracting(ChatResponse.Choice::finishReason).containsOnly(FinishReason.TOOL_CALLS);
        List<String> ids = answer.choices().stream().flatMap(choice -> choice.message().parts().stream()).map(part -> ((Part.ToolCall) part).id()).toList();
        assertThat(ids).doesNotHaveDuplicates().contains("own");
        assertThat(candidate(written(answer)).get("content")).isEqualTo(Asking.plain("{'role':'model','parts':[{'functionCall':{'name':'f'}},{'functionCall':{'name':'f'}}]}"));
    }

    @Test
    void usage_counts_thoughts_tools_cache_and_sound_once() {
        ChatResponse answer = read("{'candidates':[],'usageMetadata':{'promptTokenCount':100,'cachedContentTokenCount':40,'candidatesTokenCount':20,'thoughtsTokenCount':5,'toolUsePromptTokenCount':10,"
                + "'totalTokenCount':135,'promptTokensDetails':[{'modality':'TEXT','tokenCount':70},{'modality':'AUDIO','tokenCount':30}],'candidatesTokensDetails':[{'modality':4,'tokenCount':8}],'trafficType':'ON_DEMAND'}}");
        assertThat(answer.usage()).isEqualTo(new Usage(110, 25, 40, 0, 0, 5, 30, 8));
        Map<String, Object> usage = Plain.object(written(answer).get("usageMetadata"));
        assertThat(usage).isEqualTo(Asking.plain("{'promptTokenCount':100,'cachedContentTokenCount':40,'candidatesTokenCount':20,'thoughtsTokenCount':5,'toolUsePromptTokenCount':10,"
                + "'totalTokenCount':135,'promptTokensDetails':[{'modality':'TEXT','tokenCount':70},{'modality':'AUDIO','tokenCount':30}],'candidatesTokensDetails':[{'modality':4,'tokenCount':8}],'trafficType':'ON_DEMAND'}"));
    }

    @Test
    void sources_are_annotations_counted_in_characters() {
        ChatResponse answer = read("{'candidates':[{'content':{'parts':[{'text':'Ü€ is x.'}]},'finishReason':'STOP','groundingMetadata':{'groundingChunks':[{'web':{'uri':'https://a.example','title':'A'}}],"
                + "'groundingSupports':[{'segment':{'startIndex':2,'endIndex':5},'groundingChunkIndices':[0,7]}]}}]}");
        Map<String, Object> message = Plain.object(Plain.object(Plain.list(Plain.object(Plain.of(Asking.OPENAI.writeResponse(answer))).get("choices")).get(0)).get("message"));
        assertThat(message.get("annotations")).isEqualTo(Asking.plain("[{'type':'url_citation','url_citation':{'start_index':1,'end_index':2,'url':'https://a.example','title':'A'}}]"));
        assertThat(candidate(written(answer))).containsKey("groundingMetadata").doesNotContainKey("citationMetadata");
    }

    @Test
    void another_providers_annotations_and_probabilities_in_googles_words() {
        ChatResponse openAi = Asking.OPENAI.readResponse(Asking.bytes("{'id':'chatcmpl-1','model':'gpt','choices':[{'index':0,'finish_reason':'stop','message':{'role':'assistant','content':'Ü is x.',"
                + "'annotations':[{'type':'url_citation','url_citation':{'start_index':0,'end_index':1,'url':'https://a.example','title':'A'}}]},"
                + "'logprobs':{'content':[{'token':'Ü','logprob':-0.5,'bytes':[1],'top_logprobs':[{'token':'Ü','logprob':-0.5}]}]}}],'usage':{'prompt_tokens':3,'completion_tokens':4,'total_tokens':7}}"));
        Map<String, Object> candidate = candidate(written(openAi));
        assertThat(candidate.get("citationMetadata")).isEqualTo(Asking.plain("{'citationSources':[{'startIndex':0,'endIndex':2,'uri':'https://a.example','title':'A'}]}"));
        assertThat(candidate.get("logprobsResult")).isEqualTo(Asking.plain("{'topCandidates':[{'candidates':[{'token':'Ü','logProbability':-0.5}]}],'chosenCandidates':[{'token':'Ü','logProbability':-0.5}]}"));
        assertThat(candidate).doesNotContainKeys("logprobs", "annotations");
        assertThat(written(openAi).get("usageMetadata")).isEqualTo(Asking.plain("{'promptTokenCount':3,'candidatesTokenCount':4,'totalTokenCount':7}"));
    }

    @Test
    void probabilities_reach_an_openai_client() {
        ChatResponse answer = read("{'candidates':[{'content':{'parts':[{'text':'Hi'}]},'finishReason':'STOP','logprobsResult':{'chosenCandidates':[{'token':'Hi','tokenId':1,'logProbability':-1e-6}],"
                + "'topCandidates':[{'candidates':[{'token':'Ho','logProbability':-2}]}]}}]}");
        assertThat(Plain.of(answer.choices().get(0).extras().get("logprobs").text())).isEqualTo(Asking.plain("{'content':[{'token':'Hi','logprob':-1e-6,'bytes':[72,105],"
                + "'top_logprobs':[{'token':'Ho','logprob':-2,'bytes':[72,111]}]}]}"));
    }

    @Test
    void pictures_are_parts_here_and_images_there() {
        ChatResponse answer = read("{'candidates':[{'content':{'parts':[{'text':'See'},{'inlineData':{'mimeType':'image/png','data':'AAAA'}}]},'finishReason':'STOP'}]}");
        assertThat(new String(Asking.OPENAI.writeResponse(answer), UTF_8)).contains("\"images\":[{\"type\":\"image_url\",\"image_url\":{\"url\":\"data:image/png;base64,AAAA\"}}]");
        assertThat(candidate(written(answer)).get("content")).isEqualTo(Asking.plain("{'role':'model','parts':[{'text':'See'},{'inlineData':{'mimeType':'image/png','data':'AAAA'}}]}"));
    }

    @Test
    void signatures_of_other_models_go_to_the_client_and_come_back() {
        Part.Thinking claude = new Part.Thinking("hm", "EqQBCk/+==");
        Part.RedactedThinking redacted = new Part.RedactedThinking("secret/+=", Map.of());
        Part.ToolCall call = new Part.ToolCall("call_1", "f", "{}", Map.of(Signatures.EXTRA, new RawJson("\"responses:enc\"")));
        Map<String, Object> answer = written(answer(FinishReason.TOOL_CALLS, Map.of(), claude, redacted, new Part.Thinking("", "other"), new Part.Text("so"), new Part.Thinking("", "gemini:AAAA"), call));
        String content = new String(Asking.GEMINI.writeResponse(answer(FinishReason.TOOL_CALLS, Map.of(), claude, redacted, new Part.Thinking("", "other"), new Part.Text("so"), new Part.Thinking("", "gemini:AAAA"), call)), UTF_8);
        assertThat(content).contains("\"text\":\"so\",\"thoughtSignature\":\"AAAA\"").doesNotContain("responses:enc");
        assertThat(Plain.list(Plain.object(candidate(answer).get("content")).get("parts"))).allSatisfy(part -> {
            Object signature = Plain.object(part).get("thoughtSignature");
            assertThat(signature == null || java.util.Base64.getDecoder().decode((String) signature).length > 0).isTrue();
        });
        String parts = content.substring(content.indexOf("\"parts\":") + 8, content.indexOf(",\"role\""));
        List<Part> back = Asking.read("m", "{'contents':[{'role':'model','parts':" + parts + "}]}").messages().get(0).parts();
        assertThat(back).containsExactly(claude, redacted, new Part.Thinking("", "other"), new Part.Text("so"), new Part.Thinking("", "gemini:AAAA"), call);
    }

    @Test
    void a_refusal_and_an_empty_answer_have_google_s_shape() {
        assertThat(candidate(written(answer(FinishReason.REFUSAL, Map.of(), new Part.Refusal("No.", Map.of())))))
                .isEqualTo(Asking.plain("{'content':{'role':'model','parts':[{'text':'No.'}]},'finishReason':'SAFETY','index':0}"));
        assertThat(written(answer(null, Map.of("stop_sequence", new RawJson("\"x\""))))).isEqualTo(Asking.plain("{'candidates':[{'content':{'role':'model','parts':[]},'index':0}],'modelVersion':'m','responseId':'id-1'}"));
    }

    @Test
    void counts_of_tokens() {
        assertThat(Asking.GEMINI.writeTokenCount(12)).isEqualTo(Asking.bytes("{'totalTokens':12}"));
        assertThat(Asking.GEMINI.readTokenCount(Asking.bytes("{'totalTokens':31,'promptTokensDetails':[]}"))).isEqualTo(31);
        assertThatThrownBy(() -> Asking.GEMINI.readTokenCount(Asking.bytes("{}"))).isInstanceOf(GatewayException.class);
        assertThatThrownBy(() -> Asking.GEMINI.readResponse(Asking.bytes("[1]"))).isInstanceOf(GatewayException.class);
    }
}
