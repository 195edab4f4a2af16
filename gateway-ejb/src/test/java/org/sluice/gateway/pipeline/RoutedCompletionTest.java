package org.sluice.gateway.pipeline;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.ByteArrayInputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.sluice.gateway.attempt.AttemptRunner;
import org.sluice.gateway.balance.Balancer;
import org.sluice.gateway.call.Call;
import org.sluice.gateway.call.FrameStream;
import org.sluice.gateway.call.Reply;
import org.sluice.gateway.config.GatewayConfig;
import org.sluice.gateway.conversation.Conversations;
import org.sluice.gateway.credential.CredentialResolver;
import org.sluice.gateway.dialect.Slice;
import org.sluice.gateway.dialect.anthropic.AnthropicDialect;
import org.sluice.gateway.dialect.responses.ResponsesDialect;
import org.sluice.gateway.error.GatewayException;
import org.sluice.gateway.health.Admission;
import org.sluice.gateway.health.DeploymentHealth;
import org.sluice.gateway.health.DeploymentKey;
import org.sluice.gateway.json.JsonReader;
import org.sluice.gateway.log.AttemptRecord;
import org.sluice.gateway.log.CallRecord;
import org.sluice.gateway.log.Outcome;
import org.sluice.gateway.log.RequestLogWriter;
import org.sluice.gateway.meter.CallMeter;
import org.sluice.gateway.model.ModelCatalog;
import org.sluice.gateway.organization.Organizations;
import org.sluice.gateway.provider.Provider;
import org.sluice.gateway.route.Asking;
import org.sluice.gateway.route.FakeProvider;
import org.sluice.gateway.route.Planning;
import org.sluice.gateway.upstream.Failures;
import org.sluice.gateway.upstream.Phase;

/** Whole calls through the real pipeline: what the client gets, what the row says, what it costs, what health is told. */
class RoutedCompletionTest {
    private static final String CLAUDE = "{\"id\":\"m\",\"type\":\"message\",\"role\":\"assistant\",\"model\":\"claude\",\"content\":[{\"type\":\"text\",\"text\":\"From Claude.\"}],"
            + "\"stop_reason\":\"end_turn\",\"usage\":{\"input_tokens\":3,\"output_tokens\":4}}";
    private final FakeProvider openai = new FakeProvider("openai");
    private final FakeProvider gemini = new FakeProvider("gemini");
    private final FakeProvider groq = new FakeProvider("groq");
    private final FakeProvider xai = new FakeProvider("xai", new ResponsesDialect()).keeping();
    private final FakeProvider claude = new FakeProvider("anthropic", new AnthropicDialect());
    private final List<CallRecord> rows = new ArrayList<>();
    private final List<String> told = new ArrayList<>();
    private final CompletionPipeline pipeline = pipeline();

    private CompletionPipeline pipeline() {
        List<Provider> providers = List.of(openai, gemini, groq, xai, claude);
        GatewayConfig config = GatewayConfig.of(Map.of());
        CompletionPipeline made = new CompletionPipeline();
        made.routes = Planning.of(providers, CredentialResolver.of(config, providers), Balancer.of(new DeploymentHealth()), new Organizations());
        made.attempts = AttemptRunner.of(null, new DeploymentHealth() {
            @Override
            public Admission admit(DeploymentKey key) {
                return new Told(key.deployment(), told);
            }
        });
        made.log = new RequestLogWriter() {
            @Override public void started(Call call, String deployment, long inputTokens) { }
            @Override public void ended(CallRecord record) { rows.add(record); }
        };
        made.recorder = new CallRecorder();
        made.recorder.log = made.log;
        made.recorder.meter = new CallMeter();
        made.recorder.config = config;
        made.conversations = Conversations.of(config);
        return made;
    }

    private record Told(String deployment, List<String> told) implements Admission {
        @Override public boolean isGranted() { return true; }
        @Override public String refusal() { return null; }
        @Override public long retryAfterMillis() { return -1; }
        @Override public void answered(long nanosToFirst) { told.add(deployment + " answered"); }
        @Override public void succeeded(long inputTokens, long outputTokens) { told.add(deployment + " succeeded " + inputTokens + "/" + outputTokens); }
        @Override public void failed(GatewayException failure) { told.add(deployment + " failed"); }
        @Override public void abandoned() { told.add(deployment + " abandoned"); }
    }

    private String whole(Asking asking) {
        return new String(((Reply.Whole) pipeline.execute(asking.call())).body(), UTF_8);
    }

    private static String read(FrameStream frames) {
        StringBuilder all = new StringBuilder();
        try (frames) {
            for (Slice frame = frames.next(); frame != null; frame = frames.next()) {
                all.append(frame.text());
            }
        }
        return all.toString();
    }

    private FrameStream stream(Asking asking) {
        return ((Reply.Streamed) pipeline.execute(asking.stream().call())).frames();
    }

    private CallRecord row() {
        assertThat(rows).hasSize(1);
        return rows.get(0);
    }

    @Test
    @DisplayName("U33 the answer, the row and the cost are the second fallback's")
    void u33() {
        openai.refuses(500, "down");
        groq.fails(Failures::unreachable);
        gemini.answers(200, FakeProvider.answer("gemini-2.5-flash", "Fine."));
        String answer = whole(Asking.model("openai/gpt-4o").fallbacks("groq/llama-3.3-70b-versatile", "gemini/gemini-2.5-flash"));
        assertThat(answer).isEqualTo(FakeProvider.answer("gemini-2.5-flash", "Fine."));
        CallRecord row = row();
        assertThat(row.outcome()).isEqualTo(Outcome.OK);
        assertThat(row.deployment()).isEqualTo("gemini/gemini-2.5-flash");
        assertThat(row.upstreamModel()).isEqualTo("gemini-2.5-flash");
        BigDecimal itsOwn = ModelCatalog.of(Optional.empty()).find("gemini", "gemini-2.5-flash").orElseThrow().listPrice().costOf(row.usage());
        assertThat(row.cost()).isEqualByComparingTo(itsOwn).isPositive();
        assertThat(row.warnings()).contains("openai/gpt-4o failed: 500 down", "groq/llama-3.3-70b-versatile failed: 502 The provider could not be reached.");
        assertThat(row.attempts()).extracting(AttemptRecord::deployment).containsExactly("openai/gpt-4o", "groq/llama-3.3-70b-versatile", "gemini/gemini-2.5-flash");
        assertThat(row.attempts()).extracting(AttemptRecord::phase).containsExactly("P3", "P0", "P5");
        assertThat(told).containsExactly("openai/gpt-4o failed", "groq/llama-3.3-70b-versatile failed", "gemini/gemini-2.5-flash answered", "gemini/gemini-2.5-flash succeeded 1000/100");
    }

    @Test
    void each_provider_is_asked_in_its_own_dialect_with_its_own_name_of_the_model() {
        openai.refuses(503, "busy");
        claude.answers(200, CLAUDE);
        assertThat(whole(Asking.model("openai/gpt-4o").fallbacks("anthropic/claude-sonnet-4-5"))).contains("From Claude.").contains("\"object\":\"chat.completion\"");
        String asked = new String(openai.requests().get(0).body().toBytes(), UTF_8);
        assertThat(JsonReader.readObject(asked.getBytes(UTF_8)).text("model")).isEqualTo("gpt-4o");
        assertThat(JsonReader.readObject(claude.requests().get(0).body().toBytes()).text("model")).isEqualTo("claude-sonnet-4-5");
        assertThat(row().responseModel()).isEqualTo("claude");
    }

    @Test
    void a_group_without_a_model_sends_the_chosen_models_name() {
        openai.answers(200, FakeProvider.answer("gpt-4o", "Fine."));
        whole(Asking.nothing().group(null, Asking.item("openai/gpt-4o", 1e12), Asking.item("gemini/gemini-2.5-flash", 1e-12)));
        assertThat(JsonReader.readObject(openai.requests().get(0).body().toBytes()).text("model")).isEqualTo("gpt-4o");
    }

    @Test
    @DisplayName("U31 one row, four attempts, the provider's error byte for byte")
    void u31() {
        openai.refuses(503, "busy");
        GatewayException failure = catchThrowableOfType(GatewayException.class, () -> whole(Asking.model("openai/gpt-4o").retries(3, 0.001)));
        assertThat(failure.providerError().orElseThrow().body()).asString(UTF_8).contains("\"message\":\"busy\"");
        assertThat(openai.requests()).hasSize(4);
        assertThat(row().attempts()).hasSize(4).extracting(AttemptRecord::status).containsOnly(503);
        assertThat(row().cost()).isZero();
    }

    @Test
    @DisplayName("U34 all fail: one row, no cost, every model named")
    void u34() {
        openai.refuses(500, "down");
        gemini.refuses(503, "busy");
        GatewayException failure = catchThrowableOfType(GatewayException.class, () -> whole(Asking.model("openai/gpt-4o").fallbacks("gemini/gemini-2.5-flash")));
        assertThat(failure.status()).isEqualTo(503);
        assertThat(new AnthropicDialect().writeError(failure, "id")).asString(UTF_8).contains("All models failed. openai/gpt-4o: 500 down; gemini/gemini-2.5-flash: 503 busy");
        assertThat(row().outcome()).isEqualTo(Outcome.UPSTREAM_ERROR);
        assertThat(row().status()).isEqualTo(503);
        assertThat(row().cost()).isZero();
    }

    @Test
    @DisplayName("U11 a stream that is silent before its first event is answered by the fallback as one clean stream")
    void u11() {
        openai.streams(() -> new FilterInputStream(new ByteArrayInputStream(": waiting\n\n".getBytes(UTF_8))) {
            @Override
            public int read(byte[] target, int from, int length) throws IOException {
                int read = super.read(target, from, length);
                if (read < 0) {
                    throw Failures.timeout(Phase.P4);
                }
                return read;
            }
        });
        gemini.streams(FakeProvider.events("gemini-2.5-flash", "Fine."));
        String got = read(stream(Asking.model("openai/gpt-4o").fallbacks("gemini/gemini-2.5-flash")));
        assertThat(got).isEqualTo(FakeProvider.events("gemini-2.5-flash", "Fine."));
        assertThat(row().attempts()).extracting(AttemptRecord::errorCode).containsExactly("upstream_timeout", null);
        assertThat(row().responseModel()).isEqualTo("gemini-2.5-flash");
        assertThat(told).containsExactly("openai/gpt-4o failed", "gemini/gemini-2.5-flash answered", "gemini/gemini-2.5-flash succeeded 0/0");
    }

    @Test
    void an_error_event_before_the_first_word_is_a_failure_like_any_other() {
        openai.streams("data: {\"error\":{\"message\":\"overloaded\",\"type\":\"server_error\"}}\n\n");
        gemini.streams(FakeProvider.events("gemini-2.5-flash", "Fine."));
        assertThat(read(stream(Asking.model("openai/gpt-4o").fallbacks("gemini/gemini-2.5-flash")))).startsWith("data: {\"id\":\"x\"").endsWith("data: [DONE]\n\n");
    }

    @Test
    @DisplayName("P5 after the first byte nobody else is asked, and health hears of it")
    void p5() {
        String begun = FakeProvider.events("gpt-4o", "Fine.").split("\n\n")[0] + "\n\n";
        openai.streams(begun);
        FrameStream frames = stream(Asking.model("openai/gpt-4o").fallbacks("gemini/gemini-2.5-flash").retries(3, 0.001));
        assertThat(frames.next().text()).isEqualTo(begun);
        assertThat(told).containsExactly("openai/gpt-4o answered");
        catchThrowableOfType(GatewayException.class, frames::next);
        frames.close();
        assertThat(told).containsExactly("openai/gpt-4o answered", "openai/gpt-4o failed");
        assertThat(gemini.requests()).isEmpty();
        assertThat(openai.requests()).hasSize(1);
        assertThat(row().outcome()).isEqualTo(Outcome.UPSTREAM_TRUNCATED);
    }

    @Test
    void a_stream_that_the_client_leaves_says_nothing_of_the_deployment() {
        openai.streams(FakeProvider.events("gpt-4o", "Fine."));
        FrameStream frames = stream(Asking.model("openai/gpt-4o"));
        frames.next();
        frames.cancel();
        frames.close();
        assertThat(told).containsExactly("openai/gpt-4o answered", "openai/gpt-4o abandoned");
        assertThat(row().outcome()).isEqualTo(Outcome.CLIENT_CANCELLED);
    }

    @Test
    void an_answer_that_is_no_answer_is_one_failed_attempt() {
        openai.answers(200, "{\"id\":");
        gemini.answers(200, FakeProvider.answer("gemini-2.5-flash", "Fine."));
        whole(Asking.model("openai/gpt-4o").fallbacks("gemini/gemini-2.5-flash"));
        assertThat(row().attempts()).extracting(AttemptRecord::phase).containsExactly("P4", "P5");
    }

    @Test
    void a_conversation_is_told_whole_to_the_fallback_that_does_not_know_it() {
        String answer = "{\"id\":\"resp_1\",\"object\":\"response\",\"status\":\"completed\",\"model\":\"grok-3\",\"output\":[{\"id\":\"msg_1\",\"type\":\"message\",\"role\":\"assistant\","
                + "\"status\":\"completed\",\"content\":[{\"type\":\"output_text\",\"text\":\"The first answer.\",\"annotations\":[]}]}],\"usage\":{\"input_tokens\":1,\"output_tokens\":2,\"total_tokens\":3}}";
        xai.answers(200, answer).refuses(500, "down");
        groq.answers(200, FakeProvider.answer("llama", "Seven."));
        ResponsesDialect responses = new ResponsesDialect();
        whole(Asking.model("xai/grok-3").dialect(responses).body("\"input\":\"Remember seven.\""));
        String second = "\"input\":\"Which number?\",\"previous_response_id\":\"resp_1\"";
        assertThat(whole(Asking.model("xai/grok-3").fallbacks("groq/llama-3.3-70b-versatile").dialect(responses).body(second))).contains("Seven.");
        assertThat(new String(xai.requests().get(1).body().toBytes(), UTF_8)).contains("resp_1").doesNotContain("Remember seven.");
        assertThat(new String(groq.requests().get(0).body().toBytes(), UTF_8)).contains("Remember seven.", "The first answer.", "Which number?").doesNotContain("resp_1");
    }
}
