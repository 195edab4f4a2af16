package org.sluice.gateway.it;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.sluice.gateway.chat.ChatChunk;
import org.sluice.gateway.chat.ChatRequest;
import org.sluice.gateway.chat.ChatResponse;
import org.sluice.gateway.chat.ChatResponseAssembler;
import org.sluice.gateway.dialect.ChunkReader;
import org.sluice.gateway.dialect.Dialect;
import org.sluice.gateway.dialect.ServerSentEvent;
import org.sluice.gateway.dialect.anthropic.AnthropicDialect;
import org.sluice.gateway.dialect.openai.OpenAiDialect;
import org.sluice.gateway.error.GatewayException;
import org.sluice.gateway.upstream.SseReader;

/**
 * Recorded provider traffic through the whole gateway: in the same dialect it comes back byte for byte, from Anthropic
 * it comes back as an OpenAI answer with nothing lost.
 */
class ReplayIT {
    private static final Dialect OPENAI = new OpenAiDialect();
    private static final Dialect ANTHROPIC = new AnthropicDialect();
    private final HttpClient http = HttpClient.newHttpClient();

    static Stream<RecordedExchange> openAiCompatible() {
        return RecordedExchange.all().filter(exchange -> exchange.endpoint().endsWith("chat/completions") && exchange.request().length > 0)
                .filter(exchange -> OPENAI.readOutline(exchange.request()).members().containsKey("messages"));
    }

    static Stream<RecordedExchange> anthropic() {
        return RecordedExchange.all().filter(exchange -> exchange.provider().equals("anthropic") && exchange.endpoint().equals("messages"));
    }

    private HttpResponse<byte[]> post(String model, byte[] body) throws Exception {
        String renamed = new String(OPENAI.forward(OPENAI.readOutline(body), model, Set.of()).toBytes(), UTF_8);
        return http.send(HttpRequest.newBuilder(URI.create(ServerUnderTest.shared().baseUrl() + "/api/chat/completions"))
                .header("Authorization", "Bearer " + ServerUnderTest.key()).header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(renamed)).build(), HttpResponse.BodyHandlers.ofByteArray());
    }

    private static void upstreamAnswers(RecordedExchange exchange) {
        ServerUnderTest.shared().replay().answerWith(new ReplayUpstream.Answer(exchange.status(), exchange.contentType(), exchange.response(), exchange.isStream()));
    }

    @ParameterizedTest
    @MethodSource("openAiCompatible")
    void the_same_dialect_comes_back_byte_for_byte(RecordedExchange exchange) throws Exception {
        upstreamAnswers(exchange);
        HttpResponse<byte[]> answer = post("openai/" + (exchange.model() == null ? "model" : exchange.model()), exchange.request());
        assertThat(answer.statusCode()).isEqualTo(exchange.status());
        assertThat(answer.headers().firstValue("X-Respan-Log-Id")).isPresent();
        if (exchange.isStream()) {
            assertThat(new String(answer.body(), UTF_8)).isEqualTo(expectedStream(exchange));
        } else {
            assertThat(new String(answer.body(), UTF_8)).isEqualTo(new String(exchange.response(), UTF_8));
        }
    }

    /** The usage chunk that only the gateway asked for is the one thing missing. */
    private static String expectedStream(RecordedExchange exchange) {
        boolean wanted = OPENAI.readOutline(exchange.request()).includeUsage();
        StringBuilder expected = new StringBuilder();
        SseReader events = new SseReader(new ByteArrayInputStream(exchange.response()));
        for (ServerSentEvent event = events.next(); event != null; event = events.next()) {
            String data = event.data() == null ? "" : event.data().text();
            boolean isUsageOnly = data.replace(" ", "").contains("\"choices\":[]") && data.contains("\"usage\":{");
            if (wanted || !isUsageOnly) {
                expected.append(event.frame().text());
            }
        }
        return expected.toString();
    }

    @ParameterizedTest
    @MethodSource("anthropic")
    void anthropic_comes_back_as_openai_with_nothing_lost(RecordedExchange exchange) throws Exception {
        upstreamAnswers(exchange);
        ChatRequest asked = asked(exchange);
        HttpResponse<byte[]> answer = post("anthropic/" + asked.model(), OPENAI.writeRequest(asked));
        if (isReadable(exchange)) {
            byte[] received = ServerUnderTest.shared().replay().lastRequest();
            assertThat(received).as("what the provider was asked").isNotNull();
            assertThat(RequestMeaning.of(received)).isEqualTo(RequestMeaning.of(exchange.request()));
        }
        if (exchange.status() >= 400) {
            assertThat(answer.statusCode()).isEqualTo(exchange.status());
            String message = ANTHROPIC.readError(exchange.status(), exchange.contentType(), exchange.response()).message();
            assertThat(OPENAI.readError(answer.statusCode(), "application/json", answer.body()).message()).isEqualTo(message);
            return;
        }
        if (!exchange.isStream()) {
            assertThat(answer.statusCode()).as(new String(answer.body(), UTF_8)).isEqualTo(200);
            assertSame(OPENAI.readResponse(answer.body()), ANTHROPIC.readResponse(exchange.response()));
            return;
        }
        List<ChatChunk> sent = new ArrayList<>();
        GatewayException failure = chunks(ANTHROPIC.chunkReader(), exchange.response(), sent);
        if (failure != null && sent.isEmpty()) {
            assertThat(answer.statusCode()).isGreaterThanOrEqualTo(400);
            return;
        }
        assertThat(answer.statusCode()).isEqualTo(200);
        List<ChatChunk> got = new ArrayList<>();
        GatewayException told = chunks(OPENAI.chunkReader(), answer.body(), got);
        assertThat(told == null).as("a failure in the middle is told, a good end is not").isEqualTo(failure == null);
        assertThat(new String(answer.body(), UTF_8).contains("data: [DONE]")).isEqualTo(failure == null);
        assertSame(assembled(got), assembled(sent));
    }

    private static boolean isReadable(RecordedExchange exchange) {
        try {
            ANTHROPIC.readRequest(ANTHROPIC.readOutline(exchange.request()), Set.of());
            return true;
        } catch (GatewayException malformed) {
            return false;
        }
    }

    /** What the client asks for; a request that the provider refused for its form is one that no OpenAI client can build. */
    private static ChatRequest asked(RecordedExchange exchange) {
        if (isReadable(exchange)) {
            return ANTHROPIC.readRequest(ANTHROPIC.readOutline(exchange.request()), Set.of());
        }
        assertThat(exchange.status()).as(exchange.id()).isEqualTo(400);
        byte[] plain = ("{\"model\":\"" + exchange.model() + "\",\"messages\":[{\"role\":\"user\",\"content\":\"Hi\"}]}").getBytes(UTF_8);
        return OPENAI.readRequest(OPENAI.readOutline(plain), Set.of());
    }

    private static GatewayException chunks(ChunkReader reader, byte[] body, List<ChatChunk> into) {
        SseReader events = new SseReader(new ByteArrayInputStream(body));
        try {
            for (ServerSentEvent event = events.next(); event != null; event = events.next()) {
                into.addAll(reader.read(event));
            }
            return null;
        } catch (GatewayException e) {
            return e;
        }
    }

    private static ChatResponse assembled(List<ChatChunk> chunks) {
        ChatResponseAssembler assembler = new ChatResponseAssembler();
        chunks.forEach(assembler::add);
        return assembler.response();
    }

    private static void assertSame(ChatResponse got, ChatResponse sent) {
        assertThat(Meaning.text(got)).isEqualTo(Meaning.text(sent));
        assertThat(Meaning.thinking(got)).isEqualTo(Meaning.thinking(sent));
        assertThat(Meaning.toolCalls(got)).isEqualTo(Meaning.toolCalls(sent));
        assertThat(Meaning.refusals(got)).isEqualTo(Meaning.refusals(sent));
        assertThat(got.choices().get(0).finishReason()).isEqualTo(Meaning.asOpenAi(sent.choices().get(0).finishReason()));
        if (got.usage() != null) {
            assertThat(got.usage().inputTokens()).isEqualTo(sent.usage().inputTokens());
            assertThat(got.usage().outputTokens()).isEqualTo(sent.usage().outputTokens());
            assertThat(got.usage().cacheReadTokens()).isEqualTo(sent.usage().cacheReadTokens());
            assertThat(got.usage().cacheWriteTokens()).isEqualTo(sent.usage().cacheWriteTokens());
        }
    }
}
