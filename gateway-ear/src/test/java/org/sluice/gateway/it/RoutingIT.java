package org.sluice.gateway.it;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.anthropic.client.AnthropicClient;
import com.anthropic.client.okhttp.AnthropicOkHttpClient;
import com.anthropic.core.http.StreamResponse;
import com.anthropic.models.messages.MessageCreateParams;
import com.anthropic.models.messages.RawMessageStreamEvent;
import com.openai.client.OpenAIClient;
import com.openai.client.okhttp.OpenAIOkHttpClient;
import com.openai.core.JsonValue;
import com.openai.errors.OpenAIServiceException;
import com.openai.models.chat.completions.ChatCompletion;
import com.openai.models.chat.completions.ChatCompletionCreateParams;
import java.io.IOException;
import java.math.BigDecimal;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.sluice.gateway.json.JsonReader;
import org.sluice.gateway.json.JsonValue.JsonObject;

/**
 * Routing that survives providers, over the network, for clients of every dialect (reliability U11, U30-U34). Each test asks
 * for models of its own, so that no circuit that another test opened is in the way.
 */
class RoutingIT {
    private static final String REFUSED = "{\"error\":{\"message\":\"Because.\",\"type\":\"t\",\"param\":null,\"code\":\"because\"}}";
    private static final AtomicInteger NUMBER = new AtomicInteger();
    private final FaultServer faults = FaultServer.shared();
    private final Queue<String> asked = new ConcurrentLinkedQueue<>();
    private final String own = "openai/gpt-4o-" + NUMBER.incrementAndGet() + "-routing";

    /** What a provider does: on the socket, knowing how often it was asked. */
    private interface Script {
        void run(ScriptedUpstream.Exchange exchange, int time) throws Exception;
    }

    private static final String OPENAI = "{\"id\":\"x\",\"object\":\"chat.completion\",\"created\":1,\"model\":\"gpt-4o\",\"choices\":[{\"index\":0,\"message\":{\"role\":\"assistant\","
            + "\"content\":\"From OpenAI.\"},\"finish_reason\":\"stop\"}],\"usage\":{\"prompt_tokens\":1000,\"completion_tokens\":100,\"total_tokens\":1100}}";
    private static final String OPENAI_EVENTS = "data: {\"id\":\"x\",\"object\":\"chat.completion.chunk\",\"created\":1,\"model\":\"gpt-4o\",\"choices\":[{\"index\":0,\"delta\":{\"content\":\"From OpenAI.\"}}]}\n\n"
            + "data: {\"id\":\"x\",\"object\":\"chat.completion.chunk\",\"created\":1,\"model\":\"gpt-4o\",\"choices\":[{\"index\":0,\"delta\":{},\"finish_reason\":\"stop\"}]}\n\ndata: [DONE]\n\n";
    private static final String CLAUDE = "{\"id\":\"m\",\"type\":\"message\",\"role\":\"assistant\",\"model\":\"claude-sonnet-4-5-20250929\",\"content\":[{\"type\":\"text\",\"text\":\"From Claude.\"}],"
            + "\"stop_reason\":\"end_turn\",\"stop_sequence\":null,\"usage\":{\"input_tokens\":1000,\"output_tokens\":100}}";
    private static final String CLAUDE_EVENTS = "event: message_start\ndata: {\"type\":\"message_start\",\"message\":{\"id\":\"m\",\"type\":\"message\",\"role\":\"assistant\",\"model\":\"claude-sonnet-4-5-20250929\","
            + "\"content\":[],\"stop_reason\":null,\"stop_sequence\":null,\"usage\":{\"input_tokens\":1000,\"output_tokens\":1}}}\n\n"
            + "event: content_block_start\ndata: {\"type\":\"content_block_start\",\"index\":0,\"content_block\":{\"type\":\"text\",\"text\":\"\"}}\n\n"
            + "event: content_block_delta\ndata: {\"type\":\"content_block_delta\",\"index\":0,\"delta\":{\"type\":\"text_delta\",\"text\":\"From Claude.\"}}\n\n"
            + "event: content_block_stop\ndata: {\"type\":\"content_block_stop\",\"index\":0}\n\n"
            + "event: message_delta\ndata: {\"type\":\"message_delta\",\"delta\":{\"stop_reason\":\"end_turn\",\"stop_sequence\":null},\"usage\":{\"output_tokens\":100}}\n\n"
            + "event: message_stop\ndata: {\"type\":\"message_stop\"}\n\n";
    private static final String GEMINI = "{\"candidates\":[{\"content\":{\"role\":\"model\",\"parts\":[{\"text\":\"From Gemini.\"}]},\"finishReason\":\"STOP\",\"index\":0}],"
            + "\"usageMetadata\":{\"promptTokenCount\":1000,\"candidatesTokenCount\":100,\"totalTokenCount\":1100},\"modelVersion\":\"gemini-1.5-pro\",\"responseId\":\"r\"}";

    private static final Script FINE = (exchange, time) -> {
        boolean isStream = exchange.body().contains("\"stream\":true") || exchange.head().contains(":streamGenerateContent");
        String path = exchange.head();
        if (path.contains("/messages")) {
            answer(exchange, isStream, CLAUDE, CLAUDE_EVENTS);
        } else if (path.contains("enerateContent")) {
            answer(exchange, isStream, GEMINI, "data: " + GEMINI + "\r\n\r\n");
        } else {
            answer(exchange, isStream, OPENAI, OPENAI_EVENTS);
        }
    };
    private static void answer(ScriptedUpstream.Exchange exchange, boolean isStream, String whole, String events) throws IOException {
        if (isStream) {
            exchange.beginStream().chunk(events).write("0\r\n\r\n");
        } else {
            exchange.answer(200, "application/json", whole);
        }
    }

    private static Script refuses(int status, String... headers) {
        return (exchange, time) -> exchange.answer(status, "application/json", REFUSED, headers);
    }

    /** Head of a stream, then nothing. */
    private static final Script SILENT = (exchange, time) -> exchange.beginStream().isClosedByPeerWithin(30_000);

    /** What each provider does; one that is not named is fine. */
    private void scripts(Map<String, Script> scripts) {
        Map<String, AtomicInteger> times = Map.of("openai", new AtomicInteger(), "anthropic", new AtomicInteger(), "gemini", new AtomicInteger());
        faults.upstream().answerWith(exchange -> {
            String provider = exchange.head().contains("/messages") ? "anthropic" : exchange.head().contains("enerateContent") ? "gemini" : "openai";
            asked.add(provider);
            scripts.getOrDefault(provider, FINE).run(exchange, times.get(provider).incrementAndGet());
        });
    }

    /** Whatever other tests did to the credentials' standing, a good answer mends it. */
    @BeforeEach
    void mend() throws Exception {
        scripts(Map.of());
        for (String model : new String[] {"openai/gpt-4o-well", "anthropic/claude-well", "gemini/gemini-well"}) {
            assertThat(faults.ask(model, "").statusCode()).isEqualTo(200);
        }
        asked.clear();
    }

    private JsonObject row(HttpResponse<?> answer) {
        return faults.log().row(answer.headers().firstValue("X-Respan-Log-Id").orElseThrow());
    }

    private static JsonObject object(String json) {
        return JsonReader.readObject(json.getBytes(UTF_8));
    }

    private static String content(HttpResponse<String> answer) {
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        return ((JsonObject) object(answer.body()).items("choices").get(0)).object("message").text("content");
    }

    private static long millisSince(long nanos) {
        return (System.nanoTime() - nanos) / 1_000_000;
    }

    @Test
    void the_published_example_as_it_is_written() throws Exception {
        scripts(Map.of("openai", refuses(429)));
        String example = """
                {
                  "model": "gpt-4o-mini",
                  "messages": [{"role": "user", "content": "Hello"}],
                  "fallback_models": ["gemini-1.5-pro", "claude-sonnet-4-5-20250929"],
                  "retry_params": {
                    "retry_enabled": true,
                    "num_retries": 3,
                    "retry_after": 1
                  }
                }""";
        long from = System.nanoTime();
        HttpResponse<String> answer = HttpClient.newHttpClient().send(faults.request(example).build(), HttpResponse.BodyHandlers.ofString());
        assertThat(content(answer)).isEqualTo("From Gemini.");
        assertThat(millisSince(from)).as("a rate limit is not waited for while somebody else is there").isLessThan(1_000);
        assertThat(object(answer.body()).text("model")).isEqualTo("gemini-1.5-pro");
        assertThat(asked).containsExactly("openai", "gemini");
        JsonObject row = row(answer);
        assertThat(row.text("model")).isEqualTo("gemini-1.5-pro");
        assertThat(row.get("warnings").raw().text()).contains("gpt-4o-mini failed: 429 Because.");
        assertThat(row.items("attempts")).hasSize(2);
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    @DisplayName("U33")
    void u33_the_second_fallback_answers_and_is_paid(boolean isStream) throws Exception {
        scripts(Map.of("openai", refuses(500)));
        HttpResponse<String> answer = faults.ask(own, "\"stream\":" + isStream + ",\"fallback_models\":[\"groq/llama-" + NUMBER.incrementAndGet() + "\",\"claude-sonnet-4-5-20250929\"]");
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.body()).contains("From Claude.", isStream ? "data: [DONE]" : "\"model\":\"claude-sonnet-4-5-20250929\"");
        JsonObject row = row(answer);
        assertThat(row.text("model")).isEqualTo("claude-sonnet-4-5-20250929");
        assertThat(row.text("outcome")).isEqualTo("ok");
        assertThat(new BigDecimal(row.get("cost").raw().text())).as("1000 tokens in at 3 $, 100 out at 15 $ a million").isEqualByComparingTo("0.0045");
        assertThat(row.items("attempts")).hasSize(3);
        assertThat(row.items("attempts").get(0).raw().text()).contains("\"n\":1", "\"phase\":\"P3\"", "\"http_status\":500");
        assertThat(row.items("attempts").get(1).raw().text()).contains("\"phase\":\"P0\"", "\"error_class\":\"upstream_unreachable\"");
        assertThat(row.items("attempts").get(2).raw().text()).contains("claude-sonnet-4-5-20250929", "\"http_status\":200");
        assertThat(row.get("warnings").raw().text()).contains(own + " failed: 500", "failed: 502");
    }

    @Test
    @DisplayName("U11")
    void u11_a_stream_that_is_silent_before_its_first_event_is_answered_by_the_fallback() throws Exception {
        scripts(Map.of("openai", SILENT));
        HttpResponse<String> answer = faults.ask(own, "\"stream\":true,\"timeout\":4,\"fallback_models\":[\"claude-sonnet-4-5-20250929\"]");
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.headers().firstValue("Content-Type").orElse("")).startsWith("text/event-stream");
        assertThat(answer.body()).startsWith("data: {").endsWith("data: [DONE]\n\n").contains("From Claude.").doesNotContain("error");
        assertThat(row(answer).items("attempts")).hasSize(2);
        assertThat(row(answer).items("attempts").get(0).raw().text()).contains("\"error_class\":\"upstream_timeout\"", "\"cost_uncertain\":true");
    }

    @Test
    @DisplayName("U30")
    void u30_the_providers_wait_is_kept() throws Exception {
        scripts(Map.of("openai", (exchange, time) -> (time == 1 ? refuses(429, "Retry-After: 1") : FINE).run(exchange, time)));
        long from = System.nanoTime();
        assertThat(content(faults.ask(own, "\"retry_params\":{\"retry_after\":0.1}"))).isEqualTo("From OpenAI.");
        assertThat(millisSince(from)).isBetween(1_000L, 5_000L);
        assertThat(asked).hasSize(2);
    }

    @Test
    @DisplayName("U30")
    void u30_too_long_a_wait_comes_back_at_once() throws Exception {
        scripts(Map.of("openai", refuses(429, "Retry-After: 120")));
        long from = System.nanoTime();
        HttpResponse<String> answer = faults.ask(own, "\"retry_params\":{}");
        assertThat(answer.statusCode()).isEqualTo(429);
        assertThat(answer.headers().firstValue("Retry-After")).contains("120");
        assertThat(answer.body()).isEqualTo(REFUSED);
        assertThat(millisSince(from)).isLessThan(2_000);
        assertThat(asked).hasSize(1);
    }

    @ParameterizedTest
    @CsvSource({"503, false", "500, true"})
    @DisplayName("U31")
    void u31_four_requests_and_then_the_providers_words(int status, boolean isStream) throws Exception {
        scripts(Map.of("openai", refuses(status)));
        long from = System.nanoTime();
        HttpResponse<String> answer = faults.ask(own, "\"stream\":" + isStream + ",\"retry_params\":{\"num_retries\":3,\"retry_after\":0.2}");
        assertThat(millisSince(from)).as("0.2, 0.4 and 0.8 s, a fifth less at most").isBetween(1_100L, 6_000L);
        assertThat(answer.statusCode()).isEqualTo(status);
        assertThat(answer.body()).isEqualTo(REFUSED);
        assertThat(asked).hasSize(4);
        assertThat(row(answer).items("attempts")).hasSize(4);
    }

    @ParameterizedTest
    @ValueSource(ints = {400, 404, 422})
    @DisplayName("U32")
    void u32_a_refused_request_is_sent_once(int status) throws Exception {
        scripts(Map.of("openai", refuses(status)));
        HttpResponse<String> answer = faults.ask(own, "\"retries\":3");
        assertThat(answer.statusCode()).isEqualTo(status);
        assertThat(answer.body()).isEqualTo(REFUSED);
        assertThat(asked).hasSize(1);
    }

    @Test
    @DisplayName("U34")
    void u34_all_fail() throws Exception {
        scripts(Map.of("openai", refuses(500), "anthropic", (exchange, time) -> exchange.answer(529, "application/json",
                "{\"type\":\"error\",\"error\":{\"type\":\"overloaded_error\",\"message\":\"Overloaded\"}}")));
        String claude = "anthropic/claude-" + NUMBER.incrementAndGet() + "-routing";
        HttpResponse<String> answer = faults.ask(own, "\"fallback_models\":[\"" + claude + "\"]");
        assertThat(answer.statusCode()).isEqualTo(529);
        assertThat(object(answer.body()).object("error").text("message")).isEqualTo("All models failed. " + own + ": 500 Because.; " + claude + ": 529 Overloaded");
        assertThat(answer.body()).doesNotContain(FaultServer.PROVIDER_KEY);
        JsonObject row = row(answer);
        assertThat(row.text("outcome")).isEqualTo("upstream_error");
        assertThat(new BigDecimal(row.get("cost").raw().text())).isZero();
    }

    @Test
    @DisplayName("U35")
    void u35_a_refused_key_of_the_customer_is_not_replaced_by_the_operators() throws Exception {
        scripts(Map.of("openai", (exchange, time) -> (exchange.head().contains("sk-customer-wrong") ? refuses(401) : FINE).run(exchange, time)));
        String credentials = "\"customer_credentials\":{\"openai\":{\"api_key\":\"sk-customer-wrong\"}},\"retries\":3";
        HttpResponse<String> answer = faults.ask(own, credentials);
        assertThat(answer.statusCode()).isEqualTo(401);
        assertThat(asked).containsExactly("openai");
        assertThat(new BigDecimal(row(answer).get("cost").raw().text())).isZero();
        assertThat(content(faults.ask(own, credentials + ",\"fallback_models\":[\"claude-sonnet-4-5-20250929\"]"))).isEqualTo("From Claude.");
    }

    @Test
    void a_hedge_is_answered_by_the_quicker_of_two() throws Exception {
        scripts(Map.of("openai", SILENT));
        HttpResponse<String> answer = faults.ask(own, "\"hedge\":{\"after\":0.2},\"fallback_models\":[\"claude-sonnet-4-5-20250929\"]");
        assertThat(content(answer)).isEqualTo("From Claude.");
        assertThat(row(answer).items("attempts").get(0).raw().text()).contains("\"error_class\":\"hedge_lost\"", "\"cost_uncertain\":true");
        assertThat(row(answer).text("model")).isEqualTo("claude-sonnet-4-5-20250929");
    }

    @Test
    void the_clients_of_openai_get_what_the_fallback_says() {
        scripts(Map.of("openai", refuses(503)));
        OpenAIClient client = OpenAIOkHttpClient.builder().baseUrl(faults.server().baseUrl() + "/api").apiKey(ServerUnderTest.key()).maxRetries(0).build();
        try {
            ChatCompletionCreateParams params = ChatCompletionCreateParams.builder().model(own).addUserMessage("Hi")
                    .putAdditionalBodyProperty("fallback_models", JsonValue.from(List.of("gemini-1.5-pro"))).build();
            ChatCompletion answer = client.chat().completions().create(params);
            assertThat(answer.choices().get(0).message().content()).contains("From Gemini.");
            scripts(Map.of("openai", refuses(503), "gemini", refuses(400)));
            OpenAIServiceException all = catchThrowableOfType(OpenAIServiceException.class, () -> client.chat().completions().create(params));
            assertThat(all.statusCode()).isEqualTo(502);
            assertThat(all).hasMessageContaining("All models failed.");
        } finally {
            client.close();
        }
    }

    @Test
    void the_clients_of_anthropic_get_what_the_fallback_says_whole_and_streamed() {
        scripts(Map.of("anthropic", (exchange, time) -> exchange.answer(529, "application/json", "{\"type\":\"error\",\"error\":{\"type\":\"overloaded_error\",\"message\":\"Overloaded\"}}")));
        AnthropicClient client = AnthropicOkHttpClient.builder().baseUrl(faults.server().baseUrl() + "/api/anthropic").apiKey(ServerUnderTest.key()).maxRetries(0).build();
        try {
            MessageCreateParams params = MessageCreateParams.builder().model("claude-" + NUMBER.incrementAndGet() + "-routing").maxTokens(100).addUserMessage("Hi")
                    .putAdditionalBodyProperty("metadata", com.anthropic.core.JsonValue.from(Map.of("respan_params", Map.of("fallback_models", List.of(own))))).build();
            assertThat(client.messages().create(params).content().get(0).asText().text()).isEqualTo("From OpenAI.");
            StringBuilder streamed = new StringBuilder();
            try (StreamResponse<RawMessageStreamEvent> events = client.messages().createStreaming(params)) {
                events.stream().forEach(event -> event.contentBlockDelta().flatMap(delta -> delta.delta().text()).ifPresent(text -> streamed.append(text.text())));
            }
            assertThat(streamed).hasToString("From OpenAI.");
        } finally {
            client.close();
        }
        assertThat(asked).containsExactly("anthropic", "openai", "anthropic", "openai");
    }

    @ParameterizedTest
    @ValueSource(strings = {"generateContent", "streamGenerateContent?alt=sse"})
    void the_clients_of_gemini_get_what_the_fallback_says(String method) throws Exception {
        scripts(Map.of("gemini", refuses(503)));
        HttpRequest request = HttpRequest.newBuilder(URI.create(faults.server().baseUrl() + "/api/google/gemini/v1beta/models/gemini-" + NUMBER.incrementAndGet() + "-routing:" + method))
                .header("x-goog-api-key", ServerUnderTest.key()).header("Content-Type", "application/json")
                .header("X-Data-Respan-Params", "{\"fallback_models\":[\"claude-sonnet-4-5-20250929\"]}")
                .POST(HttpRequest.BodyPublishers.ofString("{\"contents\":[{\"role\":\"user\",\"parts\":[{\"text\":\"Hi\"}]}]}")).build();
        HttpResponse<String> answer = HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofString());
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        assertThat(answer.body()).contains("From Claude.", "\"modelVersion\":\"claude-sonnet-4-5-20250929\"");
        assertThat(asked).containsExactly("gemini", "anthropic");
    }

    @Test
    void a_group_in_the_request_shares_the_load() throws Exception {
        scripts(Map.of());
        String group = "{\"load_balance_group\":{\"models\":[{\"model\":\"" + own + "\",\"weight\":1},{\"model\":\"gemini-1.5-pro\",\"weight\":1}]}," + FaultServer.HI + "}";
        for (int i = 0; i < 40; i++) {
            assertThat(HttpClient.newHttpClient().send(faults.request(group).build(), HttpResponse.BodyHandlers.ofString()).statusCode()).isEqualTo(200);
        }
        assertThat(asked).hasSize(40).contains("openai", "gemini").doesNotContain("anthropic");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', value = {
        "fallback_models[1] | \"fallback_models\":[\"gpt-4o\",\"no-such-model\"]",
        "retry_params.num_retries | \"retry_params\":{\"num_retries\":0}",
        "retry_params.times | \"retry_params\":{\"times\":3}",
        "load_balance_group.models[0].weight | \"load_balance_group\":{\"models\":[{\"model\":\"gpt-4o\",\"weight\":-1}]}",
        "load_balance_models[0].model | \"load_balance_models\":[{\"model\":\"no-such-model\"}]"})
    void what_is_wrong_is_refused_before_anybody_is_asked(String param, String members) throws Exception {
        HttpResponse<String> answer = faults.ask(own, members);
        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(object(answer.body()).object("error").text("param")).isEqualTo(param);
        assertThat(asked).isEmpty();
    }
}
