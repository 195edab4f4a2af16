package org.sluice.gateway.provider.bedrock;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.sluice.gateway.chat.ChatRequest;
import org.sluice.gateway.chat.ChatResponse;
import org.sluice.gateway.chat.FinishReason;
import org.sluice.gateway.chat.Part;
import org.sluice.gateway.dialect.Dialect;
import org.sluice.gateway.dialect.Losses;
import org.sluice.gateway.dialect.anthropic.AnthropicDialect;
import org.sluice.gateway.dialect.openai.OpenAiDialect;
import org.sluice.gateway.error.GatewayException;

/** What an OpenAI client asks, as Converse gets it. */
class ConverseRequestTest {
    private static final String CLAUDE_45 = "us.anthropic.claude-sonnet-4-5-20250929-v1:0";
    private static final String CLAUDE_3 = "anthropic.claude-3-5-sonnet-20240620-v1:0";
    private static final String NOVA = "us.amazon.nova-2-lite-v1:0";
    private static final String LLAMA = "meta.llama3-1-70b-instruct-v1:0";
    private static final String HI = "\"messages\":[{\"role\":\"user\",\"content\":\"Hi\"}]";
    private static final Dialect OPENAI = new OpenAiDialect();
    private final Losses losses = new Losses(false);

    private String written(String model, String rest) {
        byte[] body = ("{\"model\":\"" + model + "\"," + rest + "}").getBytes(UTF_8);
        ChatRequest request = OPENAI.readRequest(OPENAI.readOutline(body), Set.of());
        return new String(new ConverseDialect(model, new AnthropicDialect()).writeRequest(request, losses), UTF_8);
    }

    private Map<String, Object> tree(String model, String rest) {
        return Wire.object(Wire.value(written(model, rest)));
    }

    private GatewayException refused(String model, String rest) {
        return catchThrowableOfType(GatewayException.class, () -> written(model, rest));
    }

    @Test
    void a_thought_that_nova_signed_goes_back_to_nova_only() {
        ConverseDialect nova = new ConverseDialect(NOVA, new AnthropicDialect());
        ChatResponse answer = nova.readResponse(("{\"output\":{\"message\":{\"role\":\"assistant\",\"content\":[{\"reasoningContent\":{\"reasoningText\":{\"text\":\"hm\",\"signature\":\"sig\"}}},"
                + "{\"reasoningContent\":{\"redactedContent\":\"AAEC\"}},{\"text\":\"a\"}]}},\"stopReason\":\"end_turn\"}").getBytes(UTF_8));
        String message = new String(OPENAI.writeResponse(answer), UTF_8).replaceAll("(?s).*\"message\":(\\{.*\\})\\}\\].*", "$1");
        String turns = "\"messages\":[{\"role\":\"user\",\"content\":\"Hi\"}," + message + ",{\"role\":\"user\",\"content\":\"b\"}]";
        assertThat(written(NOVA, turns)).contains("{\"reasoningContent\":{\"reasoningText\":{\"text\":\"hm\",\"signature\":\"sig\"}}},{\"reasoningContent\":{\"redactedContent\":\"AAEC\"}}");
        assertThat(written(CLAUDE_45, turns)).doesNotContain("reasoningContent");
        assertThat(written(LLAMA, turns)).doesNotContain("reasoningContent");
    }

    @Test
    void instructions_turns_and_limits() {
        assertThat(written(NOVA, "\"max_tokens\":9,\"temperature\":0.50,\"top_p\":1e0,\"stop\":[\"|\"],\"messages\":[{\"role\":\"system\",\"content\":\"Be brief.\"},"
                + "{\"role\":\"user\",\"content\":\"a\"},{\"role\":\"user\",\"content\":[{\"type\":\"text\",\"text\":\"b\"},{\"type\":\"text\",\"text\":\"  \"}]},"
                + "{\"role\":\"assistant\",\"content\":\"c\"},{\"role\":\"developer\",\"content\":\"Now in French.\"}]")).isEqualTo(
                "{\"system\":[{\"text\":\"Be brief.\"}],\"messages\":[{\"role\":\"user\",\"content\":[{\"text\":\"a\"},{\"text\":\"b\"}]},"
                + "{\"role\":\"assistant\",\"content\":[{\"text\":\"c\"}]},{\"role\":\"user\",\"content\":[{\"text\":\"<system>\\nNow in French.\\n</system>\"}]}],"
                + "\"inferenceConfig\":{\"maxTokens\":9,\"temperature\":0.50,\"topP\":1e0,\"stopSequences\":[\"|\"]}}");
        assertThat(written(NOVA, "\"messages\":[{\"role\":\"system\",\"content\":\"Alone.\"}]"))
                .isEqualTo("{\"messages\":[{\"role\":\"user\",\"content\":[{\"text\":\"Alone.\"}]}]}");
        assertThat(losses.warnings()).isEmpty();
    }

    @Test
    void calls_and_results_keep_their_ids_and_stand_in_order() {
        String longId = "call_" + "x".repeat(80) + ".1";
        Map<String, Object> request = tree(NOVA, "\"messages\":[{\"role\":\"user\",\"content\":\"go\"},{\"role\":\"assistant\",\"tool_calls\":["
                + "{\"id\":\"a.b\",\"type\":\"function\",\"function\":{\"name\":\"f\",\"arguments\":\"{\\\"n\\\":1.50}\"}},"
                + "{\"id\":\"" + longId + "\",\"type\":\"function\",\"function\":{\"name\":\"g\",\"arguments\":\"broken\"}}]},"
                + "{\"role\":\"tool\",\"tool_call_id\":\"a.b\",\"content\":\"one\"},{\"role\":\"tool\",\"tool_call_id\":\"" + longId + "\",\"content\":\"two\"},"
                + "{\"role\":\"user\",\"content\":\"and?\"}],\"tools\":[{\"type\":\"function\",\"function\":{\"name\":\"f\",\"description\":\"\",\"parameters\":{\"properties\":{}}}}]");
        List<Object> messages = Wire.list(request.get("messages"));
        List<Object> calls = Wire.list(Wire.object(messages.get(1)).get("content"));
        List<Object> results = Wire.list(Wire.object(messages.get(2)).get("content"));
        String second = (String) Wire.object(Wire.object(calls.get(1)).get("toolUse")).get("toolUseId");
        assertThat(second).hasSizeLessThanOrEqualTo(64).matches("[a-zA-Z0-9_-]+");
        assertThat(calls).isEqualTo(List.of(Map.of("toolUse", Map.of("toolUseId", "a_b", "name", "f", "input", Map.of("n", new BigDecimal("1.5")))),
                Map.of("toolUse", Map.of("toolUseId", second, "name", "g", "input", Map.of("arguments", "broken")))));
        assertThat(results).isEqualTo(List.of(Map.of("toolResult", Map.of("toolUseId", "a_b", "content", List.of(Map.of("text", "one")))),
                Map.of("toolResult", Map.of("toolUseId", second, "content", List.of(Map.of("text", "two")))), Map.of("text", "and?")));
        assertThat(Wire.list(Wire.object(request.get("toolConfig")).get("tools"))).isEqualTo(List.of(
                Map.of("toolSpec", Map.of("name", "f", "inputSchema", Map.of("json", Map.of("type", "object", "properties", Map.of()))))));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {"\"auto\"|{\"auto\":{}}", "\"required\"|{\"any\":{}}", "{\"type\":\"function\",\"function\":{\"name\":\"f\"}}|{\"tool\":{\"name\":\"f\"}}"})
    void tool_choice(String asked, String sent) {
        assertThat(written(NOVA, HI + ",\"tool_choice\":" + asked + ",\"tools\":[{\"type\":\"function\",\"function\":{\"name\":\"f\"}}]")).contains("\"toolChoice\":" + sent);
    }

    @Test
    void no_tool_may_be_called_means_no_tools_unless_the_conversation_holds_calls() {
        String tools = ",\"tool_choice\":\"none\",\"tools\":[{\"type\":\"function\",\"function\":{\"name\":\"f\"}}]";
        assertThat(written(NOVA, HI + tools)).doesNotContain("tool");
        assertThat(losses.warnings()).isEmpty();
        String called = "\"messages\":[{\"role\":\"user\",\"content\":\"go\"},{\"role\":\"assistant\",\"tool_calls\":[{\"id\":\"1\",\"type\":\"function\","
                + "\"function\":{\"name\":\"g\",\"arguments\":\"{}\"}}]},{\"role\":\"tool\",\"tool_call_id\":\"1\",\"content\":\"x\"}]";
        assertThat(written(NOVA, called + tools)).contains("\"toolSpec\":{\"name\":\"f\"").doesNotContain("toolChoice");
        assertThat(losses.warnings()).singleElement().asString().contains("tool_choice");
        assertThat(written(NOVA, called)).as("tools are named after the calls").contains("\"toolConfig\":{\"tools\":[{\"toolSpec\":{\"name\":\"g\"");
    }

    @Test
    void a_breakpoint_of_the_prompt_cache_is_a_point_behind_its_part() {
        String marked = "\"messages\":[{\"role\":\"system\",\"content\":[{\"type\":\"text\",\"text\":\"s\",\"cache_control\":{\"type\":\"ephemeral\",\"ttl\":\"1h\"}}]},"
                + "{\"role\":\"user\",\"content\":[{\"type\":\"text\",\"text\":\"u\",\"cache_control\":{\"type\":\"ephemeral\"}},{\"type\":\"text\",\"text\":\"v\"}]}],"
                + "\"tools\":[{\"type\":\"function\",\"function\":{\"name\":\"f\"},\"cache_control\":{\"type\":\"ephemeral\"}}]";
        String claude = written(CLAUDE_45, marked);
        assertThat(claude).contains("{\"text\":\"s\"},{\"cachePoint\":{\"type\":\"default\",\"ttl\":\"1h\"}}").contains("{\"text\":\"u\"},{\"cachePoint\":{\"type\":\"default\"}},{\"text\":\"v\"}")
                .contains("}}},{\"cachePoint\":{\"type\":\"default\"}}]");
        assertThat(written(NOVA, marked).split("cachePoint", -1)).as("Nova: no ttl, no tools").hasSize(3);
        assertThat(written(NOVA, marked)).doesNotContain("ttl");
        losses.reset();
        assertThat(written(LLAMA, marked)).doesNotContain("cachePoint");
        assertThat(losses.warnings()).singleElement().asString().contains("cache_control");
    }

    @Test
    void images_and_documents_are_sent_as_bytes() {
        assertThat(written(CLAUDE_45, "\"messages\":[{\"role\":\"user\",\"content\":[{\"type\":\"image_url\",\"image_url\":{\"url\":\"data:image/jpeg;base64,AAAA\"}},"
                + "{\"type\":\"file\",\"file\":{\"filename\":\"my_report (v2).pdf\",\"file_data\":\"data:application/pdf;base64,BBBB\"}},"
                + "{\"type\":\"file\",\"file\":{\"filename\":\"my_report (v2).pdf\",\"file_data\":\"data:application/pdf;base64,CCCC\"}},{\"type\":\"text\",\"text\":\"?\"}]}]"))
                .contains("{\"image\":{\"format\":\"jpeg\",\"source\":{\"bytes\":\"AAAA\"}}}")
                .contains("{\"document\":{\"format\":\"pdf\",\"name\":\"my-report (v2)\",\"source\":{\"bytes\":\"BBBB\"}}}")
                .contains("{\"document\":{\"format\":\"pdf\",\"name\":\"my-report (v2) 2\",\"source\":{\"bytes\":\"CCCC\"}}}");
        assertThat(written(NOVA, "\"messages\":[{\"role\":\"user\",\"content\":[{\"type\":\"image_url\",\"image_url\":{\"url\":\"s3://bucket/cat.jpg\"}}]}]"))
                .contains("{\"image\":{\"format\":\"jpeg\",\"source\":{\"s3Location\":{\"uri\":\"s3://bucket/cat.jpg\"}}}}");
    }

    @Test
    void an_address_is_refused_with_its_place() {
        GatewayException refused = refused(CLAUDE_45, "\"messages\":[{\"role\":\"user\",\"content\":\"x\"},{\"role\":\"user\",\"content\":[{\"type\":\"text\",\"text\":\"y\"},"
                + "{\"type\":\"image_url\",\"image_url\":{\"url\":\"https://x.example/cat.png\"}}]}]");
        assertThat(refused.status()).isEqualTo(400);
        assertThat(refused.param()).isEqualTo("messages[1].content[1]");
        assertThat(refused.getMessage()).contains("data: URL").doesNotContain("x.example");
    }

    @Test
    void claude_thinks_as_the_anthropic_dialect_says() {
        Map<String, Object> budget = tree(CLAUDE_45, HI + ",\"reasoning_effort\":\"low\"");
        assertThat(budget.get("additionalModelRequestFields")).isEqualTo(Map.of("thinking", Map.of("type", "enabled", "budget_tokens", new BigDecimal("2048"))));
        assertThat((BigDecimal) Wire.object(budget.get("inferenceConfig")).get("maxTokens")).isGreaterThan(new BigDecimal(2048));
        Map<String, Object> adaptive = tree("us.anthropic.claude-opus-4-6-v1", HI + ",\"reasoning_effort\":\"high\",\"max_tokens\":100");
        assertThat(adaptive.get("additionalModelRequestFields")).isEqualTo(Map.of("thinking", Map.of("type", "adaptive"), "output_config", Map.of("effort", "high")));
        assertThat(adaptive.get("inferenceConfig")).isEqualTo(Map.of("maxTokens", new BigDecimal("1E+2")));
        assertThat(tree(CLAUDE_45, HI)).doesNotContainKeys("additionalModelRequestFields", "inferenceConfig");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {NOVA + "|medium|{\"reasoningConfig\":{\"type\":\"enabled\",\"maxReasoningEffort\":\"medium\"}}",
        "openai.gpt-oss-120b-1:0|minimal|{\"reasoning_effort\":\"low\"}", "qwen.qwen3-32b-v1:0|high|{\"reasoning_config\":\"high\"}"})
    void others_think_by_their_own_word(String model, String effort, String fields) {
        assertThat(written(model, HI + ",\"reasoning_effort\":\"" + effort + "\"")).contains("\"additionalModelRequestFields\":" + fields);
        assertThat(losses.warnings()).isEmpty();
    }

    @Test
    void what_a_model_cannot_be_told_is_left_out_and_reported() {
        String request = written(LLAMA, HI + ",\"reasoning_effort\":\"high\",\"seed\":1,\"logit_bias\":{\"1\":2},\"user\":\"u\",\"frequency_penalty\":0,"
                + "\"top_k\":4,\"parallel_tool_calls\":false,\"store\":true");
        assertThat(request).isEqualTo("{\"messages\":[{\"role\":\"user\",\"content\":[{\"text\":\"Hi\"}]}]}");
        assertThat(String.join(" ", losses.warnings())).contains("reasoning_effort", "seed", "logit_bias", "'user'", "top_k", "parallel_tool_calls", "store").doesNotContain("frequency_penalty");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {CLAUDE_45 + "|{\"top_k\":4}", NOVA + "|{\"inferenceConfig\":{\"topK\":4}}", "cohere.command-r-v1:0|{\"k\":4}", "mistral.mistral-large-2402-v1:0|{\"top_k\":4}"})
    void top_k_has_a_name_in_each_family(String model, String fields) {
        assertThat(written(model, HI + ",\"top_k\":4")).contains("\"additionalModelRequestFields\":" + fields);
    }

    @Test
    void claude_can_be_kept_from_parallel_calls() {
        assertThat(written(CLAUDE_45, HI + ",\"parallel_tool_calls\":false,\"tool_choice\":\"required\",\"tools\":[{\"type\":\"function\",\"function\":{\"name\":\"f\"}}]"))
                .contains("\"additionalModelRequestFields\":{\"tool_choice\":{\"type\":\"any\",\"disable_parallel_tool_use\":true}}");
    }

    @Test
    void a_schema_is_asked_for_in_the_models_own_way() {
        String format = HI + ",\"response_format\":{\"type\":\"json_schema\",\"json_schema\":{\"name\":\"city\",\"schema\":{\"type\":\"object\",\"properties\":{\"a\":{\"type\":\"string\"}}}}}";
        Map<String, Object> own = Wire.object(Wire.object(Wire.object(Wire.object(tree(CLAUDE_45, format).get("outputConfig")).get("textFormat")).get("structure")).get("jsonSchema"));
        assertThat(own).containsEntry("name", "city");
        assertThat(Wire.object(Wire.value((String) own.get("schema")))).as("fitted").containsEntry("additionalProperties", false);
        assertThat(written(CLAUDE_3, format)).contains("\"toolChoice\":{\"tool\":{\"name\":\"gateway_structured_answer\"}}").doesNotContain("outputConfig");
        assertThat(written(NOVA, format)).contains("\"toolChoice\":{\"tool\":{\"name\":\"gateway_structured_answer\"}}");
        assertThat(written("qwen.qwen3-32b-v1:0", format)).contains("\"outputConfig\":{\"textFormat\":{\"type\":\"json_schema\",\"structure\":{\"jsonSchema\":{\"schema\":\"{");
        assertThat(losses.warnings()).isEmpty();
        assertThat(written(LLAMA, format)).contains("\"system\":[{\"text\":\"Answer with one JSON object").doesNotContain("toolConfig");
        assertThat(losses.warnings()).singleElement().asString().contains("response_format");
        assertThat(written(NOVA, HI + ",\"response_format\":{\"type\":\"json_object\"}")).contains("Answer with one JSON object");
    }

    @Test
    void an_answer_by_the_reserved_tool_is_text() {
        ChatResponse answer = new ConverseDialect("m", null).readResponse(("{\"output\":{\"message\":{\"content\":[{\"toolUse\":{\"toolUseId\":\"1\","
                + "\"name\":\"gateway_structured_answer\",\"input\":{\"a\": 1.0}}}]}},\"stopReason\":\"tool_use\"}").getBytes(UTF_8));
        assertThat(answer.choices().get(0).message().parts()).isEqualTo(List.of(new Part.Text("{\"a\": 1.0}")));
        assertThat(answer.choices().get(0).finishReason()).isEqualTo(FinishReason.STOP);
        assertThat(answer.usage()).isNull();
    }

    @Test
    void signed_reasoning_goes_back_to_claude_only() {
        String turns = "\"messages\":[{\"role\":\"user\",\"content\":\"q\"},{\"role\":\"assistant\",\"content\":\"a\",\"thinking_blocks\":["
                + "{\"type\":\"thinking\",\"thinking\":\"hm\",\"signature\":\"sig\"},{\"type\":\"redacted_thinking\",\"data\":\"secret\"}]},{\"role\":\"user\",\"content\":\"r\"}]";
        assertThat(written(CLAUDE_45, turns)).contains("{\"reasoningContent\":{\"reasoningText\":{\"text\":\"hm\",\"signature\":\"sig\"}}},"
                + "{\"reasoningContent\":{\"redactedContent\":\"c2VjcmV0\"}},{\"text\":\"a\"}");
        assertThat(written(NOVA, turns)).doesNotContain("reasoningContent");
        assertThat(ConverseAnswer.redacted("c2VjcmV0")).isEqualTo("secret");
        assertThat(ConverseAnswer.redacted("/wD/")).as("bytes that are no text stay").isEqualTo("/wD/");
    }

    @Test
    void converses_own_parameters_pass_and_win() {
        Map<String, Object> request = tree(NOVA, HI + ",\"guardrailConfig\":{\"guardrailIdentifier\":\"g\",\"guardrailVersion\":\"1\"},\"service_tier\":\"flex\",\"reasoning_effort\":\"low\","
                + "\"additionalModelRequestFields\":{\"reasoningConfig\":{\"type\":\"disabled\"}},\"requestMetadata\":{\"a\":\"b\"}");
        assertThat(request.get("guardrailConfig")).isEqualTo(Map.of("guardrailIdentifier", "g", "guardrailVersion", "1"));
        assertThat(request.get("serviceTier")).isEqualTo(Map.of("type", "flex"));
        assertThat(request.get("requestMetadata")).isEqualTo(Map.of("a", "b"));
        assertThat(request.get("additionalModelRequestFields")).isEqualTo(Map.of("reasoningConfig", Map.of("type", "disabled")));
        assertThat(losses.warnings()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"\"n\":2", "\"logprobs\":true", "\"modalities\":[\"text\",\"audio\"]", "\"tools\":[{\"type\":\"web_search\"}]"})
    void what_changes_the_answer_is_refused(String parameter) {
        assertThat(refused(NOVA, HI + "," + parameter).status()).isEqualTo(400);
    }

    @Test
    void a_temperature_is_at_most_one_for_claude() {
        assertThat(written(CLAUDE_45, HI + ",\"temperature\":1.5")).contains("\"temperature\":1}");
        assertThat(losses.warnings()).hasSize(1);
        assertThat(written(NOVA, HI + ",\"temperature\":1.5")).contains("\"temperature\":1.5}");
    }
}
