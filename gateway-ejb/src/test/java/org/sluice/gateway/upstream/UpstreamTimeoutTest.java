package org.sluice.gateway.upstream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.sluice.gateway.upstream.Calls.failure;
import static org.sluice.gateway.upstream.Calls.limits;
import static org.sluice.gateway.upstream.Calls.millisSince;
import static org.sluice.gateway.upstream.Calls.stream;
import static org.sluice.gateway.upstream.Calls.whole;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.sluice.gateway.error.ErrorType;
import org.sluice.gateway.provider.UpstreamRequest;
import org.sluice.gateway.provider.UpstreamResponse;

class UpstreamTimeoutTest {
    private final HttpUpstream client = Calls.client();

    @AfterEach
    void close() {
        client.close();
    }

    /** Within the watchdog's 50 ms plus what a busy machine takes. */
    private void timesOut(UpstreamRequest request, long atMillis, Phase phase) {
        long start = System.nanoTime();
        UpstreamException e = failure(client, request);
        long millis = millisSince(start);
        assertThat(e.type()).isEqualTo(ErrorType.UPSTREAM_TIMEOUT);
        assertThat(e.phase()).isEqualTo(phase);
        assertThat(millis).isBetween(atMillis - 1, atMillis + 250);
        assertThat(client.statistics().openConnections()).isZero();
        assertThat(client.statistics().timeouts()).isPositive();
    }

    @Test
    void a_server_that_never_answers_is_left_at_the_first_byte_limit_and_sees_it() throws Exception {
        try (FaultyUpstream upstream = FaultyUpstream.start(FaultyPeer::awaitHangUp)) {
            long start = System.nanoTime();
            timesOut(whole(upstream.uri("/"), limits(1_000, 400, 5_000, 10_000)), 400, Phase.P2);
            assertThat(upstream.hangUpNanos() - start).isLessThan(4_500_000_000L);
        }
    }

    @Test
    void a_dribbling_head_does_not_move_the_limit() {
        try (FaultyUpstream upstream = FaultyUpstream.start(peer -> peer.dribble("HTTP/1.1 200 OK\r\nX: yyyyyyyyyyyyyyyyyyyy", 30))) {
            timesOut(whole(upstream.uri("/"), limits(1_000, 500, 200, 10_000)), 500, Phase.P2);
        }
    }

    @Test
    void a_whole_body_that_stalls_is_left_at_the_idle_limit() {
        try (FaultyUpstream upstream = FaultyUpstream.start(peer -> {
            peer.write("HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n01234");
            peer.awaitHangUp();
        })) {
            timesOut(whole(upstream.uri("/"), limits(1_000, 5_000, 300, 10_000)), 300, Phase.P4);
        }
    }

    @Test
    void a_stream_silent_before_its_first_event_is_left_at_the_first_byte_limit() {
        try (FaultyUpstream upstream = FaultyUpstream.start(peer -> {
            peer.streamHead();
            peer.awaitHangUp();
        })) {
            timesOut(stream(upstream.uri("/"), limits(1_000, 300, 5_000, 10_000)), 300, Phase.P4);
        }
    }

    @Test
    void a_stream_silent_after_an_event_is_left_at_the_idle_limit() {
        try (FaultyUpstream upstream = FaultyUpstream.start(peer -> {
            peer.streamHead().chunk("data: 1\n\n");
            peer.awaitHangUp();
        })) {
            timesOut(stream(upstream.uri("/"), limits(1_000, 100, 400, 10_000)), 400, Phase.P4);
        }
    }

    @Test
    @DisplayName("U40: a stream that drips for ever is cut at the total limit")
    void a_stream_that_drips_for_ever_is_cut_at_the_total_limit() {
        try (FaultyUpstream upstream = FaultyUpstream.start(peer -> {
            peer.streamHead();
            peer.writeUntilHangUp("1\r\n:\r\n", 20);
        })) {
            timesOut(stream(upstream.uri("/"), limits(1_000, 1_000, 1_000, 600)), 600, Phase.P4);
        }
    }

    @Test
    void a_stream_that_drips_is_left_where_a_least_pace_is_set() {
        HttpUpstream strict = Calls.client(UpstreamSettings.defaults().withPace(10_000, Duration.ofMillis(200)));
        try (FaultyUpstream upstream = FaultyUpstream.start(peer -> {
            peer.streamHead();
            peer.writeUntilHangUp("1\r\n:\r\n", 20);
        })) {
            long start = System.nanoTime();
            UpstreamException e = failure(strict, stream(upstream.uri("/"), limits(1_000, 5_000, 5_000, 30_000)));
            assertThat(e.type()).isEqualTo(ErrorType.UPSTREAM_TIMEOUT);
            assertThat(e).hasMessageContaining("too slowly");
            assertThat(millisSince(start)).isBetween(200L, 5_000L);
        } finally {
            strict.close();
        }
    }

    @Test
    void only_waiting_counts_for_the_pace() {
        Pace pace = new Pace(100, 1_000_000_000L);
        assertThat(pace.isKept(400_000_000L, 50)).isTrue();
        assertThat(pace.isKept(600_000_000L, 50)).as("100 bytes in a second of waiting").isTrue();
        assertThat(pace.isKept(400_000_000L, 10)).as("the window is not full yet").isTrue();
        assertThat(pace.isKept(700_000_000L, 50)).as("60 bytes in 1.1 seconds").isFalse();
    }

    @Test
    void a_server_that_does_not_take_the_request_is_left_at_the_idle_limit() {
        try (FaultyUpstream upstream = FaultyUpstream.startRaw(peer -> Calls.never())) {
            UpstreamRequest large = Calls.withBody(upstream.uri("/"), new byte[30_000_000]);
            timesOut(new UpstreamRequest(large.uri(), large.headers(), large.body(), false, limits(1_000, 5_000, 400, 10_000)), 400, Phase.P1);
        }
    }

    @Test
    void a_slow_caller_is_not_the_servers_fault() throws Exception {
        CountDownLatch goOn = new CountDownLatch(1);
        try (FaultyUpstream upstream = FaultyUpstream.start(peer -> {
            peer.streamHead().chunk("a");
            goOn.await();
            peer.chunk("b").lastChunk();
        }); UpstreamResponse response = client.send(stream(upstream.uri("/"), limits(1_000, 200, 200, 10_000)))) {
            assertThat(response.body().read()).isEqualTo('a');
            assertThat(new CountDownLatch(1).await(500, TimeUnit.MILLISECONDS)).isFalse(); // the caller writes to its client
            goOn.countDown();
            assertThat(response.body().read()).isEqualTo('b');
            assertThat(response.body().read()).isEqualTo(-1);
        }
    }

    @Test
    void a_deadline_of_a_past_exchange_does_not_hit_the_next_one() throws Exception {
        try (FaultyUpstream upstream = FaultyUpstream.start(peer -> {
            if (peer.requestNumber() == 2) {
                Thread.sleep(400);
            }
            peer.json("{}");
        })) {
            Calls.text(client, whole(upstream.uri("/"), limits(1_000, 200, 200, 200)));
            assertThat(Calls.text(client, whole(upstream.uri("/")))).isEqualTo("{}");
            assertThat(upstream.connections()).isOne();
        }
    }
}
