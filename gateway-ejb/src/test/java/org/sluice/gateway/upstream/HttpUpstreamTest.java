package org.sluice.gateway.upstream;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.sluice.gateway.upstream.Calls.failure;
import static org.sluice.gateway.upstream.Calls.stream;
import static org.sluice.gateway.upstream.Calls.text;
import static org.sluice.gateway.upstream.Calls.whole;
import static org.sluice.gateway.upstream.Calls.withBody;

import java.io.InputStream;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.sluice.gateway.error.ErrorType;
import org.sluice.gateway.provider.UpstreamResponse;

class HttpUpstreamTest {
    private final HttpUpstream client = Calls.client();

    @AfterEach
    void close() {
        client.close();
    }

    @Test
    void a_post_carries_the_headers_and_the_body_and_brings_the_answer() {
        try (FaultyUpstream upstream = FaultyUpstream.start(peer -> peer.write(
                "HTTP/1.1 429 Too Many\r\nretry-After:  7 \r\nRetry-After: 8\r\nX-Empty:\r\nContent-Length: 4\r\n\r\nwait"))) {
            try (UpstreamResponse response = client.send(whole(upstream.uri("/v1/x?y=%20z")))) {
                assertThat(response.status()).isEqualTo(429);
                assertThat(response.headers().get("retry-after")).isEqualTo("7");
                assertThat(response.headers()).containsEntry("x-empty", "").containsEntry("retry-after", "7").hasSize(3);
                assertThat(response.headers().get("absent")).isNull();
                assertThat(((HttpResponse) response).wasResent()).isFalse();
                assertThat(new String(Calls.readAll(response), UTF_8)).isEqualTo("wait");
            }
            ReceivedRequest request = upstream.requests().get(0);
            assertThat(request.head()).startsWith("POST /v1/x?y=%20z HTTP/1.1\r\nHost: 127.0.0.1:" + upstream.port() + "\r\n");
            assertThat(request.header("authorization")).isEqualTo("Bearer k");
            assertThat(request.bodyText()).isEqualTo("{\"a\":1}");
        }
    }

    @Test
    void a_body_of_any_size_arrives_unchanged() {
        try (FaultyUpstream upstream = FaultyUpstream.start(peer -> peer.json("{}"))) {
            for (int size : new int[] {0, 1, 16_000, 16_384, 16_385, 70_000, 3_000_000}) {
                byte[] body = new byte[size];
                new Random(size).nextBytes(body);
                text(client, withBody(upstream.uri("/"), body));
                assertThat(upstream.requests().get(upstream.requests().size() - 1).body()).isEqualTo(body);
            }
            assertThat(upstream.connections()).isOne();
        }
    }

    @Test
    void a_large_answer_arrives_unchanged_in_every_framing() {
        String large = "0123456789".repeat(300_000);
        try (FaultyUpstream upstream = FaultyUpstream.start(peer -> {
            switch (peer.requestNumber()) {
                case 1 -> peer.json(large);
                case 2 -> peer.write("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n").chunk(large.substring(0, 5))
                        .chunk(large.substring(5, 100_000)).chunk(large.substring(100_000)).lastChunk();
                default -> peer.write("HTTP/1.0 200 OK\r\n\r\n" + large).close();
            }
        })) {
            for (int i = 0; i < 3; i++) {
                assertThat(text(client, whole(upstream.uri("/")))).isEqualTo(large);
            }
            assertThat(upstream.connections()).isOne();
        }
    }

    @Test
    void a_read_returns_what_has_arrived_and_joins_small_chunks() throws Exception {
        try (FaultyUpstream upstream = FaultyUpstream.start(peer -> {
            peer.write("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n2;x=y\r\nde\r\n4\r\nf");
            peer.awaitHangUp();
        })) {
            try (UpstreamResponse response = client.send(stream(upstream.uri("/")))) {
                byte[] bytes = new byte[100];
                assertThat(response.body().read(bytes)).isEqualTo(6);
                assertThat(new String(bytes, 0, 6, UTF_8)).isEqualTo("abcdef");
            }
        }
    }

    @Test
    void interim_answers_are_skipped() {
        try (FaultyUpstream upstream = FaultyUpstream.start(peer -> peer
                .write("HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 103 Early\r\nLink: x\r\n\r\n").json("{}"))) {
            assertThat(text(client, whole(upstream.uri("/")))).isEqualTo("{}");
        }
    }

    @Test
    @DisplayName("U5: a reset without an answer on a new connection is not repeated")
    void a_reset_without_an_answer_on_a_new_connection_is_not_repeated() {
        try (FaultyUpstream upstream = FaultyUpstream.start(FaultyPeer::reset)) {
            UpstreamException e = failure(client, whole(upstream.uri("/")));
            assertThat(e.type()).isEqualTo(ErrorType.UPSTREAM_RESET);
            assertThat(Phase.of(e)).isEqualTo(Phase.P2);
            assertThat(e.isCostUncertain()).isTrue();
            assertThat(upstream.requests()).hasSize(1);
        }
    }

    @Test
    @DisplayName("U6: a connection the server closed while idle is not used")
    void a_connection_the_server_closed_while_idle_is_not_used() throws Exception {
        try (FaultyUpstream upstream = FaultyUpstream.start(peer -> {
            peer.json("{}");
            if (peer.connectionNumber() == 1) {
                peer.close();
            }
        })) {
            text(client, whole(upstream.uri("/")));
            Calls.eventually(() -> upstream.openConnections() == 0);
            try (UpstreamResponse response = client.send(whole(upstream.uri("/")))) {
                assertThat(((HttpResponse) response).wasResent()).isFalse();
                Calls.readAll(response);
            }
            assertThat(upstream.requests()).hasSize(2);
            assertThat(client.statistics().resentRequests()).isZero();
        }
    }

    @Test
    @DisplayName("U7: a kept connection that dies without a byte is replaced once")
    void a_kept_connection_that_dies_without_a_byte_is_replaced_once() {
        try (FaultyUpstream upstream = FaultyUpstream.start(peer -> {
            if (peer.requestNumber() == 2) {
                peer.close();
            } else {
                peer.json("{}");
            }
        })) {
            text(client, whole(upstream.uri("/")));
            try (UpstreamResponse response = client.send(whole(upstream.uri("/")))) {
                assertThat(response.status()).isEqualTo(200);
                assertThat(((HttpResponse) response).wasResent()).isTrue();
            }
            assertThat(upstream.requests()).hasSize(3);
            assertThat(upstream.connections()).isEqualTo(2);
            assertThat(client.statistics().resentRequests()).isOne();
        }
    }

    @Test
    @DisplayName("U7: a request is never sent a third time")
    void a_request_is_never_sent_a_third_time() {
        try (FaultyUpstream upstream = FaultyUpstream.start(peer -> {
            if (peer.requestNumber() == 1 && peer.connectionNumber() == 1) {
                peer.json("{}");
            } else {
                peer.close();
            }
        })) {
            text(client, whole(upstream.uri("/")));
            assertThat(failure(client, whole(upstream.uri("/"))).type()).isEqualTo(ErrorType.UPSTREAM_RESET);
            assertThat(upstream.requests()).hasSize(3);
        }
    }

    @Test
    @DisplayName("U7: a kept connection that dies late or after a byte is not replaced")
    void a_kept_connection_that_dies_late_or_after_a_byte_is_not_replaced() {
        try (FaultyUpstream upstream = FaultyUpstream.start(peer -> {
            if (peer.requestNumber() == 1) {
                peer.json("{}");
            } else if (peer.connectionNumber() == 1) {
                Thread.sleep(400);
                peer.close();
            } else {
                peer.write("H").close();
            }
        })) {
            text(client, whole(upstream.uri("/")));
            assertThat(failure(client, whole(upstream.uri("/"))).type()).isEqualTo(ErrorType.UPSTREAM_RESET);
            assertThat(upstream.requests()).hasSize(2);
            text(client, whole(upstream.uri("/")));
            assertThat(failure(client, whole(upstream.uri("/"))).type()).isEqualTo(ErrorType.UPSTREAM_RESET);
            assertThat(upstream.requests()).hasSize(4);
        }
    }

    @Test
    void a_redirect_is_refused_and_not_followed() {
        try (FaultyUpstream upstream = FaultyUpstream.start(peer -> peer.write("HTTP/1.1 302 Found\r\nLocation: http://127.0.0.1:"
                + "1/secret\r\nContent-Length: 0\r\n\r\n"))) {
            UpstreamException e = failure(client, whole(upstream.uri("/")));
            assertThat(e.type()).isEqualTo(ErrorType.UPSTREAM_INVALID);
            assertThat(e.phase()).isEqualTo(Phase.P3);
            assertThat(e.getMessage()).doesNotContain("secret");
            assertThat(upstream.requests()).hasSize(1);
            assertThat(client.statistics().openConnections()).isZero();
        }
    }

    @Test
    @DisplayName("U38: an answer before the whole body was sent is read")
    void an_answer_before_the_whole_body_was_sent_is_read() {
        try (FaultyUpstream upstream = FaultyUpstream.startRaw(peer -> peer.answer(413, "too big").close())) {
            byte[] body = new byte[8_000_000];
            try (UpstreamResponse response = client.send(withBody(upstream.uri("/"), body))) {
                assertThat(response.status()).isEqualTo(413);
                assertThat(new String(Calls.readAll(response), UTF_8)).isEqualTo("too big");
            }
            assertThat(client.statistics().openConnections()).isZero();
        }
    }

    @Test
    @DisplayName("U38: an early answer is read although the server neither reads on nor closes")
    void an_early_answer_is_read_although_the_server_neither_reads_on_nor_closes() {
        try (FaultyUpstream upstream = FaultyUpstream.startRaw(peer -> {
            peer.answer(413, "too big");
            Calls.never();
        })) {
            try (UpstreamResponse response = client.send(withBody(upstream.uri("/"), new byte[30_000_000]))) {
                assertThat(response.status()).isEqualTo(413);
                assertThat(new String(Calls.readAll(response), UTF_8)).isEqualTo("too big");
            }
            assertThat(client.statistics().openConnections()).isZero();
        }
    }

    @Test
    @DisplayName("U39: a slow reader slows the server down")
    void a_slow_reader_slows_the_server_down() throws Exception {
        byte[] piece = new byte[64 * 1024];
        java.util.concurrent.atomic.AtomicLong written = new java.util.concurrent.atomic.AtomicLong();
        try (FaultyUpstream upstream = FaultyUpstream.start(peer -> {
            peer.write("HTTP/1.1 200 OK\r\nContent-Length: 100000000\r\n\r\n");
            for (int sent = 0; sent < 100_000_000; sent += piece.length) {
                peer.write(Arrays.copyOf(piece, Math.min(piece.length, 100_000_000 - sent)));
                written.addAndGet(piece.length);
            }
        })) {
            try (UpstreamResponse response = client.send(stream(upstream.uri("/")))) {
                InputStream body = response.body();
                body.read();
                long before = -1;
                while (before != written.get()) { // the server stands still
                    before = written.get();
                    Thread.sleep(200);
                }
                assertThat(before).isLessThan(16_000_000);
                assertThat(Calls.readAll(response)).hasSize(99_999_999);
            }
        }
    }
}
