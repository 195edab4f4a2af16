package org.sluice.gateway.bench.load;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.sluice.gateway.bench.mock.MockProvider;
import org.sluice.gateway.bench.mock.Plan;

class OpenLoopLoadTest {
    private static final Duration GRACE = Duration.ofSeconds(10);

    private static Target stream(int port, Plan plan, Expectation expectation) {
        return Target.post("stream", port, "/v1/chat/completions", "{\"stream\":true,\"content\":\"" + plan.mark() + "\"}", expectation);
    }

    @Test
    void an_open_loop_sends_every_call_once() throws IOException {
        try (MockProvider provider = new MockProvider(0, 1);
                OpenLoopLoad load = new OpenLoopLoad(Target.post("whole", provider.port(), "/v1/chat/completions", "{}", Expectation.whole(-1)), 4)) {
            Tally tally = load.open(500, 250, GRACE);
            assertThat(tally.answered()).isEqualTo(250);
            assertThat(tally.errors()).isEmpty();
            assertThat(provider.counters().requests()).isEqualTo(250);
            assertThat(provider.counters().connections()).isEqualTo(4);
            assertThat(tally.seconds()).isGreaterThanOrEqualTo(249 / 500.0);
        }
    }

    @Test
    void a_closed_loop_counts_what_the_provider_counts() throws IOException {
        try (MockProvider provider = new MockProvider(0, 1);
                OpenLoopLoad load = new OpenLoopLoad(Target.post("whole", provider.port(), "/v1/chat/completions", "{}", Expectation.whole(-1)), 3)) {
            Tally tally = load.closed(Duration.ofMillis(300));
            assertThat(tally.answered()).isEqualTo(provider.counters().requests()).isGreaterThan(3);
            assertThat(tally.failed()).isZero();
        }
    }

    @Test
    void streams_are_counted_chunk_by_chunk() throws IOException {
        try (MockProvider provider = new MockProvider(0, 1);
                OpenLoopLoad load = new OpenLoopLoad(stream(provider.port(), new Plan(10, 2, 0), Expectation.openAiStream(10)), 50)) {
            Tally tally = load.open(500, 100, GRACE);
            assertThat(tally.errors()).isEmpty();
            assertThat(tally.answered()).isEqualTo(100);
            assertThat(tally.lag().count()).isEqualTo(1000);
            assertThat(tally.firstChunk().count()).isEqualTo(100);
            assertThat(tally.lostChunks()).isZero();
            assertThat(tally.latency().nanosAt(1)).isGreaterThanOrEqualTo(TimeUnit.MILLISECONDS.toNanos(18));
        }
    }

    @Test
    void a_stream_with_too_few_chunks_is_a_fault_and_they_are_lost() throws IOException {
        try (MockProvider provider = new MockProvider(0, 1);
                OpenLoopLoad load = new OpenLoopLoad(stream(provider.port(), new Plan(10, 0, 0), Expectation.openAiStream(12)), 1)) {
            Tally tally = load.open(100, 5, GRACE);
            assertThat(tally.errors()).isEqualTo(Map.of("wrong number of chunks", 5L));
            assertThat(tally.lostChunks()).isEqualTo(10);
            assertThat(tally.answered()).isZero();
        }
    }

    @Test
    void wrong_status_length_and_end_are_faults() throws IOException {
        try (MockProvider provider = new MockProvider(0, 1)) {
            assertThat(fault(Target.post("a", provider.port(), "/nothing", "{}", Expectation.any()))).isEqualTo("status 404");
            assertThat(fault(Target.post("b", provider.port(), "/v1/messages", "{}", Expectation.whole(5)))).isEqualTo("wrong length");
            assertThat(fault(Target.post("c", provider.port(), "/v1/messages", "{}", Expectation.openAiStream(0)))).isEqualTo("end mark missing");
        }
    }

    private static String fault(Target target) throws IOException {
        try (OpenLoopLoad load = new OpenLoopLoad(target, 1)) {
            Tally tally = load.open(100, 1, GRACE);
            assertThat(tally.failed()).isEqualTo(1);
            return tally.errors().keySet().iterator().next();
        }
    }

    @Test
    void an_answer_that_is_cut_off_is_a_fault() throws IOException {
        try (OneByOneServer server = new OneByOneServer(0, 1, "HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nshort")) {
            assertThat(fault(Target.get("cut", server.port(), "/"))).isEqualTo("truncated");
        }
    }

    /** 100 calls in 0.5 s to a server that stalls 400 ms at the 20th: those due meanwhile must be charged for the wait. */
    @Test
    void a_stall_is_charged_to_every_call_that_was_due_meanwhile() throws IOException {
        Target target;
        Tally open;
        Tally closed;
        try (OneByOneServer server = new OneByOneServer(20, Integer.MAX_VALUE, "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok")) {
            target = Target.get("stalling", server.port(), "/");
            try (OpenLoopLoad load = new OpenLoopLoad(target, 1)) {
                open = load.open(200, 100, GRACE);
            }
        }
        try (OneByOneServer server = new OneByOneServer(20, Integer.MAX_VALUE, "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok");
                OpenLoopLoad load = new OpenLoopLoad(Target.get("stalling", server.port(), "/"), 1)) {
            closed = load.closed(Duration.ofMillis(500));
        }
        assertThat(open.answered()).isEqualTo(100);
        assertThat(above(open, 100)).as("of 80 calls due during the 400 ms, the 60 of the first 300 ms wait over 100 ms").isGreaterThanOrEqualTo(50);
        assertThat(above(closed, 100)).as("a closed loop sees a stall once").isEqualTo(1);
    }

    private static long above(Tally tally, int millis) {
        return tally.latency().countAbove(TimeUnit.MILLISECONDS.toNanos(millis));
    }

    /** Serves one connection, one request at a time; the {@code stall}th takes 400 ms, after {@code last} it closes. */
    private static final class OneByOneServer implements AutoCloseable {
        private final ServerSocket listener = new ServerSocket(0, 5, InetAddress.getByName("127.0.0.1"));

        OneByOneServer(int stall, int last, String answer) throws IOException {
            Thread thread = new Thread(() -> serve(stall, last, answer), "one-by-one");
            thread.setDaemon(true);
            thread.start();
        }

        int port() {
            return listener.getLocalPort();
        }

        private void serve(int stall, int last, String answer) {
            try (Socket socket = listener.accept()) {
                socket.setTcpNoDelay(true);
                int line = 0;
                int served = 0;
                for (int b = socket.getInputStream().read(); b >= 0 && served < last; b = socket.getInputStream().read()) {
                    line = b == '\n' ? line : b == '\r' ? line + 1 : 0;
                    if (line == 2 && b == '\n') {
                        if (++served == stall) {
                            long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(400);
                            while (System.nanoTime() < end) {
                                LockSupport.parkNanos(end - System.nanoTime());
                            }
                        }
                        socket.getOutputStream().write(answer.getBytes(StandardCharsets.US_ASCII));
                        line = 0;
                        if (served == last) {
                            return;
                        }
                    }
                }
            } catch (IOException closed) {
                return;
            }
        }

        @Override
        public void close() throws IOException {
            listener.close();
        }
    }
}
