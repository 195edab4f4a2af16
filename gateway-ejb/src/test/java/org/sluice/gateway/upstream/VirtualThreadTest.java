package org.sluice.gateway.upstream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.sluice.gateway.upstream.Calls.failure;
import static org.sluice.gateway.upstream.Calls.limits;
import static org.sluice.gateway.upstream.Calls.stream;
import static org.sluice.gateway.upstream.Calls.text;
import static org.sluice.gateway.upstream.Calls.whole;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.sluice.gateway.error.ErrorType;
import org.sluice.gateway.provider.UpstreamResponse;

/** The same client on virtual threads, where the JDK has them, and on platform threads elsewhere. */
class VirtualThreadTest {
    private final HttpUpstream client = Calls.client();
    private final ExecutorService threads = threads();

    private static ExecutorService threads() {
        try {
            return (ExecutorService) Executors.class.getMethod("newVirtualThreadPerTaskExecutor").invoke(null);
        } catch (NoSuchMethodException e) {
            return Executors.newCachedThreadPool();
        } catch (ReflectiveOperationException e) {
            throw new AssertionError(e);
        }
    }

    @AfterEach
    void close() {
        threads.shutdownNow();
        client.close();
    }

    private <T> List<T> all(int count, Callable<T> call) throws Exception {
        List<Future<T>> futures = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            futures.add(threads.submit(call));
        }
        List<T> results = new ArrayList<>();
        for (Future<T> future : futures) {
            results.add(future.get());
        }
        return results;
    }

    @Test
    void many_callers_share_the_connections_and_get_their_own_answers() throws Exception {
        AtomicInteger next = new AtomicInteger();
        try (FaultyUpstream upstream = FaultyUpstream.start(peer -> peer.streamHead().chunk(peer.request().path()).lastChunk())) {
            List<Boolean> results = all(40, () -> {
                for (int i = 0; i < 25; i++) {
                    String path = "/" + next.incrementAndGet();
                    if (!text(client, whole(upstream.uri(path))).equals(path)) {
                        return false;
                    }
                }
                return true;
            });
            assertThat(results).containsOnly(true);
            assertThat(upstream.connections()).isLessThanOrEqualTo(40);
            assertThat(client.statistics().leasedConnections()).isZero();
            assertThat(client.statistics().sentRequests()).isEqualTo(1_000);
        }
    }

    @Test
    void limits_cancellation_and_interrupts_reach_a_parked_thread() throws Exception {
        try (FaultyUpstream upstream = FaultyUpstream.start(peer -> {
            peer.streamHead().chunk("data: 1\n\n");
            peer.awaitHangUp();
        })) {
            assertThat(all(20, () -> failure(client, stream(upstream.uri("/"), limits(2_000, 2_000, 200, 9_000))).type()))
                    .containsOnly(ErrorType.UPSTREAM_TIMEOUT);
            UpstreamResponse response = client.send(stream(upstream.uri("/")));
            SseReader reader = new SseReader(response.body());
            reader.next();
            Future<ErrorType> reading = threads.submit(() -> failure(reader::next).type());
            response.close();
            assertThat(reading.get()).isEqualTo(ErrorType.CLIENT_CANCELLED);
            Future<?> interrupted = threads.submit(() -> text(client, stream(upstream.uri("/"))));
            Calls.eventually(() -> upstream.requests().size() == 22);
            interrupted.cancel(true);
            Calls.eventually(() -> client.statistics().openConnections() == 0);
        }
    }

    @Test
    void a_connection_moves_between_kinds_of_threads() throws Exception {
        try (FaultyUpstream upstream = FaultyUpstream.start(peer -> peer.json("{}"))) {
            for (int i = 0; i < 5; i++) {
                assertThat(text(client, whole(upstream.uri("/")))).isEqualTo("{}");
                assertThat(all(1, () -> text(client, whole(upstream.uri("/"))))).containsExactly("{}");
            }
            assertThat(upstream.connections()).isOne();
        }
    }
}
