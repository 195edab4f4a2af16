package org.sluice.gateway.upstream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.sluice.gateway.upstream.Calls.failure;
import static org.sluice.gateway.upstream.Calls.stream;
import static org.sluice.gateway.upstream.Calls.whole;

import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.sluice.gateway.error.ErrorType;
import org.sluice.gateway.provider.UpstreamResponse;

class UpstreamCancelTest {
    private static final long TARGET_NANOS = 200_000_000L;
    private final HttpUpstream client = Calls.client();

    @AfterEach
    void close() {
        client.close();
    }

    private static FutureTask<UpstreamException> inThread(Callable<?> call) {
        FutureTask<UpstreamException> task = new FutureTask<>(() -> failure(call));
        new Thread(task, "caller").start();
        return task;
    }

    @Test
    void a_close_by_another_thread_ends_a_blocked_read_and_the_server_sees_it() throws Exception {
        try (FaultyUpstream upstream = FaultyUpstream.start(peer -> {
            peer.streamHead().chunk("data: 1\n\n");
            peer.awaitHangUp();
        })) {
            UpstreamResponse response = client.send(stream(upstream.uri("/")));
            SseReader reader = new SseReader(response.body());
            reader.next();
            CountDownLatch isAbout = new CountDownLatch(1);
            FutureTask<UpstreamException> reading = inThread(() -> {
                isAbout.countDown();
                return reader.next();
            });
            isAbout.await();
            long start = System.nanoTime();
            response.close();
            assertThat(upstream.hangUpNanos() - start).isLessThan(TARGET_NANOS);
            assertThat(reading.get().type()).isEqualTo(ErrorType.CLIENT_CANCELLED);
            assertThat(client.statistics().openConnections()).isZero();
            response.close();
        }
    }

    @Test
    void a_close_in_the_middle_of_a_busy_stream_ends_it() throws Exception {
        try (FaultyUpstream upstream = FaultyUpstream.start(peer -> {
            peer.streamHead();
            peer.writeUntilHangUp("9\r\ndata: 1\n\n\r\n", 5);
        })) {
            UpstreamResponse response = client.send(stream(upstream.uri("/")));
            new SseReader(response.body()).next();
            long start = System.nanoTime();
            response.close();
            assertThat(upstream.hangUpNanos() - start).isLessThan(TARGET_NANOS);
            assertThat(failure(() -> response.body().read()).type()).isIn(ErrorType.CLIENT_CANCELLED, ErrorType.UPSTREAM_TIMEOUT);
        }
    }

    @Test
    void an_interrupt_before_the_head_ends_the_call() throws Exception {
        CountDownLatch hasRequest = new CountDownLatch(1);
        try (FaultyUpstream upstream = FaultyUpstream.start(peer -> {
            hasRequest.countDown();
            peer.awaitHangUp();
        })) {
            FutureTask<UpstreamException> calling = new FutureTask<>(() -> failure(client, whole(upstream.uri("/"))));
            Thread caller = new Thread(calling, "caller");
            caller.start();
            hasRequest.await();
            long start = System.nanoTime();
            caller.interrupt();
            assertThat(upstream.hangUpNanos() - start).isLessThan(TARGET_NANOS);
            assertThat(calling.get().type()).isEqualTo(ErrorType.CLIENT_CANCELLED);
            assertThat(calling.get().phase()).isIn(Phase.P1, Phase.P2);
            assertThat(client.statistics().openConnections()).isZero();
            assertThat(upstream.requests()).hasSize(1);
        }
    }

    @Test
    void a_close_right_after_the_last_event_keeps_the_connection() {
        try (FaultyUpstream upstream = FaultyUpstream.start(peer -> {
            peer.streamHead().chunk("data: [DONE]\n\n");
            Thread.sleep(10);
            peer.lastChunk();
        })) {
            for (int i = 0; i < 3; i++) {
                try (UpstreamResponse response = client.send(stream(upstream.uri("/")))) {
                    assertThat(new SseReader(response.body()).next().data().text()).isEqualTo("[DONE]");
                }
            }
            assertThat(upstream.connections()).isOne();
            assertThat(client.statistics().idleConnections()).isOne();
        }
    }

    @Test
    void a_close_without_reading_cuts_at_once() throws Exception {
        try (FaultyUpstream upstream = FaultyUpstream.start(peer -> {
            peer.streamHead();
            peer.awaitHangUp();
        })) {
            UpstreamResponse response = client.send(stream(upstream.uri("/")));
            response.close();
            upstream.hangUpNanos();
            assertThat(client.statistics().openConnections()).isZero();
        }
    }

    @Test
    void closing_the_client_ends_calls_under_way() throws Exception {
        CountDownLatch hasRequest = new CountDownLatch(1);
        try (FaultyUpstream upstream = FaultyUpstream.start(peer -> {
            hasRequest.countDown();
            peer.awaitHangUp();
        })) {
            FutureTask<UpstreamException> calling = inThread(() -> Calls.text(client, whole(upstream.uri("/"))));
            hasRequest.await();
            client.close();
            assertThat(calling.get().type()).isEqualTo(ErrorType.UPSTREAM_RESET);
        }
    }
}
