package org.sluice.gateway.dialect.anthropic;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.sluice.gateway.error.ErrorType;
import org.sluice.gateway.error.GatewayException;

/** How an OpenAI client's messages become Anthropic's system and turns. */
class ConversationTest {
    private static Object system(String model, String messages) {
        return Asked.of("{'model':'" + model + "','messages':" + messages + "}").get("system");
    }

    private static Object messages(String model, String messages) {
        return Asked.of("{'model':'" + model + "','messages':" + messages + "}").get("messages");
    }

    @Test
    void leading_instructions_become_system() {
        assertThat(system("claude-sonnet-4-5", "[{'role':'system','content':'A'},{'role':'user','content':'Hi'}]")).isEqualTo("A");
        assertThat(system("claude-sonnet-4-5", "[{'role':'system','content':'A'},{'role':'developer','content':'B'},{'role':'user','content':'Hi'}]"))
                .isEqualTo(Asked.json("[{'type':'text','text':'A'},{'type':'text','text':'B'}]"));
        assertThat(system("claude-sonnet-4-5", "[{'role':'system','content':[{'type':'text','text':'A','cache_control':{'type':'ephemeral','ttl':'1h'}}]},{'role':'user','content':'Hi'}]"))
                .isEqualTo(Asked.json("[{'type':'text','text':'A','cache_control':{'type':'ephemeral','ttl':'1h'}}]"));
        assertThat(system("claude-sonnet-4-5", "[{'role':'system','content':'A','cache_control':{'type':'ephemeral'}},{'role':'user','content':'Hi'}]"))
                .isEqualTo(Asked.json("[{'type':'text','text':'A','cache_control':{'type':'ephemeral'}}]"));
        assertThat(system("claude-sonnet-4-5", "[{'role':'user','content':'Hi'}]")).isNull();
    }

    @Test
    void instructions_alone_are_the_users_turn() {
        assertThat(system("claude-sonnet-4-5", "[{'role':'system','content':'A'}]")).isNull();
        assertThat(messages("claude-sonnet-4-5", "[{'role':'system','content':'A'}]")).isEqualTo(Asked.json("[{'role':'user','content':'A'}]"));
    }

    @Test
    void later_instructions_stay_in_their_place() {
        String later = "[{'role':'user','content':'Hi'},{'role':'system','content':'Be brief'},{'role':'assistant','content':'Yes'},{'role':'user','content':'Go'}]";
        assertThat(messages("claude-sonnet-4-5", later)).isEqualTo(Asked.json("[{'role':'user','content':[{'type':'text','text':'Hi'},"
                + "{'type':'text','text':'<system>\\nBe brief\\n</system>'}]},{'role':'assistant','content':'Yes'},{'role':'user','content':'Go'}]"));
        assertThat(messages("claude-sonnet-5-5", later)).isEqualTo(Asked.json("[{'role':'user','content':'Hi'},{'role':'system','content':'Be brief'},"
                + "{'role':'assistant','content':'Yes'},{'role':'user','content':'Go'}]"));
    }

    @Test
    void neighbours_of_one_role_are_one_turn() {
        assertThat(Asked.messages("[{'role':'user','content':'A'},{'role':'user','name':'bob','content':'B'},{'role':'assistant','content':'C'},{'role':'assistant','content':'D'}]"))
                .isEqualTo(Asked.json("[{'role':'user','content':[{'type':'text','text':'A'},{'type':'text','text':'B'}]},"
                        + "{'role':'assistant','content':[{'type':'text','text':'C'},{'type':'text','text':'D'}]}]"));
    }

    @Test
    void results_of_parallel_calls_are_one_turn_in_order_and_stand_first() {
        String turns = "[{'role':'user','content':'Hi'},{'role':'assistant','content':'Wait','tool_calls':["
                + "{'id':'c1','type':'function','function':{'name':'f','arguments':'{\\\"a\\\":1}'}},{'id':'c2','type':'function','function':{'name':'g','arguments':''}}]},"
                + "{'role':'tool','tool_call_id':'c1','content':'one'},{'role':'tool','tool_call_id':'c2','content':[{'type':'text','text':'two'}]},{'role':'user','content':'And?'}]";
        assertThat(Asked.messages(turns)).isEqualTo(Asked.json("[{'role':'user','content':'Hi'},"
                + "{'role':'assistant','content':[{'type':'text','text':'Wait'},{'type':'tool_use','id':'c1','name':'f','input':{'a':1}},{'type':'tool_use','id':'c2','name':'g','input':{}}]},"
                + "{'role':'user','content':[{'type':'tool_result','tool_use_id':'c1','content':'one'},{'type':'tool_result','tool_use_id':'c2','content':'two'},"
                + "{'type':'text','text':'And?'}]}]"));
    }

    @Test
    void a_result_holds_images_errors_and_breakpoints() {
        assertThat(Asked.messages("[{'role':'tool','tool_call_id':'c1','is_error':true,'cache_control':{'type':'ephemeral'},'content':["
                + "{'type':'image_url','image_url':{'url':'data:image/png;base64,AAAA'}},{'type':'text','text':'x'}]}]"))
                .isEqualTo(Asked.json("[{'role':'user','content':[{'type':'tool_result','tool_use_id':'c1','is_error':true,'cache_control':{'type':'ephemeral'},'content':["
                        + "{'type':'image','source':{'type':'base64','media_type':'image/png','data':'AAAA'}},{'type':'text','text':'x'}]}]}]"));
        assertThat(Asked.messages("[{'role':'tool','tool_call_id':'functions.f:0','content':''}]").toString()).contains("functions_f_0");
    }

    @Test
    void signed_thoughts_come_back_and_others_stay_away() {
        assertThat(Asked.messages("[{'role':'assistant','content':'So','reasoning_content':'Hm','thinking_blocks':[{'type':'thinking','thinking':'Hm','signature':'s=='},"
                + "{'type':'redacted_thinking','data':'d'}]}]")).isEqualTo(Asked.json("[{'role':'assistant','content':[{'type':'thinking','thinking':'Hm','signature':'s=='},"
                + "{'type':'redacted_thinking','data':'d'},{'type':'text','text':'So'}]}]"));
        assertThat(Asked.messages("[{'role':'assistant','content':'So','reasoning_content':'Hm'}]")).isEqualTo(Asked.json("[{'role':'assistant','content':'So'}]"));
    }

    @Test
    void a_turn_in_anthropics_own_notation_keeps_its_order() {
        String blocks = "[{'type':'thinking','thinking':'a','signature':'1'},{'type':'text','text':'b'},{'type':'thinking','thinking':'c','signature':'2'},"
                + "{'type':'server_tool_use','id':'s1','name':'web_search','input':{}},{'type':'web_search_tool_result','tool_use_id':'s1','content':[]},"
                + "{'type':'tool_use','id':'t','name':'f','input':{'x':[1]}}]";
        assertThat(Asked.messages("[{'role':'assistant','content':" + blocks + "}]")).isEqualTo(Asked.json("[{'role':'assistant','content':" + blocks + "}]"));
    }

    @Test
    void blocks_of_an_earlier_answer_are_sent_back() {
        assertThat(Asked.messages("[{'role':'assistant','content':'Found','content_blocks':[{'type':'server_tool_use','id':'s1','name':'web_search','input':{'query':'x'}},"
                + "{'type':'web_search_tool_result','tool_use_id':'s1','content':[]}]}]")).isEqualTo(Asked.json("[{'role':'assistant','content':["
                + "{'type':'server_tool_use','id':'s1','name':'web_search','input':{'query':'x'}},{'type':'web_search_tool_result','tool_use_id':'s1','content':[]},"
                + "{'type':'text','text':'Found'}]}]"));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', value = {
        "{'type':'image_url','image_url':{'url':'https://x/y.png','detail':'low'}}|{'type':'image','source':{'type':'url','url':'https://x/y.png'}}",
        "{'type':'image_url','image_url':{'url':'data:image/jpg;base64,AA=='},'cache_control':{'type':'ephemeral'}}|{'type':'image','source':{'type':'base64','media_type':'image/jpeg','data':'AA=='},'cache_control':{'type':'ephemeral'}}",
        "{'type':'input_image','file_id':'f1'}|{'type':'image','source':{'type':'file','file_id':'f1'}}",
        "{'type':'file','file':{'file_data':'data:application/pdf;base64,AA==','filename':'a.pdf'}}|{'type':'document','source':{'type':'base64','media_type':'application/pdf','data':'AA=='},'title':'a.pdf'}",
        "{'type':'file','file':{'file_data':'data:text/plain;base64,SGk=','filename':'a.txt'}}|{'type':'document','source':{'type':'text','media_type':'text/plain','data':'Hi'},'title':'a.txt'}",
        "{'type':'file','file':{'file_id':'f1'}}|{'type':'document','source':{'type':'file','file_id':'f1'}}",
        "{'type':'input_file','file_url':'https://x/a.pdf'}|{'type':'document','source':{'type':'url','url':'https://x/a.pdf'}}",
        "{'type':'document','source':{'type':'text','media_type':'text/plain','data':'Hi'},'title':'t','context':'c','citations':{'enabled':true}}|{'type':'document','source':{'type':'text','media_type':'text/plain','data':'Hi'},'title':'t','context':'c','citations':{'enabled':true}}",
        "{'type':'document','source':{'type':'content','content':[{'type':'text','text':'a'}]}}|{'type':'document','source':{'type':'content','content':[{'type':'text','text':'a'}]}}",
        "{'type':'search_result','source':'s','title':'t','content':[{'type':'text','text':'a'}]}|{'type':'search_result','source':'s','title':'t','content':[{'type':'text','text':'a'}]}",
        "{'type':'container_upload','file_id':'f1'}|{'type':'container_upload','file_id':'f1'}"})
    void images_and_documents_are_told(String part, String block) {
        assertThat(Asked.messages("[{'role':'user','content':[" + part + "]}]")).isEqualTo(Asked.json("[{'role':'user','content':[" + block + "]}]"));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', value = {
        "{'type':'input_audio','input_audio':{'data':'AA','format':'wav'}}", "{'type':'video_url','video_url':{'url':'https://x'}}",
        "{'type':'file','file':{'file_data':'data:application/zip;base64,AA=='}}", "{'type':'image_url','image_url':{'url':'data:image/png,AA'}}",
        "{'type':'file','file':{'file_data':'data:text/plain;base64,*'}}"})
    void what_anthropic_cannot_take_is_refused_by_its_place(String part) {
        GatewayException refusal = catchThrowableOfType(GatewayException.class, () -> Asked.messages("[{'role':'user','content':[{'type':'text','text':'a'}," + part + "]}]"));
        assertThat(refusal).isNotNull();
        assertThat(refusal.type()).isEqualTo(ErrorType.INVALID_VALUE);
        assertThat(refusal.status()).isEqualTo(400);
        assertThat(refusal.param()).isEqualTo("messages[0].content[1]");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', value = {"not json|{'arguments':'not json'}", "[1]|{'arguments':'[1]'}", "|{}", "{}|{}"})
    void arguments_that_are_no_object_are_put_into_one(String arguments, String input) {
        assertThat(Plain.of(BlockWriter.input(arguments == null ? "" : arguments).text())).isEqualTo(Asked.json(input));
    }
}
