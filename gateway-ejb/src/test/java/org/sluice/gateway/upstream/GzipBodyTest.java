package org.sluice.gateway.upstream;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.sluice.gateway.upstream.Calls.failure;
import static org.sluice.gateway.upstream.Calls.stream;
import static org.sluice.gateway.upstream.Calls.text;
import static org.sluice.gateway.upstream.Calls.whole;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.concurrent.CountDownLatch;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.sluice.gateway.error.ErrorType;
import org.sluice.gateway.provider.UpstreamResponse;

class GzipBodyTest {
    private final HttpUpstream client = Calls.client();

    @AfterEach
    void close() {
        client.close();
    }

    private static byte[] gzip(byte[] plain) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(out)) {
            gzip.write(plain);
        }
        return out.toByteArray();
    }

    private static FaultyUpstream answering(byte[] body) {
        return FaultyUpstream.start(peer -> peer
                .write("HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: " + body.length + "\r\n\r\n").write(body));
    }

    @Test
    @DisplayName("U37: a packed answer is unpacked and the connection kept")
    void a_packed_answer_is_unpacked_and_the_connection_kept() throws Exception {
        String plain = "{\"text\":\"" + "gr\u00fc\u00dfe ".repeat(5_000) + "\"}";
        try (FaultyUpstream upstream = answering(gzip(plain.getBytes(UTF_8)))) {
            assertThat(text(client, whole(upstream.uri("/")))).isEqualTo(plain);
            assertThat(text(client, whole(upstream.uri("/")))).isEqualTo(plain);
            assertThat(upstream.connections()).isOne();
        }
    }

    @Test
    @DisplayName("U37: a bomb is invalid after little of it")
    void a_bomb_is_invalid_after_little_of_it() throws Exception {
        try (FaultyUpstream upstream = answering(gzip(new byte[40_000_000]))) {
            assertThat(failure(client, whole(upstream.uri("/"))).type()).isEqualTo(ErrorType.UPSTREAM_INVALID);
            assertThat(client.statistics().openConnections()).isZero();
        }
    }

    @Test
    @DisplayName("U37: a packed answer that is cut is invalid")
    void a_packed_answer_that_is_cut_is_invalid() throws Exception {
        byte[] packed = gzip("some text that is packed".getBytes(UTF_8));
        for (int length = 0; length < packed.length; length++) {
            try (FaultyUpstream upstream = answering(Arrays.copyOf(packed, length))) {
                assertThat(failure(client, whole(upstream.uri("/"))).type()).as("%d bytes", length).isEqualTo(ErrorType.UPSTREAM_INVALID);
            }
        }
    }

    @Test
    void a_packed_answer_with_a_wrong_checksum_or_no_packing_at_all_is_invalid() throws Exception {
        byte[] packed = gzip("some text that is packed".getBytes(UTF_8));
        packed[packed.length - 6] ^= 1;
        try (FaultyUpstream wrong = answering(packed); FaultyUpstream plain = answering("{\"id\":1234567890}".getBytes(UTF_8))) {
            assertThat(failure(client, whole(wrong.uri("/"))).type()).isEqualTo(ErrorType.UPSTREAM_INVALID);
            assertThat(failure(client, whole(plain.uri("/"))).type()).isEqualTo(ErrorType.UPSTREAM_INVALID);
        }
    }

    @Test
    void a_packed_stream_is_unpacked_as_it_comes() throws Exception {
        CountDownLatch firstIsRead = new CountDownLatch(1);
        try (FaultyUpstream upstream = FaultyUpstream.start(peer -> {
            peer.write("HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\n\r\n");
            ByteArrayOutputStream out = new ByteArrayOutputStream();
            GZIPOutputStream gzip = new GZIPOutputStream(out, 512, true);
            gzip.write("data: 1\n\n".getBytes(UTF_8));
            gzip.flush();
            peer.write(out.toByteArray());
            out.reset();
            firstIsRead.await();
            gzip.write("data: 2\n\n".getBytes(UTF_8));
            gzip.close();
            peer.write(out.toByteArray()).close();
        }); UpstreamResponse response = client.send(stream(upstream.uri("/")))) {
            SseReader reader = new SseReader(response.body());
            assertThat(reader.next().data().text()).isEqualTo("1");
            firstIsRead.countDown();
            assertThat(reader.next().data().text()).isEqualTo("2");
            assertThat(reader.next()).isNull();
        }
    }
}
