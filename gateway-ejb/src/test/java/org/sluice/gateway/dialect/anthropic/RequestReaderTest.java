package org.sluice.gateway.dialect.anthropic;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.sluice.gateway.chat.ChatRequest;
import org.sluice.gateway.chat.ChatRequest.Reasoning;
import org.sluice.gateway.chat.Message;
import org.sluice.gateway.chat.Part;
import org.sluice.gateway.chat.Part.Source;
import org.sluice.gateway.chat.RawJson;
import org.sluice.gateway.chat.ResponseFormat;
import org.sluice.gateway.chat.Role;
import org.sluice.gateway.chat.ToolChoice;
import org.sluice.gateway.dialect.Dialect;
import org.sluice.gateway.dialect.openai.OpenAiDialect;
import org.sluice.gateway.error.ErrorType;
import org.sluice.gateway.error.GatewayException;

class RequestReaderTest {
    private static final Dialect DIALECT = new AnthropicDialect();

    private static ChatRequest read(String body) {
        return DIALECT.readRequest(DIALECT.readOutline(body.replace('\'', '"').getBytes(UTF_8)), Set.of("customer_identifier"));
    }

    private static RawJson raw(String json) {
        return new RawJson(json.replace('\'', '"'));
    }

    private static Part part(String block) {
        return read("{'messages':[{'role':'user','content':[" + block + "]}]}").messages().get(0).parts().get(0);
    }

    @Test
    void what_is_written_is_read_back_equal() {
        Random random = new Random(5);
        for (int round = 0; round < 5_000; round++) {
            ChatRequest request = new RandomMessages(random).next();
            byte[] body = DIALECT.writeRequest(request);
            assertThat(DIALECT.readRequest(DIALECT.readOutline(body), Set.of())).as(new String(body, UTF_8)).isEqualTo(request);
        }
    }

    @Test
    void what_an_openai_client_tells_means_the_same() {
        Dialect openAi = new OpenAiDialect();
        Random random = new Random(6);
        for (int round = 0; round < 3_000; round++) {
            ChatRequest request = new RandomMessages(random).next();
            byte[] told = openAi.writeRequest(request);
            byte[] asked = DIALECT.writeRequest(openAi.readRequest(openAi.readOutline(told), Set.of()));
            Object sent = RequestMeaning.of(DIALECT.writeRequest(request));
            Plain.object(sent).remove("anything"); // a word of Anthropic's that we do not know crosses nowhere
            assertThat(RequestMeaning.of(asked)).as(new String(told, UTF_8)).isEqualTo(sent);
        }
    }

    @Test
    void every_parameter_is_read() {
        ChatRequest request = read("{'model':'m','max_tokens':7,'temperature':0.10,'top_p':1e-1,'top_k':40,'stop_sequences':['a','b'],'stream':true,'metadata':{'user_id':'u','x':1},"
                + "'customer_identifier':'c','service_tier':'auto','messages':[]}");
        assertThat(request.model()).isEqualTo("m");
        assertThat(request.sampling()).isEqualTo(new ChatRequest.Sampling("0.10", "1e-1", "40", 7L, null, List.of("a", "b"), null, null, null));
        assertThat(request.stream()).isTrue();
        assertThat(request.includeUsage()).isTrue();
        assertThat(request.user()).isEqualTo("u");
        assertThat(request.extras()).isEqualTo(Map.of("service_tier", raw("'auto'"), "metadata.x", raw("1")));
    }

    @Test
    void system_and_turns_are_messages_and_each_result_is_one() {
        List<Message> messages = read("{'system':[{'type':'text','text':'S','cache_control':{'type':'ephemeral'}}],'messages':[{'role':'user','content':'Hi'},"
                + "{'role':'assistant','content':[{'type':'thinking','thinking':'t','signature':'s'},{'type':'redacted_thinking','data':'d'},{'type':'text','text':'a'},"
                + "{'type':'tool_use','id':'1','name':'f','input':{ 'x':1e2}},{'type':'tool_use','id':'2','name':'g','input':{}}]},"
                + "{'role':'user','content':[{'type':'tool_result','tool_use_id':'1','content':'one'},{'type':'tool_result','tool_use_id':'2','is_error':true,'content':[{'type':'text','text':'two'}]},"
                + "{'type':'text','text':'b'}]}]}").messages();
        assertThat(messages).containsExactly(
                new Message(Role.SYSTEM, List.of(new Part.Text("S", Map.of("cache_control", raw("{'type':'ephemeral'}"))))),
                Message.text(Role.USER, "Hi"),
                new Message(Role.ASSISTANT, List.of(new Part.Thinking("t", "s"), new Part.RedactedThinking("d", Map.of()), new Part.Text("a"),
                        new Part.ToolCall("1", "f", "{ \"x\":1e2}"), new Part.ToolCall("2", "g", "{}"))),
                new Message(Role.TOOL, List.of(new Part.ToolResult("1", List.of(new Part.Text("one")), false, Map.of()))),
                new Message(Role.TOOL, List.of(new Part.ToolResult("2", List.of(new Part.Text("two")), true, Map.of()))),
                Message.text(Role.USER, "b"));
    }

    @Test
    void images_and_documents_are_read_from_every_source() {
        assertThat(part("{'type':'image','source':{'type':'base64','media_type':'image/png','data':'AA'},'cache_control':{}}"))
                .isEqualTo(new Part.Image(new Source.Base64("image/png", "AA"), null, Map.of("cache_control", raw("{}"))));
        assertThat(part("{'type':'image','source':{'type':'url','url':'https://x'}}")).isEqualTo(new Part.Image(new Source.Url("https://x"), null, Map.of()));
        assertThat(part("{'type':'document','source':{'type':'file','file_id':'f'},'title':'t','context':'c'}"))
                .isEqualTo(new Part.Document(new Source.FileId("f"), "t", Map.of("context", raw("'c'"))));
        assertThat(part("{'type':'document','source':{'type':'text','media_type':'text/plain','data':'a'},'citations':{'enabled':true}}"))
                .isEqualTo(new Part.Document(new Source.Inline("text/plain", "a"), null, Map.of("citations", raw("{'enabled':true}"))));
    }

    @ParameterizedTest
    @ValueSource(strings = {"{'type':'document','source':{'type':'content','content':'a'}}", "{'type':'server_tool_use','id':'1','name':'x','input':{}}", "{'type':'search_result'}",
        "{'type':'tool_result'}", "{'type':'never_seen','a':[1e2]}"})
    void blocks_without_a_word_stay_whole(String block) {
        assertThat(part(block)).isInstanceOfSatisfying(Part.Opaque.class, opaque -> {
            assertThat(opaque.dialect()).isEqualTo("anthropic");
            assertThat(opaque.value()).isEqualTo(raw(block));
        });
    }

    @Test
    void tools_and_choices_are_read() {
        ChatRequest request = read("{'messages':[],'tools':[{'name':'f','description':'d','input_schema':{ 'b':1,'a':2},'strict':true,'cache_control':{}},{'type':'bash_20250124','name':'bash'}],"
                + "'tool_choice':{'type':'any','disable_parallel_tool_use':true}}");
        assertThat(request.tools().offered().get(0).parameters()).isEqualTo(raw("{ 'b':1,'a':2}"));
        assertThat(request.tools().offered().get(0).strict()).isTrue();
        assertThat(request.tools().offered().get(0).extras()).isEqualTo(Map.of("cache_control", raw("{}")));
        assertThat(request.tools().offered().get(1).builtIn()).isEqualTo(new Part.Opaque("anthropic", "bash_20250124", raw("{'type':'bash_20250124','name':'bash'}")));
        assertThat(request.tools().choice()).isEqualTo(ToolChoice.Mode.REQUIRED);
        assertThat(request.tools().parallel()).isFalse();
        assertThat(read("{'messages':[],'tool_choice':{'type':'tool','name':'f'}}").tools().choice()).isEqualTo(new ToolChoice.Named("f"));
        assertThat(read("{'messages':[],'tool_choice':{'type':'none'}}").tools().choice()).isEqualTo(ToolChoice.Mode.NONE);
    }

    @Test
    void thinking_effort_and_format_are_read() {
        assertThat(read("{'messages':[],'thinking':{'type':'enabled','budget_tokens':2000}}").reasoning())
                .isEqualTo(new Reasoning(null, 2000L, true, raw("{'type':'enabled','budget_tokens':2000}")));
        assertThat(read("{'messages':[],'thinking':{'type':'disabled'}}").reasoning().enabled()).isFalse();
        ChatRequest request = read("{'messages':[],'output_config':{'effort':'low','task_budget':{'total':5},'format':{'type':'json_schema','schema':{ 'a':1}}}}");
        assertThat(request.reasoning()).isEqualTo(new Reasoning("low", null, null, null));
        assertThat(request.responseFormat()).isEqualTo(new ResponseFormat.JsonSchema(null, null, raw("{ 'a':1}"), null));
        assertThat(request.extras()).isEqualTo(Map.of("output_config.task_budget", raw("{'total':5}")));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', value = {"{'messages':{}}|messages", "{'messages':[1]}|messages[0]", "{'messages':[{'role':'tool','content':'x'}]}|messages[0].role",
        "{'messages':[{'role':'user','content':5}]}|messages[0].content", "{'messages':[{'role':'user','content':[{}]}]}|messages[0].content[0].type",
        "{'messages':[{'role':'user','content':[{'type':'tool_result','tool_use_id':'1','content':[5]}]}]}|messages[0].content[0].content[0].type",
        "{'messages':[],'system':5}|system", "{'messages':[],'tools':[{}]}|tools[0].name", "{'messages':[],'tools':[1]}|tools[0]", "{'messages':[],'max_tokens':0}|max_tokens",
        "{'messages':[],'max_tokens':'x'}|max_tokens", "{'messages':[],'temperature':'x'}|temperature", "{'messages':[],'stop_sequences':[1]}|stop_sequences",
        "{'messages':[],'stream':1}|stream", "{'messages':[],'model':'a b'}|model"})
    void what_is_wrong_is_named_by_its_path(String body, String path) {
        GatewayException refusal = catchThrowableOfType(GatewayException.class, () -> read(body));
        assertThat(refusal).isNotNull();
        assertThat(refusal.type()).isEqualTo(ErrorType.INVALID_VALUE);
        assertThat(refusal.param()).isEqualTo(path);
    }
}
