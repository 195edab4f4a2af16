package org.sluice.gateway.dialect.anthropic;

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
import org.sluice.gateway.dialect.openai.OpenAiDialect;
import org.sluice.gateway.error.ErrorType;
import org.sluice.gateway.error.GatewayException;

/** What an OpenAI client says in vain is told, or refused when it is strict. */
class UnsaidTest {
    private static final Dialect OPENAI = new OpenAiDialect();
    private static final Dialect ANTHROPIC = new AnthropicDialect();

    private static List<String> warnings(Dialect client, String model, String members, boolean isStrict) {
        byte[] body = ("{\"model\":\"" + model + "\",\"messages\":[{\"role\":\"user\",\"content\":\"Hi\"}]," + members.replace('\'', '"') + "}").getBytes(UTF_8);
        Losses losses = new Losses(isStrict);
        ANTHROPIC.writeRequest(client.readRequest(client.readOutline(body), Set.of()), losses);
        return losses.warnings();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', value = {
        "'frequency_penalty':1|frequency_penalty", "'presence_penalty':1|presence_penalty", "'logit_bias':{'1':2}|logit_bias", "'seed':5|seed", "'store':true|store", "'verbosity':'low'|verbosity",
        "'prediction':{'type':'content','content':'x'}|prediction", "'prompt_cache_key':'k'|prompt_cache_key", "'prompt_cache_retention':'24h'|prompt_cache_retention", "'metadata':{'a':'b'}|metadata.a",
        "'service_tier':'flex'|service_tier", "'user':'u','safety_identifier':'s'|safety_identifier", "'temperature':1.7|temperature", "'anything_new':[1]|anything_new", "'audio':{'voice':'x'}|audio",
        "'web_search_options':{'search_context_size':'low'}|web_search_options.search_context_size"})
    void a_parameter_is_named_in_a_warning_or_in_a_refusal(String members, String param) {
        assertThat(warnings(OPENAI, "claude-sonnet-4-5", members, false)).singleElement().asString().contains("'" + param + "'");
        GatewayException refusal = catchThrowableOfType(GatewayException.class, () -> warnings(OPENAI, "claude-sonnet-4-5", members, true));
        assertThat(refusal.type()).isEqualTo(ErrorType.INVALID_VALUE);
        assertThat(refusal.param()).isEqualTo(param);
    }

    @ParameterizedTest
    @ValueSource(strings = {"'n':1", "'logprobs':false", "'top_logprobs':0", "'stream_options':{'include_usage':true}", "'modalities':['text']", "'response_format':{'type':'text'}", "'stop':null",
        "'tools':[]", "'temperature':0.7,'top_p':0.9,'max_tokens':5,'stop':['a'],'user':'u'", "'metadata':{'user_id':'u'}", "'service_tier':'default'", "'context_management':{'edits':[]}", "'logit_bias':null"})
    void what_loses_nothing_is_not_told(String members) {
        assertThat(warnings(OPENAI, "claude-sonnet-4-5", members, true)).isEmpty();
    }

    @Test
    void what_a_model_cannot_is_told() {
        assertThat(warnings(OPENAI, "claude-3-5-sonnet-20241022", "'reasoning_effort':'high'", false)).singleElement().asString().contains("reasoning_effort");
        assertThat(warnings(OPENAI, "claude-3-5-sonnet-20241022", "'tools':[{'type':'function','function':{'name':'f','strict':true}}]", false)).singleElement().asString().contains("strict");
        assertThat(warnings(OPENAI, "claude-sonnet-4-5", "'reasoning_effort':'high'", true)).isEmpty();
    }

    @Test
    void what_stands_on_messages_is_told() {
        byte[] body = ("{\"model\":\"claude-x\",\"messages\":[{\"role\":\"user\",\"name\":\"bob\",\"shoe\":1,\"content\":[{\"type\":\"image_url\",\"image_url\":{\"url\":\"https://x\",\"detail\":\"low\"}}]},"
                + "{\"role\":\"user\",\"name\":\"eve\",\"content\":[{\"type\":\"image_url\",\"image_url\":{\"url\":\"https://x\",\"detail\":\"auto\"}}]}]}").getBytes(UTF_8);
        Losses losses = new Losses(false);
        ANTHROPIC.writeRequest(OPENAI.readRequest(OPENAI.readOutline(body), Set.of()), losses);
        assertThat(losses.warnings()).hasSize(3).anyMatch(warning -> warning.contains("messages[].name")).anyMatch(warning -> warning.contains("messages[].shoe")).anyMatch(warning -> warning.contains("detail"));
    }

    @Test
    void anthropics_own_client_loses_nothing() {
        assertThat(warnings(ANTHROPIC, "claude-opus-4-6", "'max_tokens':5,'anything_new':[1],'thinking':{'type':'adaptive'},'output_config':{'effort':'max','task_budget':{'total':1}},'metadata':{'user_id':'u'},"
                + "'service_tier':'standard_only','mcp_servers':[],'tools':[{'type':'bash_20250124','name':'bash'}]", true)).isEmpty();
        assertThat(warnings(ANTHROPIC, "claude-opus-4-6", "'max_tokens':5,'metadata':{'user_id':'u','team':'x'}", false)).singleElement().asString().contains("metadata.team");
    }
}
