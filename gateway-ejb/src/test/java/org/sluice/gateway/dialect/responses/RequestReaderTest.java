package org.sluice.gateway.dialect.responses;

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
import org.sluice.gateway.chat.Message;
import org.sluice.gateway.chat.Part;
import org.sluice.gateway.chat.RawJson;
import org.sluice.gateway.chat.ResponseFormat;
import org.sluice.gateway.chat.Role;
import org.sluice.gateway.chat.ToolChoice;
import org.sluice.gateway.dialect.Losses;
import org.sluice.gateway.dialect.RequestOutline;
import org.sluice.gateway.error.GatewayException;

class RequestReaderTest {
    private static final ResponsesDialect DIALECT = new ResponsesDialect();

    private static ChatRequest read(String body) {
        return DIALECT.readRequest(DIALECT.readOutline(body.getBytes(UTF_8)), Set.of("metadata", "customer_identifier"));
    }

    private static String written(ChatRequest request) {
        return new String(DIALECT.writeRequest(request, new Losses(true)), UTF_8);
    }

    private static Message message(ChatRequest request, int index) {
        return request.messages().get(index);
    }

    @Test
    void a_text_is_the_users_message_and_instructions_stand_in_front() {
        ChatRequest request = read("{\"model\":\"m\",\"input\":\"Hi\",\"instructions\":\"Be brief\",\"metadata\":{\"a\":\"b\"},\"customer_identifier\":\"u\"}");
        assertThat(request.messages()).extracting(Message::role).containsExactly(Role.SYSTEM, Role.USER);
        assertThat(request.extras()).isEmpty();
        assertThat(written(request)).isEqualTo("{\"model\":\"m\",\"instructions\":\"Be brief\",\"input\":[{\"type\":\"message\",\"role\":\"user\","
                + "\"content\":[{\"type\":\"input_text\",\"text\":\"Hi\"}]}]}");
    }

    @Test
    void what_the_model_said_in_neighbouring_items_is_one_turn() {
        ChatRequest request = read("""
                {"model":"m","input":[{"role":"user","content":"Hi"},
                 {"type":"reasoning","id":"rs_1","summary":[{"type":"summary_text","text":"a"},{"type":"summary_text","text":"b"}],"encrypted_content":"ENC"},
                 {"type":"message","id":"msg_1","status":"completed","role":"assistant","phase":"commentary","content":[{"type":"output_text","text":"So","annotations":[]}]},
                 {"type":"function_call","id":"fc_1","call_id":"c1","name":"f","arguments":"{\\"a\\":1}","status":"completed"},
                 {"type":"function_call","call_id":"c2","name":"g","arguments":"{}"},
                 {"type":"function_call_output","call_id":"c1","output":"one"},
                 {"type":"function_call_output","call_id":"c2","output":[{"type":"input_text","text":"two"},{"type":"input_image","image_url":"data:image/png;base64,AAAA","detail":"low"}]},
                 {"role":"developer","content":"Now be kind"}]}""");
        assertThat(request.messages()).extracting(Message::role).containsExactly(Role.USER, Role.ASSISTANT, Role.TOOL, Role.TOOL, Role.DEVELOPER);
        List<Part> said = message(request, 1).parts();
        Part.Thinking thought = (Part.Thinking) said.get(0);
        assertThat(thought.text()).isEqualTo("a\n\nb");
        assertThat(thought.signature()).isEqualTo("responses:rs_1|ENC");
        assertThat(said.get(1)).isEqualTo(new Part.Text("So", Map.of("item.message.id", new RawJson("\"msg_1\""), "item.message.phase", new RawJson("\"commentary\""))));
        assertThat(said.get(2)).isEqualTo(new Part.ToolCall("c1", "f", "{\"a\":1}", Map.of("item.id", new RawJson("\"fc_1\""))));
        assertThat(said.get(3)).isEqualTo(new Part.ToolCall("c2", "g", "{}"));
        Part.ToolResult second = (Part.ToolResult) message(request, 3).parts().get(0);
        assertThat(second.toolCallId()).isEqualTo("c2");
        assertThat(second.parts().get(1)).isEqualTo(new Part.Image(new Part.Source.Base64("image/png", "AAAA"), "low", Map.of()));
        assertThat(read(written(request))).isEqualTo(request);
    }

    @Test
    void signatures_of_other_models_come_back_to_their_owners_and_go_to_nobody_else() {
        ChatRequest request = read("""
                {"model":"m","input":[{"type":"reasoning","id":"rs_gw9900","summary":[{"type":"summary_text","text":"hm"}],"encrypted_content":"anthropic:Eq+/=="},
                 {"type":"reasoning","id":"rs_gw9901","summary":[],"encrypted_content":"gemini:abc"},
                 {"type":"reasoning","id":"rs_gw9902","summary":[],"encrypted_content":"anthropic-redacted:xyz"},
                 {"type":"reasoning","id":"rs_gw9903","summary":[{"type":"summary_text","text":"plain"}]},
                 {"type":"message","id":"msg_gw9904","role":"assistant","content":[{"type":"output_text","text":"So"}]},
                 {"type":"function_call","call_id":"c1__ts__Z2VtaW5pOnNpZw","name":"f","arguments":"{}"},{"type":"function_call_output","call_id":"c1__ts__Z2VtaW5pOnNpZw","output":"x"}]}""");
        List<Part> said = message(request, 0).parts();
        assertThat(said.subList(0, 4)).containsExactly(new Part.Thinking("hm", "Eq+/=="), new Part.Thinking("", "gemini:abc"),
                new Part.RedactedThinking("xyz", Map.of()), new Part.Thinking("plain", null));
        assertThat(said.get(5)).isEqualTo(new Part.ToolCall("c1", "f", "{}", Map.of("thought_signature", new RawJson("\"gemini:sig\""))));
        assertThat(((Part.ToolResult) message(request, 1).parts().get(0)).toolCallId()).isEqualTo("c1");
        assertThat(written(request)).doesNotContain("reasoning", "rs_gw", "msg_gw", "gemini", "__ts__", "Eq+").contains("\"call_id\":\"c1\"");
    }

    @Test
    void media_and_tools_keep_all_they_have() {
        ChatRequest request = read("""
                {"model":"m","input":[{"role":"user","content":[{"type":"input_image","file_id":"file_1"},{"type":"input_file","filename":"a.pdf","file_data":"data:application/pdf;base64,JVBE"},
                 {"type":"input_file","file_url":"https://example.com/a.pdf"},{"type":"input_audio","input_audio":{"data":"AAAA","format":"mp3"}},{"type":"input_video","video":"x"}]},
                 {"type":"web_search_call","id":"ws_1","status":"completed","action":{"type":"search","query":"q"}},
                 {"type":"custom_tool_call","call_id":"c9","name":"patch","input":"*** a"},{"type":"custom_tool_call_output","call_id":"c9","output":"ok"},
                 {"type":"item_reference","id":"msg_7"}],
                 "tools":[{"type":"function","name":"f","parameters":{"type":"object"},"strict":true},{"type":"web_search","user_location":null},
                 {"type":"custom","name":"patch","format":{"type":"text"}}],"tool_choice":{"type":"custom","name":"patch"},"parallel_tool_calls":false}""");
        assertThat(message(request, 0).parts()).hasSize(5);
        assertThat(message(request, 0).parts().get(1)).isEqualTo(new Part.Document(new Part.Source.Base64("application/pdf", "JVBE"), "a.pdf", Map.of()));
        assertThat(message(request, 0).parts().get(3)).isEqualTo(new Part.Audio(new Part.Source.Base64("audio/mpeg", "AAAA"), "mp3", Map.of()));
        assertThat(((Part.ToolCall) message(request, 1).parts().get(1)).arguments()).isEqualTo("{\"input\":\"*** a\"}");
        assertThat(request.tools().offered().get(2).parameters().text()).contains("\"input\"");
        assertThat(request.tools().choice()).isEqualTo(new ToolChoice.Named("patch"));
        assertThat(request.tools().parallel()).isFalse();
        assertThat(RequestMeaning.of(written(request).getBytes(UTF_8))).isNotNull();
        assertThat(read(written(request))).isEqualTo(request);
        assertThat(written(request)).contains("\"input\":\"*** a\"", "{\"type\":\"custom\",\"name\":\"patch\",\"format\":{\"type\":\"text\"}}", "input_video");
    }

    @Test
    void parameters_have_their_place() {
        ChatRequest request = read("""
                {"model":"m","input":"x","max_output_tokens":7,"temperature":0.10,"top_p":1,"user":"u","stream":true,"store":false,"include":["reasoning.encrypted_content"],
                 "reasoning":{"effort":"high","summary":"auto"},"text":{"verbosity":"low","format":{"type":"json_schema","name":"n","schema":{"type":"object"},"strict":true}},
                 "truncation":"auto","service_tier":"flex","top_logprobs":2}""");
        assertThat(request.sampling().maxTokens()).isEqualTo(7);
        assertThat(request.sampling().temperature()).isEqualTo("0.10");
        assertThat(request.reasoning().effort()).isEqualTo("high");
        assertThat(request.responseFormat()).isEqualTo(new ResponseFormat.JsonSchema("n", null, new RawJson("{\"type\":\"object\"}"), true));
        assertThat(request.extras().keySet()).containsExactlyInAnyOrder("store", "include", "truncation", "service_tier", "top_logprobs", "reasoning.summary", "text.verbosity");
        assertThat(read(written(request))).isEqualTo(request);
    }

    @Test
    void chat_parameters_are_named_in_chats_words_and_the_rest_is_told() {
        ChatRequest request = read("{\"model\":\"gpt-4.1\",\"input\":\"x\",\"text\":{\"verbosity\":\"low\"},\"top_logprobs\":2,\"service_tier\":\"flex\",\"max_tool_calls\":3,\"include\":[\"x\"]}");
        Losses losses = new Losses(false);
        String chat = new String(new org.sluice.gateway.dialect.openai.OpenAiDialect().writeRequest(request, losses), UTF_8);
        assertThat(chat).contains("\"verbosity\":\"low\"", "\"logprobs\":true", "\"top_logprobs\":2", "\"service_tier\":\"flex\"").doesNotContain("max_tool_calls", "include");
        assertThat(losses.warnings()).anyMatch(warning -> warning.contains("max_tool_calls"));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {"{\"input\":7}|input", "{\"input\":[7]}|input[0]", "{\"input\":[{\"role\":\"robot\",\"content\":\"x\"}]}|input[0].role",
        "{\"input\":[{\"role\":\"user\",\"content\":7}]}|input[0].content", "{\"input\":[{\"type\":\"function_call_output\",\"output\":\"x\"}]}|input[0].call_id",
        "{\"input\":\"x\",\"background\":true}|background", "{\"input\":\"x\",\"temperature\":3}|temperature", "{\"input\":\"x\",\"max_output_tokens\":0}|max_output_tokens",
        "{\"input\":\"x\",\"stream\":1}|stream", "{\"input\":\"x\",\"store\":\"no\"}|store", "{\"input\":\"x\",\"model\":\"a b\"}|model", "{\"input\":\"x\",\"tools\":{}}|tools",
        "{\"input\":\"x\",\"previous_response_id\":7}|previous_response_id", "{\"input\":\"x\",\"text\":7}|text"})
    void a_wrong_value_is_named(String body, String param) {
        GatewayException refusal = catchThrowableOfType(GatewayException.class, () -> read(body));
        assertThat(refusal).isNotNull();
        assertThat(refusal.param()).isEqualTo(param);
        assertThat(refusal.status()).isEqualTo(400);
    }

    @Test
    void the_clients_bytes_are_kept_when_they_are_forwarded() {
        String body = "{ \"customer_identifier\":\"u\", \"model\" : \"openai/gpt\",\n\"metadata\":{} ,\"x\":1e2 }";
        RequestOutline outline = DIALECT.readOutline(body.getBytes(UTF_8));
        assertThat(new String(DIALECT.forward(outline, "gpt", Set.of("metadata", "customer_identifier")).toBytes(), UTF_8))
                .isEqualTo("{\"model\" : \"gpt\" ,\"x\":1e2 }");
        byte[] untouched = "{\"model\":\"m\",\"input\":\"x\"}".getBytes(UTF_8);
        assertThat(DIALECT.forward(DIALECT.readOutline(untouched), "m", Set.of()).slices()).hasSize(1);
    }
}
