package org.sluice.gateway.it;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.anthropic.client.AnthropicClient;
import com.anthropic.client.okhttp.AnthropicOkHttpClient;
import com.anthropic.core.JsonValue;
import com.anthropic.core.http.StreamResponse;
import com.anthropic.errors.AnthropicServiceException;
import com.anthropic.errors.BadRequestException;
import com.anthropic.errors.NotFoundException;
import com.anthropic.errors.RateLimitException;
import com.anthropic.errors.UnauthorizedException;
import com.anthropic.helpers.MessageAccumulator;
import com.anthropic.models.messages.Base64ImageSource;
import com.anthropic.models.messages.ContentBlock;
import com.anthropic.models.messages.ContentBlockParam;
import com.anthropic.models.messages.Message;
import com.anthropic.models.messages.MessageCountTokensParams;
import com.anthropic.models.messages.MessageCreateParams;
import com.anthropic.models.messages.Metadata;
import com.anthropic.models.messages.RawMessageStreamEvent;
import com.anthropic.models.messages.StopReason;
import com.anthropic.models.messages.Tool;
import com.anthropic.models.messages.ToolResultBlockParam;
import com.anthropic.models.messages.ToolUseBlock;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The official Anthropic client for Java, unchanged, against models that speak another dialect. */
class AnthropicDoorIT {
    private static final String MODEL = "demo/echo";
    private static AnthropicClient client;

    @BeforeAll
    static void open() {
        client = AnthropicOkHttpClient.builder().baseUrl(ServerUnderTest.shared().baseUrl() + "/api/anthropic").apiKey(ServerUnderTest.key()).maxRetries(0).build();
    }

    @AfterAll
    static void close() {
        client.close();
    }

    private static MessageCreateParams.Builder asking(String text) {
        return MessageCreateParams.builder().model(MODEL).maxTokens(500).addUserMessage(text);
    }

    private static Tool tool(String name) {
        return Tool.builder().name(name).description("Looks up " + name).inputSchema(Tool.InputSchema.builder()
                .properties(JsonValue.from(Map.of("city", Map.of("type", "string")))).required(List.of("city")).build()).build();
    }

    private static String text(Message message) {
        StringBuilder text = new StringBuilder();
        message.content().forEach(block -> block.text().ifPresent(piece -> text.append(piece.text())));
        return text.toString();
    }

    private static List<ToolUseBlock> calls(Message message) {
        return message.content().stream().filter(ContentBlock::isToolUse).map(ContentBlock::asToolUse).toList();
    }

    private static Message streamed(MessageCreateParams params) {
        MessageAccumulator whole = MessageAccumulator.create();
        try (StreamResponse<RawMessageStreamEvent> stream = client.messages().createStreaming(params)) {
            stream.stream().forEach(whole::accumulate);
        }
        return whole.message();
    }

    private static void openAiAnswers(String contentType, String body) {
        ServerUnderTest.shared().replay().answerWith(new ReplayUpstream.Answer(200, contentType, body.getBytes(UTF_8), false));
    }

    @Test
    void a_plain_question_is_answered_with_usage() {
        Message answer = client.messages().create(asking("Hello gateway").system("Be brief").build());
        assertThat(text(answer)).contains("Hello gateway");
        assertThat(answer.stopReason()).contains(StopReason.END_TURN);
        assertThat(answer.id()).startsWith("msg_");
        assertThat(answer.usage().inputTokens()).isPositive();
        assertThat(answer.usage().outputTokens()).isPositive();
        answer.validate();
    }

    @Test
    void a_stream_brings_the_same_answer() {
        Message answer = streamed(asking("one two three four").build());
        assertThat(text(answer)).contains("one two three four");
        assertThat(answer.usage().outputTokens()).isPositive();
        assertThat(answer.stopReason()).contains(StopReason.END_TURN);
    }

    @Test
    void a_tool_is_called_and_its_result_goes_back() {
        String question = "call weather {\"city\":\"Bern\"}";
        Message first = client.messages().create(asking(question).addTool(tool("weather")).build());
        assertThat(first.stopReason()).contains(StopReason.TOOL_USE);
        ToolUseBlock call = calls(first).get(0);
        assertThat(call.name()).isEqualTo("weather");
        assertThat(call._input().convert(Map.class)).isEqualTo(Map.of("city", "Bern"));
        Message second = client.messages().create(asking(question).addTool(tool("weather")).addMessage(first).addUserMessageOfContentBlockParams(List.of(
                ContentBlockParam.ofToolResult(ToolResultBlockParam.builder().toolUseId(call.id()).content("sunny").isError(false).build()))).build());
        assertThat(text(second)).contains("sunny");
    }

    @Test
    void several_tools_are_called_in_one_turn_also_in_a_stream() {
        MessageCreateParams params = asking("call weather {\"city\":\"Bern\"}\ncall time {\"city\":\"Rome\"}").addTool(tool("weather")).addTool(tool("time")).build();
        for (Message answer : List.of(client.messages().create(params), streamed(params))) {
            assertThat(calls(answer)).extracting(call -> call.name() + call._input().convert(Map.class)).containsExactly("weather{city=Bern}", "time{city=Rome}");
            assertThat(calls(answer).get(0).id()).isNotEqualTo(calls(answer).get(1).id());
        }
    }

    @Test
    void an_image_is_seen() {
        Message answer = client.messages().create(MessageCreateParams.builder().model(MODEL).maxTokens(100).addUserMessageOfContentBlockParams(List.of(
                ContentBlockParam.ofImage(Base64ImageSource.builder().mediaType(Base64ImageSource.MediaType.IMAGE_PNG).data("iVBORw0KGgo=").build()))).build());
        assertThat(text(answer)).contains("image/png");
    }

    @Test
    void thoughts_of_another_model_are_thinking_blocks_and_go_back() {
        openAiAnswers("application/json", """
                {"id":"chatcmpl-1","object":"chat.completion","created":5,"model":"deepseek","choices":[{"index":0,"message":{"role":"assistant","content":"42",\
                "reasoning_content":"Six times seven."},"finish_reason":"stop"}],"usage":{"prompt_tokens":3,"completion_tokens":4}}""");
        Message answer = client.messages().create(asking("?").model("openai/deepseek-r").enabledThinking(1024).build());
        assertThat(answer.content().get(0).asThinking().thinking()).isEqualTo("Six times seven.");
        assertThat(text(answer)).isEqualTo("42");
        client.messages().create(asking("?").model("openai/deepseek-r").addMessage(answer).addUserMessage("Sure?").build());
        assertThat(new String(ServerUnderTest.shared().replay().lastRequest(), UTF_8)).contains("\"reasoning_content\":\"Six times seven.\"").doesNotContain("signature");
    }

    @Test
    void a_streamed_thought_and_a_call_keep_their_order() {
        openAiAnswers("text/event-stream", """
                data: {"id":"c","model":"m","choices":[{"index":0,"delta":{"role":"assistant","reasoning_content":"Let me "}}]}

                data: {"id":"c","model":"m","choices":[{"index":0,"delta":{"reasoning_content":"see."}}]}

                data: {"id":"c","model":"m","choices":[{"index":0,"delta":{"content":"Looking."}}]}

                data: {"id":"c","model":"m","choices":[{"index":0,"delta":{"tool_calls":[{"index":0,"id":"call_1","type":"function","function":{"name":"weather","arguments":"{\\"ci"}}]}}]}

                data: {"id":"c","model":"m","choices":[{"index":0,"delta":{"tool_calls":[{"index":0,"function":{"arguments":"ty\\":\\"Bern\\"}"}}]}}]}

                data: {"id":"c","model":"m","choices":[{"index":0,"delta":{},"finish_reason":"tool_calls"}]}

                data: {"id":"c","model":"m","choices":[],"usage":{"prompt_tokens":11,"completion_tokens":7}}

                data: [DONE]

                """);
        Message answer = streamed(asking("?").model("openai/some-model").addTool(tool("weather")).build());
        assertThat(answer.content()).hasSize(3);
        assertThat(answer.content().get(0).asThinking().thinking()).isEqualTo("Let me see.");
        assertThat(answer.content().get(1).asText().text()).isEqualTo("Looking.");
        assertThat(answer.content().get(2).asToolUse()._input().convert(Map.class)).isEqualTo(Map.of("city", "Bern"));
        assertThat(answer.stopReason()).contains(StopReason.TOOL_USE);
        assertThat(answer.usage().inputTokens()).isEqualTo(11);
        assertThat(answer.usage().outputTokens()).isEqualTo(7);
    }

    @Test
    void a_wrong_key_is_a_401_and_both_ways_to_show_it_work() {
        AnthropicClient stranger = AnthropicOkHttpClient.builder().baseUrl(ServerUnderTest.shared().baseUrl() + "/api/anthropic").apiKey("abcdefgh." + "0".repeat(32)).maxRetries(0).build();
        assertThatThrownBy(() -> stranger.messages().create(asking("Hi").build())).isInstanceOfSatisfying(UnauthorizedException.class,
                e -> assertThat(e.errorType()).get().asString().isEqualTo("authentication_error"));
        assertThatThrownBy(() -> stranger.models().list()).isInstanceOf(UnauthorizedException.class);
        stranger.close();
        AnthropicClient bearer = AnthropicOkHttpClient.builder().baseUrl(ServerUnderTest.shared().baseUrl() + "/api/anthropic/").authToken(ServerUnderTest.key()).maxRetries(0).build();
        assertThat(text(bearer.messages().create(asking("Hi bearer").build()))).contains("Hi bearer");
        bearer.close();
    }

    @Test
    void an_unknown_model_is_a_404_that_names_the_nearest_and_the_request() {
        assertThatThrownBy(() -> client.messages().create(asking("Hi").model("claud-opus-4-6").build())).isInstanceOfSatisfying(NotFoundException.class, e -> {
            assertThat(e.errorType()).get().asString().isEqualTo("not_found_error");
            assertThat(e.apiMessage()).get().asString().contains("claude-opus-4-6");
            assertThat(e.requestId()).isPresent().isEqualTo(java.util.Optional.of(e.headers().values("X-Respan-Log-Id").get(0)));
        });
        assertThatThrownBy(() -> client.messages().createStreaming(asking("Hi").model("no-such-model").build())).isInstanceOf(NotFoundException.class);
    }

    @Test
    void a_provider_that_is_busy_is_a_429_with_its_wait() {
        assertThatThrownBy(() -> client.messages().create(asking("fail 429").build())).isInstanceOfSatisfying(RateLimitException.class, e -> {
            assertThat(e.headers().values("Retry-After")).isNotEmpty();
            assertThat(e.errorType()).get().asString().isEqualTo("rate_limit_error");
        });
    }

    @Test
    void an_error_in_the_middle_of_a_stream_is_raised() {
        assertThatThrownBy(() -> streamed(asking("fail midstream").build())).isInstanceOf(AnthropicServiceException.class);
    }

    @Test
    void tokens_are_estimated_where_nobody_counts() {
        MessageCountTokensParams few = MessageCountTokensParams.builder().model(MODEL).addUserMessage("Hello").build();
        MessageCountTokensParams more = MessageCountTokensParams.builder().model(MODEL).addUserMessage("Hello").addTool(tool("weather")).build();
        long tokens = client.messages().countTokens(few).inputTokens();
        assertThat(tokens).isPositive();
        assertThat(client.messages().countTokens(more).inputTokens()).isGreaterThan(tokens);
    }

    @Test
    void the_gateways_parameters_go_into_metadata() throws Exception {
        Metadata metadata = Metadata.builder().userId("u1").putAdditionalProperty("respan_params", JsonValue.from(Map.of("customer_identifier", "door-customer"))).build();
        String id = client.messages().withRawResponse().create(asking("metadata please").metadata(metadata).build()).headers().values("X-Respan-Log-Id").get(0);
        assertThat(new LogRows(ServerUnderTest.shared()).row(id).text("customer_identifier")).isEqualTo("door-customer");
        assertThatThrownBy(() -> client.messages().create(asking("Hi").metadata(Metadata.builder().putAdditionalProperty("respan_params", JsonValue.from("x")).build()).build()))
                .isInstanceOf(BadRequestException.class);
    }

    @Test
    void what_the_model_cannot_be_told_is_a_warning_or_when_strict_a_refusal() {
        MessageCreateParams.Builder params = asking("Hi").putAdditionalBodyProperty("context_management", JsonValue.from(Map.of("edits", List.of())));
        String id = client.messages().withRawResponse().create(params.build()).headers().values("X-Respan-Log-Id").get(0);
        assertThat(new LogRows(ServerUnderTest.shared()).row(id).get("warnings").raw().text()).contains("context_management");
        assertThatThrownBy(() -> client.messages().create(params.putAdditionalHeader("X-Respan-Strict", "true").build()))
                .isInstanceOfSatisfying(BadRequestException.class, e -> assertThat(e.apiMessage()).get().asString().contains("context_management"));
    }

    @Test
    void models_are_listed_and_looked_up() {
        assertThat(client.models().list().data()).extracting(model -> model.id()).contains(MODEL);
        assertThat(client.models().retrieve("claude-opus-4-6").displayName()).isNotBlank();
        assertThatThrownBy(() -> client.models().retrieve("nobody")).isInstanceOf(NotFoundException.class);
    }
}
