package org.sluice.gateway.dialect.anthropic;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.sluice.gateway.chat.ChatResponse;
import org.sluice.gateway.chat.ChatResponse.Choice;
import org.sluice.gateway.chat.FinishReason;
import org.sluice.gateway.chat.Message;
import org.sluice.gateway.chat.Part;
import org.sluice.gateway.chat.RawJson;
import org.sluice.gateway.chat.Role;
import org.sluice.gateway.dialect.Dialect;
import org.sluice.gateway.dialect.openai.OpenAiDialect;
import org.sluice.gateway.error.ErrorType;
import org.sluice.gateway.error.GatewayException;
import org.sluice.gateway.usage.Usage;

/** Whole answers: read, told to an OpenAI client, and written for an Anthropic client. */
class ResponseTest {
    private static final Dialect ANTHROPIC = new AnthropicDialect();
    private static final Dialect OPENAI = new OpenAiDialect();

    private static ChatResponse read(String content, String members) {
        return ANTHROPIC.readResponse(("{'id':'msg_1','type':'message','role':'assistant','model':'claude-x','content':" + content + "," + members + "}").replace('\'', '"').getBytes(UTF_8));
    }

    private static Map<String, Object> told(String content, String members) {
        return Plain.object(Plain.of(OPENAI.writeResponse(read(content, members))));
    }

    private static Map<String, Object> choice(Map<String, Object> completion) {
        return Plain.object(Plain.list(completion.get("choices")).get(0));
    }

    private static Map<String, Object> message(String content) {
        return Plain.object(choice(told(content, "'stop_reason':'end_turn','usage':{'input_tokens':1,'output_tokens':1}")).get("message"));
    }

    @Test
    void cached_tokens_count_as_prompt_tokens() {
        Map<String, Object> usage = Plain.object(told("[]", "'stop_reason':'end_turn','usage':{'input_tokens':3,'cache_read_input_tokens':100,'cache_creation_input_tokens':20,"
                + "'cache_creation':{'ephemeral_5m_input_tokens':15,'ephemeral_1h_input_tokens':5},'output_tokens':7,'output_tokens_details':{'thinking_tokens':4},"
                + "'service_tier':'standard','server_tool_use':{'web_search_requests':2}}").get("usage"));
        assertThat(usage).isEqualTo(Asked.json("{'prompt_tokens':123,'completion_tokens':7,'total_tokens':130,"
                + "'prompt_tokens_details':{'audio_tokens':0,'cached_tokens':100,'cache_creation_tokens':20},"
                + "'completion_tokens_details':{'accepted_prediction_tokens':0,'audio_tokens':0,'reasoning_tokens':4,'rejected_prediction_tokens':0},"
                + "'cache_read_input_tokens':100,'cache_creation_input_tokens':20,'cache_creation':{'ephemeral_5m_input_tokens':15,'ephemeral_1h_input_tokens':5},"
                + "'service_tier':'standard','server_tool_use':{'web_search_requests':2}}"));
    }

    @Test
    void writes_told_only_by_their_kinds_are_counted() {
        assertThat(read("[]", "'usage':{'input_tokens':1,'output_tokens':1,'cache_creation':{'ephemeral_5m_input_tokens':2,'ephemeral_1h_input_tokens':3}}").usage())
                .isEqualTo(new Usage(6, 1, 0, 5, 3, 0, 0, 0));
        assertThat(read("[]", "'usage':{}").usage()).isNull();
        assertThat(read("[]", "'stop_reason':null").usage()).isNull();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', value = {"end_turn|stop|", "max_tokens|length|", "stop_sequence|stop|", "refusal|content_filter|",
        "pause_turn|stop|pause_turn", "model_context_window_exceeded|length|model_context_window_exceeded", "tool_use|stop|", "never_seen|stop|never_seen"})
    void stop_reasons_are_told_and_written_again(String reason, String finish, String exact) {
        String members = "'stop_reason':'" + reason + "','stop_sequence':" + (reason.equals("stop_sequence") ? "'###'" : "null");
        Map<String, Object> choice = choice(told("[{'type':'text','text':'a'}]", members));
        assertThat(choice.get("finish_reason")).isEqualTo(finish);
        assertThat(choice.get("stop_reason")).isEqualTo(exact);
        assertThat(choice.get("stop_sequence")).isEqualTo(reason.equals("stop_sequence") ? "###" : null);
        if (!reason.equals("tool_use")) {
            assertThat(Plain.object(Plain.of(ANTHROPIC.writeResponse(read("[]", members)))).get("stop_reason")).isEqualTo(reason);
        }
    }

    @Test
    void parallel_calls_keep_ids_order_and_arguments() {
        Map<String, Object> completion = told("[{'type':'text','text':'Wait'},{'type':'tool_use','id':'t1','name':'f','input':{'a':1}},{'type':'tool_use','id':'t2','name':'g','input':{}}]",
                "'stop_reason':'tool_use'");
        assertThat(choice(completion)).isEqualTo(Asked.json("{'index':0,'finish_reason':'tool_calls','message':{'role':'assistant','content':'Wait','tool_calls':["
                + "{'id':'t1','type':'function','function':{'name':'f','arguments':'{\\\"a\\\":1}'}},{'id':'t2','type':'function','function':{'name':'g','arguments':'{}'}}]}}"));
    }

    @Test
    void thoughts_keep_their_signatures() {
        assertThat(message("[{'type':'thinking','thinking':'a','signature':'1'},{'type':'redacted_thinking','data':'d'},{'type':'thinking','thinking':'','signature':'2'},{'type':'text','text':'x'}]"))
                .isEqualTo(Asked.json("{'role':'assistant','content':'x','reasoning_content':'a','thinking_blocks':[{'type':'thinking','thinking':'a','signature':'1'},"
                        + "{'type':'redacted_thinking','data':'d'},{'type':'thinking','thinking':'','signature':'2'}]}"));
    }

    @Test
    void citations_and_blocks_of_server_tools_come_through() {
        assertThat(message("[{'type':'server_tool_use','id':'s','name':'web_search','input':{}},{'type':'web_search_tool_result','tool_use_id':'s','content':[]},"
                + "{'type':'text','text':'x','citations':[{'url':'u'}]},{'type':'text','text':'y','citations':[{'url':'v'}]}]"))
                .isEqualTo(Asked.json("{'role':'assistant','content':'xy','citations':[{'url':'u'},{'url':'v'}],"
                        + "'annotations':[{'type':'url_citation','url_citation':{'start_index':0,'end_index':1,'url':'u','title':''}},"
                        + "{'type':'url_citation','url_citation':{'start_index':1,'end_index':2,'url':'v','title':''}}],'content_blocks':[{'type':'server_tool_use','id':'s','name':'web_search','input':{}},"
                        + "{'type':'web_search_tool_result','tool_use_id':'s','content':[]}]}"));
    }

    @Test
    void an_answer_given_through_the_reserved_tool_is_text() {
        Map<String, Object> choice = choice(told("[{'type':'tool_use','id':'t','name':'gateway_structured_answer','input':{'a': 1}}]", "'stop_reason':'tool_use'"));
        assertThat(choice).isEqualTo(Asked.json("{'index':0,'finish_reason':'stop','message':{'role':'assistant','content':'{\\\"a\\\": 1}'}}"));
    }

    @Test
    void an_openai_answer_is_written_for_an_anthropic_client() {
        ChatResponse answer = new ChatResponse("chatcmpl-1", 9, "gpt", List.of(new Choice(0, new Message(Role.ASSISTANT, List.of(new Part.Text("x"), new Part.Refusal("no", Map.of()),
                new Part.ToolCall("c", "f", ""))), FinishReason.TOOL_CALLS, Map.of("stop_reason", new RawJson("128009"), "logprobs", new RawJson("{}")))), new Usage(10, 2, 4, 0, 0, 1, 0, 0),
                Map.of("system_fingerprint", new RawJson("\"f\"")));
        Map<String, Object> written = Plain.object(Plain.of(ANTHROPIC.writeResponse(answer)));
        assertThat((String) written.remove("id")).startsWith("msg_");
        assertThat(written).isEqualTo(Asked.json("{'type':'message','role':'assistant','model':'gpt','content':[{'type':'text','text':'x'},{'type':'text','text':'no'},"
                + "{'type':'tool_use','id':'c','name':'f','input':{}}],'stop_reason':'tool_use','usage':{'input_tokens':6,'cache_creation_input_tokens':0,'cache_read_input_tokens':4,'output_tokens':2,"
                + "'output_tokens_details':{'thinking_tokens':1}}}"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "null", "[]", "{}", "<html>", "{\"content\":5}", "{\"content\":[5]}", "{\"content\":["})
    void what_is_no_message_is_the_providers_fault(String body) {
        GatewayException failure = catchThrowableOfType(GatewayException.class, () -> ANTHROPIC.readResponse(body.getBytes(UTF_8)));
        assertThat(failure).isNotNull();
        assertThat(failure.type()).isEqualTo(ErrorType.UPSTREAM_INVALID);
    }
}
