package org.sluice.gateway.provider.cohere;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.sluice.gateway.chat.ChatChunk;
import org.sluice.gateway.chat.ChatRequest;
import org.sluice.gateway.chat.ChatResponse;
import org.sluice.gateway.chat.ChatResponseAssembler;
import org.sluice.gateway.chat.FinishReason;
import org.sluice.gateway.chat.Part;
import org.sluice.gateway.dialect.Dialect;
import org.sluice.gateway.dialect.Losses;
import org.sluice.gateway.dialect.ServerSentEvent;
import org.sluice.gateway.dialect.anthropic.AnthropicDialect;
import org.sluice.gateway.dialect.openai.OpenAiDialect;
import org.sluice.gateway.error.GatewayException;
import org.sluice.gateway.json.JsonReader;
import org.sluice.gateway.recorded.RecordedEvents;
import org.sluice.gateway.usage.Usage;

class CohereDialectTest {
    private static final CohereDialect DIALECT = new CohereDialect();
    private final Losses losses = new Losses(false);

    private ChatRequest openAi(String body) {
        return read(new OpenAiDialect(), body);
    }

    private static ChatRequest read(Dialect dialect, String body) {
        return dialect.readRequest(dialect.readOutline(body.getBytes(UTF_8)), Set.of());
    }

    private String written(ChatRequest request) {
        return new String(DIALECT.writeRequest(request, losses), UTF_8);
    }

    @Test
    void a_conversation_with_tools_is_told_in_coheres_words() {
        assertThat(written(openAi("""
                {"model":"command-a","messages":[
                 {"role":"developer","content":"Be brief."},
                 {"role":"user","content":[{"type":"text","text":"Look"},{"type":"image_url","image_url":{"url":"https://x/y.png","detail":"low"}}]},
                 {"role":"assistant","content":null,"reasoning_content":"I will ask.","tool_calls":[{"id":"c1","type":"function","function":{"name":"f","arguments":"{\\"a\\":1}"}},
                   {"id":"c2","type":"function","function":{"name":"g","arguments":""}}]},
                 {"role":"tool","tool_call_id":"c1","content":"one"},
                 {"role":"tool","tool_call_id":"c2","content":[{"type":"text","text":"a"},{"type":"text","text":"b"}]}],
                 "tools":[{"type":"function","function":{"name":"f","strict":true,"parameters":{"type":"object"}}},{"type":"function","function":{"name":"g","strict":true}}],
                 "tool_choice":"required","max_completion_tokens":9,"stop":["x"],"top_p":0.5,"seed":7,"presence_penalty":2,"logit_bias":{"1":2},"n":1,"safety_mode":"NONE"}
                """))).isEqualTo("""
                {"model":"command-a","messages":[{"role":"system","content":"Be brief."},\
                {"role":"user","content":[{"type":"text","text":"Look"},{"type":"image_url","image_url":{"url":"https://x/y.png","detail":"low"}}]},\
                {"role":"assistant","tool_plan":"I will ask.","tool_calls":[{"id":"c1","type":"function","function":{"name":"f","arguments":"{\\"a\\":1}"}},\
                {"id":"c2","type":"function","function":{"name":"g","arguments":"{}"}}]},\
                {"role":"tool","tool_call_id":"c1","content":"one"},\
                {"role":"tool","tool_call_id":"c2","content":[{"type":"text","text":"a"},{"type":"text","text":"b"}]}],\
                "tools":[{"type":"function","function":{"name":"f","parameters":{"type":"object"}}},\
                {"type":"function","function":{"name":"g","parameters":{"type":"object","properties":{}}}}],"strict_tools":true,"tool_choice":"REQUIRED",\
                "p":0.5,"max_tokens":9,"seed":7,"presence_penalty":1,"stop_sequences":["x"],"safety_mode":"NONE","stream":false}""");
        assertThat(losses.warnings()).containsExactly("Parameter 'presence_penalty' was changed: Cohere takes 0 to 1.",
                "Parameter 'logit_bias' was left out: Cohere has no counterpart.");
    }

    @Test
    void one_tool_is_forced_by_offering_it_alone() {
        assertThat(written(openAi("""
                {"model":"m","messages":[{"role":"user","content":"x"}],"stream":true,
                 "tools":[{"type":"function","function":{"name":"f"}},{"type":"function","function":{"name":"g"}}],
                 "tool_choice":{"type":"function","function":{"name":"g"}}}"""))).contains("\"name\":\"g\"").doesNotContain("\"name\":\"f\"")
                .contains("\"tool_choice\":\"REQUIRED\"").endsWith("\"stream\":true}");
    }

    @Test
    void a_schema_and_an_effort_have_counterparts() {
        assertThat(written(openAi("""
                {"model":"m","messages":[{"role":"user","content":"x"}],"reasoning_effort":"high",
                 "response_format":{"type":"json_schema","json_schema":{"name":"n","schema":{"type":"object"}}}}""")))
                .contains("\"thinking\":{\"type\":\"enabled\"}").contains("\"response_format\":{\"type\":\"json_object\",\"json_schema\":{\"type\":\"object\"}}");
        assertThat(written(openAi("{\"model\":\"m\",\"messages\":[{\"role\":\"user\",\"content\":\"x\"}],\"reasoning_effort\":\"none\",\"response_format\":{\"type\":\"json_object\"}}")))
                .contains("\"thinking\":{\"type\":\"disabled\"}").contains("\"response_format\":{\"type\":\"json_object\"}");
        assertThat(losses.warnings()).isEmpty();
    }

    @Test
    void an_anthropic_conversation_keeps_its_order_and_loses_foreign_signatures() {
        assertThat(written(read(new AnthropicDialect(), """
                {"model":"m","max_tokens":5,"system":"S","thinking":{"type":"enabled","budget_tokens":100},"messages":[
                 {"role":"user","content":"q"},
                 {"role":"assistant","content":[{"type":"thinking","thinking":"t","signature":"sig"},{"type":"text","text":"say"},{"type":"tool_use","id":"c","name":"f","input":{}}]},
                 {"role":"user","content":[{"type":"tool_result","tool_use_id":"c","content":"r"},{"type":"text","text":"go on"}]}],"top_k":3}""")))
                .contains("{\"role\":\"assistant\",\"content\":\"say\",\"tool_calls\":[{\"id\":\"c\"")
                .contains("{\"role\":\"tool\",\"tool_call_id\":\"c\",\"content\":\"r\"},{\"role\":\"user\",\"content\":\"go on\"}")
                .contains("\"k\":3").contains("\"thinking\":{\"type\":\"enabled\",\"token_budget\":100}").doesNotContain("sig");
    }

    @Test
    void what_it_cannot_read_is_refused() {
        assertThatThrownBy(() -> written(openAi("""
                {"model":"m","messages":[{"role":"user","content":[{"type":"input_audio","input_audio":{"data":"AAAA","format":"wav"}}]}]}""")))
                .isInstanceOf(GatewayException.class).hasMessageContaining("Cohere");
        assertThatThrownBy(() -> DIALECT.writeRequest(openAi("{\"model\":\"m\",\"n\":2,\"messages\":[{\"role\":\"user\",\"content\":\"x\"}]}"), new Losses(true)))
                .isInstanceOf(GatewayException.class).hasMessageContaining("'n'");
    }

    private static List<ChatChunk> stream(String... events) {
        List<ChatChunk> chunks = new ArrayList<>();
        var reader = DIALECT.chunkReader();
        for (ServerSentEvent event : RecordedEvents.of(("data: " + String.join("\n\ndata: ", events) + "\n\n").getBytes(UTF_8))) {
            chunks.addAll(reader.read(event));
        }
        return chunks;
    }

    private static ChatResponse assembled(List<ChatChunk> chunks) {
        ChatResponseAssembler all = new ChatResponseAssembler();
        chunks.forEach(all::add);
        assertThat(all.isEnded()).isTrue();
        return all.response();
    }

    @Test
    void a_stream_of_a_plan_and_two_calls() {
        List<ChatChunk> chunks = stream("{\"type\":\"message-start\",\"id\":\"i\"}",
                "{\"type\":\"tool-plan-delta\",\"delta\":{\"message\":{\"tool_plan\":\"I \"}}}", "{\"type\":\"tool-plan-delta\",\"delta\":{\"message\":{\"tool_plan\":\"will\"}}}",
                "{\"type\":\"tool-call-start\",\"index\":0,\"delta\":{\"message\":{\"tool_calls\":{\"id\":\"c1\",\"type\":\"function\",\"function\":{\"name\":\"f\",\"arguments\":\"\"}}}}}",
                "{\"type\":\"tool-call-delta\",\"index\":0,\"delta\":{\"message\":{\"tool_calls\":{\"function\":{\"arguments\":\"{\\\"a\\\":\"}}}}}",
                "{\"type\":\"tool-call-delta\",\"index\":0,\"delta\":{\"message\":{\"tool_calls\":{\"function\":{\"arguments\":\"1}\"}}}}}",
                "{\"type\":\"tool-call-end\",\"index\":0}",
                "{\"type\":\"tool-call-start\",\"index\":1,\"delta\":{\"message\":{\"tool_calls\":{\"id\":\"c2\",\"type\":\"function\",\"function\":{\"name\":\"g\",\"arguments\":\"nu\"}}}}}",
                "{\"type\":\"tool-call-delta\",\"index\":1,\"delta\":{\"message\":{\"tool_calls\":{\"function\":{\"arguments\":\"ll\"}}}}}",
                "{\"type\":\"tool-call-end\",\"index\":1}",
                "{\"type\":\"message-end\",\"delta\":{\"finish_reason\":\"TOOL_CALL\",\"usage\":{\"billed_units\":{\"input_tokens\":1,\"output_tokens\":2},\"tokens\":{\"input_tokens\":10.0,\"output_tokens\":20}}}}");
        ChatResponse response = assembled(chunks);
        assertThat(response.choices().get(0).message().parts()).containsExactly(new Part.Thinking("I will", null), new Part.ToolCall("c1", "f", "{\"a\":1}"), new Part.ToolCall("c2", "g", "{}"));
        assertThat(response.choices().get(0).finishReason()).isEqualTo(FinishReason.TOOL_CALLS);
        assertThat(response.usage()).isEqualTo(Usage.of(10, 20));
        assertThat(response.extras().get("usage.billed_units").text()).contains("1");
        assertThat(chunks.stream().filter(ChatChunk.PartEnded.class::isInstance)).hasSize(3);
        assertThat(response.id()).isEqualTo("i");
    }

    @Test
    void citations_reach_an_openai_client_and_leave_an_anthropic_stream_alone() {
        List<ChatChunk> chunks = stream("{\"type\":\"message-start\",\"id\":\"i\"}",
                "{\"type\":\"content-start\",\"index\":0,\"delta\":{\"message\":{\"content\":{\"type\":\"text\",\"text\":\"\"}}}}",
                "{\"type\":\"content-delta\",\"index\":0,\"delta\":{\"message\":{\"content\":{\"text\":\"Paris\"}}}}",
                "{\"type\":\"citation-start\",\"index\":0,\"delta\":{\"message\":{\"citations\":{\"start\":0,\"end\":5,\"text\":\"Paris\",\"content_index\":0}}}}",
                "{\"type\":\"citation-end\",\"index\":0}", "{\"type\":\"content-end\",\"index\":0}",
                "{\"type\":\"message-end\",\"delta\":{\"finish_reason\":\"COMPLETE\"}}");
        assertThat(frames(new OpenAiDialect(), chunks)).contains("\"citations\":[{\"start\":0,\"end\":5,\"text\":\"Paris\",\"content_index\":0}]").endsWith("data: [DONE]\n\n");
        assertThat(frames(new AnthropicDialect(), chunks)).contains("Paris").doesNotContain("citations_delta").contains("message_stop");
    }

    private static String frames(Dialect client, List<ChatChunk> chunks) {
        var writer = client.chunkWriter(true);
        StringBuilder frames = new StringBuilder();
        for (ChatChunk chunk : chunks) {
            var frame = chunk instanceof ChatChunk.Ended ? writer.end() : writer.write(chunk);
            frames.append(frame == null ? "" : frame.text());
        }
        return frames.toString();
    }

    @Test
    void an_end_by_error_is_the_providers_failure() {
        assertThatThrownBy(() -> stream("{\"type\":\"message-end\",\"delta\":{\"finish_reason\":\"ERROR\",\"error\":\"boom\"}}"))
                .isInstanceOfSatisfying(GatewayException.class, e -> assertThat(e.providerError().orElseThrow().message()).isEqualTo("boom"));
        assertThat(DIALECT.readResponseOutline("{\"id\":\"x\",\"message\":\"no\"}".getBytes(UTF_8)).isError()).isTrue();
        assertThat(DIALECT.readError(400, "application/json", "{\"message\":\"no\"}".getBytes(UTF_8)).message()).isEqualTo("no");
        assertThat(DIALECT.readError(500, "text/html", "<html>".getBytes(UTF_8)).message()).contains("500");
        assertThatThrownBy(() -> DIALECT.readResponse("[]".getBytes(UTF_8))).isInstanceOf(GatewayException.class);
        assertThat(JsonReader.readObject(written(openAi("{\"model\":\"m\",\"messages\":[{\"role\":\"user\",\"content\":\"x\"}]}")).getBytes(UTF_8)).members()).hasSize(3);
    }
}
