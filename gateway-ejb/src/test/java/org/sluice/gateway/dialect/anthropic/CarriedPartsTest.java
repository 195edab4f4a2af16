package org.sluice.gateway.dialect.anthropic;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
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
import org.sluice.gateway.dialect.openai.OpenAiDialect;

/** A client of Anthropic's dialect whose conversation goes from model to model. */
class CarriedPartsTest {
    private static final Dialect DIALECT = new AnthropicDialect();
    private static final RawJson SIGNATURE = new RawJson("\"gemini:c2ln+/=\"");
    private static final List<Part> GEMINI = List.of(new Part.Thinking("hm", "gemini:thought"), new Part.ToolCall("call_1", "f", "{\"a\":1}", Map.of(Signatures.EXTRA, SIGNATURE)));

    private static String told(List<Part> parts, boolean isStream) {
        if (!isStream) {
            ChatResponse response = new ChatResponse("x", 0, "gemini-3", List.of(new Choice(0, new Message(Role.ASSISTANT, parts), FinishReason.TOOL_CALLS, Map.of())), null, Map.of());
            return Plain.text(Plain.object(Plain.of(DIALECT.writeResponse(response))).get("content"));
        }
        List<ChatChunk> chunks = new ArrayList<>(List.of(new ChatChunk.Started("x", "m", 0, Map.of())));
        for (int i = 0; i < parts.size(); i++) {
            if (parts.get(i) instanceof Part.Thinking thinking) {
                chunks.add(new ChatChunk.ThinkingDelta(0, i, thinking.text()));
                if (thinking.signature() != null) {
                    chunks.add(new ChatChunk.ThinkingSignature(0, i, thinking.signature()));
                }
            } else if (parts.get(i) instanceof Part.ToolCall call) {
                chunks.add(new ChatChunk.ToolCallStarted(0, i, call.id(), call.name(), call.extras()));
                chunks.add(new ChatChunk.ArgumentsDelta(0, i, call.arguments()));
            }
            chunks.add(new ChatChunk.PartEnded(0, i));
        }
        ChunkWriter writer = DIALECT.chunkWriter(true);
        StringBuilder out = new StringBuilder();
        for (ChatChunk chunk : chunks) {
            Slice frame = writer.write(chunk);
            out.append(frame == null ? "" : frame.text());
        }
        return Plain.text(Folded.message(out.append(writer.end().text()).toString().getBytes(UTF_8)).get("content"));
    }

    /** The next request: what was told goes back with the call's result. */
    private static byte[] next(String content, String model) {
        String id = content.contains("\"id\":\"") ? content.replaceAll("(?s).*\"id\":\"([^\"]*)\".*", "$1") : "none";
        return ("{\"model\":\"" + model + "\",\"max_tokens\":9,\"messages\":[{\"role\":\"user\",\"content\":\"Hi\"},{\"role\":\"assistant\",\"content\":" + content
                + "},{\"role\":\"user\",\"content\":[{\"type\":\"tool_result\",\"tool_use_id\":\"" + id + "\",\"content\":\"1\"}]}]}").getBytes(UTF_8);
    }

    private static ChatRequest read(byte[] body) {
        return DIALECT.readRequest(DIALECT.readOutline(body), Set.of());
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void signatures_of_another_model_come_back_to_it(boolean isStream) {
        String content = told(GEMINI, isStream);
        assertThat(content).doesNotContain(Signatures.EXTRA);
        assertThat(content.replaceAll("(?s).*\"id\":\"([^\"]*)\".*", "$1")).matches("[a-zA-Z0-9_-]+");
        List<Message> messages = read(next(content, "gemini-3")).messages();
        assertThat(messages.get(1).parts()).isEqualTo(GEMINI);
        assertThat(messages.get(2).parts()).isEqualTo(List.of(new Part.ToolResult("call_1", List.of(new Part.Text("1")), false, Map.of())));
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void claude_never_sees_them_although_the_dialect_is_the_same(boolean isStream) {
        byte[] body = next(told(GEMINI, isStream), "claude-opus-4-6");
        Map<String, Object> sent = Plain.object(Plain.of(DIALECT.forward(DIALECT.readOutline(body), "claude-opus-4-6", Set.of()).toBytes()));
        assertThat(sent.get("messages")).isEqualTo(Asked.json("[{'role':'user','content':'Hi'},{'role':'assistant','content':[{'type':'tool_use','id':'call_1','name':'f','input':{'a':1}}]},"
                + "{'role':'user','content':[{'type':'tool_result','tool_use_id':'call_1','content':'1'}]}]"));
        assertThat(new String(DIALECT.writeRequest(read(body)), UTF_8)).doesNotContain("__ts__").doesNotContain("gemini");
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void a_thought_that_nobody_signed_is_told_and_kept_from_claude(boolean isStream) {
        List<Part> said = List.of(new Part.Thinking("hm", null), new Part.ToolCall("call_1", "f", "{}"));
        byte[] body = next(told(said, isStream), "claude-opus-4-6");
        assertThat(read(body).messages().get(1).parts()).isEqualTo(said);
        assertThat(new String(DIALECT.forward(DIALECT.readOutline(body), "claude-opus-4-6", Set.of()).toBytes(), UTF_8)).doesNotContain("thinking").doesNotContain("__ts__");
        byte[] openAi = new OpenAiDialect().writeRequest(read(body).withModel("deepseek-chat"));
        assertThat(new String(openAi, UTF_8)).contains("\"reasoning_content\":\"hm\"").doesNotContain("signature");
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void claudes_own_pass_as_they_are(boolean isStream) {
        List<Part> said = List.of(new Part.Thinking("hm", "ErcB+/=="), new Part.ToolCall("toolu_1", "f", "{}"));
        byte[] body = next(told(said, isStream), "claude-opus-4-6");
        assertThat(DIALECT.forward(DIALECT.readOutline(body), "claude-opus-4-6", Set.of()).toBytes()).isSameAs(body);
        assertThat(new String(DIALECT.writeRequest(read(body)), UTF_8)).contains("\"signature\":\"ErcB+/==\"");
    }

    @Test
    void a_count_of_tokens_is_asked_without_them_and_without_a_bound() {
        byte[] body = next(told(GEMINI, false), "claude-opus-4-6");
        String sent = new String(DIALECT.forward(DIALECT.readOutline(body), "claude-opus-4-6", Set.of("max_tokens")).toBytes(), UTF_8);
        assertThat(sent).doesNotContain("__ts__").doesNotContain("max_tokens");
    }

    @Test
    void openais_ids_with_other_characters_suit_the_api() {
        byte[] body = DIALECT.writeRequest(new ChatRequest("openai", "claude-opus-4-6", List.of(Message.text(Role.USER, "Hi"),
                new Message(Role.ASSISTANT, List.of(new Part.ToolCall("functions.f:0", "f", "{}"))), new Message(Role.TOOL, List.of(new Part.ToolResult("functions.f:0", List.of(), false, Map.of())))),
                ChatRequest.Tools.NONE, ChatRequest.Sampling.DEFAULT, ChatRequest.Reasoning.DEFAULT, null, false, false, null, Map.of()));
        String id = "functions_f_0__id__ZnVuY3Rpb25zLmY6MA";
        assertThat(new String(body, UTF_8)).contains("\"id\":\"" + id + "\"", "\"tool_use_id\":\"" + id + "\"");
        List<Message> back = read(body).messages();
        assertThat(back.get(1).parts()).isEqualTo(List.of(new Part.ToolCall("functions.f:0", "f", "{}")));
        assertThat(((Part.ToolResult) back.get(2).parts().get(0)).toolCallId()).isEqualTo("functions.f:0");
    }
}
