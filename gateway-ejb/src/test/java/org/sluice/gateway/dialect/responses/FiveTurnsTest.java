package org.sluice.gateway.dialect.responses;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.sluice.gateway.chat.ChatRequest;
import org.sluice.gateway.dialect.Losses;
import org.sluice.gateway.dialect.anthropic.AnthropicDialect;
import org.sluice.gateway.dialect.openai.OpenAiDialect;
import org.sluice.gateway.json.JsonReader;
import org.sluice.gateway.json.JsonValue;
import org.sluice.gateway.json.JsonValue.JsonObject;

/** A conversation of five turns with two tools, an image, a document and Claude's thinking, told to every kind of provider. */
class FiveTurnsTest {
    private static final ResponsesDialect RESPONSES = new ResponsesDialect();
    private static final String ASKED = """
            {"model":"claude-sonnet-4-5","instructions":"Be exact.","reasoning":{"effort":"low","summary":"auto"},"store":true,"parallel_tool_calls":true,
             "tools":[{"type":"function","name":"weather","description":"w","parameters":{"type":"object","properties":{"city":{"type":"string"}}},"strict":false},
                      {"type":"function","name":"time","parameters":{"type":"object","properties":{}}}],"tool_choice":"auto",
             "input":[
              {"role":"user","content":[{"type":"input_text","text":"Where is this?"},{"type":"input_image","image_url":"data:image/png;base64,iVBORw0KGgo=","detail":"high"}]},
              {"type":"reasoning","id":"rs_gw0000","summary":[{"type":"summary_text","text":"A bridge."}],"encrypted_content":"anthropic:SIG1"},
              {"type":"message","id":"msg_gw0001","role":"assistant","status":"completed","content":[{"type":"output_text","text":"Bern.","annotations":[],"logprobs":[]}]},
              {"role":"user","content":"Weather and time?"},
              {"type":"reasoning","id":"rs_gw0100","summary":[],"encrypted_content":"anthropic-redacted:RED"},
              {"type":"message","id":"msg_gw0101","role":"assistant","status":"completed","content":[{"type":"output_text","text":"Looking.","annotations":[]}]},
              {"type":"function_call","id":"fc_gw0102","call_id":"toolu_1","name":"weather","arguments":"{\\"city\\":\\"Bern\\"}","status":"completed"},
              {"type":"function_call","id":"fc_gw0103","call_id":"toolu_2","name":"time","arguments":"{}","status":"completed"},
              {"type":"function_call_output","call_id":"toolu_1","output":[{"type":"input_text","text":"sunny"},{"type":"input_image","image_url":"https://example.com/sky.png"}]},
              {"type":"function_call_output","call_id":"toolu_2","output":"noon"},
              {"type":"message","role":"assistant","content":[{"type":"output_text","text":"Sunny, noon."}]},
              {"role":"developer","content":"Answer in French now."},
              {"role":"user","content":[{"type":"input_file","filename":"a.pdf","file_data":"data:application/pdf;base64,JVBERi0="},{"type":"input_text","text":"Summarise."}]},
              {"type":"message","role":"assistant","content":[{"type":"refusal","refusal":"Je ne peux pas."}]},
              {"role":"user","content":"Thanks"}]}""";

    private static ChatRequest read() {
        return RESPONSES.readRequest(RESPONSES.readOutline(ASKED.getBytes(UTF_8)), Set.of());
    }

    private static String kinds(JsonValue message) {
        JsonObject turn = (JsonObject) message;
        return turn.text("role") + turn.items("content").stream().map(part -> " " + ((JsonObject) part).text("type")).reduce("", String::concat);
    }

    @Test
    void claude_gets_its_own_thoughts_back_in_their_place() {
        JsonObject sent = JsonReader.readObject(new AnthropicDialect().writeRequest(read(), new Losses(false)));
        assertThat(sent.items("messages")).extracting(FiveTurnsTest::kinds).startsWith("user text image", "assistant thinking text", "user",
                "assistant redacted_thinking text tool_use tool_use", "user tool_result tool_result", "assistant");
        String text = sent.raw().text();
        assertThat(text).contains("\"thinking\":\"A bridge.\",\"signature\":\"SIG1\"", "\"data\":\"RED\"", "Answer in French now.", "application/pdf", "https://example.com/sky.png",
                "Je ne peux pas.", "\"tool_use_id\":\"toolu_2\"").doesNotContain("item.", "encrypted", "rs_gw", "\"store\"");
        assertThat(sent.raw().text()).contains("\"system\":\"Be exact.\"");
    }

    @Test
    void a_chat_model_gets_calls_and_results_in_order_and_no_foreign_thoughts() {
        JsonObject sent = JsonReader.readObject(new OpenAiDialect().writeRequest(read().withModel("gpt-4.1"), new Losses(false)));
        List<String> roles = sent.items("messages").stream().map(message -> ((JsonObject) message).text("role")).toList();
        assertThat(roles.subList(0, 7)).containsExactly("system", "user", "assistant", "user", "assistant", "tool", "tool");
        JsonObject calling = (JsonObject) sent.items("messages").get(4);
        assertThat(calling.items("tool_calls")).extracting(call -> ((JsonObject) call).text("id")).containsExactly("toolu_1", "toolu_2");
        assertThat(((JsonObject) sent.items("messages").get(6)).text("content")).isEqualTo("noon");
        assertThat(sent.raw().text()).contains("iVBORw0KGgo=", "JVBERi0=").doesNotContain("item.", "encrypted", "rs_gw", "summary_text", "msg_gw");
        assertThat(sent.text("reasoning_effort")).isEqualTo("low");
    }

    @Test
    void a_provider_of_the_responses_api_gets_what_is_its_own() {
        byte[] written = RESPONSES.writeRequest(read().withModel("gpt-5"), new Losses(true));
        JsonObject sent = JsonReader.readObject(written);
        assertThat(sent.items("input")).extracting(item -> String.valueOf(((JsonObject) item).text("type"))).doesNotContain("reasoning").hasSize(13);
        assertThat(sent.raw().text()).doesNotContain("_gw", "anthropic", "SIG1", "item.");
        assertThat(RESPONSES.forward(RESPONSES.readOutline(ASKED.getBytes(UTF_8)), "gpt-5", Set.of()).toBytes()).as("also where bytes would pass").isEqualTo(written);
        assertThat(Told.of(RESPONSES.readRequest(RESPONSES.readOutline(written), Set.of()).messages())).isEqualTo(Told.of(read().messages()));
    }
}
