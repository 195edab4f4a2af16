package org.sluice.gateway.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.openai.client.OpenAIClient;
import com.openai.client.okhttp.OpenAIOkHttpClient;
import com.openai.core.JsonValue;
import com.openai.core.http.StreamResponse;
import com.openai.errors.RateLimitException;
import com.openai.helpers.ChatCompletionAccumulator;
import com.openai.helpers.ResponseAccumulator;
import com.openai.models.FunctionDefinition;
import com.openai.models.FunctionParameters;
import com.openai.models.ResponseFormatJsonSchema;
import com.openai.models.chat.completions.ChatCompletion;
import com.openai.models.chat.completions.ChatCompletionChunk;
import com.openai.models.chat.completions.ChatCompletionCreateParams;
import com.openai.models.chat.completions.ChatCompletionFunctionTool;
import com.openai.models.chat.completions.ChatCompletionMessageFunctionToolCall;
import com.openai.models.chat.completions.ChatCompletionStreamOptions;
import com.openai.models.chat.completions.ChatCompletionToolMessageParam;
import com.openai.models.responses.FunctionTool;
import com.openai.models.responses.Response;
import com.openai.models.responses.ResponseCreateParams;
import com.openai.models.responses.ResponseFormatTextJsonSchemaConfig;
import com.openai.models.responses.ResponseFunctionToolCall;
import com.openai.models.responses.ResponseInputItem;
import com.openai.models.responses.ResponseOutputItem;
import com.openai.models.responses.ResponseStreamEvent;
import com.openai.models.responses.ResponseTextConfig;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The official OpenAI client for Java, unchanged, both of its chat APIs, against a model of each provider dialect. */
class JavaOpenAiIT {
    private static OpenAIClient client;

    @BeforeAll
    static void open() {
        ServerUnderTest.shared().replay().play();
        client = OpenAIOkHttpClient.builder().baseUrl(ServerUnderTest.shared().baseUrl() + "/api").apiKey(ServerUnderTest.key()).maxRetries(0).build();
    }

    @AfterAll
    static void close() {
        client.close();
    }

    static List<String> models() {
        return PlayedModels.ALL;
    }

    private static ChatCompletionCreateParams.Builder chat(String model, String text) {
        return ChatCompletionCreateParams.builder().model(model).addUserMessage(text);
    }

    private static ChatCompletionFunctionTool chatTool() {
        FunctionParameters.Builder parameters = FunctionParameters.builder();
        PlayedModels.WEATHER.forEach((name, value) -> parameters.putAdditionalProperty(name, JsonValue.from(value)));
        return ChatCompletionFunctionTool.builder().function(FunctionDefinition.builder().name("weather").description("Tells the weather").parameters(parameters.build()).build()).build();
    }

    private static ChatCompletion streamed(ChatCompletionCreateParams params) {
        ChatCompletionAccumulator whole = ChatCompletionAccumulator.create();
        try (StreamResponse<ChatCompletionChunk> stream = client.chat().completions().createStreaming(params)) {
            stream.stream().forEach(whole::accumulate);
        }
        return whole.chatCompletion();
    }

    private static String text(ChatCompletion answer) {
        return answer.choices().get(0).message().content().orElse("");
    }

    private static ResponseCreateParams.Builder asking(String model, String text) {
        return ResponseCreateParams.builder().model(model).input(text);
    }

    private static FunctionTool tool() {
        FunctionTool.Parameters.Builder parameters = FunctionTool.Parameters.builder();
        PlayedModels.WEATHER.forEach((name, value) -> parameters.putAdditionalProperty(name, JsonValue.from(value)));
        return FunctionTool.builder().name("weather").description("Tells the weather").strict(false).parameters(parameters.build()).build();
    }

    /** What the gateway writes has every member the client knows; what a provider of the same dialect says passes as it is. */
    private static Response streamed(ResponseCreateParams params) {
        boolean isWritten = !params.model().orElseThrow().asString().startsWith("openai/");
        ResponseAccumulator whole = ResponseAccumulator.create();
        try (StreamResponse<ResponseStreamEvent> stream = client.responses().createStreaming(params)) {
            stream.stream().forEach(event -> whole.accumulate(isWritten ? event.validate() : event));
        }
        return whole.response();
    }

    private static String text(Response response) {
        return response.output().stream().filter(ResponseOutputItem::isMessage).flatMap(item -> item.asMessage().content().stream()).map(part -> part.asOutputText().text()).collect(Collectors.joining());
    }

    @ParameterizedTest
    @MethodSource("models")
    void a_question_is_answered_also_in_a_stream(String model) {
        ChatCompletionCreateParams.Builder params = chat(model, "one two three").addSystemMessage("Be brief.");
        ChatCompletion whole = client.chat().completions().create(params.build());
        ChatCompletion streamed = streamed(params.streamOptions(ChatCompletionStreamOptions.builder().includeUsage(true).build()).build());
        for (ChatCompletion answer : List.of(whole, streamed)) {
            assertThat(text(answer)).contains("one two three");
            assertThat(answer.choices().get(0).finishReason()).isEqualTo(ChatCompletion.Choice.FinishReason.STOP);
            assertThat(answer.usage().orElseThrow().totalTokens()).isEqualTo(answer.usage().orElseThrow().promptTokens() + answer.usage().orElseThrow().completionTokens()).isPositive();
        }
    }

    @ParameterizedTest
    @MethodSource("models")
    void a_tool_is_called_also_in_a_stream_and_its_result_goes_back(String model) {
        ChatCompletionCreateParams params = chat(model, PlayedModels.QUESTION).addTool(chatTool()).build();
        ChatCompletion whole = client.chat().completions().create(params);
        for (ChatCompletion answer : List.of(whole, streamed(params))) {
            assertThat(answer.choices().get(0).finishReason()).isEqualTo(ChatCompletion.Choice.FinishReason.TOOL_CALLS);
            ChatCompletionMessageFunctionToolCall call = answer.choices().get(0).message().toolCalls().orElseThrow().get(0).asFunction();
            assertThat(call.function().name()).isEqualTo("weather");
            assertThat(call.function().arguments().replace(" ", "")).isEqualTo("{\"city\":\"Bern\"}");
        }
        String id = whole.choices().get(0).message().toolCalls().orElseThrow().get(0).asFunction().id();
        assertThat(text(client.chat().completions().create(chat(model, PlayedModels.QUESTION).addTool(chatTool()).addMessage(whole.choices().get(0).message())
                .addMessage(ChatCompletionToolMessageParam.builder().toolCallId(id).content("sunny").build()).build()))).contains("sunny");
    }

    @ParameterizedTest
    @MethodSource("models")
    void a_schema_is_satisfied(String model) {
        ResponseFormatJsonSchema.JsonSchema.Schema.Builder schema = ResponseFormatJsonSchema.JsonSchema.Schema.builder();
        PlayedModels.PLACE.forEach((name, value) -> schema.putAdditionalProperty(name, JsonValue.from(value)));
        ChatCompletion answer = client.chat().completions().create(chat(model, "Describe Bern").responseFormat(ResponseFormatJsonSchema.builder()
                .jsonSchema(ResponseFormatJsonSchema.JsonSchema.builder().name("place").strict(true).schema(schema.build()).build()).build()).build());
        assertThat(PlayedModels.isPlace(text(answer))).isTrue();
    }

    @ParameterizedTest
    @MethodSource("models")
    void a_failure_has_the_providers_status_and_words(String model) {
        ChatCompletionCreateParams params = chat(model, "fail 429").build();
        assertThatThrownBy(() -> client.chat().completions().create(params)).isInstanceOf(RateLimitException.class).hasMessageContaining("as it was told");
        assertThatThrownBy(() -> streamed(params)).isInstanceOf(RateLimitException.class);
        assertThatThrownBy(() -> client.responses().create(asking(model, "fail 429").build())).isInstanceOf(RateLimitException.class).hasMessageContaining("as it was told");
        assertThatThrownBy(() -> streamed(asking(model, "fail 429").build())).isInstanceOf(RateLimitException.class);
    }

    @ParameterizedTest
    @MethodSource("models")
    void a_response_is_given_also_in_a_stream(String model) {
        ResponseCreateParams params = asking(model, "one two three").instructions("Be brief.").build();
        for (Response answer : List.of(client.responses().create(params), streamed(params))) {
            assertThat(text(answer)).contains("one two three");
            assertThat(answer.usage().orElseThrow().totalTokens()).isPositive();
        }
    }

    @ParameterizedTest
    @MethodSource("models")
    void a_response_calls_a_tool_also_in_a_stream_and_goes_on(String model) {
        ResponseCreateParams params = asking(model, PlayedModels.QUESTION).addTool(tool()).build();
        Response whole = client.responses().create(params);
        for (Response answer : List.of(whole, streamed(params))) {
            ResponseFunctionToolCall call = answer.output().stream().filter(ResponseOutputItem::isFunctionCall).map(ResponseOutputItem::asFunctionCall).findFirst().orElseThrow();
            assertThat(call.name()).isEqualTo("weather");
            assertThat(call.arguments().replace(" ", "")).isEqualTo("{\"city\":\"Bern\"}");
        }
        List<ResponseInputItem> items = new java.util.ArrayList<>(List.of(ResponseInputItem.ofEasyInputMessage(com.openai.models.responses.EasyInputMessage.builder()
                .role(com.openai.models.responses.EasyInputMessage.Role.USER).content(PlayedModels.QUESTION).build())));
        for (ResponseOutputItem item : whole.output()) {
            item.reasoning().ifPresent(thought -> items.add(ResponseInputItem.ofReasoning(thought)));
            item.message().ifPresent(message -> items.add(ResponseInputItem.ofResponseOutputMessage(message)));
            item.functionCall().ifPresent(call -> {
                items.add(ResponseInputItem.ofFunctionCall(call));
                items.add(ResponseInputItem.ofFunctionCallOutput(ResponseInputItem.FunctionCallOutput.builder().callId(call.callId()).output("sunny").build()));
            });
        }
        assertThat(text(client.responses().create(ResponseCreateParams.builder().model(model).addTool(tool()).inputOfResponse(items).build()))).contains("sunny");
    }

    @ParameterizedTest
    @MethodSource("models")
    void a_response_satisfies_a_schema(String model) {
        ResponseFormatTextJsonSchemaConfig.Schema.Builder schema = ResponseFormatTextJsonSchemaConfig.Schema.builder();
        PlayedModels.PLACE.forEach((name, value) -> schema.putAdditionalProperty(name, JsonValue.from(value)));
        Response answer = client.responses().create(asking(model, "Describe Bern").text(ResponseTextConfig.builder().format(ResponseFormatTextJsonSchemaConfig.builder()
                .name("place").strict(true).schema(schema.build()).build()).build()).build());
        assertThat(PlayedModels.isPlace(text(answer))).isTrue();
    }
}
