package org.sluice.gateway.pipeline;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.sluice.gateway.error.GatewayException;
import org.sluice.gateway.log.AttemptRecord;
import org.sluice.gateway.route.Asking;
import org.sluice.gateway.route.FakeProvider;

/** Two attempts side by side: the first answer wins, the other is given up and stands in the row. */
class HedgedCompletionTest {
    private static final Duration SOON = Duration.ofMillis(5);
    private final RoutedPipeline routed = new RoutedPipeline();

    private static Asking asking() {
        return Asking.model("openai/gpt-4o").fallbacks("gemini/gemini-2.5-flash");
    }

    @Test
    void the_second_one_answers_when_the_first_is_slow() {
        routed.openai.hangs();
        routed.gemini.answers(200, FakeProvider.answer("gemini-2.5-flash", "Fine."));
        assertThat(routed.whole(asking().hedge(SOON))).contains("Fine.");
        assertThat(routed.row().deployment()).isEqualTo("gemini/gemini-2.5-flash");
        assertThat(routed.row().attempts()).extracting(AttemptRecord::deployment).containsExactly("openai/gpt-4o", "gemini/gemini-2.5-flash");
        assertThat(routed.row().attempts()).extracting(AttemptRecord::errorCode).containsExactly("hedge_lost", null);
        assertThat(routed.row().attempts()).extracting(AttemptRecord::isCostUncertain).containsExactly(true, false);
        assertThat(routed.told).contains("openai/gpt-4o abandoned", "gemini/gemini-2.5-flash succeeded 1000/100").hasSize(3);
    }

    @Test
    void a_stream_is_won_by_its_first_event() {
        routed.openai.hangs();
        routed.gemini.streams(FakeProvider.events("gemini-2.5-flash", "Fine."));
        assertThat(RoutedPipeline.read(routed.stream(asking().hedge(SOON)))).isEqualTo(FakeProvider.events("gemini-2.5-flash", "Fine."));
        assertThat(routed.row().responseModel()).isEqualTo("gemini-2.5-flash");
    }

    @Test
    void a_quick_answer_needs_no_second_attempt() {
        routed.openai.answers(200, FakeProvider.answer("gpt-4o", "Quick."));
        assertThat(routed.whole(asking().hedge(Duration.ofSeconds(30)))).contains("Quick.");
        assertThat(routed.gemini.requests()).isEmpty();
        assertThat(routed.row().attempts()).hasSize(1);
    }

    @Test
    void nobody_is_asked_twice_unless_it_was_wanted() {
        routed.openai.answers(200, FakeProvider.answer("gpt-4o", "Quick."));
        routed.whole(asking());
        assertThat(routed.gemini.requests()).isEmpty();
    }

    @Test
    void the_first_one_wins_while_the_second_is_under_way_and_gives_it_up() {
        CountDownLatch secondAsked = new CountDownLatch(1);
        CountDownLatch firstAnswered = new CountDownLatch(1);
        routed.openai.does(request -> {
            await(secondAsked);
            return new FakeProvider("x").answers(200, FakeProvider.answer("gpt-4o", "First.")).send(request);
        });
        routed.gemini.does(request -> {
            secondAsked.countDown();
            await(firstAnswered);
            return new FakeProvider("x").answers(200, FakeProvider.answer("gemini-2.5-flash", "Late.")).send(request);
        });
        assertThat(routed.whole(asking().hedge(SOON))).contains("First.");
        firstAnswered.countDown();
        assertThat(routed.row().deployment()).isEqualTo("openai/gpt-4o");
        assertThat(routed.row().attempts()).extracting(AttemptRecord::errorCode).containsExactly(null, "hedge_lost");
    }

    @Test
    void a_first_one_that_fails_waits_for_the_second_that_is_under_way() {
        CountDownLatch secondAsked = new CountDownLatch(1);
        routed.openai.does(request -> {
            await(secondAsked);
            return new FakeProvider("x").refuses(500, "down").send(request);
        });
        routed.gemini.does(request -> {
            secondAsked.countDown();
            return new FakeProvider("x").answers(200, FakeProvider.answer("gemini-2.5-flash", "Fine.")).send(request);
        });
        assertThat(routed.whole(asking().hedge(SOON))).contains("Fine.");
        assertThat(routed.row().attempts()).extracting(AttemptRecord::status).containsExactly(500, 200);
        assertThat(routed.told).contains("openai/gpt-4o failed");
    }

    @Test
    void a_first_one_that_fails_at_once_is_followed_by_the_fallback() {
        routed.openai.refuses(500, "down");
        routed.gemini.answers(200, FakeProvider.answer("gemini-2.5-flash", "Fine."));
        assertThat(routed.whole(asking().hedge(Duration.ofSeconds(30)))).contains("Fine.");
        assertThat(routed.row().attempts()).extracting(AttemptRecord::number).containsExactly(1, 2);
    }

    @Test
    void when_both_fail_nobody_is_asked_a_third_time() {
        CountDownLatch secondAsked = new CountDownLatch(1);
        routed.openai.does(request -> {
            await(secondAsked);
            return new FakeProvider("x").refuses(500, "down").send(request);
        });
        routed.gemini.does(request -> {
            secondAsked.countDown();
            return new FakeProvider("x").refuses(503, "busy").send(request);
        });
        GatewayException all = catchThrowableOfType(GatewayException.class, () -> routed.whole(asking().hedge(SOON)));
        assertThat(all).hasMessageContaining("All models failed.").hasMessageContaining("down").hasMessageContaining("busy");
        assertThat(routed.gemini.requests()).hasSize(1);
        assertThat(routed.row().attempts()).hasSize(2);
    }

    @Test
    void a_model_alone_is_asked_twice() {
        routed.openai.hangs().answers(200, FakeProvider.answer("gpt-4o", "Second."));
        assertThat(routed.whole(Asking.model("openai/gpt-4o").hedge(SOON))).contains("Second.");
        assertThat(routed.openai.requests()).hasSize(2).allMatch(request -> new String(request.body().toBytes(), UTF_8).contains("gpt-4o"));
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
