package org.sluice.gateway.upstream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.sluice.gateway.upstream.Calls.failure;
import static org.sluice.gateway.upstream.Calls.limits;
import static org.sluice.gateway.upstream.Calls.millisSince;
import static org.sluice.gateway.upstream.Calls.whole;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.ssl.SSLSocketFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.sluice.gateway.error.ErrorType;
import org.sluice.gateway.error.GatewayException;

class ConnectorTest {
    private final CountDownLatch testIsOver = new CountDownLatch(1);
    private HttpUpstream client = Calls.client();

    @AfterEach
    void close() {
        testIsOver.countDown();
        client.close();
    }

    private void resolve(Resolver.Lookup lookup) {
        client.close();
        client = new HttpUpstream(UpstreamSettings.defaults(), (SSLSocketFactory) SSLSocketFactory.getDefault(), lookup, System::nanoTime);
    }

    private static InetAddress loopback(int last) throws UnknownHostException {
        return InetAddress.getByAddress(new byte[] {127, 0, 0, (byte) last});
    }

    @Test
    @DisplayName("U1, U2: refused and unknown hosts are unreachable in the same words")
    void refused_and_unknown_hosts_are_unreachable_in_the_same_words() throws Exception {
        ServerSocket closed = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
        closed.close();
        long start = System.nanoTime();
        UpstreamException refused = failure(client, whole(URI.create("http://127.0.0.1:" + closed.getLocalPort() + "/")));
        assertThat(millisSince(start)).isLessThan(500);
        resolve(host -> {
            throw new UnknownHostException(host);
        });
        UpstreamException unknown = failure(client, whole(URI.create("http://no-such-host.invalid/")));
        assertThat(refused.type()).isEqualTo(ErrorType.UPSTREAM_UNREACHABLE);
        assertThat(unknown.type()).isEqualTo(ErrorType.UPSTREAM_UNREACHABLE);
        assertThat(refused.phase()).isEqualTo(Phase.P0);
        assertThat(refused.isCostUncertain()).isFalse();
        assertThat(unknown.getMessage()).isEqualTo(refused.getMessage()).doesNotContain("no-such-host");
        assertThat(client.statistics().openConnections()).isZero();
    }

    /** A port whose queue of connections is full: the next one is neither accepted nor refused. */
    private ServerSocket blackHole(InetAddress address, int port, List<Socket> fill) throws Exception {
        ServerSocket hole = new ServerSocket(port, 1, address);
        try {
            for (int i = 0; i < 8; i++) {
                Socket socket = new Socket();
                fill.add(socket);
                socket.connect(hole.getLocalSocketAddress(), 200);
            }
        } catch (SocketTimeoutException e) {
            return hole;
        }
        throw new AssertionError("the queue does not fill");
    }

    private static void closeAll(ServerSocket hole, List<Socket> fill) throws Exception {
        for (Socket socket : fill) {
            socket.close();
        }
        hole.close();
    }

    @Test
    @DisplayName("U3: a black hole is left at the connect limit")
    void a_black_hole_is_left_at_the_connect_limit() throws Exception {
        List<Socket> fill = new ArrayList<>();
        ServerSocket hole = blackHole(loopback(1), 0, fill);
        long start = System.nanoTime();
        UpstreamException e = failure(client, whole(URI.create("http://127.0.0.1:" + hole.getLocalPort() + "/"), limits(600, 5_000, 5_000, 9_000)));
        assertThat(millisSince(start)).isBetween(599L, 4_500L);
        assertThat(e.type()).isEqualTo(ErrorType.UPSTREAM_TIMEOUT);
        assertThat(e.phase()).isEqualTo(Phase.P0);
        assertThat(client.statistics().openConnections()).isZero();
        closeAll(hole, fill);
    }

    @Test
    @DisplayName("U44: an address that does not answer makes way for the next")
    void an_address_that_does_not_answer_makes_way_for_the_next() throws Exception {
        List<Socket> fill = new ArrayList<>();
        try (FaultyUpstream upstream = FaultyUpstream.start(peer -> peer.json("{}"))) {
            ServerSocket hole = blackHole(loopback(2), upstream.port(), fill);
            resolve(host -> new InetAddress[] {loopback(2), loopback(1)});
            long start = System.nanoTime();
            assertThat(Calls.text(client, whole(URI.create("http://provider.test:" + upstream.port() + "/")))).isEqualTo("{}");
            assertThat(millisSince(start)).isBetween(249L, 10_000L);
            closeAll(hole, fill);
        }
    }

    @Test
    void an_address_that_refuses_makes_way_for_the_next_at_once() throws Exception {
        try (FaultyUpstream upstream = FaultyUpstream.start(peer -> peer.json("{}"))) {
            resolve(host -> new InetAddress[] {InetAddress.getByName("::1"), loopback(3), loopback(1)});
            long start = System.nanoTime();
            assertThat(Calls.text(client, whole(URI.create("http://provider.test:" + upstream.port() + "/")))).isEqualTo("{}");
            assertThat(millisSince(start)).isLessThan(200);
            assertThat(upstream.requests().get(0).header("host")).isEqualTo("provider.test:" + upstream.port());
        }
    }

    @Test
    @DisplayName("U43: a new connection goes where the name points now")
    void a_new_connection_goes_where_the_name_points_now() throws Exception {
        AtomicInteger last = new AtomicInteger(9);
        try (FaultyUpstream upstream = FaultyUpstream.start(peer -> peer.json("{}"))) {
            resolve(host -> new InetAddress[] {loopback(last.get())});
            URI uri = URI.create("http://provider.test:" + upstream.port() + "/");
            assertThat(failure(client, whole(uri)).type()).isEqualTo(ErrorType.UPSTREAM_UNREACHABLE);
            last.set(1);
            assertThat(Calls.text(client, whole(uri))).isEqualTo("{}");
        }
    }

    @Test
    void a_name_server_that_hangs_does_not_hang_the_call() {
        resolve(host -> {
            try {
                testIsOver.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            return new InetAddress[0];
        });
        long start = System.nanoTime();
        UpstreamException e = failure(client, whole(URI.create("http://provider.test/"), limits(300, 5_000, 5_000, 9_000)));
        assertThat(e.type()).isEqualTo(ErrorType.UPSTREAM_TIMEOUT);
        assertThat(e.phase()).isEqualTo(Phase.P0);
        assertThat(millisSince(start)).isBetween(299L, 4_500L);
    }

    @ParameterizedTest
    @ValueSource(strings = {"ftp://h/", "http:/path", "mailto:a@b", "http://user:pw@h/", "//h/", "https://h_h:x/"})
    void an_address_that_is_no_base_url_is_refused(String uri) {
        assertThatThrownBy(() -> client.send(whole(URI.create(uri))))
                .isInstanceOfSatisfying(GatewayException.class, e -> assertThat(e.type()).isEqualTo(ErrorType.API_BASE_NOT_ALLOWED))
                .hasMessageNotContaining("pw");
    }

    @Test
    void an_origin_is_scheme_host_and_port() {
        assertThat(Origin.of(URI.create("https://API.Example.com/v1"))).isEqualTo(new Origin(true, "api.example.com", 443));
        assertThat(Origin.of(URI.create("http://[::1]:8080/")).authority()).isEqualTo("[::1]:8080");
        assertThat(Origin.of(URI.create("http://[::1]/")).host()).isEqualTo("::1");
        assertThat(Origin.of(URI.create("https://h:443/")).authority()).isEqualTo("h");
        assertThat(Origin.of(URI.create("http://h:443/")).authority()).isEqualTo("h:443");
    }
}
