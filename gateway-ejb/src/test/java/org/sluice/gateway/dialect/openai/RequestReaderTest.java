package org.sluice.gateway.dialect.openai;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
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
import org.sluice.gateway.error.ErrorType;
import org.sluice.gateway.error.GatewayException;

class RequestReaderTest {
    private static final Dialect DIALECT = new OpenAiDialect();

    private static ChatRequest read(String json, String... gatewayMembers) {
        return DIALECT.readRequest(DIALECT.readOutline(json.getBytes(UTF_8)), Set.of(gatewayMembers));
    }

    private static Message message(String json) {
        return read("{\"model\":\"m\",\"messages\":[" + json + "]}").messages().get(0);
    }

    private static Part part(String json) {
        return message("{\"role\":\"user\",\"content\":[" + json + "]}").parts().get(0);
    }

    private static RawJson raw(String json) {
        return new RawJson(json);
    }

    @Test
    void parameters_find_their_place_and_unknown_ones_stay_exact() {
        ChatRequest request = read("""
                {"model":"m","messages":[{"role":"user","content":"hi"}],"temperature":0.10,"top_p":1.0,"top_k":5,"max_tokens":7,
                 "n":2,"stop":["a","b"],"seed":12345678901234567890123,"presence_penalty":-1,"frequency_penalty":1e-1,"user":"u",
                 "stream":true,"stream_options":{"include_usage":true,"include_obfuscation":false},"reasoning_effort":"high",
                 "logit_bias":{"50256":-100},"service_tier":"flex","x":1e2,"metadata":{"a":1},"respan_params":{}}""", "metadata", "respan_params");
        assertThat(request.sampling().temperature()).isEqualTo("0.10");
        assertThat(request.sampling().seed()).isEqualTo("12345678901234567890123");
        assertThat(request.sampling().frequencyPenalty()).isEqualTo("1e-1");
        assertThat(request.sampling().maxTokens()).isEqualTo(7);
        assertThat(request.sampling().n()).isEqualTo(2);
        assertThat(request.sampling().stop()).containsExactly("a", "b");
        assertThat(request.reasoning()).isEqualTo(new Reasoning("high", null, null, null));
        assertThat(request.user()).isEqualTo("u");
        assertThat(request.stream()).isTrue();
        assertThat(request.includeUsage()).isTrue();
        assertThat(request.extras()).isEqualTo(Map.of("logit_bias", raw("{\"50256\":-100}"), "service_tier", raw("\"flex\""), "x", raw("1e2"),
                "stream_options.include_obfuscation", raw("false")));
    }

    @Test
    void the_newer_token_limit_wins() {
        assertThat(read("{\"max_tokens\":7,\"max_completion_tokens\":9}").sampling().maxTokens()).isEqualTo(9);
        assertThat(read("{\"stop\":\"x\"}").sampling().stop()).containsExactly("x");
    }

    @Test
    void images_are_read_in_every_notation() {
        assertThat(part("{\"type\":\"image_url\",\"image_url\":{\"url\":\"data:image/png;base64,AAA=\",\"detail\":\"low\"}}"))
                .isEqualTo(new Part.Image(new Source.Base64("image/png", "AAA="), "low", Map.of()));
        assertThat(part("{\"type\":\"image_url\",\"image_url\":\"https://x/y.png\"}")).isEqualTo(new Part.Image(new Source.Url("https://x/y.png"), null, Map.of()));
        assertThat(part("{\"type\":\"input_image\",\"image_url\":\"https://x/y.png\",\"detail\":\"high\"}")).isEqualTo(new Part.Image(new Source.Url("https://x/y.png"), "high", Map.of()));
        assertThat(part("{\"type\":\"image\",\"source\":{\"type\":\"base64\",\"media_type\":\"image/gif\",\"data\":\"AA\"},\"cache_control\":{\"type\":\"ephemeral\"}}"))
                .isEqualTo(new Part.Image(new Source.Base64("image/gif", "AA"), null, Map.of("cache_control", raw("{\"type\":\"ephemeral\"}"))));
        assertThat(part("{\"type\":\"image\",\"source\":{\"type\":\"url\",\"url\":\"https://x\"}}")).isEqualTo(new Part.Image(new Source.Url("https://x"), null, Map.of()));
    }

    @Test
    void sounds_and_files_are_read() {
        assertThat(part("{\"type\":\"input_audio\",\"input_audio\":{\"data\":\"AAA\",\"format\":\"mp3\"}}")).isEqualTo(new Part.Audio(new Source.Base64("audio/mpeg", "AAA"), "mp3", Map.of()));
        assertThat(part("{\"type\":\"file\",\"file\":{\"file_id\":\"f1\"}}")).isEqualTo(new Part.Document(new Source.FileId("f1"), null, Map.of()));
        assertThat(part("{\"type\":\"file\",\"file\":{\"file_data\":\"data:application/pdf;base64,AA\",\"filename\":\"a.pdf\"}}"))
                .isEqualTo(new Part.Document(new Source.Base64("application/pdf", "AA"), "a.pdf", Map.of()));
        assertThat(part("{\"type\":\"input_file\",\"file_url\":\"https://x/a.pdf\"}")).isEqualTo(new Part.Document(new Source.Url("https://x/a.pdf"), null, Map.of()));
        assertThat(part("{\"type\":\"document\",\"source\":{\"type\":\"text\",\"media_type\":\"text/plain\",\"data\":\"hi\"},\"title\":\"t\"}"))
                .isEqualTo(new Part.Document(new Source.Inline("text/plain", "hi"), "t", Map.of()));
    }

    @Test
    void parts_nobody_knows_stay_whole() {
        assertThat(part("{\"type\":\"video_url\",\"video_url\":{\"url\":\"x\",\"a\":1e2}}")).isEqualTo(new Part.Opaque("openai", "video_url", raw("{\"type\":\"video_url\",\"video_url\":{\"url\":\"x\",\"a\":1e2}}")));
        assertThat(part("{\"type\":\"text\",\"text\":\"a\",\"cache_control\":{\"ttl\":\"1h\"}}")).isEqualTo(new Part.Text("a", Map.of("cache_control", raw("{\"ttl\":\"1h\"}"))));
        assertThat(part("{\"type\":\"input_text\",\"text\":\"a\"}")).isEqualTo(new Part.Text("a"));
        assertThat(part("{\"type\":\"refusal\",\"refusal\":\"no\"}")).isEqualTo(new Part.Refusal("no", Map.of()));
    }

    @Test
    void an_assistants_turn_keeps_thoughts_words_and_calls_in_order() {
        Message turn = message("{\"role\":\"assistant\",\"content\":\"ok\",\"reasoning_content\":\"hm\",\"thinking_blocks\":[{\"type\":\"thinking\",\"thinking\":\"hm\",\"signature\":\"s==\"},"
                + "{\"type\":\"redacted_thinking\",\"data\":\"d\"}],\"tool_calls\":[{\"id\":\"c1\",\"type\":\"function\",\"function\":{\"name\":\"f\",\"arguments\":\"{ }\"},\"extra_content\":{\"g\":1}}]}");
        assertThat(turn.parts()).containsExactly(new Part.Thinking("hm", "s=="), new Part.RedactedThinking("d", Map.of()), new Part.Text("ok"),
                new Part.ToolCall("c1", "f", "{ }", Map.of("extra_content", raw("{\"g\":1}"))));
        assertThat(message("{\"role\":\"assistant\",\"content\":null,\"reasoning\":\"hm\"}").parts()).containsExactly(new Part.Thinking("hm", null));
    }

    @Test
    void tools_results_are_read_in_both_notations() {
        assertThat(message("{\"role\":\"tool\",\"tool_call_id\":\"c1\",\"content\":\"42\"}")).isEqualTo(new Message(Role.TOOL, List.of(new Part.ToolResult("c1", List.of(new Part.Text("42")), false, Map.of()))));
        assertThat(part("{\"type\":\"tool_result\",\"tool_use_id\":\"c1\",\"is_error\":true,\"content\":[{\"type\":\"text\",\"text\":\"x\"}]}"))
                .isEqualTo(new Part.ToolResult("c1", List.of(new Part.Text("x")), true, Map.of()));
        assertThat(part("{\"type\":\"tool_use\",\"id\":\"c1\",\"name\":\"f\",\"input\":{ \"a\":1e2}}")).isEqualTo(new Part.ToolCall("c1", "f", "{ \"a\":1e2}"));
    }

    @Test
    void the_older_function_calls_find_their_results() {
        List<Message> turns = read("{\"messages\":[{\"role\":\"assistant\",\"content\":null,\"function_call\":{\"name\":\"f\",\"arguments\":\"{}\"}},{\"role\":\"function\",\"name\":\"f\",\"content\":\"1\"},"
                + "{\"role\":\"assistant\",\"function_call\":{\"name\":\"f\",\"arguments\":\"{}\"}},{\"role\":\"function\",\"name\":\"f\",\"content\":\"2\"}],"
                + "\"functions\":[{\"name\":\"f\",\"parameters\":{}}],\"function_call\":{\"name\":\"f\"}}").messages();
        String first = ((Part.ToolCall) turns.get(0).parts().get(0)).id();
        String second = ((Part.ToolCall) turns.get(2).parts().get(0)).id();
        assertThat(first).isNotEqualTo(second);
        assertThat(((Part.ToolResult) turns.get(1).parts().get(0)).toolCallId()).isEqualTo(first);
        assertThat(((Part.ToolResult) turns.get(3).parts().get(0)).toolCallId()).isEqualTo(second);
    }

    @Test
    void tools_and_choices_are_read() {
        ChatRequest request = read("{\"tools\":[{\"type\":\"function\",\"function\":{\"name\":\"f\",\"description\":\"d\",\"parameters\":{ \"b\":1, \"a\":2 },\"strict\":true,\"x\":1},\"cache_control\":{}},"
                + "{\"type\":\"web_search\",\"y\":1e2}],\"tool_choice\":{\"type\":\"function\",\"function\":{\"name\":\"f\"}},\"parallel_tool_calls\":false}");
        assertThat(request.tools().offered().get(0).parameters().text()).isEqualTo("{ \"b\":1, \"a\":2 }");
        assertThat(request.tools().offered().get(0).strict()).isTrue();
        assertThat(request.tools().offered().get(0).extras()).isEqualTo(Map.of("cache_control", raw("{}"), "function.x", raw("1")));
        assertThat(request.tools().offered().get(1).builtIn()).isEqualTo(new Part.Opaque("openai", "web_search", raw("{\"type\":\"web_search\",\"y\":1e2}")));
        assertThat(request.tools().choice()).isEqualTo(new ToolChoice.Named("f"));
        assertThat(request.tools().parallel()).isFalse();
        assertThat(read("{\"tool_choice\":\"required\"}").tools().choice()).isEqualTo(ToolChoice.Mode.REQUIRED);
        assertThat(read("{\"tool_choice\":{\"type\":\"allowed_tools\"}}").tools().choice()).isInstanceOf(ToolChoice.Opaque.class);
    }

    @Test
    void response_formats_are_read_also_as_a_string() {
        assertThat(read("{\"response_format\":\"json_object\"}").responseFormat()).isEqualTo(ResponseFormat.Mode.JSON_OBJECT);
        assertThat(read("{\"response_format\":{\"type\":\"text\"}}").responseFormat()).isEqualTo(ResponseFormat.Mode.TEXT);
        assertThat(read("{\"response_format\":{\"type\":\"json_schema\",\"json_schema\":{\"name\":\"n\",\"strict\":true,\"schema\":{ \"b\":1}}}}").responseFormat())
                .isEqualTo(new ResponseFormat.JsonSchema("n", null, raw("{ \"b\":1}"), true));
        ChatRequest vertex = read("{\"response_format\":{\"type\":\"json_object\",\"response_schema\":{\"a\":1}}}");
        assertThat(vertex.responseFormat()).isEqualTo(ResponseFormat.Mode.JSON_OBJECT);
        assertThat(vertex.extras()).containsKey("response_format");
        assertThat(new String(DIALECT.writeRequest(vertex), UTF_8)).containsOnlyOnce("response_format").contains("\"response_schema\":{\"a\":1}");
    }

    @Test
    void a_budget_of_thought_is_read() {
        assertThat(read("{\"thinking\":{\"type\":\"enabled\",\"budget_tokens\":1024}}").reasoning()).isEqualTo(new Reasoning(null, 1024L, true, raw("{\"type\":\"enabled\",\"budget_tokens\":1024}")));
        assertThat(read("{\"thinking\":{\"type\":\"disabled\"}}").reasoning().enabled()).isFalse();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "[1]|messages[0]", "[{\"role\":\"none\"}]|messages[0].role", "[{\"content\":\"x\"}]|messages[0].role",
        "[{\"role\":\"user\",\"content\":5}]|messages[0].content", "[{\"role\":\"user\",\"content\":[5]}]|messages[0].content[0].type",
        "[{\"role\":\"user\",\"content\":\"a\"},{\"role\":\"tool\",\"content\":\"x\"}]|messages[1].tool_call_id"})
    void what_is_no_message_is_refused_by_its_path(String messages, String path) {
        GatewayException refusal = catchThrowableOfType(GatewayException.class, () -> read("{\"messages\":" + messages + "}"));
        assertThat(refusal.type()).isEqualTo(ErrorType.INVALID_VALUE);
        assertThat(refusal.param()).isEqualTo(path);
    }
}
