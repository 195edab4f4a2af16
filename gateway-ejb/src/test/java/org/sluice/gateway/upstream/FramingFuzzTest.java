package org.sluice.gateway.upstream;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.sluice.gateway.upstream.Calls.limits;
import static org.sluice.gateway.upstream.Calls.stream;
import static org.sluice.gateway.upstream.Calls.text;
import static org.sluice.gateway.upstream.Calls.whole;

import java.util.Arrays;
import java.util.Random;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.sluice.gateway.error.ErrorType;
import org.sluice.gateway.provider.UpstreamLimits;

/** Seeded: a failure names the run, and the run repeats. */
class FramingFuzzTest {
    private static final UpstreamLimits SHORT = limits(1_000, 2_000, 2_000, 3_000);
    private static final String[] ANSWERS = {
        "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 11\r\n\r\n{\"answer\":1",
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\n{\"ans\r\n6;x=1\r\nwer\":1\r\n0\r\nT: r\r\n\r\n",
        "HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 200 OK\r\nConnection: keep-alive\r\nKeep-Alive: timeout=9\r\nContent-Length: 11\r\n\r\n{\"answer\":1",
        "HTTP/1.1 503 Busy\r\nRetry-After: 1\r\nContent-Length: 2\r\n\r\n{}",
    };
    private final HttpUpstream client = Calls.client(UpstreamSettings.defaults().withMaxWholeBytes(1_000_000));

    @AfterEach
    void close() {
        client.close();
    }

    @Test
    void a_good_answer_is_read_however_the_network_cuts_it() {
        Random random = new Random(11);
        try (FaultyUpstream upstream = FaultyUpstream.start(peer -> {
            byte[] answer = ANSWERS[random.nextInt(3)].getBytes(ISO_8859_1);
            for (int at = 0; at < answer.length;) {
                int to = Math.min(answer.length, at + 1 + random.nextInt(random.nextBoolean() ? 3 : 60));
                peer.write(Arrays.copyOfRange(answer, at, to));
                at = to;
            }
        })) {
            for (int run = 0; run < 400; run++) {
                assertThat(text(client, whole(upstream.uri("/")))).as("run %d", run).isEqualTo("{\"answer\":1");
            }
            assertThat(upstream.connections()).isOne();
        }
    }

    @Test
    void a_damaged_answer_fails_or_is_read_and_never_reaches_the_next_call() {
        Random random = new Random(13);
        AtomicReference<byte[]> damaged = new AtomicReference<>();
        try (FaultyUpstream upstream = FaultyUpstream.start(peer -> {
            if (peer.request().path().equals("/clean")) {
                peer.json("clean");
            } else {
                peer.write(damaged.get());
                if (damaged.get().length % 2 == 0) {
                    peer.close();
                } else {
                    peer.reset();
                }
            }
        })) {
            for (int run = 0; run < 1_500; run++) {
                damaged.set(damage(ANSWERS[random.nextInt(ANSWERS.length)].getBytes(ISO_8859_1), random));
                try {
                    text(client, random.nextBoolean() ? whole(upstream.uri("/damaged"), SHORT) : stream(upstream.uri("/damaged"), SHORT));
                } catch (UpstreamException e) {
                    assertThat(e.type()).as("run %d", run).isIn(ErrorType.UPSTREAM_INVALID, ErrorType.UPSTREAM_RESET, ErrorType.UPSTREAM_TRUNCATED);
                }
                assertThat(text(client, whole(upstream.uri("/clean")))).as("run %d", run).isEqualTo("clean");
            }
            assertThat(client.statistics().leasedConnections()).isZero();
            assertThat(client.statistics().timeouts()).isZero();
        }
    }

    @Test
    void bytes_behind_an_answer_never_reach_the_next_call() {
        Random random = new Random(17);
        try (FaultyUpstream upstream = FaultyUpstream.start(peer -> {
            String path = peer.request().path();
            byte[] garbage = new byte[random.nextInt(3) == 0 ? 1 + random.nextInt(40_000) : 0];
            random.nextBytes(garbage);
            String poison = random.nextBoolean() ? "HTTP/1.1 200 OK\r\nContent-Length: 6\r\n\r\npoison" : "";
            peer.write("HTTP/1.1 200 OK\r\nContent-Length: " + path.length() + "\r\n\r\n" + path
                    + (garbage.length > 0 ? poison + new String(garbage, ISO_8859_1) : ""));
        })) {
            for (int run = 0; run < 300; run++) {
                assertThat(text(client, whole(upstream.uri("/" + run), SHORT))).isEqualTo("/" + run);
            }
            assertThat(client.statistics().leasedConnections()).isZero();
            assertThat(upstream.connections()).isBetween(50, 200);
        }
    }

    private static byte[] damage(byte[] answer, Random random) {
        byte[] damaged = answer.clone();
        switch (random.nextInt(4)) {
            case 0 -> damaged = Arrays.copyOf(damaged, random.nextInt(damaged.length));
            case 1 -> {
                for (int i = random.nextInt(4); i >= 0; i--) {
                    damaged[random.nextInt(damaged.length)] = (byte) random.nextInt(256);
                }
            }
            case 2 -> {
                int from = random.nextInt(damaged.length);
                int to = from + random.nextInt(damaged.length - from);
                byte[] doubled = new byte[damaged.length + to - from];
                System.arraycopy(damaged, 0, doubled, 0, to);
                System.arraycopy(damaged, from, doubled, to, damaged.length - from);
                damaged = doubled;
            }
            default -> {
                damaged = new byte[random.nextInt(3_000)];
                random.nextBytes(damaged);
            }
        }
        return damaged;
    }
}
