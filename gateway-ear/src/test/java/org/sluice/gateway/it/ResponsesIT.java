package org.sluice.gateway.it;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.openai.client.OpenAIClient;
import com.openai.client.okhttp.OpenAIOkHttpClient;
import com.openai.core.JsonValue;
import com.openai.core.http.StreamResponse;
import com.openai.errors.BadRequestException;
import com.openai.errors.NotFoundException;
import com.openai.helpers.ResponseAccumulator;
import com.openai.models.responses.FunctionTool;
import com.openai.models.responses.Response;
import com.openai.models.responses.ResponseCreateParams;
import com.openai.models.responses.ResponseFormatTextJsonSchemaConfig;
import com.openai.models.responses.ResponseFunctionToolCall;
import com.openai.models.responses.ResponseInputItem;
import com.openai.models.responses.ResponseOutputItem;
import com.openai.models.responses.ResponseStatus;
import com.openai.models.responses.ResponseStreamEvent;
import com.openai.models.responses.ResponseTextConfig;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.sluice.gateway.json.JsonReader;
import org.sluice.gateway.json.JsonValue.JsonObject;

/** The Responses API of the official OpenAI client for Java, unchanged, against models of every kind of provider. */
class ResponsesIT {
    private static final String DEMO = "demo/echo";
    private static final String CLAUDE = "anthropic/claude-sonnet-4-5";
    private static final String CHAT = "groq/llama-3.3-70b-versatile";
    private static OpenAIClient client;

    @BeforeAll
    static void open() {
        client = OpenAIOkHttpClient.builder().baseUrl(ServerUnderTest.shared().baseUrl() + "/api").apiKey(ServerUnderTest.key()).maxRetries(0).build();
    }

    @AfterAll
    static void close() {
        client.close();
    }

    private static ResponseCreateParams.Builder asking(String model, String text) {
        return ResponseCreateParams.builder().model(model).input(text);
    }

    private static void upstreamAnswers(String contentType, String body) {
        ServerUnderTest.shared().replay().answerWith(new ReplayUpstream.Answer(200, contentType, body.getBytes(UTF_8), contentType.contains("event-stream")));
    }

    private static HttpResponse<String> post(String path, String body) throws Exception {
        return HttpClient.newHttpClient().send(HttpRequest.newBuilder(URI.create(ServerUnderTest.shared().baseUrl() + path))
                .header("Authorization", "Bearer " + ServerUnderTest.key()).header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(body)).build(), HttpResponse.BodyHandlers.ofString());
    }

    private static JsonObject asked() {
        return JsonReader.readObject(ServerUnderTest.shared().replay().lastRequest());
    }

    private static String text(Response response) {
        return response.output().stream().filter(ResponseOutputItem::isMessage).flatMap(item -> item.asMessage().content().stream())
                .map(part -> part.asOutputText().text()).collect(Collectors.joining());
    }

    private static List<ResponseFunctionToolCall> calls(Response response) {
        return response.output().stream().filter(ResponseOutputItem::isFunctionCall).map(ResponseOutputItem::asFunctionCall).toList();
    }

    private static FunctionTool tool(String name) {
        return FunctionTool.builder().name(name).description("Looks up " + name).strict(false)
                .parameters(FunctionTool.Parameters.builder().putAdditionalProperty("type", JsonValue.from("object"))
                        .putAdditionalProperty("properties", JsonValue.from(Map.of("city", Map.of("type", "string"))))
                        .putAdditionalProperty("required", JsonValue.from(List.of("city"))).build()).build();
    }

    private static Response streamed(ResponseCreateParams params, List<ResponseStreamEvent> events) {
        ResponseAccumulator whole = ResponseAccumulator.create();
        try (StreamResponse<ResponseStreamEvent> stream = client.responses().createStreaming(params)) {
            stream.stream().forEach(event -> events.add(whole.accumulate(event.validate())));
        }
        return whole.response();
    }

    @Test
    void a_plain_question_is_answered_with_all_the_client_asks_for() {
        Response answer = client.responses().create(asking(DEMO, "Hello gateway").instructions("Be brief").temperature(0.5).build());
        answer.validate();
        assertThat(text(answer)).contains("Hello gateway");
        assertThat(answer.id()).startsWith("resp_");
        assertThat(answer.status()).contains(ResponseStatus.COMPLETED);
        assertThat(answer.instructions().orElseThrow().asString()).isEqualTo("Be brief");
        assertThat(answer.temperature()).contains(0.5);
        assertThat(answer.usage().orElseThrow().inputTokens()).isPositive();
        assertThat(answer.usage().orElseThrow().totalTokens()).isEqualTo(answer.usage().orElseThrow().inputTokens() + answer.usage().orElseThrow().outputTokens());
    }

    @Test
    void a_stream_brings_the_same_and_ends_with_the_whole() {
        List<ResponseStreamEvent> events = new ArrayList<>();
        Response whole = streamed(asking(DEMO, "one two three four").build(), events);
        whole.validate();
        assertThat(text(whole)).contains("one two three four");
        assertThat(events.stream().filter(ResponseStreamEvent::isOutputTextDelta).map(event -> event.asOutputTextDelta().delta()).collect(Collectors.joining()))
                .isEqualTo(text(whole));
        assertThat(events.stream().filter(ResponseStreamEvent::isOutputTextDelta).count()).isGreaterThan(3);
        assertThat(events.get(0).isCreated()).isTrue();
        assertThat(whole.usage()).isPresent();
    }

    @Test
    void several_tools_are_called_and_their_results_go_back() {
        ResponseCreateParams params = asking(DEMO, "call weather {\"city\":\"Bern\"}\ncall time {\"city\":\"Rome\"}").addTool(tool("weather")).addTool(tool("time")).build();
        Response first = client.responses().create(params);
        Response other = streamed(params, new ArrayList<>());
        for (Response answer : List.of(first, other)) {
            answer.validate();
            assertThat(calls(answer)).extracting(call -> call.name() + call.arguments()).containsExactly("weather{\"city\":\"Bern\"}", "time{\"city\":\"Rome\"}");
            assertThat(answer.tools()).hasSize(2);
        }
        List<ResponseInputItem> input = new ArrayList<>();
        calls(first).forEach(call -> input.add(ResponseInputItem.ofFunctionCall(call)));
        calls(first).forEach(call -> input.add(ResponseInputItem.ofFunctionCallOutput(
                ResponseInputItem.FunctionCallOutput.builder().callId(call.callId()).output(call.name() + " is fine").build())));
        Response second = client.responses().create(ResponseCreateParams.builder().model(DEMO).inputOfResponse(input).addTool(tool("weather")).addTool(tool("time")).build());
        assertThat(text(second)).contains("time is fine");
    }

    @Test
    void a_schema_is_satisfied() {
        ResponseFormatTextJsonSchemaConfig format = ResponseFormatTextJsonSchemaConfig.builder().name("city").strict(true)
                .schema(ResponseFormatTextJsonSchemaConfig.Schema.builder().putAdditionalProperty("type", JsonValue.from("object"))
                        .putAdditionalProperty("properties", JsonValue.from(Map.of("name", Map.of("type", "string"), "people", Map.of("type", "integer"))))
                        .putAdditionalProperty("required", JsonValue.from(List.of("name", "people"))).build()).build();
        Response answer = client.responses().create(asking(DEMO, "Describe Bern").text(ResponseTextConfig.builder().format(format).build()).build());
        answer.validate();
        assertThat(text(answer)).contains("\"name\"").contains("\"people\"").startsWith("{");
        assertThat(answer.text().orElseThrow().format().orElseThrow().isJsonSchema()).isTrue();
    }

    private static final String CLAUDE_STREAM = """
            event: message_start
            data: {"type":"message_start","message":{"id":"msg_1","type":"message","role":"assistant","model":"claude-sonnet-4-5","content":[],"stop_reason":null,"stop_sequence":null,"usage":{"input_tokens":30,"output_tokens":1,"cache_read_input_tokens":10}}}

            event: content_block_start
            data: {"type":"content_block_start","index":0,"content_block":{"type":"thinking","thinking":"","signature":""}}

            event: content_block_delta
            data: {"type":"content_block_delta","index":0,"delta":{"type":"thinking_delta","thinking":"Weather is asked."}}

            event: content_block_delta
            data: {"type":"content_block_delta","index":0,"delta":{"type":"signature_delta","signature":"EqQB+sig=="}}

            event: content_block_stop
            data: {"type":"content_block_stop","index":0}

            event: content_block_start
            data: {"type":"content_block_start","index":1,"content_block":{"type":"text","text":""}}

            event: content_block_delta
            data: {"type":"content_block_delta","index":1,"delta":{"type":"text_delta","text":"Let me look."}}

            event: content_block_stop
            data: {"type":"content_block_stop","index":1}

            event: content_block_start
            data: {"type":"content_block_start","index":2,"content_block":{"type":"tool_use","id":"toolu_1","name":"weather","input":{}}}

            event: content_block_delta
            data: {"type":"content_block_delta","index":2,"delta":{"type":"input_json_delta","partial_json":"{\\"city\\":"}}

            event: content_block_delta
            data: {"type":"content_block_delta","index":2,"delta":{"type":"input_json_delta","partial_json":"\\"Bern\\"}"}}

            event: content_block_stop
            data: {"type":"content_block_stop","index":2}

            event: message_delta
            data: {"type":"message_delta","delta":{"stop_reason":"tool_use","stop_sequence":null},"usage":{"output_tokens":25}}

            event: message_stop
            data: {"type":"message_stop"}

            """;
    private static final String CHAT_ANSWER = """
            {"id":"chatcmpl-9","object":"chat.completion","created":1700000000,"model":"llama-3.3-70b-versatile","choices":[{"index":0,
            "message":{"role":"assistant","content":"It is sunny."},"finish_reason":"stop"}],"usage":{"prompt_tokens":40,"completion_tokens":5,"total_tokens":45}}""";
    private static final String CLAUDE_ANSWER = """
            {"id":"msg_2","type":"message","role":"assistant","model":"claude-sonnet-4-5","content":[{"type":"text","text":"Sunny in Bern."}],
            "stop_reason":"end_turn","stop_sequence":null,"usage":{"input_tokens":50,"output_tokens":6}}""";

    @Test
    void a_conversation_goes_on_from_claude_to_a_chat_model_and_back() {
        upstreamAnswers("text/event-stream", CLAUDE_STREAM);
        Response first = streamed(asking(CLAUDE, "Weather in Bern?").addTool(tool("weather")).build(), new ArrayList<>());
        first.validate();
        assertThat(first.output()).hasSize(3);
        assertThat(first.output().get(0).asReasoning().summary().get(0).text()).isEqualTo("Weather is asked.");
        assertThat(calls(first)).extracting(call -> call.callId() + call.arguments()).containsExactly("toolu_1{\"city\":\"Bern\"}");
        assertThat(first.usage().orElseThrow().inputTokens()).isEqualTo(40);
        assertThat(first.usage().orElseThrow().inputTokensDetails().cachedTokens()).isEqualTo(10);

        upstreamAnswers("application/json", CHAT_ANSWER);
        ResponseInputItem result = ResponseInputItem.ofFunctionCallOutput(ResponseInputItem.FunctionCallOutput.builder().callId("toolu_1").output("sunny").build());
        Response second = client.responses().create(ResponseCreateParams.builder().model(CHAT).previousResponseId(first.id()).inputOfResponse(List.of(result)).build());
        second.validate();
        assertThat(text(second)).isEqualTo("It is sunny.");
        assertThat(second.previousResponseId()).contains(first.id());
        List<org.sluice.gateway.json.JsonValue> messages = asked().items("messages");
        assertThat(messages).extracting(message -> ((JsonObject) message).text("role")).containsExactly("user", "assistant", "tool");
        assertThat(((JsonObject) messages.get(1)).raw().text()).contains("Let me look.", "toolu_1").doesNotContain("item.", "encrypted_content");
        assertThat(((JsonObject) messages.get(2)).text("content")).isEqualTo("sunny");

        upstreamAnswers("application/json", CLAUDE_ANSWER);
        Response third = client.responses().create(asking(CLAUDE, "Say it shorter.").previousResponseId(second.id()).addTool(tool("weather")).build());
        assertThat(text(third)).isEqualTo("Sunny in Bern.");
        String sent = asked().raw().text();
        assertThat(sent).contains("\"signature\":\"EqQB+sig==\"", "\"thinking\":\"Weather is asked.\"", "\"tool_use_id\":\"toolu_1\"", "It is sunny.", "Say it shorter.");
        assertThat(asked().items("messages")).hasSize(5);
        assertThat(client.responses().inputItems().list(third.id()).data()).hasSizeGreaterThanOrEqualTo(6);
    }

    @Test
    void a_provider_that_has_the_responses_api_gets_the_clients_bytes_and_keeps_the_conversation() throws Exception {
        String recorded = "{\"id\":\"resp_68abc\",\"object\":\"response\",\"created_at\":1700000000,\"status\":\"completed\",\"error\":null,\"incomplete_details\":null,"
                + "\"instructions\":null,\"metadata\":{},\"model\":\"gpt-4.1\",\"output\":[{\"id\":\"msg_68abc\",\"type\":\"message\",\"status\":\"completed\",\"role\":\"assistant\","
                + "\"content\":[{\"type\":\"output_text\",\"text\":\"Blue.\",\"annotations\":[],\"logprobs\":[]}]}],\"parallel_tool_calls\":true,\"temperature\":1.0,"
                + "\"tool_choice\":\"auto\",\"tools\":[],\"top_p\":1.0,\"usage\":{\"input_tokens\":9,\"input_tokens_details\":{\"cached_tokens\":0},\"output_tokens\":3,"
                + "\"output_tokens_details\":{\"reasoning_tokens\":0},\"total_tokens\":12}}";
        upstreamAnswers("application/json", recorded);
        String body = "{ \"model\":\"gpt-4.1\", \"input\":\"Which colour?\",\"customer_identifier\":\"u1\",\"unknown_knob\":1e2 }";
        HttpResponse<String> answer = post("/api/v1/responses/", body);
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.body()).isEqualTo(recorded);
        assertThat(new String(ServerUnderTest.shared().replay().lastRequest(), UTF_8)).isEqualTo("{ \"model\":\"gpt-4.1\", \"input\":\"Which colour?\",\"unknown_knob\":1e2 }");
        JsonObject row = new LogRows(ServerUnderTest.shared()).row(answer.headers().firstValue("X-Respan-Log-Id").orElseThrow());
        assertThat(row.text("log_type")).isEqualTo("response");
        assertThat(row.number("prompt_tokens", 0)).isEqualTo(9);

        upstreamAnswers("application/json", recorded.replace("68abc", "68abd"));
        client.responses().create(asking("gpt-4.1", "And now?").previousResponseId("resp_68abc").build());
        assertThat(asked().text("previous_response_id")).isEqualTo("resp_68abc");
        assertThat(asked().text("input")).isEqualTo("And now?");

        upstreamAnswers("application/json", CHAT_ANSWER);
        client.responses().create(asking(CHAT, "And here?").previousResponseId("resp_68abc").build());
        assertThat(asked().items("messages")).extracting(message -> ((JsonObject) message).text("content")).containsExactly("Which colour?", "Blue.", "And here?");
    }

    @Test
    void an_answer_is_held_until_it_is_deleted_and_not_at_all_when_it_shall_not_be() {
        Response held = client.responses().create(asking(DEMO, "Keep me").build());
        assertThat(text(client.responses().retrieve(held.id()))).isEqualTo(text(held));
        client.responses().delete(held.id());
        assertThatThrownBy(() -> client.responses().retrieve(held.id())).isInstanceOf(NotFoundException.class);
        Response fleeting = client.responses().create(asking(DEMO, "Forget me").store(false).build());
        for (String id : List.of(held.id(), fleeting.id(), "resp_unknown")) {
            assertThatThrownBy(() -> client.responses().create(asking(DEMO, "Go on").previousResponseId(id).build()))
                    .isInstanceOfSatisfying(BadRequestException.class, e -> {
                        assertThat(e.code()).contains("previous_response_not_found");
                        assertThat(e.param()).contains("previous_response_id");
                    });
        }
    }

    @Test
    void failures_have_openais_form() throws Exception {
        assertThatThrownBy(() -> client.responses().create(asking("no-such-model", "Hi").build())).isInstanceOf(NotFoundException.class);
        assertThatThrownBy(() -> client.responses().create(asking(DEMO, "Hi").putAdditionalBodyProperty("temperature", JsonValue.from(9)).build()))
                .isInstanceOfSatisfying(BadRequestException.class, e -> assertThat(e.param()).contains("temperature"));
        String broken = post("/api/responses", "{\"model\":\"demo/echo\",\"stream\":true,\"input\":\"fail midstream\"}").body();
        assertThat(broken).contains("event: response.created").contains("event: error\n").doesNotContain("response.completed");
        assertThat(ServerUnderTest.shared().get("/api/responses/resp_unknown").statusCode()).isEqualTo(404);
    }
}
