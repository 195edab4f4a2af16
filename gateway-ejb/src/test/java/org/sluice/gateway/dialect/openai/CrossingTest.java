package org.sluice.gateway.dialect.openai;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.sluice.gateway.dialect.Dialect;
import org.sluice.gateway.dialect.Losses;
import org.sluice.gateway.dialect.anthropic.AnthropicDialect;
import org.sluice.gateway.error.GatewayException;

/** An Anthropic client's request as OpenAI-compatible servers take it. */
class CrossingTest {
    private static final Dialect OPENAI = new OpenAiDialect();
    private static final Dialect ANTHROPIC = new AnthropicDialect();

    private record Asked(String body, List<String> warnings) { }

    private static Asked asked(String model, String members, boolean isStrict) {
        String messages = members.contains("'messages'") ? "" : "'messages':[{'role':'user','content':'Hi'}],";
        byte[] body = ("{'model':'" + model + "','max_tokens':9," + messages + members + "}").replace('\'', '"').getBytes(UTF_8);
        Losses losses = new Losses(isStrict);
        return new Asked(new String(OPENAI.writeRequest(ANTHROPIC.readRequest(ANTHROPIC.readOutline(body), Set.of()), losses), UTF_8), losses.warnings());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', value = {
        "gpt-4o|'top_k':4|top_k|\"top_k\"", "gpt-4o|'mcp_servers':[{}]|mcp_servers|\"mcp_servers\"", "gpt-4o|'context_management':{'edits':[]}|context_management|\"context_management\"",
        "gpt-4o|'metadata':{'user_id':'u','team':'x'}|metadata.team|\"team\"", "gpt-4o|'thinking':{'type':'adaptive'}|thinking|\"thinking\"", "gpt-4o|'output_config':{'effort':'low'}|output_config.effort|\"low\"",
        "gpt-4o|'stop_sequences':['1','2','3','4','5']|stop_sequences|\"5\"", "mistral-large|'thinking':{'type':'enabled','budget_tokens':2000}|thinking|\"thinking\"",
        "gpt-4o|'tools':[{'type':'web_search_20250305','name':'web_search'}]|tools[0]|\"tools\"", "gpt-5|'output_config':{'effort':'max'}|output_config.effort|\"max\"",
        "gpt-4o|'tools':[{'name':'f','input_schema':{},'input_examples':[1]}]|tools[].input_examples|input_examples",
        "gpt-4o|'messages':[{'role':'user','content':[{'type':'document','source':{'type':'text','media_type':'text/plain','data':'a'},'context':'c'}]}]|messages[].content[].context|context",
        "gpt-4o|'messages':[{'role':'user','content':[{'type':'tool_result','tool_use_id':'1','content':'a','is_error':true}]}]|messages[].content[].is_error|is_error",
        "gpt-4o|'messages':[{'role':'assistant','content':[{'type':'server_tool_use','id':'1','name':'x','input':{}}]}]|messages[].content[]|server_tool_use"})
    void what_the_wire_does_not_know_stays_behind_and_is_told(String model, String members, String param, String absent) {
        Asked asked = asked(model, members, false);
        assertThat(asked.warnings()).singleElement().asString().contains("'" + param + "'");
        assertThat(asked.body()).doesNotContain(absent);
        GatewayException refusal = catchThrowableOfType(GatewayException.class, () -> asked(model, members, true));
        assertThat(refusal.param()).isEqualTo(param);
    }

    @ParameterizedTest
    @ValueSource(strings = {"'service_tier':'standard_only'", "'system':[{'type':'text','text':'S','cache_control':{'type':'ephemeral'}}]", "'tools':[{'name':'f','input_schema':{},'cache_control':{'type':'ephemeral'}}]",
        "'metadata':{'user_id':'u'}", "'thinking':{'type':'disabled'}", "'messages':[{'role':'user','content':[{'type':'text','text':'a','cache_control':{'type':'ephemeral','ttl':'1h'}}]}]",
        "'messages':[{'role':'assistant','content':[{'type':'thinking','thinking':'a','signature':'b'},{'type':'redacted_thinking','data':'c'},{'type':'text','text':'d'},{'type':'tool_use','id':'1','name':'f','input':{},'caller':{'type':'direct'}}]}]"})
    void what_loses_no_meaning_is_not_told(String members) {
        for (String model : List.of("gpt-4o", "gpt-5-mini", "mistral-large", "some/model")) {
            Asked asked = asked(model, members, true);
            assertThat(asked.warnings()).isEmpty();
            assertThat(asked.body()).doesNotContain("cache_control").doesNotContain("thinking").doesNotContain("caller").doesNotContain("reasoning_content").doesNotContain("standard_only");
        }
    }

    @Test
    void thinking_is_asked_for_in_the_models_words() {
        assertThat(asked("gpt-5-mini", "'thinking':{'type':'enabled','budget_tokens':20000}", true).body()).contains("\"reasoning_effort\":\"high\"").doesNotContain("thinking");
        assertThat(asked("gpt-5-mini", "'thinking':{'type':'adaptive'},'output_config':{'effort':'low'}", true).body()).contains("\"reasoning_effort\":\"low\"");
        assertThat(asked("glm-4.7", "'thinking':{'type':'adaptive'}", true).body()).contains("\"thinking\":{\"type\":\"enabled\"}");
        assertThat(asked("glm-4.7", "'thinking':{'type':'disabled'}", true).body()).contains("\"thinking\":{\"type\":\"disabled\"}");
        assertThat(asked("anthropic/claude-x", "'thinking':{'type':'adaptive'},'context_management':{'edits':[]}", true).body()).contains("\"thinking\":{\"type\":\"adaptive\"}", "\"context_management\":{\"edits\":[]}");
    }

    @Test
    void what_a_tool_showed_follows_its_result_once_all_results_are_told() {
        String image = "{'type':'image','source':{'type':'base64','media_type':'image/png','data':'AAAA'}}";
        Asked asked = asked("gpt-4o", "'messages':[{'role':'assistant','content':[{'type':'tool_use','id':'1','name':'f','input':{}},{'type':'tool_use','id':'2','name':'f','input':{}}]},"
                + "{'role':'user','content':[{'type':'tool_result','tool_use_id':'1','content':[{'type':'text','text':'see'}," + image + "]},{'type':'tool_result','tool_use_id':'2','content':'b'},{'type':'text','text':'And?'}]}]", true);
        assertThat(asked.body()).contains("{\"role\":\"tool\",\"tool_call_id\":\"1\",\"content\":\"see\"},{\"role\":\"tool\",\"tool_call_id\":\"2\",\"content\":\"b\"},"
                + "{\"role\":\"user\",\"content\":[{\"type\":\"image_url\",\"image_url\":{\"url\":\"data:image/png;base64,AAAA\"}}]},{\"role\":\"user\",\"content\":\"And?\"}]");
        assertThat(asked("gpt-4o", "'messages':[{'role':'user','content':[{'type':'tool_result','tool_use_id':'1','content':[" + image + "]}]}]", true).body())
                .contains("\"content\":\"The result follows in the next message.\"},{\"role\":\"user\"");
    }

    @Test
    void a_long_identifier_is_one_that_openai_takes() {
        String id = "user_" + "a".repeat(80);
        assertThat(asked("gpt-4o", "'metadata':{'user_id':'" + id + "'}", true).body()).containsPattern("\"user\":\"[0-9a-f]{64}\"");
        assertThat(asked("mistral-large", "'metadata':{'user_id':'" + id + "'}", true).body()).contains(id);
    }

    @Test
    void the_same_dialect_loses_nothing() {
        byte[] body = ("{\"model\":\"gpt-4o\",\"messages\":[{\"role\":\"user\",\"content\":\"Hi\",\"x\":1}],\"anything_new\":[1],\"top_k\":4,\"logit_bias\":{\"1\":2},"
                + "\"stop\":[\"1\",\"2\",\"3\",\"4\",\"5\"],\"seed\":5,\"service_tier\":\"flex\"}").getBytes(UTF_8);
        Losses losses = new Losses(true);
        assertThat(new String(OPENAI.writeRequest(OPENAI.readRequest(OPENAI.readOutline(body), Set.of()), losses), UTF_8)).contains("\"anything_new\":[1]", "\"top_k\":4", "\"x\":1", "\"5\"");
        assertThat(losses.warnings()).isEmpty();
    }
}
