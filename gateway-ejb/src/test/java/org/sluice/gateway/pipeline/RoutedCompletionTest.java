package org.sluice.gateway.pipeline;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.ByteArrayInputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.math.BigDecimal;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.sluice.gateway.call.FrameStream;
import org.sluice.gateway.dialect.anthropic.AnthropicDialect;
import org.sluice.gateway.dialect.responses.ResponsesDialect;
import org.sluice.gateway.error.GatewayException;
import org.sluice.gateway.json.JsonReader;
import org.sluice.gateway.log.AttemptRecord;
import org.sluice.gateway.log.CallRecord;
import org.sluice.gateway.log.Outcome;
import org.sluice.gateway.model.ModelCatalog;
import org.sluice.gateway.route.Asking;
import org.sluice.gateway.route.FakeProvider;
import org.sluice.gateway.upstream.Failures;
import org.sluice.gateway.upstream.Phase;

/** Whole calls through the real pipeline: what the client gets, what the row says, what it costs, what health is told. */
class RoutedCompletionTest {
    private static final String CLAUDE = "{\"id\":\"m\",\"type\":\"message\",\"role\":\"assistant\",\"model\":\"claude\",\"content\":[{\"type\":\"text\",\"text\":\"From Claude.\"}],"
            + "\"stop_reason\":\"end_turn\",\"usage\":{\"input_tokens\":3,\"output_tokens\":4}}";
    private final RoutedPipeline routed = new RoutedPipeline();

    @Test
    @DisplayName("U33 the answer, the row and the cost are the second fallback's")
    void u33() {
        routed.openai.refuses(500, "down");
        routed.groq.fails(Failures::unreachable);
        routed.gemini.answers(200, FakeProvider.answer("gemini-2.5-flash", "Fine."));
        String answer = routed.whole(Asking.model("openai/gpt-4o").fallbacks("groq/llama-3.3-70b-versatile", "gemini/gemini-2.5-flash"));
        assertThat(answer).isEqualTo(FakeProvider.answer("gemini-2.5-flash", "Fine."));
        CallRecord row = routed.row();
        assertThat(row.outcome()).isEqualTo(Outcome.OK);
        assertThat(row.deployment()).isEqualTo("gemini/gemini-2.5-flash");
        assertThat(row.upstreamModel()).isEqualTo("gemini-2.5-flash");
        BigDecimal itsOwn = ModelCatalog.of(Optional.empty()).find("gemini", "gemini-2.5-flash").orElseThrow().listPrice().costOf(row.usage());
        assertThat(row.cost()).isEqualByComparingTo(itsOwn).isPositive();
        assertThat(row.warnings()).contains("openai/gpt-4o failed: 500 down", "groq/llama-3.3-70b-versatile failed: 502 The provider could not be reached.");
        assertThat(row.attempts()).extracting(AttemptRecord::deployment).containsExactly("openai/gpt-4o", "groq/llama-3.3-70b-versatile", "gemini/gemini-2.5-flash");
        assertThat(row.attempts()).extracting(AttemptRecord::phase).containsExactly("P3", "P0", "P5");
        assertThat(routed.told).containsExactly("openai/gpt-4o failed", "groq/llama-3.3-70b-versatile failed", "gemini/gemini-2.5-flash answered", "gemini/gemini-2.5-flash succeeded 1000/100");
    }

    @Test
    void each_provider_is_asked_in_its_own_dialect_with_its_own_name_of_the_model() {
        routed.openai.refuses(503, "busy");
        routed.claude.answers(200, CLAUDE);
        assertThat(routed.whole(Asking.model("openai/gpt-4o").fallbacks("anthropic/claude-sonnet-4-5"))).contains("From Claude.").contains("\"object\":\"chat.completion\"");
        String asked = new String(routed.openai.requests().get(0).body().toBytes(), UTF_8);
        assertThat(JsonReader.readObject(asked.getBytes(UTF_8)).text("model")).isEqualTo("gpt-4o");
        assertThat(JsonReader.readObject(routed.claude.requests().get(0).body().toBytes()).text("model")).isEqualTo("claude-sonnet-4-5");
        assertThat(routed.row().responseModel()).isEqualTo("claude");
    }

    @Test
    void a_group_without_a_model_sends_the_chosen_models_name() {
        routed.openai.answers(200, FakeProvider.answer("gpt-4o", "Fine."));
        routed.whole(Asking.nothing().group(null, Asking.item("openai/gpt-4o", 1e12), Asking.item("gemini/gemini-2.5-flash", 1e-12)));
        assertThat(JsonReader.readObject(routed.openai.requests().get(0).body().toBytes()).text("model")).isEqualTo("gpt-4o");
    }

    @Test
    @DisplayName("U31 one row, four attempts, the provider's error byte for byte")
    void u31() {
        routed.openai.refuses(503, "busy");
        GatewayException failure = catchThrowableOfType(GatewayException.class, () -> routed.whole(Asking.model("openai/gpt-4o").retries(3, 0.001)));
        assertThat(failure.providerError().orElseThrow().body()).asString(UTF_8).contains("\"message\":\"busy\"");
        assertThat(routed.openai.requests()).hasSize(4);
        assertThat(routed.row().attempts()).hasSize(4).extracting(AttemptRecord::status).containsOnly(503);
        assertThat(routed.row().cost()).isZero();
    }

    @Test
    @DisplayName("U34 all fail: one row, no cost, every model named")
    void u34() {
        routed.openai.refuses(500, "down");
        routed.gemini.refuses(503, "busy");
        GatewayException failure = catchThrowableOfType(GatewayException.class, () -> routed.whole(Asking.model("openai/gpt-4o").fallbacks("gemini/gemini-2.5-flash")));
        assertThat(failure.status()).isEqualTo(503);
        assertThat(new AnthropicDialect().writeError(failure, "id")).asString(UTF_8).contains("All models failed. openai/gpt-4o: 500 down; gemini/gemini-2.5-flash: 503 busy");
        assertThat(routed.row().outcome()).isEqualTo(Outcome.UPSTREAM_ERROR);
        assertThat(routed.row().status()).isEqualTo(503);
        assertThat(routed.row().cost()).isZero();
    }

    @Test
    @DisplayName("U11 a stream that is silent before its first event is answered by the fallback as one clean stream")
    void u11() {
        routed.openai.streams(() -> new FilterInputStream(new ByteArrayInputStream(": waiting\n\n".getBytes(UTF_8))) {
            @Override
            public int read(byte[] target, int from, int length) throws IOException {
                int read = super.read(target, from, length);
                if (read < 0) {
                    throw Failures.timeout(Phase.P4);
                }
                return read;
            }
        });
        routed.gemini.streams(FakeProvider.events("gemini-2.5-flash", "Fine."));
        String got = RoutedPipeline.read(routed.stream(Asking.model("openai/gpt-4o").fallbacks("gemini/gemini-2.5-flash")));
        assertThat(got).isEqualTo(FakeProvider.events("gemini-2.5-flash", "Fine."));
        assertThat(routed.row().attempts()).extracting(AttemptRecord::errorCode).containsExactly("upstream_timeout", null);
        assertThat(routed.row().responseModel()).isEqualTo("gemini-2.5-flash");
        assertThat(routed.told).containsExactly("openai/gpt-4o failed", "gemini/gemini-2.5-flash answered", "gemini/gemini-2.5-flash succeeded 0/0");
    }

    @Test
    void an_error_event_before_the_first_word_is_a_failure_like_any_other() {
        routed.openai.streams("data: {\"error\":{\"message\":\"overloaded\",\"type\":\"server_error\"}}\n\n");
        routed.gemini.streams(FakeProvider.events("gemini-2.5-flash", "Fine."));
        assertThat(RoutedPipeline.read(routed.stream(Asking.model("openai/gpt-4o").fallbacks("gemini/gemini-2.5-flash")))).startsWith("data: {\"id\":\"x\"").endsWith("data: [DONE]\n\n");
    }

    @Test
    @DisplayName("P5 after the first byte nobody else is asked, and health hears of it")
    void p5() {
        String begun = FakeProvider.events("gpt-4o", "Fine.").split("\n\n")[0] + "\n\n";
        routed.openai.streams(begun);
        FrameStream frames = routed.stream(Asking.model("openai/gpt-4o").fallbacks("gemini/gemini-2.5-flash").retries(3, 0.001));
        assertThat(frames.next().text()).isEqualTo(begun);
        assertThat(routed.told).containsExactly("openai/gpt-4o answered");
        catchThrowableOfType(GatewayException.class, frames::next);
        frames.close();
        assertThat(routed.told).containsExactly("openai/gpt-4o answered", "openai/gpt-4o failed");
        assertThat(routed.gemini.requests()).isEmpty();
        assertThat(routed.openai.requests()).hasSize(1);
        assertThat(routed.row().outcome()).isEqualTo(Outcome.UPSTREAM_TRUNCATED);
    }

    @Test
    void a_stream_that_the_client_leaves_says_nothing_of_the_deployment() {
        routed.openai.streams(FakeProvider.events("gpt-4o", "Fine."));
        FrameStream frames = routed.stream(Asking.model("openai/gpt-4o"));
        frames.next();
        frames.cancel();
        frames.close();
        assertThat(routed.told).containsExactly("openai/gpt-4o answered", "openai/gpt-4o abandoned");
        assertThat(routed.row().outcome()).isEqualTo(Outcome.CLIENT_CANCELLED);
    }

    @Test
    void an_answer_that_is_no_answer_is_one_failed_attempt() {
        routed.openai.answers(200, "{\"id\":");
        routed.gemini.answers(200, FakeProvider.answer("gemini-2.5-flash", "Fine."));
        routed.whole(Asking.model("openai/gpt-4o").fallbacks("gemini/gemini-2.5-flash"));
        assertThat(routed.row().attempts()).extracting(AttemptRecord::phase).containsExactly("P4", "P5");
    }

    @Test
    void a_conversation_is_told_whole_to_the_fallback_that_does_not_know_it() {
        String answer = "{\"id\":\"resp_1\",\"object\":\"response\",\"status\":\"completed\",\"model\":\"grok-3\",\"output\":[{\"id\":\"msg_1\",\"type\":\"message\",\"role\":\"assistant\","
                + "\"status\":\"completed\",\"content\":[{\"type\":\"output_text\",\"text\":\"The first answer.\",\"annotations\":[]}]}],\"usage\":{\"input_tokens\":1,\"output_tokens\":2,\"total_tokens\":3}}";
        routed.xai.answers(200, answer).refuses(500, "down");
        routed.groq.answers(200, FakeProvider.answer("llama", "Seven."));
        ResponsesDialect responses = new ResponsesDialect();
        routed.whole(Asking.model("xai/grok-3").dialect(responses).body("\"input\":\"Remember seven.\""));
        String second = "\"input\":\"Which number?\",\"previous_response_id\":\"resp_1\"";
        assertThat(routed.whole(Asking.model("xai/grok-3").fallbacks("groq/llama-3.3-70b-versatile").dialect(responses).body(second))).contains("Seven.");
        assertThat(new String(routed.xai.requests().get(1).body().toBytes(), UTF_8)).contains("resp_1").doesNotContain("Remember seven.");
        assertThat(new String(routed.groq.requests().get(0).body().toBytes(), UTF_8)).contains("Remember seven.", "The first answer.", "Which number?").doesNotContain("resp_1");
    }
}
