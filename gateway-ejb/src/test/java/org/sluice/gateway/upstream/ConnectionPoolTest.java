package org.sluice.gateway.upstream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.sluice.gateway.upstream.Calls.failure;
import static org.sluice.gateway.upstream.Calls.text;
import static org.sluice.gateway.upstream.Calls.whole;

import java.net.InetAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicLong;
import javax.net.ssl.SSLSocketFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.sluice.gateway.error.ErrorType;
import org.sluice.gateway.provider.UpstreamResponse;

class ConnectionPoolTest {
    private final AtomicLong nanos = new AtomicLong(1);
    private HttpUpstream client = client(UpstreamSettings.defaults());

    private HttpUpstream client(UpstreamSettings settings) {
        return new HttpUpstream(settings, (SSLSocketFactory) SSLSocketFactory.getDefault(), InetAddress::getAllByName, nanos::get);
    }

    private void use(UpstreamSettings settings) {
        client.close();
        client = client(settings);
    }

    @AfterEach
    void close() {
        client.close();
    }

    private void advance(Duration time) {
        nanos.addAndGet(time.toNanos());
    }

    @Test
    void a_connection_is_used_again() {
        try (FaultyUpstream upstream = FaultyUpstream.start(peer -> peer.json("{}"))) {
            for (int i = 0; i < 20; i++) {
                text(client, whole(upstream.uri("/")));
            }
            assertThat(upstream.connections()).isOne();
            assertThat(client.statistics()).isEqualTo(new UpstreamStatistics(1, 1, 0, 20, 1, 0, 0));
        }
    }

    @Test
    void one_call_more_than_connections_is_overloaded_at_once() {
        use(UpstreamSettings.defaults().withMaxConnectionsPerHost(2));
        try (FaultyUpstream upstream = FaultyUpstream.start(peer -> {
            peer.streamHead();
            peer.awaitHangUp();
        }); FaultyUpstream other = FaultyUpstream.start(peer -> peer.json("{}"))) {
            try (UpstreamResponse first = client.send(whole(upstream.uri("/")));
                    UpstreamResponse second = client.send(whole(upstream.uri("/")))) {
                UpstreamException e = failure(client, whole(upstream.uri("/")));
                assertThat(e.type()).isEqualTo(ErrorType.OVERLOADED);
                assertThat(e.phase()).isEqualTo(Phase.P0);
                assertThat(e.retryAfterSeconds()).isOne();
                assertThat(client.statistics().leasedConnections()).isEqualTo(2);
                assertThat(text(client, whole(other.uri("/")))).isEqualTo("{}");
            }
            client.send(whole(upstream.uri("/"))).close();
        }
    }

    @Test
    void a_failed_connect_gives_its_place_back() throws Exception {
        use(UpstreamSettings.defaults().withMaxConnectionsPerHost(1));
        FaultyUpstream gone = FaultyUpstream.start(peer -> peer.json("{}"));
        gone.close();
        for (int i = 0; i < 3; i++) {
            assertThat(failure(client, whole(gone.uri("/"))).type()).isEqualTo(ErrorType.UPSTREAM_UNREACHABLE);
        }
        assertThat(client.statistics().openConnections()).isZero();
    }

    @Test
    void no_more_connections_are_kept_than_wanted_and_the_latest_is_used_first() throws Exception {
        use(UpstreamSettings.defaults().withMaxIdlePerHost(2));
        List<Integer> used = new ArrayList<>();
        try (FaultyUpstream upstream = FaultyUpstream.start(peer -> {
            used.add(peer.connectionNumber());
            peer.json("{}");
        })) {
            List<UpstreamResponse> open = new ArrayList<>();
            for (int i = 0; i < 3; i++) {
                open.add(client.send(whole(upstream.uri("/"))));
            }
            for (UpstreamResponse response : open) {
                Calls.readAll(response);
            }
            assertThat(client.statistics().idleConnections()).isEqualTo(2);
            assertThat(client.statistics().openConnections()).isEqualTo(2);
            used.clear();
            text(client, whole(upstream.uri("/")));
            text(client, whole(upstream.uri("/")));
            assertThat(used).containsExactly(2, 2);
        }
    }

    @Test
    void an_old_connection_is_not_used_again() {
        try (FaultyUpstream upstream = FaultyUpstream.start(peer -> peer.json("{}"))) {
            for (int minute = 0; minute < 6; minute++) {
                text(client, whole(upstream.uri("/")));
                advance(Duration.ofSeconds(59));
            }
            assertThat(upstream.connections()).isOne();
            advance(Duration.ofSeconds(-1 - 59 + 60));
            text(client, whole(upstream.uri("/")));
            assertThat(upstream.connections()).isEqualTo(2);
        }
    }

    @Test
    void an_idle_connection_is_not_used_after_its_time_and_is_closed() throws Exception {
        try (FaultyUpstream upstream = FaultyUpstream.start(peer -> peer.json("{}"))) {
            text(client, whole(upstream.uri("/")));
            advance(Duration.ofSeconds(61));
            Calls.eventually(() -> upstream.openConnections() == 0 && client.statistics().openConnections() == 0);
            text(client, whole(upstream.uri("/")));
            assertThat(upstream.connections()).isEqualTo(2);
        }
    }

    @Test
    void the_server_may_ask_for_a_shorter_idle_time_or_none() {
        try (FaultyUpstream upstream = FaultyUpstream.start(peer -> peer.write("HTTP/1.1 200 OK\r\nKeep-Alive: timeout=5, max=100\r\n"
                + (peer.connectionNumber() == 2 ? "Connection: Keep-Alive, Close\r\n" : "") + "Content-Length: 0\r\n\r\n"))) {
            text(client, whole(upstream.uri("/")));
            advance(Duration.ofSeconds(4));
            text(client, whole(upstream.uri("/")));
            assertThat(upstream.connections()).isOne();
            advance(Duration.ofSeconds(5));
            text(client, whole(upstream.uri("/")));
            assertThat(upstream.connections()).isEqualTo(2);
            text(client, whole(upstream.uri("/")));
            assertThat(upstream.connections()).isEqualTo(3);
        }
    }

    @Test
    void idle_connections_the_server_has_closed_are_swept() throws Exception {
        CountDownLatch mayClose = new CountDownLatch(1);
        try (FaultyUpstream upstream = FaultyUpstream.start(peer -> {
            peer.json("{}");
            mayClose.await();
            peer.close();
        })) {
            text(client, whole(upstream.uri("/")));
            mayClose.countDown();
            advance(Duration.ofSeconds(2));
            Calls.eventually(() -> client.statistics().openConnections() == 0);
        }
    }

    @Test
    void an_answer_nobody_asked_for_reaches_nobody() throws Exception {
        CountDownLatch firstIsRead = new CountDownLatch(1);
        CountDownLatch poisonIsSent = new CountDownLatch(1);
        try (FaultyUpstream upstream = FaultyUpstream.start(peer -> {
            peer.json("mine");
            if (peer.connectionNumber() == 1) {
                firstIsRead.await();
                peer.json("poison");
                poisonIsSent.countDown();
            }
        })) {
            text(client, whole(upstream.uri("/")));
            firstIsRead.countDown();
            poisonIsSent.await();
            assertThat(text(client, whole(upstream.uri("/")))).isEqualTo("mine");
            assertThat(upstream.connections()).isEqualTo(2);
        }
    }
}
