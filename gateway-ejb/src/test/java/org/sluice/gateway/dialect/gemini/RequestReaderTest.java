package org.sluice.gateway.dialect.gemini;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.sluice.gateway.chat.ChatRequest;
import org.sluice.gateway.chat.Part;
import org.sluice.gateway.chat.ResponseFormat;
import org.sluice.gateway.chat.Role;
import org.sluice.gateway.chat.ToolChoice;
import org.sluice.gateway.error.GatewayException;

/** What a Google client asks, read, and told to other providers. */
class RequestReaderTest {
    private static final String HI = "'contents':[{'role':'user','parts':[{'text':'Hi'}]}]";

    @Test
    void names_in_camel_and_in_snake_case_are_the_same() {
        String camel = "{" + HI + ",'systemInstruction':{'parts':[{'text':'s'}]},'generationConfig':{'maxOutputTokens':'7','topK':40,'stopSequences':'x','candidateCount':2},"
                + "'tools':[{'functionDeclarations':[{'name':'f','parameters':{'type':'OBJECT','properties':{'a':{'type':'STRING','nullable':true}}}}]}],"
                + "'toolConfig':{'functionCallingConfig':{'mode':'ANY','allowedFunctionNames':['f']}}}";
        String snake = camel.replace("systemInstruction", "system_instruction").replace("generationConfig", "generation_config").replace("maxOutputTokens", "max_output_tokens")
                .replace("topK", "top_k").replace("stopSequences", "stop_sequences").replace("candidateCount", "candidate_count").replace("functionDeclarations", "function_declarations")
                .replace("toolConfig", "tool_config").replace("functionCallingConfig", "function_calling_config").replace("allowedFunctionNames", "allowed_function_names");
        ChatRequest read = Asking.read("m", camel);
        assertThat(Asking.read("m", snake)).isEqualTo(read);
        assertThat(read.model()).isEqualTo("m");
        assertThat(read.messages().get(0).role()).isEqualTo(Role.SYSTEM);
        assertThat(read.sampling().maxTokens()).isEqualTo(7);
        assertThat(read.sampling().n()).isEqualTo(2);
        assertThat(read.sampling().stop()).containsExactly("x");
        assertThat(read.tools().choice()).isEqualTo(new ToolChoice.Named("f"));
        assertThat(Plain.of(read.tools().offered().get(0).parameters().text())).isEqualTo(Asking.plain("{'type':'object','properties':{'a':{'type':['string','null']}}}"));
    }

    @Test
    void calls_without_ids_and_their_results_find_each_other() {
        ChatRequest read = Asking.read("m", "{'contents':[{'parts':[{'text':'Hi'}]},{'role':'model','parts':[{'functionCall':{'name':'f','args':{'a':1}}},{'functionCall':{'name':'f','args':{'a':2}}},"
                + "{'functionCall':{'id':'own','name':'g'}}]},{'role':'user','parts':[{'functionResponse':{'name':'f','response':{'result':'one'}}},{'functionResponse':{'id':'own','name':'g','response':{'x':1}}},"
                + "{'functionResponse':{'name':'f','response':{'error':'two'}}},{'text':'So?'}]}]}");
        List<Part> calls = read.messages().get(1).parts();
        String first = ((Part.ToolCall) calls.get(0)).id();
        String second = ((Part.ToolCall) calls.get(1)).id();
        assertThat(List.of(first, second, "own")).doesNotHaveDuplicates();
        assertThat(read.messages().subList(2, 6).stream().map(message -> message.role())).containsExactly(Role.TOOL, Role.TOOL, Role.TOOL, Role.USER);
        List<Part.ToolResult> results = read.messages().subList(2, 5).stream().map(message -> (Part.ToolResult) message.parts().get(0)).toList();
        assertThat(results).extracting(Part.ToolResult::toolCallId).containsExactly(first, "own", second);
        assertThat(results).extracting(result -> ((Part.Text) result.parts().get(0)).text()).containsExactly("one", "{\"x\":1}", "two");
        assertThat(results).extracting(Part.ToolResult::isError).containsExactly(false, false, true);
        Map<String, Object> openAi = Plain.object(Plain.of(Asking.OPENAI.writeRequest(read)));
        assertThat(Plain.list(openAi.get("messages"))).hasSize(6);
        Map<String, Object> again = Plain.object(Plain.of(Asking.GEMINI.writeRequest(read.withModel("gemini-2.5-flash"))));
        assertThat(again.get("contents").toString()).doesNotContain("gcall_").contains("own");
    }

    @Test
    void formats_and_thinking() {
        ChatRequest read = Asking.read("m", "{" + HI + ",'generationConfig':{'responseMimeType':'application/json','responseSchema':{'type':'ARRAY','items':{'type':'INTEGER','format':'int32'},'minItems':'1'},"
                + "'thinkingConfig':{'thinkingBudget':2048,'includeThoughts':true},'responseModalities':['TEXT']}}");
        assertThat(Plain.of(((ResponseFormat.JsonSchema) read.responseFormat()).schema().text())).isEqualTo(Asking.plain("{'type':'array','items':{'type':'integer','format':'int32'},'minItems':1}"));
        assertThat(read.reasoning()).isEqualTo(new ChatRequest.Reasoning(null, 2048L, true, null));
        assertThat(read.extras()).containsOnlyKeys("generationConfig.thinkingConfig", "generationConfig.responseModalities");
        assertThat(Asking.read("m", "{" + HI + ",'generationConfig':{'thinkingConfig':{'thinkingLevel':'LOW'}}}").reasoning().effort()).isEqualTo("low");
        assertThat(Asking.read("m", "{" + HI + ",'generationConfig':{'thinkingConfig':{'thinkingBudget':0}}}").reasoning().enabled()).isFalse();
        assertThat(Asking.read("m", "{" + HI + ",'generationConfig':{'responseMimeType':'application/json'}}").responseFormat()).isEqualTo(ResponseFormat.Mode.JSON_OBJECT);
        assertThat(Asking.read("m", "{" + HI + ",'generationConfig':{'responseMimeType':'text/x.enum','responseSchema':{'type':'STRING','enum':['a']}}}").responseFormat()).isNull();
    }

    @Test
    void a_conversation_with_tools_and_thoughts_reaches_claude() {
        ChatRequest read = Asking.read("claude-sonnet-4-5", "{'systemInstruction':{'parts':[{'text':'Be brief.'}]},'contents':[{'role':'user','parts':[{'text':'Weather?'},{'inlineData':{'mimeType':'image/png','data':'AAAA'}}]},"
                + "{'role':'model','parts':[{'text':'thinking','thought':true},{'functionCall':{'name':'f','args':{'a':1}},'thoughtSignature':'AAAA'}]},{'role':'user','parts':[{'functionResponse':{'name':'f','response':{'result':'sunny'}}}]}],"
                + "'tools':[{'functionDeclarations':[{'name':'f','parameters':{'type':'OBJECT','properties':{'a':{'type':'INTEGER'}}}}]}],'toolConfig':{'functionCallingConfig':{'mode':'AUTO'}},'generationConfig':{'maxOutputTokens':50,'stopSequences':['x']}}");
        Map<String, Object> asked = Plain.object(Plain.of(Asking.ANTHROPIC.writeRequest(read)));
        assertThat(asked.get("system")).isEqualTo("Be brief.");
        assertThat(asked.get("tools")).isEqualTo(Asking.plain("[{'name':'f','input_schema':{'type':'object','properties':{'a':{'type':'integer'}}}}]"));
        assertThat(asked.get("stop_sequences")).isEqualTo(List.of("x"));
        List<Object> messages = Plain.list(asked.get("messages"));
        Map<String, Object> use = Plain.object(Plain.list(Plain.object(messages.get(1)).get("content")).get(0));
        Map<String, Object> result = Plain.object(Plain.list(Plain.object(messages.get(2)).get("content")).get(0));
        assertThat(use).containsEntry("type", "tool_use").containsEntry("name", "f");
        assertThat(result).containsEntry("tool_use_id", use.get("id")).containsEntry("content", "sunny");
    }

    @Test
    void a_request_to_be_counted_may_stand_inside() {
        assertThat(Asking.read("m", "{'generateContentRequest':{'model':'models/m'," + HI + ",'systemInstruction':{'parts':[{'text':'s'}]}}}").messages()).hasSize(2);
    }

    private static GatewayException refused(String body) {
        return catchThrowableOfType(GatewayException.class, () -> Asking.GEMINI.readRequest(Asking.GEMINI.readOutline(Asking.bytes(body)), Set.of()));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', value = {"{'contents':5}|contents", "{'contents':[5]}|contents[0]", "{'contents':[{'role':'system','parts':[]}]}|contents[0].role",
        "{'contents':[{'parts':[7]}]}|contents[0].parts[0]", "{'contents':[{'parts':[{}]}]}|contents[0].parts[0]", "{'contents':[],'tools':'x'}|tools",
        "{'contents':[],'tools':[{'functionDeclarations':[{}]}]}|tools[0].functionDeclarations[0].name", "{'contents':[],'generationConfig':{'candidateCount':129}}|generationConfig.candidateCount",
        "{'contents':[],'generationConfig':{'maxOutputTokens':-1}}|generationConfig.maxOutputTokens", "{'contents':[],'generationConfig':{'temperature':'hot'}}|generationConfig.temperature",
        "{'contents':[],'generationConfig':[]}|generationConfig", "{'contents':[],'model':'a//b'}|model",
        "{'contents':[{'parts':[{'functionResponse':{'response':{}}}]}]}|contents[0].parts[0].functionResponse.name"})
    void what_cannot_be_read_is_refused_with_its_place(String body, String param) {
        GatewayException failure = refused(body);
        assertThat(failure.status()).isEqualTo(400);
        assertThat(failure.param()).isEqualTo(param);
    }

    @Test
    void there_are_limits() {
        assertThat(refused("{'contents':[" + "{},".repeat(4096) + "{}]}").param()).isEqualTo("contents");
        assertThat(refused("{'contents':[],'tools':[" + "{'a':[1,2]},".repeat(1024) + "{}]}").param()).isEqualTo("tools");
        assertThat(refused("{'contents':[],'generationConfig':{'stopSequences':[" + "'a,b',".repeat(64) + "'c']}}").param()).isEqualTo("generationConfig.stopSequences");
        assertThat(refused("{'contents':[],'contents':[]}").type().code()).isEqualTo("duplicate_key");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', ignoreLeadingAndTrailingWhitespace = false, value = {
        " { \"contents\" : [ 1e2 ] } | { \"contents\" : [ 1e2 ] } ", "{\"model\":\"models/x\", \"contents\":[]}|{\"contents\":[]}",
        "{\"contents\":[],\"g\":{\"a\":[1]} , \"tools\":[ ]}|{\"contents\":[] , \"tools\":[ ]}", "{\"g\":1}|{}"})
    void only_model_and_the_gateways_members_are_cut_out(String asked, String sent) {
        assertThat(new String(Asking.GEMINI.forward(Asking.GEMINI.readOutline(asked.getBytes()), "other", Set.of("g")).toBytes())).isEqualTo(sent);
    }

    @Test
    void an_unchanged_body_is_the_same_bytes() {
        byte[] body = Asking.bytes("{" + HI + "}");
        assertThat(Asking.GEMINI.forward(Asking.GEMINI.readOutline(body), "other", Set.of()).toBytes()).isSameAs(body);
    }
}
