package org.sluice.gateway.upstream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.sluice.gateway.upstream.Calls.failure;
import static org.sluice.gateway.upstream.Calls.limits;
import static org.sluice.gateway.upstream.Calls.millisSince;
import static org.sluice.gateway.upstream.Calls.stream;
import static org.sluice.gateway.upstream.Calls.text;
import static org.sluice.gateway.upstream.Calls.whole;

import java.net.URI;
import java.nio.file.Path;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.sluice.gateway.error.ErrorType;
import org.sluice.gateway.provider.UpstreamResponse;

class UpstreamTlsTest {
    @TempDir
    static Path folder;
    private static TestCertificates certificates;
    private HttpUpstream client;

    @BeforeAll
    static void make() throws Exception {
        certificates = new TestCertificates(folder);
    }

    @BeforeEach
    void open() throws Exception {
        client = new HttpUpstream(UpstreamSettings.defaults(), certificates.client().getSocketFactory());
    }

    @AfterEach
    void close() {
        client.close();
    }

    @Test
    void a_trusted_server_is_asked_over_one_kept_connection() throws Exception {
        byte[] body = new byte[500_000];
        new Random(1).nextBytes(body);
        try (FaultyUpstream upstream = FaultyUpstream.startTls(certificates.server("good"), peer -> {
            if (peer.requestNumber() == 1) {
                peer.json("{}");
            } else {
                peer.streamHead().chunk("data: 1\n\n").chunk("data: 2\n\n").lastChunk();
            }
        })) {
            assertThat(text(client, Calls.withBody(upstream.uri("/"), body))).isEqualTo("{}");
            assertThat(text(client, stream(upstream.uri("/")))).isEqualTo("data: 1\n\ndata: 2\n\n");
            assertThat(upstream.requests().get(0).body()).isEqualTo(body);
            assertThat(upstream.connections()).isOne();
        }
    }

    @ParameterizedTest
    @DisplayName("U4: a certificate that proves nothing is refused without details")
    @ValueSource(strings = {"self-signed", "wrong-host", "expired"})
    void a_certificate_that_proves_nothing_is_refused_without_details(String certificate) throws Exception {
        try (FaultyUpstream upstream = FaultyUpstream.startTls(certificates.server(certificate), peer -> peer.json("{}"))) {
            UpstreamException e = failure(client, whole(upstream.uri("/")));
            assertThat(e.type()).isEqualTo(ErrorType.UPSTREAM_TLS);
            assertThat(e.phase()).isEqualTo(Phase.P0);
            assertThat(e.getMessage()).doesNotContain("localhost", "other", "CN=", "PKIX");
            assertThat(upstream.requests()).isEmpty();
            assertThat(client.statistics().openConnections()).isZero();
        }
    }

    @Test
    @DisplayName("U4: a plaintext port is refused and not asked in clear")
    void a_plaintext_port_is_refused_and_not_asked_in_clear() {
        try (FaultyUpstream upstream = FaultyUpstream.startRaw(peer -> peer.answer(400, "no tls here").close())) {
            UpstreamException e = failure(client, whole(URI.create("https://localhost:" + upstream.port() + "/")));
            assertThat(e.type()).isEqualTo(ErrorType.UPSTREAM_TLS);
            assertThat(upstream.connections()).isOne();
        }
    }

    @Test
    void a_server_that_hangs_up_in_the_handshake_is_a_tls_failure() {
        try (FaultyUpstream upstream = FaultyUpstream.startRaw(FaultyPeer::reset)) {
            UpstreamException e = failure(client, whole(URI.create("https://localhost:" + upstream.port() + "/")));
            assertThat(e.type()).isEqualTo(ErrorType.UPSTREAM_TLS);
            assertThat(e.phase()).isEqualTo(Phase.P0);
        }
    }

    @Test
    void a_silent_handshake_is_left_at_the_connect_limit() {
        try (FaultyUpstream upstream = FaultyUpstream.startRaw(FaultyPeer::awaitHangUp)) {
            long start = System.nanoTime();
            UpstreamException e = failure(client, whole(URI.create("https://localhost:" + upstream.port() + "/"), limits(400, 5_000, 5_000, 9_000)));
            assertThat(e.type()).isEqualTo(ErrorType.UPSTREAM_TIMEOUT);
            assertThat(e.phase()).isEqualTo(Phase.P0);
            assertThat(millisSince(start)).isBetween(399L, 4_500L);
        }
    }

    @Test
    void limits_and_cancellation_work_through_tls() throws Exception {
        try (FaultyUpstream upstream = FaultyUpstream.startTls(certificates.server("good"), peer -> {
            peer.streamHead().chunk("data: 1\n\n");
            peer.awaitHangUp();
        })) {
            assertThat(failure(client, stream(upstream.uri("/"), limits(2_000, 2_000, 300, 9_000))).type()).isEqualTo(ErrorType.UPSTREAM_TIMEOUT);
            upstream.hangUpNanos();
            UpstreamResponse response = client.send(stream(upstream.uri("/")));
            SseReader reader = new SseReader(response.body());
            reader.next();
            CountDownLatch isAbout = new CountDownLatch(1);
            FutureTask<UpstreamException> reading = new FutureTask<>(() -> failure(() -> {
                isAbout.countDown();
                return reader.next();
            }));
            new Thread(reading, "caller").start();
            isAbout.await();
            long start = System.nanoTime();
            response.close();
            assertThat(upstream.hangUpNanos() - start).isLessThan(4_000_000_000L);
            assertThat(reading.get().type()).isEqualTo(ErrorType.CLIENT_CANCELLED);
        }
    }

    @Test
    void an_interrupt_ends_a_call_through_tls() throws Exception {
        CountDownLatch hasRequest = new CountDownLatch(1);
        try (FaultyUpstream upstream = FaultyUpstream.startTls(certificates.server("good"), peer -> {
            hasRequest.countDown();
            peer.awaitHangUp();
        })) {
            FutureTask<UpstreamException> calling = new FutureTask<>(() -> failure(client, whole(upstream.uri("/"))));
            Thread caller = new Thread(calling, "caller");
            caller.start();
            hasRequest.await();
            caller.interrupt();
            upstream.hangUpNanos();
            assertThat(calling.get().type()).isEqualTo(ErrorType.CLIENT_CANCELLED);
        }
    }

    @Test
    void a_tls_connection_the_server_closed_while_idle_is_not_used() throws Exception {
        try (FaultyUpstream upstream = FaultyUpstream.startTls(certificates.server("good"), peer -> {
            peer.json("{}");
            if (peer.connectionNumber() == 1) {
                peer.close();
            }
        })) {
            text(client, whole(upstream.uri("/")));
            Calls.eventually(() -> upstream.openConnections() == 0);
            text(client, whole(upstream.uri("/")));
            assertThat(upstream.requests()).hasSize(2);
            assertThat(client.statistics().resentRequests()).isZero();
        }
    }
}
