package org.sluice.gateway.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.langchain4j.agent.tool.ToolExecutionRequest;
import dev.langchain4j.agent.tool.ToolSpecification;
import dev.langchain4j.data.message.SystemMessage;
import dev.langchain4j.data.message.ToolExecutionResultMessage;
import dev.langchain4j.data.message.UserMessage;
import dev.langchain4j.exception.RateLimitException;
import dev.langchain4j.model.anthropic.AnthropicChatModel;
import dev.langchain4j.model.anthropic.AnthropicStreamingChatModel;
import dev.langchain4j.model.chat.ChatModel;
import dev.langchain4j.model.chat.StreamingChatModel;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.request.ResponseFormat;
import dev.langchain4j.model.chat.request.ResponseFormatType;
import dev.langchain4j.model.chat.request.json.JsonObjectSchema;
import dev.langchain4j.model.chat.request.json.JsonSchema;
import dev.langchain4j.model.chat.response.ChatResponse;
import dev.langchain4j.model.chat.response.StreamingChatResponseHandler;
import dev.langchain4j.model.googleai.GoogleAiGeminiChatModel;
import dev.langchain4j.model.googleai.GoogleAiGeminiStreamingChatModel;
import dev.langchain4j.model.openai.OpenAiChatModel;
import dev.langchain4j.model.openai.OpenAiStreamingChatModel;
import dev.langchain4j.model.output.FinishReason;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** LangChain4j with its OpenAI, Anthropic and Gemini models, unchanged, each against a model of each provider dialect. */
class LangChainIT {
    private static final ToolSpecification WEATHER = ToolSpecification.builder().name("weather").description("Tells the weather")
            .parameters(JsonObjectSchema.builder().addStringProperty("city").required("city").build()).build();
    private static final ResponseFormat PLACE = ResponseFormat.builder().type(ResponseFormatType.JSON).jsonSchema(JsonSchema.builder().name("place")
            .rootElement(JsonObjectSchema.builder().addStringProperty("name").addIntegerProperty("people").required("name", "people").additionalProperties(false).build()).build()).build();

    /** A client's format and a model. */
    record Pair(String door, String model) {
        private static String url(String path) {
            return ServerUnderTest.shared().baseUrl() + path;
        }

        ChatModel chat() {
            String key = ServerUnderTest.key();
            return switch (door) {
                case "openai" -> OpenAiChatModel.builder().baseUrl(url("/api")).apiKey(key).modelName(model).maxRetries(0).strictJsonSchema(true).build();
                case "anthropic" -> AnthropicChatModel.builder().baseUrl(url("/api/anthropic/v1")).apiKey(key).modelName(model).maxTokens(500).maxRetries(0).build();
                default -> GoogleAiGeminiChatModel.builder().baseUrl(url("/api/google/gemini/v1beta")).apiKey(key).modelName(model).maxRetries(0).build();
            };
        }

        StreamingChatModel streaming() {
            String key = ServerUnderTest.key();
            return switch (door) {
                case "openai" -> OpenAiStreamingChatModel.builder().baseUrl(url("/api")).apiKey(key).modelName(model).build();
                case "anthropic" -> AnthropicStreamingChatModel.builder().baseUrl(url("/api/anthropic/v1")).apiKey(key).modelName(model).maxTokens(500).build();
                default -> GoogleAiGeminiStreamingChatModel.builder().baseUrl(url("/api/google/gemini/v1beta")).apiKey(key).modelName(model).build();
            };
        }

        @Override
        public String toString() {
            return door + " to " + model;
        }
    }

    static Stream<Pair> pairs() {
        return Stream.of("openai", "anthropic", "gemini").flatMap(door -> PlayedModels.ALL.stream().map(model -> new Pair(door, model)));
    }

    @BeforeAll
    static void play() {
        ServerUnderTest.shared().replay().play();
    }

    private static ChatRequest.Builder asking(String text) {
        return ChatRequest.builder().messages(SystemMessage.from("Be brief."), UserMessage.from(text));
    }

    private static ChatResponse streamed(Pair pair, ChatRequest request, AtomicInteger pieces) throws Exception {
        CompletableFuture<ChatResponse> answer = new CompletableFuture<>();
        pair.streaming().chat(request, new StreamingChatResponseHandler() {
            @Override
            public void onPartialResponse(String piece) {
                pieces.incrementAndGet();
            }

            @Override
            public void onCompleteResponse(ChatResponse whole) {
                answer.complete(whole);
            }

            @Override
            public void onError(Throwable error) {
                answer.completeExceptionally(error);
            }
        });
        return answer.get(30, TimeUnit.SECONDS);
    }

    @ParameterizedTest
    @MethodSource("pairs")
    void a_question_is_answered_also_in_a_stream(Pair pair) throws Exception {
        AtomicInteger pieces = new AtomicInteger();
        for (ChatResponse answer : List.of(pair.chat().chat(asking("one two three").build()), streamed(pair, asking("one two three").build(), pieces))) {
            assertThat(answer.aiMessage().text()).contains("one two three");
            assertThat(answer.finishReason()).isEqualTo(FinishReason.STOP);
            assertThat(answer.tokenUsage().inputTokenCount()).isPositive();
            assertThat(answer.tokenUsage().outputTokenCount()).isPositive();
        }
        assertThat(pieces).hasValueGreaterThan(1);
    }

    @ParameterizedTest
    @MethodSource("pairs")
    void a_tool_is_called_also_in_a_stream_and_its_result_goes_back(Pair pair) throws Exception {
        ChatRequest request = asking(PlayedModels.QUESTION).toolSpecifications(WEATHER).build();
        ChatResponse whole = pair.chat().chat(request);
        for (ChatResponse answer : List.of(whole, streamed(pair, request, new AtomicInteger()))) {
            ToolExecutionRequest call = answer.aiMessage().toolExecutionRequests().get(0);
            assertThat(call.name()).isEqualTo("weather");
            assertThat(call.arguments().replaceAll("\\s", "")).isEqualTo("{\"city\":\"Bern\"}");
        }
        ChatResponse last = pair.chat().chat(ChatRequest.builder().toolSpecifications(WEATHER).messages(UserMessage.from(PlayedModels.QUESTION), whole.aiMessage(),
                ToolExecutionResultMessage.from(whole.aiMessage().toolExecutionRequests().get(0), "sunny")).build());
        assertThat(last.aiMessage().text()).contains("sunny");
    }

    @ParameterizedTest
    @MethodSource("pairs")
    void a_schema_is_satisfied(Pair pair) {
        String said = pair.chat().chat(asking("Describe Bern").responseFormat(PLACE).build()).aiMessage().text();
        assertThat(PlayedModels.isPlace(said)).as(said).isTrue();
    }

    @ParameterizedTest
    @MethodSource("pairs")
    void a_failure_has_the_providers_status_and_words(Pair pair) {
        assertThatThrownBy(() -> pair.chat().chat(asking("fail 429").build())).isInstanceOf(RateLimitException.class).hasMessageContaining("as it was told");
        assertThatThrownBy(() -> streamed(pair, asking("fail 429").build(), new AtomicInteger())).hasRootCauseInstanceOf(Exception.class).hasStackTraceContaining("429");
    }
}
