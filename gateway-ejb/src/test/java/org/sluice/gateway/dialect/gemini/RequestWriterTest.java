package org.sluice.gateway.dialect.gemini;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.sluice.gateway.chat.ChatRequest;
import org.sluice.gateway.chat.Message;
import org.sluice.gateway.chat.Part;
import org.sluice.gateway.chat.RawJson;
import org.sluice.gateway.chat.Role;
import org.sluice.gateway.chat.Signatures;
import org.sluice.gateway.dialect.Losses;
import org.sluice.gateway.error.GatewayException;

/** What Gemini is asked when a client of another dialect asks. */
class RequestWriterTest {
    private static final String TOOLS = "'tools':[{'type':'function','function':{'name':'f','description':'d','parameters':{'type':'object','properties':{'a':{'type':'string'}}}}}]";

    @Test
    void instructions_lead_and_stay_in_their_place() {
        Map<String, Object> asked = Asking.ofOpenAi("{'model':'gemini-2.5-flash','messages':[{'role':'system','content':'Be brief.'},{'role':'developer','content':'In French.'},"
                + "{'role':'user','content':'Hi'},{'role':'assistant','content':'Salut'},{'role':'system','content':'Now in German.'},{'role':'user','content':''},{'role':'user','content':'Hi'}]}");
        assertThat(asked.get("systemInstruction")).isEqualTo(Asking.plain("{'parts':[{'text':'Be brief.'},{'text':'In French.'}]}"));
        assertThat(asked.get("contents")).isEqualTo(Asking.plain("[{'role':'user','parts':[{'text':'Hi'}]},{'role':'model','parts':[{'text':'Salut'}]},"
                + "{'role':'user','parts':[{'text':'<system>\\nNow in German.\\n</system>'}]},{'role':'user','parts':[{'text':'Hi'}]}]"));
    }

    @Test
    void instructions_alone_are_the_users_turn() {
        Map<String, Object> asked = Asking.ofOpenAi("{'model':'gemini-2.5-flash','messages':[{'role':'system','content':'Tell a joke.'}]}");
        assertThat(asked).isEqualTo(Asking.plain("{'contents':[{'role':'user','parts':[{'text':'Tell a joke.'}]}]}"));
    }

    @Test
    void parallel_calls_and_their_results_in_the_order_of_the_calls() {
        Map<String, Object> asked = Asking.ofOpenAi("{'model':'gemini-2.5-flash'," + TOOLS + ",'messages':[{'role':'user','content':'Hi'},"
                + "{'role':'assistant','content':null,'tool_calls':[{'id':'call_1','type':'function','function':{'name':'f','arguments':'{\\\"a\\\":\\\"x\\\"}'}},"
                + "{'id':'call_2','type':'function','function':{'name':'g','arguments':''}},{'id':'call_3','type':'function','function':{'name':'h','arguments':'broken'}}]},"
                + "{'role':'tool','tool_call_id':'call_3','content':'{\\\"ok\\\":true}'},{'role':'tool','tool_call_id':'call_1','content':'sunny'},"
                + "{'role':'tool','tool_call_id':'call_2','content':'[1,2]'},{'role':'user','content':'And?'}]}");
        assertThat(asked.get("contents")).isEqualTo(Asking.plain("[{'role':'user','parts':[{'text':'Hi'}]},"
                + "{'role':'model','parts':[{'functionCall':{'id':'call_1','name':'f','args':{'a':'x'}}},{'functionCall':{'id':'call_2','name':'g'}},"
                + "{'functionCall':{'id':'call_3','name':'h','args':{'arguments':'broken'}}}]},"
                + "{'role':'user','parts':[{'functionResponse':{'id':'call_1','name':'f','response':{'result':'sunny'}}},"
                + "{'functionResponse':{'id':'call_2','name':'g','response':{'result':'[1,2]'}}},{'functionResponse':{'id':'call_3','name':'h','response':{'ok':true}}}]},"
                + "{'role':'user','parts':[{'text':'And?'}]}]"));
    }

    @Test
    void a_result_without_its_call_is_refused_with_its_place() {
        assertThatThrownBy(() -> Asking.ofOpenAi("{'model':'gemini-2.5-flash','messages':[{'role':'user','content':'Hi'},{'role':'tool','tool_call_id':'call_9','content':'x'}]}"))
                .isInstanceOf(GatewayException.class).hasMessageContaining("call_9");
    }

    @Test
    void a_failed_result_says_so_and_pictures_follow_or_go_inside() {
        String messages = "{'max_tokens':9,'messages':[{'role':'user','content':'Hi'},{'role':'assistant','content':[{'type':'tool_use','id':'t1','name':'f','input':{}}]},"
                + "{'role':'user','content':[{'type':'tool_result','tool_use_id':'t1','is_error':true,'content':[{'type':'text','text':'boom'},"
                + "{'type':'image','source':{'type':'base64','media_type':'image/png','data':'AAAA'}}]}]}],'model':";
        ChatRequest old = Asking.read(Asking.ANTHROPIC, messages + "'gemini-2.5-flash'}");
        Object response = Asking.plain("{'functionResponse':{'id':'t1','name':'f','response':{'error':'boom'}}}");
        List<Object> contents = Plain.list(Plain.object(Plain.of(Asking.GEMINI.writeRequest(old))).get("contents"));
        assertThat(contents.get(2)).isEqualTo(Map.of("role", "user", "parts", List.of(response)));
        assertThat(contents.get(3)).isEqualTo(Asking.plain("{'role':'user','parts':[{'inlineData':{'mimeType':'image/png','data':'AAAA'}}]}"));
        ChatRequest fresh = Asking.read(Asking.ANTHROPIC, messages + "'gemini-3-flash'}");
        contents = Plain.list(Plain.object(Plain.of(Asking.GEMINI.writeRequest(fresh))).get("contents"));
        assertThat(contents.get(2)).isEqualTo(Asking.plain("{'role':'user','parts':[{'functionResponse':{'id':'t1','name':'f','response':{'error':'boom'},"
                + "'parts':[{'inlineData':{'mimeType':'image/png','data':'AAAA'}}]}}]}"));
        assertThat(contents).hasSize(3);
    }

    @Test
    void media_by_data_and_by_address() {
        Map<String, Object> asked = Asking.ofOpenAi("{'model':'gemini-2.5-flash','messages':[{'role':'user','content':[{'type':'text','text':'See'},"
                + "{'type':'image_url','image_url':{'url':'data:image/jpg;base64,AAAA','detail':'low'}},{'type':'image_url','image_url':{'url':'https://x.example/a.PNG?b=1'}},"
                + "{'type':'image_url','image_url':{'url':'https://x.example/a'}},{'type':'input_audio','input_audio':{'data':'BBBB','format':'mp3'}},"
                + "{'type':'file','file':{'filename':'a.pdf','file_data':'data:application/pdf;base64,CCCC'}},{'type':'file','file':{'file_id':'files/abc'}},"
                + "{'type':'file','file':{'file_url':'https://www.youtube.com/watch?v=1'}}]}]}");
        assertThat(Plain.object(Plain.list(asked.get("contents")).get(0)).get("parts")).isEqualTo(Asking.plain("[{'text':'See'},"
                + "{'inlineData':{'mimeType':'image/jpeg','data':'AAAA'}},{'fileData':{'mimeType':'image/png','fileUri':'https://x.example/a.PNG?b=1'}},"
                + "{'fileData':{'mimeType':'image/jpeg','fileUri':'https://x.example/a'}},{'inlineData':{'mimeType':'audio/mpeg','data':'BBBB'}},"
                + "{'inlineData':{'mimeType':'application/pdf','data':'CCCC','displayName':'a.pdf'}},{'fileData':{'mimeType':'application/pdf','fileUri':'files/abc'}},"
                + "{'fileData':{'mimeType':'video/mp4','fileUri':'https://www.youtube.com/watch?v=1'}}]"));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {"'auto'|{'mode':'AUTO'}", "'none'|{'mode':'NONE'}", "'required'|{'mode':'ANY'}",
        "{'type':'function','function':{'name':'f'}}|{'mode':'ANY','allowedFunctionNames':['f']}",
        "{'type':'allowed_tools','allowed_tools':{'mode':'auto','tools':[{'type':'function','function':{'name':'f'}}]}}|{'mode':'VALIDATED','allowedFunctionNames':['f']}",
        "{'type':'allowed_tools','mode':'required','tools':[{'type':'function','name':'f'}]}|{'mode':'ANY','allowedFunctionNames':['f']}"}, quoteCharacter = '`')
    void choice_of_tools(String choice, String calling) {
        Map<String, Object> asked = Asking.ofOpenAi("gemini-2.5-flash", TOOLS + ",'tool_choice':" + choice);
        assertThat(asked.get("toolConfig")).isEqualTo(Asking.plain("{'functionCallingConfig':" + calling + "}"));
    }

    @Test
    void parameters_are_json_schema_for_models_that_take_it_and_fitted_for_older_ones() {
        String whole = "{'type':'object','properties':{'a':{'type':['string','null'],'const':'x'},'b':{'$ref':'#/$defs/B'}},'required':['a'],'additionalProperties':false,'$defs':{'B':{'type':'integer','exclusiveMinimum':0}}}";
        String tools = "'tools':[{'type':'function','function':{'name':'f','strict':true,'parameters':" + whole + "}}]";
        assertThat(Asking.ofOpenAi("gemini-2.5-flash", tools).get("tools"))
                .isEqualTo(Asking.plain("[{'functionDeclarations':[{'name':'f','parametersJsonSchema':" + whole + "}]}]"));
        assertThat(Asking.ofOpenAi("gemini-2.0-flash", tools).get("tools"))
                .isEqualTo(Asking.plain("[{'functionDeclarations':[{'name':'f','parameters':{'type':'OBJECT','properties':{'a':{'type':'STRING','enum':['x'],'nullable':true},"
                        + "'b':{'type':'INTEGER','minimum':1}},'required':['a'],'propertyOrdering':['a','b']}}]}]"));
        String looped = "'tools':[{'type':'function','function':{'name':'f','parameters':{'type':'object','properties':{'n':{'$ref':'#'}}}}}]";
        assertThat(Asking.refused("gemini-2.0-flash", looped).param()).isEqualTo("tools[0].function.parameters.properties.n.properties.n.$ref");
        assertThat(Asking.refused("gemini-2.5-flash", looped)).isNull();
    }

    @Test
    void built_in_tools_of_other_providers_are_googles_own() {
        assertThat(Asking.ofOpenAi("gemini-2.5-flash", "'web_search_options':{}").get("tools")).isEqualTo(Asking.plain("[{'googleSearch':{}}]"));
        assertThat(Asking.ofOpenAi("gemini-2.5-flash", "'tools':[{'type':'web_search'},{'type':'code_interpreter','container':{'type':'auto'}}]").get("tools"))
                .isEqualTo(Asking.plain("[{'googleSearch':{}},{'codeExecution':{}}]"));
        assertThat(Asking.refused("gemini-2.5-flash", "'tools':[{'type':'computer_use_preview'}]").param()).isEqualTo("tools[0].type");
    }

    @Test
    void knobs_have_googles_names() {
        assertThat(Asking.ofOpenAi("gemini-2.5-flash", "'temperature':0.10,'top_p':1e-1,'max_tokens':7,'n':2,'stop':['a','b'],'seed':3,"
                + "'presence_penalty':0.5,'frequency_penalty':-1,'logprobs':true,'top_logprobs':4,'modalities':['text','image']").get("generationConfig"))
                .isEqualTo(Asking.plain("{'temperature':0.1,'topP':0.1,'maxOutputTokens':7,'candidateCount':2,'stopSequences':['a','b'],'seed':3,"
                        + "'presencePenalty':0.5,'frequencyPenalty':-1,'responseLogprobs':true,'logprobs':4,'responseModalities':['TEXT','IMAGE']}"));
    }

    @Test
    void a_format_is_a_schema_or_a_sentence_where_tools_rule_it_out() {
        String format = "'response_format':{'type':'json_schema','json_schema':{'name':'n','schema':{'type':'object','properties':{'a':{'type':'string'}}}}}";
        assertThat(Asking.ofOpenAi("gemini-2.5-flash", format).get("generationConfig"))
                .isEqualTo(Asking.plain("{'responseMimeType':'application/json','responseJsonSchema':{'type':'object','properties':{'a':{'type':'string'}}}}"));
        assertThat(Asking.ofOpenAi("gemini-2.0-flash", format).get("generationConfig"))
                .isEqualTo(Asking.plain("{'responseMimeType':'application/json','responseSchema':{'type':'OBJECT','properties':{'a':{'type':'STRING'}}}}"));
        assertThat(Asking.ofOpenAi("gemini-3-flash", format + "," + TOOLS)).containsKey("generationConfig");
        Map<String, Object> old = Asking.ofOpenAi("gemini-2.5-flash", format + "," + TOOLS);
        assertThat(old).doesNotContainKey("generationConfig");
        assertThat(old.get("systemInstruction").toString()).contains("{\"type\":\"object\"");
        assertThat(Asking.losses("gemini-2.5-flash", format + "," + TOOLS).warnings()).anyMatch(warning -> warning.contains("'response_format' was changed"));
        assertThat(Asking.ofOpenAi("gemini-2.5-flash", "'response_format':{'type':'json_object'}").get("generationConfig"))
                .isEqualTo(Asking.plain("{'responseMimeType':'application/json'}"));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "gemini-2.5-flash|'reasoning_effort':'none'|{'thinkingBudget':0}", "gemini-2.5-pro|'reasoning_effort':'none'|{'thinkingBudget':128}",
        "gemini-2.5-flash|'reasoning_effort':'low'|{'thinkingBudget':1024,'includeThoughts':true}", "gemini-2.5-flash|'reasoning_effort':'medium'|{'thinkingBudget':8192,'includeThoughts':true}",
        "gemini-2.5-pro|'reasoning_effort':'high'|{'thinkingBudget':24576,'includeThoughts':true}", "gemini-2.5-pro|'reasoning_effort':'max'|{'thinkingBudget':32768,'includeThoughts':true}",
        "gemini-2.5-flash-lite|'thinking':{'type':'enabled','budget_tokens':100}|{'thinkingBudget':512,'includeThoughts':true}",
        "gemini-2.5-flash|'thinking':{'type':'enabled'}|{'thinkingBudget':-1,'includeThoughts':true}", "gemini-2.5-flash|'thinking':{'type':'disabled'}|{'thinkingBudget':0}",
        "gemini-3-pro-preview|'reasoning_effort':'medium'|{'thinkingLevel':'HIGH','includeThoughts':true}", "gemini-3.1-pro-preview|'reasoning_effort':'medium'|{'thinkingLevel':'MEDIUM','includeThoughts':true}",
        "gemini-3-flash-preview|'reasoning_effort':'minimal'|{'thinkingLevel':'MINIMAL','includeThoughts':true}", "gemini-3-pro-preview|'reasoning_effort':'none'|{'thinkingLevel':'LOW'}",
        "gemini-flash-latest|'thinking':{'type':'enabled','budget_tokens':4000}|{'thinkingLevel':'MEDIUM','includeThoughts':true}",
        "gemini-3-flash-preview|'reasoning_effort':'xhigh'|{'thinkingLevel':'HIGH','includeThoughts':true}"}, quoteCharacter = '`')
    void thinking_in_the_words_of_the_model(String model, String asked, String thinking) {
        assertThat(Asking.ofOpenAi(model, asked).get("generationConfig")).isEqualTo(Asking.plain("{'thinkingConfig':" + thinking + "}"));
    }

    @Test
    void a_model_that_does_not_think_is_not_told_to() {
        assertThat(Asking.ofOpenAi("gemini-2.0-flash", "'reasoning_effort':'high'")).doesNotContainKey("generationConfig");
        assertThat(Asking.losses("gemini-2.0-flash", "'reasoning_effort':'high'").warnings()).hasSize(1);
        assertThat(Asking.refused("gemini-2.5-flash", "'reasoning_effort':'extreme'").param()).isEqualTo("reasoning_effort");
    }

    @Test
    void what_has_no_counterpart_is_told_and_what_is_googles_passes() {
        Losses losses = Asking.losses("gemini-2.5-flash", "'logit_bias':{'1':2},'store':true,'user':'u','parallel_tool_calls':false,'safetySettings':[]");
        assertThat(losses.warnings()).hasSize(4).anyMatch(warning -> warning.contains("'logit_bias'")).anyMatch(warning -> warning.contains("'user'"))
                .anyMatch(warning -> warning.contains("'store'")).anyMatch(warning -> warning.contains("'parallel_tool_calls'"));
        assertThat(Asking.ofOpenAi("gemini-2.5-flash", "'logit_bias':{'1':2},'safetySettings':[{'category':'c','threshold':'BLOCK_NONE'}],'cached_content':'cachedContents/1'"))
                .containsOnlyKeys("contents", "safetySettings", "cached_content");
    }

    private static ChatRequest conversation(String dialect, String model, Part... answer) {
        return new ChatRequest(dialect, model, List.of(Message.text(Role.USER, "Hi"), new Message(Role.ASSISTANT, List.of(answer)), Message.text(Role.USER, "Go on")),
                ChatRequest.Tools.NONE, ChatRequest.Sampling.DEFAULT, ChatRequest.Reasoning.DEFAULT, null, false, true, null, Map.of());
    }

    private static Object answer(ChatRequest request) {
        Map<String, Object> content = Plain.object(Plain.list(Plain.object(Plain.of(Asking.GEMINI.writeRequest(request))).get("contents")).get(1));
        return content.get("parts");
    }

    private static Part.ToolCall signed(String id, String signature) {
        return new Part.ToolCall(id, "f", "{}", signature == null ? Map.of() : Map.of(Signatures.EXTRA, new RawJson("\"" + signature + "\"")));
    }

    @Test
    void only_geminis_own_signatures_go_to_gemini() {
        assertThat(answer(conversation("openai", "gemini-2.5-flash", new Part.Thinking("foreign", "claude-signature"), new Part.RedactedThinking("data", Map.of()),
                new Part.Thinking("own", "gemini:AA=="), new Part.Text("said"), new Part.Thinking("", "gemini:BB=="), new Part.Thinking("", "responses:x"),
                signed("call_1", "gemini:CC=="), signed("gcall_r_0", "responses:y"))))
                .isEqualTo(Asking.plain("[{'text':'own','thought':true,'thoughtSignature':'AA=='},{'text':'said','thoughtSignature':'BB=='},"
                        + "{'functionCall':{'id':'call_1','name':'f','args':{}},'thoughtSignature':'CC=='},{'functionCall':{'name':'f','args':{}}}]"));
    }

    @Test
    void a_signature_that_lost_its_place_goes_to_the_last_text() {
        assertThat(answer(conversation("openai", "gemini-3-flash", new Part.Thinking("", "gemini:AA=="), new Part.Text("one"))))
                .isEqualTo(Asking.plain("[{'text':'one','thoughtSignature':'AA=='}]"));
        assertThat(answer(conversation("openai", "gemini-3-flash", new Part.Thinking("", "gemini:AA=="))))
                .isEqualTo(Asking.plain("[{'text':'','thoughtSignature':'AA=='}]"));
    }

    @Test
    void a_call_of_another_model_gets_googles_word_for_it() {
        assertThat(answer(conversation("openai", "gemini-3-flash", signed("a", null), signed("b", null))))
                .isEqualTo(Asking.plain("[{'functionCall':{'id':'a','name':'f','args':{}},'thoughtSignature':'skip_thought_signature_validator'},{'functionCall':{'id':'b','name':'f','args':{}}}]"));
        assertThat(answer(conversation("openai", "gemini-2.5-flash", signed("a", null)))).isEqualTo(Asking.plain("[{'functionCall':{'id':'a','name':'f','args':{}}}]"));
        assertThat(answer(conversation("gemini", "gemini-3-flash", signed("a", null)))).isEqualTo(Asking.plain("[{'functionCall':{'id':'a','name':'f','args':{}}}]"));
    }
}
