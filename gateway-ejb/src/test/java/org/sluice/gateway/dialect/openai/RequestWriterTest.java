package org.sluice.gateway.dialect.openai;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.sluice.gateway.chat.ChatRequest;
import org.sluice.gateway.chat.ChatRequest.Reasoning;
import org.sluice.gateway.chat.ChatRequest.Sampling;
import org.sluice.gateway.chat.ChatRequest.Tools;
import org.sluice.gateway.chat.Message;
import org.sluice.gateway.chat.Part;
import org.sluice.gateway.chat.RawJson;
import org.sluice.gateway.chat.Role;
import org.sluice.gateway.dialect.Dialect;
import org.sluice.gateway.recorded.Recording;
import org.sluice.gateway.recorded.Recordings;

class RequestWriterTest {
    private static final Dialect DIALECT = new OpenAiDialect();

    private static ChatRequest read(byte[] body) {
        return DIALECT.readRequest(DIALECT.readOutline(body), Set.of());
    }

    private static ChatRequest request(String model, List<Message> messages, Reasoning reasoning) {
        return new ChatRequest(OpenAiDialect.NAME, model, messages, Tools.NONE, new Sampling(null, null, null, 9L, null, List.of(), null, null, null),
                reasoning, null, false, false, null, Map.of());
    }

    private static String written(ChatRequest request) {
        return new String(DIALECT.writeRequest(request), UTF_8);
    }

    @Test
    void what_is_written_is_read_back_equal() {
        Random random = new Random(11);
        for (int round = 0; round < 5_000; round++) {
            ChatRequest request = new RandomRequest(random).next();
            byte[] body = DIALECT.writeRequest(request);
            assertThat(read(body)).as(new String(body, UTF_8)).isEqualTo(request);
        }
    }

    static Stream<Recording> requests() {
        return Recordings.where(recording -> recording.endpoint().endsWith("chat/completions") && recording.request().length > 2
                && recording.status() == 200);
    }

    @ParameterizedTest
    @MethodSource("requests")
    void recorded_requests_keep_their_meaning(Recording recording) {
        ChatRequest request = read(recording.request());
        ChatRequest again = read(DIALECT.writeRequest(request));
        boolean asksUsage = request.stream();
        assertThat(again).isEqualTo(new ChatRequest(OpenAiDialect.NAME, request.model(), request.messages(), request.tools(), request.sampling(), request.reasoning(),
                request.responseFormat(), request.stream(), asksUsage || request.includeUsage(), request.user(), request.extras()));
    }

    @Test
    void one_plain_text_is_a_string_and_results_come_before_other_words() {
        Message turn = new Message(Role.USER, List.of(new Part.Text("next"), new Part.ToolResult("c1", List.of(new Part.Text("42")), true, Map.of())));
        assertThat(written(request("m", List.of(turn), Reasoning.DEFAULT))).isEqualTo(
                "{\"model\":\"m\",\"messages\":[{\"role\":\"tool\",\"tool_call_id\":\"c1\",\"content\":\"42\"},{\"role\":\"user\",\"content\":\"next\"}],\"max_tokens\":9}");
    }

    @Test
    void openais_own_models_get_no_member_they_refuse() {
        RawJson cache = new RawJson("{\"type\":\"ephemeral\"}");
        List<Message> messages = List.of(new Message(Role.USER, List.of(new Part.Text("a", Map.of("cache_control", cache)))));
        Reasoning thinking = new Reasoning(null, 5000L, true, new RawJson("{\"type\":\"enabled\",\"budget_tokens\":5000}"));
        assertThat(written(request("gpt-5-mini", messages, thinking))).isEqualTo(
                "{\"model\":\"gpt-5-mini\",\"messages\":[{\"role\":\"user\",\"content\":\"a\"}],\"max_completion_tokens\":9,\"reasoning_effort\":\"medium\"}");
        assertThat(written(request("gpt-4o", messages, thinking))).doesNotContain("thinking").doesNotContain("cache_control").contains("\"max_tokens\":9");
        assertThat(written(request("glm-4.7", messages, thinking))).contains("\"thinking\":{").contains("cache_control");
    }

    @Test
    void missing_arguments_become_an_empty_object() {
        List<Message> turn = List.of(new Message(Role.ASSISTANT, List.of(new Part.ToolCall("c", "f", ""))));
        assertThat(written(request("m", turn, Reasoning.DEFAULT))).contains("\"content\":null").contains("\"arguments\":\"{}\"");
    }

    @Test
    void what_only_another_dialect_knows_is_left_out() {
        List<Message> turn = List.of(new Message(Role.USER, List.of(new Part.Text("a"), new Part.Opaque("anthropic", "server_tool_use", RawJson.EMPTY_OBJECT))));
        assertThat(written(request("m", turn, Reasoning.DEFAULT))).contains("\"content\":\"a\"").doesNotContain("server_tool_use");
    }

    @Test
    void claude_models_keep_what_anthropic_alone_knows() {
        Part search = new Part.Opaque("anthropic", "server_tool_use", new RawJson("{\"type\":\"server_tool_use\"}"));
        List<Message> turns = List.of(new Message(Role.ASSISTANT, List.of(new Part.Thinking("a", "1"), search, new Part.Text("b"), new Part.Thinking("c", "2"), new Part.ToolCall("t", "f", "{\"x\":1}"))),
                new Message(Role.TOOL, List.of(new Part.ToolResult("t", List.of(new Part.Text("no")), true, Map.of("cache_control", RawJson.EMPTY_OBJECT)))));
        assertThat(written(request("claude-x", turns, Reasoning.DEFAULT))).contains("\"content\":[{\"type\":\"thinking\",\"thinking\":\"a\",\"signature\":\"1\"},{\"type\":\"server_tool_use\"},"
                + "{\"type\":\"text\",\"text\":\"b\"},{\"type\":\"thinking\",\"thinking\":\"c\",\"signature\":\"2\"},{\"type\":\"tool_use\",\"id\":\"t\",\"name\":\"f\",\"input\":{\"x\":1}}]")
                .contains("\"is_error\":true").contains("\"cache_control\":{}");
        assertThat(written(request("m", turns, Reasoning.DEFAULT))).doesNotContain("server_tool_use").doesNotContain("is_error").contains("\"tool_calls\":[").contains("\"cache_control\":{}");
        assertThat(written(request("gpt-4o", turns, Reasoning.DEFAULT))).doesNotContain("is_error").doesNotContain("cache_control");
    }

    @Test
    void tools_of_another_dialect_are_left_out_with_their_choice() {
        Part.Opaque bash = new Part.Opaque("anthropic", "bash_20250124", new RawJson("{\"type\":\"bash_20250124\"}"));
        Tools tools = new Tools(List.of(new org.sluice.gateway.chat.Tool("bash", null, null, null, Map.of(), bash)), org.sluice.gateway.chat.ToolChoice.Mode.AUTO, true);
        ChatRequest request = new ChatRequest(OpenAiDialect.NAME, "m", List.of(), tools, Sampling.DEFAULT, Reasoning.DEFAULT, null, false, false, null, Map.of("output_config.a", new RawJson("1"), "metadata.b", new RawJson("2")));
        assertThat(written(request)).isEqualTo("{\"model\":\"m\",\"messages\":[],\"metadata\":{\"b\":2},\"output_config\":{\"a\":1}}");
        assertThat(written(request.withModel("claude-x"))).contains("\"tools\":[{\"type\":\"bash_20250124\"}],\"tool_choice\":\"auto\"");
    }
}
