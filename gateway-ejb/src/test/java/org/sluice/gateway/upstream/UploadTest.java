package org.sluice.gateway.upstream;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.sluice.gateway.dialect.Body;
import org.sluice.gateway.error.ErrorType;
import org.sluice.gateway.error.GatewayException;
import org.sluice.gateway.provider.Upload;
import org.sluice.gateway.provider.UpstreamRequest;

class UploadTest {
    private final HttpUpstream client = Calls.client();

    @AfterEach
    void close() {
        client.close();
    }

    private static UpstreamRequest upload(URI uri, InputStream content, long length) {
        return new UpstreamRequest("PUT", uri, Map.of("Content-Type", "audio/wav"), new Body(List.of()), new Upload(content, length), true, Calls.PATIENT);
    }

    private static byte[] noise(int size) {
        byte[] bytes = new byte[size];
        new Random(size).nextBytes(bytes);
        return bytes;
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 32_767, 32_768, 32_769, 500_000})
    void an_upload_of_known_length_arrives_unchanged(int size) {
        try (FaultyUpstream upstream = FaultyUpstream.start(peer -> peer.json("{}"))) {
            Calls.text(client, upload(upstream.uri("/f"), new ByteArrayInputStream(noise(size)), size));
            ReceivedRequest request = upstream.requests().get(0);
            assertThat(request.head()).startsWith("PUT /f HTTP/1.1\r\n");
            assertThat(request.header("Content-Length")).isEqualTo(Integer.toString(size));
            assertThat(request.body()).isEqualTo(noise(size));
        }
    }

    /** Reads one chunk after the other. */
    private static byte[] dechunked(byte[] wire) {
        java.io.ByteArrayOutputStream body = new java.io.ByteArrayOutputStream();
        int at = 0;
        while (true) {
            int end = new String(wire, at, Math.min(20, wire.length - at), ISO_8859_1).indexOf("\r\n");
            int size = Integer.parseInt(new String(wire, at, end, ISO_8859_1), 16);
            at += end + 2;
            if (size == 0) {
                assertThat(new String(wire, at, wire.length - at, ISO_8859_1)).isEqualTo("\r\n");
                return body.toByteArray();
            }
            body.write(wire, at, size);
            at += size + 2;
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 32_768, 32_769, 300_000})
    void an_upload_of_unknown_length_goes_in_chunks(int size) throws Exception {
        AtomicReference<byte[]> wire = new AtomicReference<>();
        CountDownLatch isRead = new CountDownLatch(1);
        try (RawPeer peer = new RawPeer(bytes -> {
            wire.set(bytes);
            isRead.countDown();
        })) {
            Calls.text(client, upload(peer.uri(), new ByteArrayInputStream(noise(size)), Upload.UNKNOWN));
            assertThat(isRead.await(5, TimeUnit.SECONDS)).isTrue();
            int body = new String(wire.get(), ISO_8859_1).indexOf("\r\n\r\n") + 4;
            assertThat(new String(wire.get(), 0, body, ISO_8859_1)).contains("Transfer-Encoding: chunked\r\n").doesNotContain("Content-Length");
            assertThat(dechunked(java.util.Arrays.copyOfRange(wire.get(), body, wire.get().length))).isEqualTo(noise(size));
        }
    }

    @Test
    void an_upload_that_is_shorter_than_it_says_cuts_the_connection() {
        try (FaultyUpstream upstream = FaultyUpstream.start(peer -> peer.json("{}"))) {
            assertThatThrownBy(() -> client.send(upload(upstream.uri("/"), new ByteArrayInputStream(new byte[10]), 11)))
                    .isInstanceOfSatisfying(GatewayException.class, e -> assertThat(e.type()).isEqualTo(ErrorType.INVALID_VALUE));
            assertThat(client.statistics().openConnections()).isZero();
        }
    }

    @Test
    void a_client_that_fails_is_not_the_providers_fault() {
        InputStream broken = new InputStream() {
            @Override
            public int read() throws IOException {
                throw new IOException("gone");
            }
        };
        try (FaultyUpstream upstream = FaultyUpstream.start(peer -> peer.json("{}"))) {
            assertThatThrownBy(() -> client.send(upload(upstream.uri("/"), broken, Upload.UNKNOWN)))
                    .isInstanceOfSatisfying(GatewayException.class, e -> assertThat(e.type()).isEqualTo(ErrorType.REQUEST_TIMEOUT));
        }
    }

    @Test
    void an_upload_never_takes_a_kept_connection_and_is_never_sent_twice() {
        try (FaultyUpstream upstream = FaultyUpstream.start(peer -> {
            if (peer.connectionNumber() == 1) {
                peer.json("{}");
            } else {
                peer.reset();
            }
        })) {
            Calls.text(client, Calls.whole(upstream.uri("/")));
            assertThat(Calls.failure(client, upload(upstream.uri("/"), new ByteArrayInputStream(new byte[10]), 10)).type()).isEqualTo(ErrorType.UPSTREAM_RESET);
            assertThat(upstream.connections()).isEqualTo(2);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"GET", "DELETE", "OPTIONS"})
    void a_request_without_a_body_says_nothing_of_its_length(String method) {
        try (FaultyUpstream upstream = FaultyUpstream.start(peer -> peer.json("{\"ok\":1}"))) {
            assertThat(Calls.text(client, UpstreamRequest.bare(method, upstream.uri("/x?y=1"), Map.of(), false, Calls.PATIENT))).isEqualTo("{\"ok\":1}");
            assertThat(upstream.requests().get(0).head()).startsWith(method + " /x?y=1 HTTP/1.1\r\n").doesNotContainIgnoringCase("content-length")
                    .doesNotContainIgnoringCase("transfer-encoding");
            Calls.text(client, UpstreamRequest.bare("POST", upstream.uri("/"), Map.of(), false, Calls.PATIENT));
            assertThat(upstream.requests().get(1).header("Content-Length")).isEqualTo("0");
            assertThat(upstream.connections()).isOne();
        }
    }

    @Test
    void the_body_that_an_answer_to_head_announces_is_not_awaited() {
        try (FaultyUpstream upstream = FaultyUpstream.start(peer -> {
            if (peer.request().head().startsWith("HEAD ")) {
                peer.write("HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n");
            } else {
                peer.json("{\"ok\":1}");
            }
        })) {
            assertThat(Calls.text(client, UpstreamRequest.bare("HEAD", upstream.uri("/x"), Map.of(), false, Calls.PATIENT))).isEmpty();
            assertThat(Calls.text(client, UpstreamRequest.bare("GET", upstream.uri("/x"), Map.of(), false, Calls.PATIENT))).isEqualTo("{\"ok\":1}");
            assertThat(upstream.connections()).as("the connection is good for the next call").isOne();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"CONNECT", "TRACE", "get", "GET /x HTTP/1.1\r\nX: y"})
    void other_methods_are_refused(String method) {
        assertThatThrownBy(() -> client.send(UpstreamRequest.bare(method, URI.create("http://127.0.0.1:9/"), Map.of(), false, Calls.PATIENT)))
                .isInstanceOfSatisfying(GatewayException.class, e -> assertThat(e.type()).isEqualTo(ErrorType.INVALID_VALUE));
    }

    /** Takes one request whose chunks end, hands over its bytes and answers. */
    private static final class RawPeer implements AutoCloseable {
        private final java.net.ServerSocket server = new java.net.ServerSocket(0, 1, java.net.InetAddress.getLoopbackAddress());

        RawPeer(java.util.function.Consumer<byte[]> seen) throws IOException {
            FaultyUpstream.daemon(() -> {
                try (java.net.Socket socket = server.accept()) {
                    java.io.ByteArrayOutputStream all = new java.io.ByteArrayOutputStream();
                    byte[] piece = new byte[65_536];
                    while (!endsWithLastChunk(all.toByteArray())) {
                        int read = socket.getInputStream().read(piece);
                        all.write(piece, 0, read);
                    }
                    socket.getOutputStream().write("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n{}".getBytes(UTF_8));
                    seen.accept(all.toByteArray());
                } catch (IOException e) {
                    // the test sees nothing and fails
                }
            }, "raw-peer");
        }

        private static boolean endsWithLastChunk(byte[] bytes) {
            return bytes.length > 7 && new String(bytes, bytes.length - 7, 7, ISO_8859_1).equals("\r\n0\r\n\r\n")
                    || new String(bytes, ISO_8859_1).endsWith("\r\n\r\n0\r\n\r\n");
        }

        URI uri() {
            return URI.create("http://127.0.0.1:" + server.getLocalPort() + "/");
        }

        @Override
        public void close() throws IOException {
            server.close();
        }
    }
}
