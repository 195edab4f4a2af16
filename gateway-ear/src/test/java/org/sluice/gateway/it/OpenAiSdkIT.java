package org.sluice.gateway.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.openai.client.OpenAIClient;
import com.openai.client.okhttp.OpenAIOkHttpClient;
import com.openai.core.JsonValue;
import com.openai.core.http.StreamResponse;
import com.openai.errors.BadRequestException;
import com.openai.errors.NotFoundException;
import com.openai.errors.RateLimitException;
import com.openai.errors.UnauthorizedException;
import com.openai.helpers.ChatCompletionAccumulator;
import com.openai.models.FunctionDefinition;
import com.openai.models.FunctionParameters;
import com.openai.models.ResponseFormatJsonSchema;
import com.openai.models.chat.completions.ChatCompletion;
import com.openai.models.chat.completions.ChatCompletionChunk;
import com.openai.models.chat.completions.ChatCompletionContentPart;
import com.openai.models.chat.completions.ChatCompletionContentPartImage;
import com.openai.models.chat.completions.ChatCompletionContentPartText;
import com.openai.models.chat.completions.ChatCompletionCreateParams;
import com.openai.models.chat.completions.ChatCompletionFunctionTool;
import com.openai.models.chat.completions.ChatCompletionMessageFunctionToolCall;
import com.openai.models.chat.completions.ChatCompletionMessageToolCall;
import com.openai.models.chat.completions.ChatCompletionStreamOptions;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The official OpenAI client for Java, unchanged, against the gateway and its built-in model. */
class OpenAiSdkIT {
    private static final String MODEL = "demo/echo";
    private static OpenAIClient client;

    @BeforeAll
    static void open() {
        client = client(ServerUnderTest.key());
    }

    private static OpenAIClient client(String key) {
        return OpenAIOkHttpClient.builder().baseUrl(ServerUnderTest.shared().baseUrl() + "/api").apiKey(key).maxRetries(0).build();
    }

    @AfterAll
    static void close() {
        client.close();
    }

    private static ChatCompletionCreateParams.Builder asking(String text) {
        return ChatCompletionCreateParams.builder().model(MODEL).addUserMessage(text);
    }

    private static ChatCompletionFunctionTool tool(String name) {
        return ChatCompletionFunctionTool.builder().function(FunctionDefinition.builder().name(name).description("Looks up " + name)
                .parameters(FunctionParameters.builder().putAdditionalProperty("type", JsonValue.from("object"))
                        .putAdditionalProperty("properties", JsonValue.from(Map.of("city", Map.of("type", "string"))))
                        .putAdditionalProperty("required", JsonValue.from(List.of("city"))).build()).build()).build();
    }

    private static List<ChatCompletionMessageFunctionToolCall> calls(ChatCompletion answer) {
        return answer.choices().get(0).message().toolCalls().orElseThrow().stream().map(ChatCompletionMessageToolCall::asFunction).toList();
    }

    @Test
    void a_plain_question_is_answered_with_usage() {
        ChatCompletion answer = client.chat().completions().create(asking("Hello gateway").addSystemMessage("Be brief").build());
        assertThat(answer.choices().get(0).message().content()).get().asString().contains("Hello gateway");
        assertThat(answer.choices().get(0).finishReason()).isEqualTo(ChatCompletion.Choice.FinishReason.STOP);
        assertThat(answer.usage().orElseThrow().promptTokens()).isPositive();
        assertThat(answer.usage().orElseThrow().totalTokens())
                .isEqualTo(answer.usage().orElseThrow().promptTokens() + answer.usage().orElseThrow().completionTokens());
    }

    @Test
    void a_stream_brings_the_same_text_and_usage_when_asked() {
        ChatCompletionAccumulator whole = ChatCompletionAccumulator.create();
        int chunks = 0;
        try (StreamResponse<ChatCompletionChunk> stream = client.chat().completions().createStreaming(asking("one two three four")
                .streamOptions(ChatCompletionStreamOptions.builder().includeUsage(true).build()).build())) {
            for (ChatCompletionChunk chunk : (Iterable<ChatCompletionChunk>) stream.stream()::iterator) {
                whole.accumulate(chunk);
                chunks++;
            }
        }
        assertThat(chunks).isGreaterThan(3);
        assertThat(whole.chatCompletion().choices().get(0).message().content()).get().asString().contains("one two three four");
        assertThat(whole.chatCompletion().usage()).isPresent();
    }

    @Test
    void a_stream_without_the_wish_brings_no_usage_chunk() {
        try (StreamResponse<ChatCompletionChunk> stream = client.chat().completions().createStreaming(asking("one two").build())) {
            assertThat(stream.stream().toList()).isNotEmpty().allSatisfy(chunk -> assertThat(chunk.choices()).isNotEmpty());
        }
    }

    @Test
    void a_tool_is_called_and_its_result_goes_back() {
        ChatCompletion first = client.chat().completions().create(asking("call weather {\"city\":\"Bern\"}").addTool(tool("weather")).build());
        assertThat(first.choices().get(0).finishReason()).isEqualTo(ChatCompletion.Choice.FinishReason.TOOL_CALLS);
        ChatCompletionMessageFunctionToolCall call = calls(first).get(0);
        assertThat(call.function().name()).isEqualTo("weather");
        assertThat(call.function().arguments()).isEqualTo("{\"city\":\"Bern\"}");
        ChatCompletion second = client.chat().completions().create(ChatCompletionCreateParams.builder().model(MODEL)
                .addUserMessage("call weather {\"city\":\"Bern\"}").addMessage(first.choices().get(0).message())
                .addMessage(com.openai.models.chat.completions.ChatCompletionToolMessageParam.builder().toolCallId(call.id()).content("sunny").build())
                .addTool(tool("weather")).build());
        assertThat(second.choices().get(0).message().content()).get().asString().contains("sunny");
    }

    @Test
    void several_tools_are_called_in_one_turn_also_in_a_stream() {
        ChatCompletionCreateParams params = asking("call weather {\"city\":\"Bern\"}\ncall time {\"city\":\"Rome\"}")
                .addTool(tool("weather")).addTool(tool("time")).parallelToolCalls(true).build();
        assertThat(calls(client.chat().completions().create(params))).extracting(call -> call.function().name()).containsExactly("weather", "time");
        ChatCompletionAccumulator whole = ChatCompletionAccumulator.create();
        try (StreamResponse<ChatCompletionChunk> stream = client.chat().completions().createStreaming(params)) {
            stream.stream().forEach(whole::accumulate);
        }
        assertThat(calls(whole.chatCompletion())).extracting(call -> call.function().name() + call.function().arguments())
                .containsExactly("weather{\"city\":\"Bern\"}", "time{\"city\":\"Rome\"}");
    }

    @Test
    void a_schema_is_satisfied() {
        ResponseFormatJsonSchema format = ResponseFormatJsonSchema.builder().jsonSchema(ResponseFormatJsonSchema.JsonSchema.builder().name("city").strict(true)
                .schema(ResponseFormatJsonSchema.JsonSchema.Schema.builder().putAdditionalProperty("type", JsonValue.from("object"))
                        .putAdditionalProperty("properties", JsonValue.from(Map.of("name", Map.of("type", "string"), "people", Map.of("type", "integer"))))
                        .putAdditionalProperty("required", JsonValue.from(List.of("name", "people"))).build()).build()).build();
        ChatCompletion answer = client.chat().completions().create(asking("Describe Bern").responseFormat(format).build());
        assertThat(answer.choices().get(0).message().content()).get().asString().contains("\"name\"").contains("\"people\"").startsWith("{");
    }

    @Test
    void an_image_is_seen() {
        ChatCompletionContentPart text = ChatCompletionContentPart.ofText(ChatCompletionContentPartText.builder().text("What is this?").build());
        ChatCompletionContentPart image = ChatCompletionContentPart.ofImageUrl(ChatCompletionContentPartImage.builder()
                .imageUrl(ChatCompletionContentPartImage.ImageUrl.builder().url("data:image/png;base64,iVBORw0KGgo=").build()).build());
        ChatCompletion answer = client.chat().completions().create(ChatCompletionCreateParams.builder().model(MODEL)
                .addUserMessageOfArrayOfContentParts(List.of(text, image)).build());
        assertThat(answer.choices().get(0).message().content()).get().asString().contains("image/png");
    }

    @Test
    void several_choices_and_log_probabilities_come_back() {
        ChatCompletion answer = client.chat().completions().create(asking("Hi").n(2).logprobs(true).topLogprobs(1).build());
        assertThat(answer.choices()).hasSize(2);
        assertThat(answer.choices().get(1).index()).isEqualTo(1);
        assertThat(answer.choices().get(0).logprobs()).isPresent();
    }

    @Test
    void a_bad_parameter_is_a_400_that_names_it() {
        assertThatThrownBy(() -> client.chat().completions().create(asking("Hi").n(129).build()))
                .isInstanceOfSatisfying(BadRequestException.class, e -> {
                    assertThat(e.param()).contains("n");
                    assertThat(e.headers().values("X-Respan-Log-Id")).hasSize(1);
                });
    }

    @Test
    void a_wrong_key_is_a_401() {
        OpenAIClient stranger = client("abcdefgh." + "0".repeat(32));
        assertThatThrownBy(() -> stranger.chat().completions().create(asking("Hi").build())).isInstanceOf(UnauthorizedException.class);
        stranger.close();
    }

    @Test
    void an_unknown_model_is_a_404_also_when_a_stream_is_asked_for() {
        ChatCompletionCreateParams params = asking("Hi").model("no-such-model").build();
        assertThatThrownBy(() -> client.chat().completions().create(params)).isInstanceOf(NotFoundException.class);
        assertThatThrownBy(() -> client.chat().completions().createStreaming(params)).isInstanceOf(NotFoundException.class);
    }

    @Test
    void a_provider_that_is_busy_is_a_429_with_its_wait() {
        assertThatThrownBy(() -> client.chat().completions().create(asking("fail 429").build()))
                .isInstanceOfSatisfying(RateLimitException.class, e -> assertThat(e.headers().values("Retry-After")).isNotEmpty());
    }

    @Test
    void the_gateways_own_parameters_go_beside_openais() {
        ChatCompletion answer = client.chat().completions().create(asking("Hi").putAdditionalBodyProperty("customer_identifier", JsonValue.from("user_1"))
                .putAdditionalBodyProperty("request_breakdown", JsonValue.from(true)).build());
        assertThat(answer._additionalProperties()).containsKey("request_breakdown");
    }

    @Test
    void models_are_listed() {
        assertThat(client.models().list().data()).extracting(model -> model.id()).contains(MODEL);
    }
}
