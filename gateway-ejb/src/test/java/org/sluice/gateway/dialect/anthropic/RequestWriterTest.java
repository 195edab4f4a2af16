package org.sluice.gateway.dialect.anthropic;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.sluice.gateway.error.ErrorType;
import org.sluice.gateway.error.GatewayException;

/** An OpenAI client's parameters as Anthropic takes them. */
class RequestWriterTest {
    private static final String TOOL = "'tools':[{'type':'function','function':{'name':'f','description':'d','parameters':{'type':'object'}}}]";

    @Test
    void the_least_request_gets_a_bound_of_tokens() {
        assertThat(Asked.with("")).isEqualTo(Asked.json("{'model':'claude-sonnet-4-5','max_tokens':4096,'messages':[{'role':'user','content':'Hi'}]}"));
        assertThat(Asked.with("'thinking':{'type':'enabled','budget_tokens':2000}")).containsEntry("max_tokens", Asked.json("6096"));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', value = {
        "'max_tokens':7|max_tokens|7", "'max_completion_tokens':9,'max_tokens':7|max_tokens|9", "'temperature':0.25|temperature|0.25", "'temperature':1.7|temperature|1",
        "'top_p':0.5|top_p|0.5", "'top_k':40|top_k|40", "'stop':'x'|stop_sequences|['x']", "'stop':['x','y']|stop_sequences|['x','y']", "'stream':true|stream|true",
        "'user':'u1'|metadata|{'user_id':'u1'}", "'metadata':{'user_id':'u2','a':'b'}|metadata|{'user_id':'u2'}", "'safety_identifier':'u3'|metadata|{'user_id':'u3'}",
        "'service_tier':'default'|service_tier|'standard_only'", "'service_tier':'auto'|service_tier|'auto'",
        "'container':'c1'|container|'c1'", "'context_management':{'edits':[]}|context_management|{'edits':[]}", "'mcp_servers':[{'type':'url'}]|mcp_servers|[{'type':'url'}]",
        "'output_config':{'task_budget':{'total':1}}|output_config|{'task_budget':{'total':1}}",
        "'tool_choice':'auto',TOOL|tool_choice|{'type':'auto'}", "'tool_choice':'required',TOOL|tool_choice|{'type':'any'}", "'tool_choice':'none',TOOL|tool_choice|{'type':'none'}",
        "'tool_choice':{'type':'function','function':{'name':'f'}},TOOL|tool_choice|{'type':'tool','name':'f'}",
        "'parallel_tool_calls':false,TOOL|tool_choice|{'type':'auto','disable_parallel_tool_use':true}",
        "'tool_choice':'required','parallel_tool_calls':false,TOOL|tool_choice|{'type':'any','disable_parallel_tool_use':true}",
        "'tool_choice':'none','parallel_tool_calls':false,TOOL|tool_choice|{'type':'none'}"})
    void a_parameter_has_its_counterpart(String members, String name, String value) {
        assertThat(Asked.with(members.replace("TOOL", TOOL)).get(name)).isEqualTo(Asked.json(value));
    }

    @ParameterizedTest
    @ValueSource(strings = {"'frequency_penalty':1", "'presence_penalty':1", "'logit_bias':{'1':2}", "'seed':5", "'store':true", "'verbosity':'low'",
        "'prediction':{'type':'content','content':'x'}", "'prompt_cache_key':'k'", "'n':1", "'logprobs':false", "'top_logprobs':0", "'stream_options':{'include_usage':true}",
        "'modalities':['text']", "'metadata':{'a':'b'}", "'service_tier':'flex'", "'response_format':{'type':'text'}", "'logprobs':null", "'stop':null", "'tools':[]"})
    void what_anthropic_does_not_know_and_does_not_change_the_answer_is_left_out(String member) {
        assertThat(Asked.with(member).keySet()).containsExactlyInAnyOrder("model", "messages", "max_tokens");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', value = {"'n':2|n", "'logprobs':true|logprobs", "'top_logprobs':3,'logprobs':true|logprobs", "'modalities':['text','audio']|modalities",
        "'reasoning_effort':'huge'|reasoning_effort", "'tools':[{'type':'web_search_preview'}]|tools[0].type", "'tool_choice':{'type':'allowed_tools'},TOOL|tool_choice"})
    void what_would_change_the_answer_is_refused(String members, String param) {
        GatewayException refusal = Asked.refusal(members.replace("TOOL", TOOL));
        assertThat(refusal).isNotNull();
        assertThat(refusal.type()).isEqualTo(ErrorType.INVALID_VALUE);
        assertThat(refusal.status()).isEqualTo(400);
        assertThat(refusal.param()).isEqualTo(param);
        assertThat(refusal.getMessage()).isNotBlank();
    }

    @Test
    void tools_are_told_with_their_schema_as_written() {
        assertThat(new String(Asked.body("{'model':'claude-sonnet-4-5','messages':[{'role':'user','content':'Hi'}],'tools':[{'type':'function','function':{'name':'f',"
                + "'parameters':{ 'type':'object', 'properties':{'b':{},'a':{}} }}}]}"), java.nio.charset.StandardCharsets.UTF_8))
                .contains("\"input_schema\":{ \"type\":\"object\", \"properties\":{\"b\":{},\"a\":{}} }");
        assertThat(Asked.with("'tools':[{'type':'function','function':{'name':'f','description':'d','parameters':{'properties':{}},'strict':true},'cache_control':{'type':'ephemeral'},'defer_loading':true},"
                + "{'type':'function','function':{'name':'g'}},{'type':'web_search_20250305','name':'web_search','max_uses':3},{'type':'tool_search_tool_bm25_20251119','name':'tool_search_tool_bm25'}]").get("tools"))
                .isEqualTo(Asked.json("[{'name':'f','description':'d','input_schema':{'type':'object','properties':{}},'strict':true,'cache_control':{'type':'ephemeral'},'defer_loading':true},"
                        + "{'name':'g','input_schema':{'type':'object','properties':{}}},{'type':'web_search_20250305','name':'web_search','max_uses':3},"
                        + "{'type':'tool_search_tool_bm25_20251119','name':'tool_search_tool_bm25'}]"));
        assertThat(Asked.with("claude-3-5-sonnet-20241022", "'tools':[{'type':'function','function':{'name':'f','strict':true}}]").get("tools").toString()).doesNotContain("strict");
    }

    @Test
    void the_older_functions_are_tools() {
        Map<String, Object> asked = Asked.with("'functions':[{'name':'f','parameters':{'type':'object'}}],'function_call':{'name':'f'}");
        assertThat(asked.get("tools")).isEqualTo(Asked.json("[{'name':'f','input_schema':{'type':'object'}}]"));
        assertThat(asked.get("tool_choice")).isEqualTo(Asked.json("{'type':'tool','name':'f'}"));
    }

    @Test
    void web_search_options_become_the_tool() {
        assertThat(Asked.with("'web_search_options':{'user_location':{'type':'approximate','approximate':{'city':'Rome','country':'IT'}}}").get("tools"))
                .isEqualTo(Asked.json("[{'type':'web_search_20250305','name':'web_search','user_location':{'type':'approximate','city':'Rome','country':'IT'}}]"));
    }

    @Test
    void a_schema_is_asked_for_in_the_models_way() {
        String format = "'response_format':{'type':'json_schema','json_schema':{'name':'n','strict':true,'schema':{'type':'object','properties':{'a':{'type':'integer','minimum':1}}}}}";
        assertThat(Asked.with(format).get("output_config")).isEqualTo(Asked.json("{'format':{'type':'json_schema','schema':{'type':'object','additionalProperties':false,"
                + "'properties':{'a':{'type':'integer','description':'minimum: 1'}}}}}"));
        Map<String, Object> older = Asked.with("claude-3-5-sonnet-20241022", format);
        assertThat(older).doesNotContainKey("output_config");
        assertThat(older.get("tool_choice")).isEqualTo(Asked.json("{'type':'tool','name':'gateway_structured_answer'}"));
        assertThat(older.get("tools")).isEqualTo(Asked.json("[{'name':'gateway_structured_answer','description':'Gives the final answer in the shape asked for.',"
                + "'input_schema':{'type':'object','properties':{'a':{'type':'integer','minimum':1}}}}]"));
        assertThat(Asked.with("claude-3-5-sonnet-20241022", format + "," + TOOL).get("tool_choice")).isEqualTo(Asked.json("{'type':'any'}"));
        assertThat(Asked.with("'response_format':{'type':'json_object'}").get("system").toString()).contains("JSON object");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', value = {
        "claude-sonnet-4-5|'reasoning_effort':'low'|{'type':'enabled','budget_tokens':2048}|",
        "claude-sonnet-4-5|'reasoning_effort':'high'|{'type':'enabled','budget_tokens':16384}|",
        "claude-3-7-sonnet-20250219|'reasoning_effort':'medium','max_tokens':4000|{'type':'enabled','budget_tokens':3000}|",
        "claude-3-7-sonnet-20250219|'reasoning_effort':'medium','max_tokens':1000||",
        "claude-sonnet-4-5|'reasoning_effort':'none'||",
        "claude-3-5-sonnet-20241022|'reasoning_effort':'high'||",
        "claude-opus-4-6|'reasoning_effort':'high'|{'type':'adaptive'}|{'effort':'high'}",
        "claude-opus-4-6|'reasoning_effort':'minimal'|{'type':'adaptive'}|{'effort':'low'}",
        "claude-opus-4-7|'reasoning_effort':'xhigh'|{'type':'adaptive','display':'summarized'}|{'effort':'xhigh'}",
        "claude-opus-4-6|'reasoning_effort':'none'|{'type':'disabled'}|",
        "claude-opus-4-6|'thinking':{'type':'enabled','budget_tokens':2000}|{'type':'enabled','budget_tokens':2000}|",
        "claude-sonnet-4-5|'thinking':{'type':'disabled'}|{'type':'disabled'}|",
        "claude-sonnet-4-5|'reasoning_effort':'high','tool_choice':'required',TOOL||"})
    void effort_becomes_what_the_model_understands(String model, String members, String thinking, String config) {
        Map<String, Object> asked = Asked.with(model, members.replace("TOOL", TOOL));
        assertThat(asked.get("thinking")).isEqualTo(thinking == null ? null : Asked.json(thinking));
        assertThat(asked.get("output_config")).isEqualTo(config == null ? null : Asked.json(config));
    }

    @Test
    void no_thinking_is_begun_while_tools_are_called_without_it() {
        String turns = "'messages':[{'role':'user','content':'Hi'},{'role':'assistant','content':null,THOUGHT'tool_calls':[{'id':'c1','type':'function','function':{'name':'f','arguments':'{}'}}]},"
                + "{'role':'tool','tool_call_id':'c1','content':'1'}],'reasoning_effort':'low'," + TOOL;
        assertThat(Asked.of("{'model':'claude-sonnet-4-5'," + turns.replace("THOUGHT", "") + "}")).doesNotContainKey("thinking");
        assertThat(Asked.of("{'model':'claude-sonnet-4-5'," + turns.replace("THOUGHT", "'thinking_blocks':[{'type':'thinking','thinking':'t','signature':'s'}],") + "}")).containsKey("thinking");
    }
}
