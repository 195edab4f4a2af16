package org.sluice.gateway.dialect.openai;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.sluice.gateway.chat.ChatChunk;
import org.sluice.gateway.chat.ChatRequest;
import org.sluice.gateway.chat.ChatResponse;
import org.sluice.gateway.chat.ChatResponse.Choice;
import org.sluice.gateway.chat.FinishReason;
import org.sluice.gateway.chat.Message;
import org.sluice.gateway.chat.Part;
import org.sluice.gateway.chat.RawJson;
import org.sluice.gateway.chat.Role;
import org.sluice.gateway.chat.Signatures;
import org.sluice.gateway.dialect.ChunkWriter;
import org.sluice.gateway.dialect.Dialect;
import org.sluice.gateway.dialect.Slice;
import org.sluice.gateway.dialect.anthropic.AnthropicDialect;
import org.sluice.gateway.json.JsonReader;
import org.sluice.gateway.json.JsonValue.JsonObject;

/** A client of OpenAI's dialect whose conversation goes from model to model. */
class CarriedSignaturesTest {
    private static final Dialect DIALECT = new OpenAiDialect();
    private static final Part CALL = new Part.ToolCall("call_1", "f", "{\"a\":1}", Map.of(Signatures.EXTRA, new RawJson("\"gemini:c2ln+/=\"")));

    private static String message(Part... parts) {
        ChatResponse response = new ChatResponse("x", 0, "m", List.of(new Choice(0, new Message(Role.ASSISTANT, List.of(parts)), FinishReason.TOOL_CALLS, Map.of())), null, Map.of());
        JsonObject choice = (JsonObject) JsonReader.readObject(DIALECT.writeResponse(response)).items("choices").get(0);
        return choice.get("message").raw().text();
    }

    private static String id(String message) {
        return message.replaceAll("(?s).*\"id\":\"([^\"]*)\".*", "$1");
    }

    private static byte[] next(String message, String model) {
        return ("{\"model\":\"" + model + "\",\"messages\":[{\"role\":\"user\",\"content\":\"Hi\"}," + message + ",{\"role\":\"tool\",\"tool_call_id\":\"" + id(message) + "\",\"content\":\"1\"}]}").getBytes(UTF_8);
    }

    private static ChatRequest read(byte[] body) {
        return DIALECT.readRequest(DIALECT.readOutline(body), Set.of());
    }

    private static String forwarded(byte[] body, String model) {
        return new String(DIALECT.forward(DIALECT.readOutline(body), model, Set.of()).toBytes(), UTF_8);
    }

    @Test
    void signatures_of_another_model_come_back_to_it() {
        String message = message(new Part.Thinking("hm", "gemini:thought"), CALL);
        assertThat(message).doesNotContain(Signatures.EXTRA);
        List<Message> messages = read(next(message, "gemini-3")).messages();
        assertThat(messages.get(1).parts()).isEqualTo(List.of(new Part.Thinking("hm", "gemini:thought"), CALL));
        assertThat(messages.get(2).parts()).isEqualTo(List.of(new Part.ToolResult("call_1", List.of(new Part.Text("1")), false, Map.of())));
    }

    @Test
    void a_stream_carries_them_too() {
        ChunkWriter writer = DIALECT.chunkWriter(false);
        StringBuilder out = new StringBuilder();
        for (ChatChunk chunk : List.of(new ChatChunk.Started("x", "m", 0, Map.of()), new ChatChunk.ThinkingDelta(0, 0, "hm"), new ChatChunk.ThinkingSignature(0, 0, "gemini:thought"),
                new ChatChunk.ToolCallStarted(0, 1, "call_1", "f", CALL.extras()), new ChatChunk.ArgumentsDelta(0, 1, "{}"), new ChatChunk.PartEnded(0, 1))) {
            Slice frame = writer.write(chunk);
            out.append(frame == null ? "" : frame.text());
        }
        assertThat(Signatures.ofId(id(out.toString().replaceAll("(?s).*\"tool_calls\":\\[\\{\"index\":0,(\"id\":\"[^\"]*\").*", "$1")))).isEqualTo("gemini:c2ln+/=");
        assertThat(out.toString()).doesNotContain(Signatures.EXTRA).contains("\"signature\":\"" + Signatures.carried("gemini:thought") + "\"");
    }

    @ParameterizedTest
    @ValueSource(strings = {"gpt-4o", "deepseek-chat", "mistral-large", "claude-opus-4-6"})
    void no_other_model_sees_them_although_the_dialect_is_the_same(String model) {
        byte[] body = next(message(new Part.Thinking("hm", "gemini:thought"), CALL), model);
        assertThat(forwarded(body, model)).doesNotContain("__ts__").doesNotContain("gemini").contains("\"id\":\"call_1\"", "\"tool_call_id\":\"call_1\"");
    }

    @Test
    void openais_own_models_see_nobodys_thoughts() {
        byte[] body = next(message(new Part.Thinking("hm", "ErcB+/=="), new Part.ToolCall("toolu_1", "f", "{}")), "gpt-4o");
        assertThat(forwarded(body, "gpt-4o")).doesNotContain("reasoning_content").doesNotContain("thinking_blocks").contains("\"id\":\"toolu_1\"");
        assertThat(forwarded(body, "deepseek-chat")).contains("\"reasoning_content\":\"hm\"");
    }

    @Test
    void claude_gets_its_own_back_after_another_models_turn() {
        String claude = message(new Part.Thinking("mine", "ErcB+/=="), new Part.ToolCall("toolu_1", "f", "{}"));
        String gemini = message(new Part.Thinking("theirs", "gemini:thought"), CALL);
        byte[] body = ("{\"model\":\"claude-opus-4-6\",\"messages\":[{\"role\":\"user\",\"content\":\"Hi\"}," + claude + ",{\"role\":\"tool\",\"tool_call_id\":\"toolu_1\",\"content\":\"1\"},"
                + gemini + ",{\"role\":\"tool\",\"tool_call_id\":\"" + id(gemini) + "\",\"content\":\"2\"}]}").getBytes(UTF_8);
        String asked = new String(new AnthropicDialect().writeRequest(read(body)), UTF_8);
        assertThat(asked).contains("{\"type\":\"thinking\",\"thinking\":\"mine\",\"signature\":\"ErcB+/==\"}", "\"id\":\"call_1\"", "\"tool_use_id\":\"call_1\"")
                .doesNotContain("theirs").doesNotContain("__ts__");
    }

    @Test
    void a_body_without_them_passes_as_it_is() {
        byte[] body = next(message(new Part.ToolCall("call_9", "f", "{}")), "gpt-4o");
        assertThat(DIALECT.forward(DIALECT.readOutline(body), "gpt-4o", Set.of()).toBytes()).isSameAs(body);
    }
}
