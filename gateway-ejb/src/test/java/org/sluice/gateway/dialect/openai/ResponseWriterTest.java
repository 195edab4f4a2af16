package org.sluice.gateway.dialect.openai;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
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
import org.sluice.gateway.error.ErrorType;
import org.sluice.gateway.error.GatewayException;
import org.sluice.gateway.json.JsonReader;
import org.sluice.gateway.json.JsonValue.JsonObject;
import org.sluice.gateway.usage.Usage;

class ResponseWriterTest {
    private static final Dialect DIALECT = new OpenAiDialect(Clock.fixed(Instant.ofEpochSecond(1761546960), ZoneOffset.UTC));

    private static ChatResponse response(String id, FinishReason reason, Usage usage, Part... parts) {
        return new ChatResponse(id, 0, "claude-sonnet-4-5-20250929",
                List.of(new Choice(0, new Message(Role.ASSISTANT, List.of(parts)), reason, Map.of())), usage, Map.of());
    }

    private static String written(ChatResponse response) {
        return new String(DIALECT.writeResponse(response), UTF_8);
    }

    private static JsonObject message(Part... parts) {
        JsonObject choice = (JsonObject) JsonReader.readObject(DIALECT.writeResponse(response(null, FinishReason.STOP, null, parts))).items("choices").get(0);
        return choice.object("message");
    }

    /** The published sample, member by member in its order. */
    @Test
    void a_plain_answer_is_the_published_sample() {
        String json = written(response("msg_1", FinishReason.STOP, new Usage(2619, 20, 2601, 0, 0, 0, 0, 0),
                new Part.Text("I'm doing well, thank you for asking! How can I help you today?")));
        assertThat(json.replaceFirst("chatcmpl-[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}", "ID")).isEqualTo("""
                {"id":"ID","object":"chat.completion","created":1761546960,\
                "model":"claude-sonnet-4-5-20250929",\
                "choices":[{"index":0,"finish_reason":"stop","message":{"role":"assistant","content":"I'm doing well, thank you for asking! How can I help you today?"}}],\
                "usage":{"completion_tokens":20,"prompt_tokens":2619,"total_tokens":2639,\
                "completion_tokens_details":{"accepted_prediction_tokens":0,"audio_tokens":0,"reasoning_tokens":0,"rejected_prediction_tokens":0},\
                "prompt_tokens_details":{"audio_tokens":0,"cached_tokens":2601,"cache_creation_tokens":0},\
                "cache_creation_input_tokens":0,"cache_read_input_tokens":2601}}""");
    }

    @Test
    void an_id_of_openais_form_stays() {
        assertThat(written(response("chatcmpl-abc", FinishReason.STOP, null, new Part.Text("a")))).startsWith("{\"id\":\"chatcmpl-abc\"").doesNotContain("usage");
        assertThat(written(response(null, FinishReason.STOP, null))).isNotEqualTo(written(response(null, FinishReason.STOP, null)));
    }

    @Test
    void thoughts_calls_and_refusals_have_their_members() {
        JsonObject all = message(new Part.Thinking("hm", "sig=="), new Part.RedactedThinking("d", Map.of()), new Part.ToolCall("c1", "f", "{\"a\":1}"));
        assertThat(all.get("content").isNull()).isTrue();
        assertThat(all.text("reasoning_content")).isEqualTo("hm");
        assertThat(all.get("thinking_blocks").raw().text()).isEqualTo("[{\"type\":\"thinking\",\"thinking\":\"hm\",\"signature\":\"sig==\"},{\"type\":\"redacted_thinking\",\"data\":\"d\"}]");
        assertThat(all.get("tool_calls").raw().text()).isEqualTo("[{\"id\":\"c1\",\"type\":\"function\",\"function\":{\"name\":\"f\",\"arguments\":\"{\\\"a\\\":1}\"}}]");
        assertThat(message(new Part.Refusal("no", Map.of())).text("refusal")).isEqualTo("no");
        assertThat(message(new Part.Text("a"), new Part.Text("b")).text("content")).isEqualTo("ab");
        assertThat(message().text("content")).isEmpty();
        assertThat(message(new Part.Text("a", Map.of("citations", new RawJson("[{\"u\":1}]"))), new Part.Text("b", Map.of("citations", new RawJson("[ {\"u\":2} ]")))).get("citations").raw().text())
                .isEqualTo("[{\"u\":1},{\"u\":2}]");
    }

    @ParameterizedTest
    @CsvSource({"STOP,stop", "LENGTH,length", "TOOL_CALLS,tool_calls", "CONTENT_FILTER,content_filter", "REFUSAL,content_filter", "PAUSED,stop"})
    void every_reason_has_a_word(FinishReason reason, String word) {
        assertThat(written(response(null, reason, null))).contains("\"finish_reason\":\"" + word + "\"");
    }

    @Test
    void an_answer_read_is_written_with_the_same_meaning() {
        byte[] body = """
                {"id":"chatcmpl-1","object":"chat.completion","created":5,"model":"m","system_fingerprint":"fp","choices":[{"index":0,"message":{"role":"assistant",\
                "content":"a","refusal":null,"annotations":[{"x":1e2}],"reasoning_content":"hm","tool_calls":[{"id":"c","type":"function","function":{"name":"f","arguments":"{}"}}]},\
                "logprobs":{"content":[]},"finish_reason":"tool_calls"},{"index":1,"message":{"content":"b"},"finish_reason":"length"}],"usage":{"prompt_tokens":3,"completion_tokens":4}}""".getBytes(UTF_8);
        ChatResponse response = DIALECT.readResponse(body);
        assertThat(response.choices()).hasSize(2);
        assertThat(response.choices().get(0).message().parts()).containsExactly(new Part.Thinking("hm", null), new Part.Text("a"), new Part.ToolCall("c", "f", "{}"));
        assertThat(response.choices().get(0).message().extras()).containsEntry("annotations", new RawJson("[{\"x\":1e2}]"));
        assertThat(DIALECT.readResponse(DIALECT.writeResponse(response))).isEqualTo(response);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "{", "[]", "<html></html>", "{\"choices\":5}", "{\"id\":\"x\"}", "{\"choices\":[]}x", "null"})
    void u21_what_is_no_answer_is_refused(String body) {
        for (Runnable reading : List.<Runnable>of(() -> DIALECT.readResponse(body.getBytes(UTF_8)), () -> DIALECT.readResponseOutline(body.getBytes(UTF_8)))) {
            GatewayException refusal = catchThrowableOfType(GatewayException.class, reading::run);
            assertThat(refusal).as(body).isNotNull();
            assertThat(refusal.type()).isEqualTo(ErrorType.UPSTREAM_INVALID);
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {"{\"error\":{\"message\":\"x\"}}|true", "{\"error\":\"x\"}|true", "{\"object\":\"error\",\"message\":\"x\"}|true", "{\"detail\":\"x\"}|true",
        "{\"choices\":[],\"error\":null}|false", "{\"choices\":[{}],\"error\":{}}|false", "{\"choices\":[{}],\"error\":{\"code\":502}}|true"})
    void u22_an_error_with_a_good_status_is_seen(String body, boolean isError) {
        assertThat(DIALECT.readResponseOutline(body.getBytes(UTF_8)).isError()).isEqualTo(isError);
    }
}
