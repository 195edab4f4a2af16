package org.sluice.gateway.dialect.anthropic;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Set;
import org.junit.jupiter.api.Test;
import org.sluice.gateway.dialect.Dialect;
import org.sluice.gateway.dialect.Losses;
import org.sluice.gateway.dialect.openai.OpenAiDialect;

/** A request as a coding agent on Anthropic's API writes it, to Claude and to a model of another dialect. */
class ClaudeCodeTest {
    private static final Dialect ANTHROPIC = new AnthropicDialect();
    private static final String REQUEST = """
            {"model":"claude-opus-4-6","messages":[\
            {"role":"user","content":[{"type":"text","text":"<system-reminder>Today is Monday.</system-reminder>"},{"type":"text","text":"Read a.png and run ls","cache_control":{"type":"ephemeral"}}]},\
            {"role":"assistant","content":[{"type":"thinking","thinking":"Both at once.","signature":"ErcB+/=="},{"type":"text","text":"Reading."},\
            {"type":"tool_use","id":"toolu_01","name":"Read","input":{"file_path":"/a.png"}},{"type":"tool_use","id":"toolu_02","name":"Bash","input":{"command":"ls"}}]},\
            {"role":"user","content":[{"tool_use_id":"toolu_01","type":"tool_result","content":[{"type":"image","source":{"type":"base64","data":"iVBORw0KGgo=","media_type":"image/png"}}]},\
            {"tool_use_id":"toolu_02","type":"tool_result","content":"<tool_use_error>denied</tool_use_error>","is_error":true,"cache_control":{"type":"ephemeral"}}]}],\
            "system":[{"type":"text","text":"You are a coding agent.","cache_control":{"type":"ephemeral","ttl":"1h"}},{"type":"text","text":"Be brief.","cache_control":{"type":"ephemeral"}}],\
            "tools":[{"name":"Read","description":"Reads a file","input_schema":{"$schema":"https://json-schema.org/draft/2020-12/schema","type":"object",\
            "properties":{"file_path":{"type":"string"}},"required":["file_path"],"additionalProperties":false}},\
            {"name":"Bash","description":"Runs a command","input_schema":{"type":"object","properties":{"command":{"type":"string"}},"required":["command"]},"cache_control":{"type":"ephemeral"}}],\
            "metadata":{"user_id":"user_1_account__session_2"},"max_tokens":32000,"thinking":{"type":"adaptive"},"output_config":{"effort":"medium"},\
            "context_management":{"edits":[{"type":"clear_thinking_20251015","keep":"all"}]},"temperature":1,"stream":true}""";

    private static String to(String model, Losses losses) {
        byte[] body = REQUEST.getBytes(UTF_8);
        return new String(new OpenAiDialect().writeRequest(ANTHROPIC.readRequest(ANTHROPIC.readOutline(body), Set.of()).withModel(model), losses), UTF_8);
    }

    @Test
    void it_reaches_claude_as_it_is() {
        byte[] body = REQUEST.getBytes(UTF_8);
        assertThat(ANTHROPIC.forward(ANTHROPIC.readOutline(body), "claude-opus-4-6", Set.of()).toBytes()).isSameAs(body);
        byte[] rewritten = ANTHROPIC.writeRequest(ANTHROPIC.readRequest(ANTHROPIC.readOutline(body), Set.of()), new Losses(true));
        assertThat(RequestMeaning.of(rewritten)).isEqualTo(RequestMeaning.of(body));
    }

    @Test
    void it_reaches_a_model_of_openais_with_everything_it_can_understand() {
        Losses losses = new Losses(false);
        assertThat(to("gpt-5-mini", losses)).isEqualTo("""
                {"model":"gpt-5-mini","messages":[{"role":"system","content":[{"type":"text","text":"You are a coding agent."},{"type":"text","text":"Be brief."}]},\
                {"role":"user","content":[{"type":"text","text":"<system-reminder>Today is Monday.</system-reminder>"},{"type":"text","text":"Read a.png and run ls"}]},\
                {"role":"assistant","content":"Reading.","tool_calls":[{"id":"toolu_01","type":"function","function":{"name":"Read","arguments":"{\\"file_path\\":\\"/a.png\\"}"}},\
                {"id":"toolu_02","type":"function","function":{"name":"Bash","arguments":"{\\"command\\":\\"ls\\"}"}}]},\
                {"role":"tool","tool_call_id":"toolu_01","content":"The result follows in the next message."},\
                {"role":"tool","tool_call_id":"toolu_02","content":"<tool_use_error>denied</tool_use_error>"},\
                {"role":"user","content":[{"type":"image_url","image_url":{"url":"data:image/png;base64,iVBORw0KGgo="}}]}],\
                "tools":[{"type":"function","function":{"name":"Read","description":"Reads a file","parameters":{"$schema":"https://json-schema.org/draft/2020-12/schema","type":"object",\
                "properties":{"file_path":{"type":"string"}},"required":["file_path"],"additionalProperties":false}}},\
                {"type":"function","function":{"name":"Bash","description":"Runs a command","parameters":{"type":"object","properties":{"command":{"type":"string"}},"required":["command"]}}}],\
                "temperature":1,"max_completion_tokens":32000,"reasoning_effort":"medium","stream":true,"stream_options":{"include_usage":true},"user":"user_1_account__session_2"}""");
        assertThat(losses.warnings()).hasSize(2).anyMatch(warning -> warning.contains("'context_management'")).anyMatch(warning -> warning.contains("is_error"));
    }

    @Test
    void it_reaches_an_open_model_that_thinks() {
        assertThat(to("deepseek-chat", new Losses(false))).contains("\"reasoning_content\":\"Both at once.\"", "\"thinking\":{\"type\":\"enabled\"}", "\"max_tokens\":32000")
                .doesNotContain("cache_control").doesNotContain("signature").doesNotContain("context_management");
    }
}
