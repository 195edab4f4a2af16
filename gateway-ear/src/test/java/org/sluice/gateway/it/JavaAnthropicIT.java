package org.sluice.gateway.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.anthropic.client.AnthropicClient;
import com.anthropic.client.okhttp.AnthropicOkHttpClient;
import com.anthropic.core.JsonValue;
import com.anthropic.core.http.StreamResponse;
import com.anthropic.errors.RateLimitException;
import com.anthropic.helpers.MessageAccumulator;
import com.anthropic.models.messages.ContentBlock;
import com.anthropic.models.messages.ContentBlockParam;
import com.anthropic.models.messages.Message;
import com.anthropic.models.messages.MessageCreateParams;
import com.anthropic.models.messages.RawMessageStreamEvent;
import com.anthropic.models.messages.StopReason;
import com.anthropic.models.messages.Tool;
import com.anthropic.models.messages.ToolResultBlockParam;
import com.anthropic.models.messages.ToolUseBlock;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The official Anthropic client for Java, unchanged, against a model of each provider dialect. */
class JavaAnthropicIT {
    private static AnthropicClient client;

    @BeforeAll
    static void open() {
        ServerUnderTest.shared().replay().play();
        client = AnthropicOkHttpClient.builder().baseUrl(ServerUnderTest.shared().baseUrl() + "/api/anthropic").apiKey(ServerUnderTest.key()).maxRetries(0).build();
    }

    @AfterAll
    static void close() {
        client.close();
    }

    static List<String> models() {
        return PlayedModels.ALL;
    }

    private static MessageCreateParams.Builder asking(String model, String text) {
        return MessageCreateParams.builder().model(model).maxTokens(500).addUserMessage(text);
    }

    private static Tool tool() {
        return Tool.builder().name("weather").description("Tells the weather").inputSchema(Tool.InputSchema.builder()
                .properties(JsonValue.from(Map.of("city", Map.of("type", "string")))).required(List.of("city")).build()).build();
    }

    private static Message streamed(MessageCreateParams params) {
        MessageAccumulator whole = MessageAccumulator.create();
        try (StreamResponse<RawMessageStreamEvent> stream = client.messages().createStreaming(params)) {
            stream.stream().forEach(whole::accumulate);
        }
        return whole.message();
    }

    private static String text(Message message) {
        StringBuilder text = new StringBuilder();
        message.content().forEach(block -> block.text().ifPresent(piece -> text.append(piece.text())));
        return text.toString();
    }

    @ParameterizedTest
    @MethodSource("models")
    void a_question_is_answered_also_in_a_stream(String model) {
        MessageCreateParams params = asking(model, "one two three").system("Be brief.").build();
        for (Message answer : List.of(client.messages().create(params).validate(), streamed(params))) {
            assertThat(text(answer)).contains("one two three");
            assertThat(answer.stopReason()).contains(StopReason.END_TURN);
            assertThat(answer.usage().outputTokens()).isPositive();
        }
    }

    @ParameterizedTest
    @MethodSource("models")
    void a_tool_is_called_also_in_a_stream_and_its_result_goes_back(String model) {
        MessageCreateParams params = asking(model, PlayedModels.QUESTION).addTool(tool()).build();
        Message whole = client.messages().create(params);
        for (Message answer : List.of(whole, streamed(params))) {
            assertThat(answer.stopReason()).contains(StopReason.TOOL_USE);
            ToolUseBlock call = answer.content().stream().filter(ContentBlock::isToolUse).map(ContentBlock::asToolUse).findFirst().orElseThrow();
            assertThat(call.name()).isEqualTo("weather");
            assertThat(call._input().convert(Map.class)).isEqualTo(Map.of("city", "Bern"));
        }
        String id = whole.content().stream().filter(ContentBlock::isToolUse).map(block -> block.asToolUse().id()).findFirst().orElseThrow();
        assertThat(text(client.messages().create(asking(model, PlayedModels.QUESTION).addTool(tool()).addMessage(whole).addUserMessageOfContentBlockParams(List.of(
                ContentBlockParam.ofToolResult(ToolResultBlockParam.builder().toolUseId(id).content("sunny").build()))).build()))).contains("sunny");
    }

    @ParameterizedTest
    @MethodSource("models")
    void a_schema_is_satisfied(String model) {
        Message answer = client.messages().create(asking(model, "Describe Bern")
                .putAdditionalBodyProperty("output_config", JsonValue.from(Map.of("format", Map.of("type", "json_schema", "schema", PlayedModels.PLACE)))).build());
        assertThat(PlayedModels.isPlace(text(answer))).isTrue();
    }

    @ParameterizedTest
    @MethodSource("models")
    void a_failure_has_the_providers_status_and_words(String model) {
        MessageCreateParams params = asking(model, "fail 429").build();
        assertThatThrownBy(() -> client.messages().create(params)).isInstanceOf(RateLimitException.class).hasMessageContaining("as it was told");
        assertThatThrownBy(() -> streamed(params)).isInstanceOf(RateLimitException.class);
    }
}
