package org.sluice.gateway.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.genai.Client;
import com.google.genai.ResponseStream;
import com.google.genai.errors.ApiException;
import com.google.genai.types.Content;
import com.google.genai.types.FinishReason;
import com.google.genai.types.FunctionCall;
import com.google.genai.types.FunctionDeclaration;
import com.google.genai.types.GenerateContentConfig;
import com.google.genai.types.GenerateContentResponse;
import com.google.genai.types.HttpOptions;
import com.google.genai.types.HttpRetryOptions;
import com.google.genai.types.Part;
import com.google.genai.types.Tool;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The official Google client for Java, unchanged, against a model of each provider dialect. */
class JavaGoogleIT {
    private static Client client;

    @BeforeAll
    static void open() {
        ServerUnderTest.shared().replay().play();
        client = Client.builder().apiKey(ServerUnderTest.key()).vertexAI(false).httpOptions(HttpOptions.builder().baseUrl(ServerUnderTest.shared().baseUrl() + "/api/google/gemini")
                .retryOptions(HttpRetryOptions.builder().attempts(1)).build()).build();
    }

    @AfterAll
    static void close() {
        client.close();
    }

    static List<String> models() {
        return PlayedModels.ALL;
    }

    private static GenerateContentConfig.Builder config() {
        return GenerateContentConfig.builder();
    }

    private static GenerateContentConfig tools() {
        return config().tools(Tool.builder().functionDeclarations(List.of(FunctionDeclaration.builder().name("weather").description("Tells the weather")
                .parametersJsonSchema(PlayedModels.WEATHER).build())).build()).build();
    }

    private static List<GenerateContentResponse> streamed(String model, List<Content> contents, GenerateContentConfig config) {
        List<GenerateContentResponse> pieces = new ArrayList<>();
        try (ResponseStream<GenerateContentResponse> stream = client.models.generateContentStream(model, contents, config)) {
            stream.forEach(pieces::add);
        }
        return pieces;
    }

    private static List<Content> says(String text) {
        return List.of(Content.builder().role("user").parts(Part.fromText(text)).build());
    }

    @ParameterizedTest
    @MethodSource("models")
    void a_question_is_answered_with_counts(String model) {
        GenerateContentResponse answer = client.models.generateContent(model, "Hello there", config().systemInstruction(Content.fromParts(Part.fromText("Be brief."))).build());
        assertThat(answer.text()).contains("Hello there");
        assertThat(answer.finishReason().knownEnum()).isEqualTo(FinishReason.Known.STOP);
        assertThat(answer.usageMetadata().orElseThrow().promptTokenCount().orElseThrow()).isPositive();
    }

    @ParameterizedTest
    @MethodSource("models")
    void a_stream_says_the_same(String model) {
        List<GenerateContentResponse> pieces = streamed(model, says("one two three"), config().build());
        assertThat(pieces).hasSizeGreaterThan(1);
        assertThat(pieces.stream().map(piece -> piece.text() == null ? "" : piece.text()).collect(Collectors.joining())).contains("one two three");
        assertThat(pieces.get(pieces.size() - 1).usageMetadata().orElseThrow().candidatesTokenCount().orElseThrow()).isPositive();
    }

    @ParameterizedTest
    @MethodSource("models")
    void a_tool_is_called_also_in_a_stream_and_its_result_goes_back(String model) {
        List<Content> asked = says(PlayedModels.QUESTION);
        GenerateContentResponse answer = client.models.generateContent(model, asked, tools());
        FunctionCall streamed = streamed(model, asked, tools()).stream().flatMap(piece -> piece.functionCalls() == null ? java.util.stream.Stream.<FunctionCall>empty() : piece.functionCalls().stream())
                .findFirst().orElseThrow();
        for (FunctionCall call : List.of(answer.functionCalls().get(0), streamed)) {
            assertThat(call.name()).contains("weather");
            assertThat(call.args().orElseThrow()).isEqualTo(Map.of("city", "Bern"));
        }
        List<Content> next = new ArrayList<>(asked);
        next.add(answer.candidates().orElseThrow().get(0).content().orElseThrow());
        next.add(Content.builder().role("user").parts(Part.builder().functionResponse(com.google.genai.types.FunctionResponse.builder()
                .id(answer.functionCalls().get(0).id().orElse("")).name("weather").response(Map.of("output", "sunny")).build()).build()).build());
        assertThat(client.models.generateContent(model, next, tools()).text()).contains("sunny");
    }

    @ParameterizedTest
    @MethodSource("models")
    void a_schema_is_satisfied(String model) {
        GenerateContentResponse answer = client.models.generateContent(model, "Describe Bern", config().responseMimeType("application/json").responseJsonSchema(PlayedModels.PLACE).build());
        assertThat(PlayedModels.isPlace(answer.text())).as(answer.text()).isTrue();
    }

    @ParameterizedTest
    @MethodSource("models")
    void a_failure_has_the_providers_status_and_words(String model) {
        assertThatThrownBy(() -> client.models.generateContent(model, "fail 429", config().build())).isInstanceOfSatisfying(ApiException.class, e -> {
            assertThat(e.code()).isEqualTo(429);
            assertThat(e.getMessage()).contains("as it was told");
        });
        assertThatThrownBy(() -> streamed(model, says("fail 429"), config().build())).isInstanceOfSatisfying(ApiException.class, e -> assertThat(e.code()).isEqualTo(429));
    }

    @Test
    void tokens_are_counted() {
        assertThat(client.models.countTokens(PlayedModels.ALL.get(0), "Hello there", null).totalTokens().orElseThrow()).isPositive();
    }
}
