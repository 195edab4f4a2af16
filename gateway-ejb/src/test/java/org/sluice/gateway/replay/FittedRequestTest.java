package org.sluice.gateway.replay;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.sluice.gateway.dialect.Body;
import org.sluice.gateway.dialect.Dialect;
import org.sluice.gateway.dialect.Losses;
import org.sluice.gateway.error.GatewayException;
import org.sluice.gateway.provider.Provider;

/** What a provider's schema does not allow is fitted to it and told, or refused: what {@link RequestSchemaTest} found, a case each. */
class FittedRequestTest {
    private final Losses losses = new Losses(false);

    /** The request as a provider gets it. */
    private Object asked(String client, String provider, String model, String request) {
        Dialect door = Wired.dialect(client).orElseThrow();
        Provider target = Wired.provider(provider).orElseThrow();
        Dialect spoken = target.dialectFor(door, model);
        var outline = door.readOutline(request.replace('\'', '"').getBytes(UTF_8));
        Body body = spoken.name().equals(client) ? door.forward(outline, model, Set.of()) : Body.of(spoken.writeRequest(door.readRequest(outline, Set.of()).withModel(model), losses));
        return Tree.read(target.accepted(spoken, model, body, losses).toBytes());
    }

    @ParameterizedTest
    @ValueSource(strings = {"anthropic:claude-sonnet-4-5", "anthropic:claude-opus-4-6", "bedrock:anthropic.claude-sonnet-4-5-20250929-v1:0"})
    void a_claude_that_thinks_is_not_told_a_temperature(String target) {
        String[] named = target.split(":", 2);
        Object told = asked("openai", named[0], named[1], "{'model':'m','max_tokens':8000,'temperature':0.2,'top_p':0.5,'top_k':40,'reasoning_effort':'low','messages':[{'role':'user','content':'x'}]}");
        assertThat(Tree.write(told)).contains("\"thinking\"").doesNotContain("temperature", "top_p", "topP", "top_k");
        assertThat(losses.warnings()).hasSize(3).allSatisfy(warning -> assertThat(warning).contains("thinks"));
    }

    @Test
    void a_claude_that_does_not_think_is_told_the_temperature() {
        Object told = asked("openai", "anthropic", "claude-sonnet-4-5", "{'model':'m','temperature':0.2,'top_k':40,'messages':[{'role':'user','content':'x'}]}");
        assertThat(Tree.write(told)).contains("\"temperature\":0.2", "\"top_k\":40");
        assertThat(losses.warnings()).isEmpty();
    }

    @Test
    void thinking_without_a_budget_gets_one() {
        Object told = asked("openai", "anthropic", "claude-sonnet-4-5", "{'model':'m','max_tokens':20000,'thinking':{'type':'enabled'},'messages':[{'role':'user','content':'x'}]}");
        assertThat(Tree.number(told, "thinking", "budget_tokens")).isBetween(1024L, 19999L);
    }

    @Test
    void a_schema_without_a_name_gets_one() {
        Object told = asked("anthropic", "openai", "gpt-5", "{'model':'m','max_tokens':9,'messages':[{'role':'user','content':'x'}],'output_config':{'format':{'type':'json_schema','schema':{'type':'object'}}}}");
        assertThat(Tree.text(told, "response_format", "json_schema", "name")).isEqualTo("response");
    }

    @Test
    void gemini_is_told_five_ends() {
        Object told = asked("anthropic", "gemini", "gemini-2.5-flash", "{'model':'m','max_tokens':9,'messages':[{'role':'user','content':'x'}],'stop_sequences':['1','2','3','4','5','6']}");
        assertThat(Tree.list(told, "generationConfig", "stopSequences")).isEqualTo(List.of("1", "2", "3", "4", "5"));
        assertThat(losses.warnings()).singleElement().asString().contains("stop");
    }

    @Test
    void coheres_p_stays_below_one() {
        assertThat(Tree.write(asked("openai", "cohere", "command-a-03-2025", "{'model':'m','top_p':1,'messages':[{'role':'user','content':'x'}]}"))).contains("\"p\":0.99");
        assertThat(Tree.write(asked("openai", "cohere", "command-a-03-2025", "{'model':'m','top_p':0,'messages':[{'role':'user','content':'x'}]}"))).contains("\"p\":0.01");
        assertThat(Tree.write(asked("openai", "cohere", "command-a-03-2025", "{'model':'m','top_p':0.5,'messages':[{'role':'user','content':'x'}]}"))).contains("\"p\":0.5");
    }

    @Test
    void a_turn_that_cohere_cannot_read_at_all_is_left_out_and_told() {
        Object told = asked("openai", "cohere", "command-a-03-2025", "{'model':'m','messages':[{'role':'user','content':'x'},{'role':'user','content':[{'type':'hologram','hologram':{}}]}]}");
        assertThat(Tree.list(told, "messages")).hasSize(1);
        assertThat(losses.warnings()).singleElement().asString().contains("hologram");
    }

    @ParameterizedTest
    @ValueSource(strings = {"groq", "mistral"})
    void an_answer_that_goes_back_loses_the_members_that_are_refused(String provider) {
        Object told = asked("openai", provider, "m-1", "{'model':'m','messages':[{'role':'user','content':'x'},{'role':'assistant','content':'y','refusal':null,'annotations':[],'audio':null,'reasoning_content':'z'},{'role':'user','content':'w'}]}");
        assertThat(Tree.object(Tree.list(told, "messages").get(1))).isEqualTo(Map.of("role", "assistant", "content", "y"));
        assertThat(losses.warnings()).as("what says nothing is no loss").singleElement().asString().contains("reasoning_content");
    }

    @Test
    void members_of_other_formats_do_not_reach_a_block_of_anthropics() {
        Object told = asked("openai", "anthropic", "claude-sonnet-4-5", "{'model':'m','messages':[{'role':'user','content':[{'type':'text','text':'x','prompt_cache_breakpoint':{'type':'default'}}]}]}");
        assertThat(Tree.write(told)).doesNotContain("prompt_cache_breakpoint");
    }

    @Test
    void a_document_by_url_is_refused_where_openai_takes_none() {
        assertThatThrownBy(() -> asked("anthropic", "openai", "gpt-5", "{'model':'m','max_tokens':9,'messages':[{'role':'user','content':[{'type':'document','source':{'type':'url','url':'https://example.com/a.pdf'}}]}]}"))
                .isInstanceOfSatisfying(GatewayException.class, e -> assertThat(e.getMessage()).contains("URL"));
    }
}
