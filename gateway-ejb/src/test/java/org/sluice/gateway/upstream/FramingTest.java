package org.sluice.gateway.upstream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.sluice.gateway.upstream.Calls.failure;
import static org.sluice.gateway.upstream.Calls.stream;
import static org.sluice.gateway.upstream.Calls.text;
import static org.sluice.gateway.upstream.Calls.whole;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.sluice.gateway.error.ErrorType;
import org.sluice.gateway.provider.UpstreamResponse;

/** What is accepted as an HTTP answer, and what the refusal is called. */
class FramingTest {
    private final HttpUpstream client = Calls.client(UpstreamSettings.defaults().withMaxWholeBytes(1_000_000));
    private final AtomicReference<String> answer = new AtomicReference<>();
    private FaultyUpstream upstream;

    @BeforeEach
    void start() {
        upstream = FaultyUpstream.start(peer -> peer.write(answer.get()).close());
    }

    @AfterEach
    void close() {
        upstream.close();
        client.close();
    }

    private static final String OK = "HTTP/1.1 200 OK\r\n";
    private static final String CHUNKED = OK + "Transfer-Encoding: chunked\r\n\r\n";

    @ParameterizedTest
    @ValueSource(strings = {
        "SSH-2.0-OpenSSH\r\n\r\n",
        "HTTP/2 200 OK\r\n\r\n",
        "HTTP/1.1 999 X\r\nContent-Length: 0\r\n\r\n",
        "HTTP/1.1 099 X\r\nContent-Length: 0\r\n\r\n",
        "HTTP/1.1 2000\r\nContent-Length: 0\r\n\r\n",
        "HTTP/1.1 20\r\nContent-Length: 0\r\n\r\n",
        "HTTP/1.1 101 Switching\r\n\r\n",
        "HTTP/1.12200 OK\r\nContent-Length: 0\r\n\r\n",
        "\r\nHTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n",
        OK + "Content-Length: 2\r\nContent-Length: 5\r\n\r\n{}abc",
        OK + "Content-Length: 2\r\nTransfer-Encoding: chunked\r\n\r\n2\r\n{}\r\n0\r\n\r\n",
        OK + "Content-Length: -2\r\n\r\n{}",
        OK + "Content-Length: +2\r\n\r\n{}",
        OK + "Content-Length: 2, 2\r\n\r\n{}",
        OK + "Content-Length: 0x2\r\n\r\n{}",
        OK + "Content-Length:\r\n\r\n{}",
        OK + "Content-Length: 9223372036854775808\r\n\r\n{}",
        OK + "Content-Length: 99999999999\r\n\r\n{}",
        OK + "Content-Length: 1000001\r\n\r\n{}",
        OK + "Content-Length : 2\r\n\r\n{}",
        OK + "X: a\r\n b\r\nContent-Length: 2\r\n\r\n{}",
        OK + "X: a\rb\r\nContent-Length: 2\r\n\r\n{}",
        OK + "X: a\0b\r\nContent-Length: 2\r\n\r\n{}",
        OK + ": a\r\nContent-Length: 2\r\n\r\n{}",
        OK + "nonsense\r\nContent-Length: 2\r\n\r\n{}",
        OK + "Transfer-Encoding: gzip, chunked\r\n\r\n0\r\n\r\n",
        OK + "Transfer-Encoding: identity\r\n\r\n{}",
        OK + "Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
        "HTTP/1.0 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
        OK + "Content-Encoding: br\r\nContent-Length: 2\r\n\r\n{}",
        CHUNKED + "ZZ\r\nhello\r\n0\r\n\r\n",
        CHUNKED + "-5\r\nhello\r\n0\r\n\r\n",
        CHUNKED + "\r\nhello\r\n0\r\n\r\n",
        CHUNKED + "7fffffffffffffff\r\nhello\r\n",
        CHUNKED + "ffffffffffffffffffffffff5\r\nhello\r\n0\r\n\r\n",
        CHUNKED + "5\nhello\n0\n\n",
        CHUNKED + "5\r\nhelloX\r\n0\r\n\r\n",
        CHUNKED + "5 5\r\nhello\r\n0\r\n\r\n",
        CHUNKED + "5;a\rb\r\nhello\r\n0\r\n\r\n",
        CHUNKED + "5\r\nhello\r\n0\r\nX: y\n\r\n",
        OK + "Content-Length: 100\r\n\r\n0123456789",
        CHUNKED + "5\r\nhello\r\n",
        CHUNKED + "ff\r\nhello",
        CHUNKED + "5\r\nhello\r\n0\r\n",
    })
    void a_whole_answer_that_is_ambiguous_or_incomplete_is_invalid(String bytes) {
        answer.set(bytes);
        UpstreamException e = failure(client, whole(upstream.uri("/")));
        assertThat(e.type()).isEqualTo(ErrorType.UPSTREAM_INVALID);
        assertThat(client.statistics().openConnections()).isZero();
        assertThat(upstream.requests()).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {
        OK + "Content-Length: 2\r\n\r\n{}",
        OK + "content-LENGTH:2\r\nContent-Length: 2\r\n\r\n{}",
        "HTTP/1.1 200\r\nContent-Length: 2\r\n\r\n{}",
        "HTTP/1.1 200 \r\nContent-Length: \t 2 \r\n\r\n{}",
        "HTTP/1.1 200 OK\nContent-Length: 2\n\n{}",
        OK + "X: caf\u00e9\tx\r\nContent-Length: 2\r\n\r\n{}",
        CHUNKED + "2\r\n{}\r\n0\r\n\r\n",
        CHUNKED + "02 ;ext=\"a\"\r\n{}\r\n000;x\r\nTrailer: y\r\n\r\n",
        OK + "Transfer-Encoding: Chunked\r\n\r\n1\r\n{\r\n1\r\n}\r\n0\r\n\r\n",
        OK + "\r\n{}",
        "HTTP/1.0 200 OK\r\nX: y\r\n\r\n{}",
    })
    void what_the_standard_allows_is_read(String bytes) {
        answer.set(bytes);
        assertThat(text(client, whole(upstream.uri("/")))).isEqualTo("{}");
    }

    @Test
    void an_answer_without_a_body_has_none() {
        answer.set("HTTP/1.1 204 No\r\n\r\n");
        assertThat(text(client, whole(upstream.uri("/")))).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {
        CHUNKED + "5\r\nhello\r\n",
        CHUNKED + "ff\r\nhello",
        OK + "Content-Length: 100\r\n\r\n0123456789",
    })
    void a_stream_that_breaks_off_is_truncated_after_what_came(String bytes) {
        answer.set(bytes);
        UpstreamException e = failure(client, stream(upstream.uri("/")));
        assertThat(e.type()).isEqualTo(ErrorType.UPSTREAM_TRUNCATED);
        assertThat(e.phase()).isEqualTo(Phase.P4);
    }

    @Test
    void a_stream_reset_in_the_middle_is_truncated_after_what_came() {
        CountDownLatch hasRead = new CountDownLatch(1);
        try (FaultyUpstream resetting = FaultyUpstream.start(peer -> {
            peer.streamHead().chunk("data: 1\n\n");
            hasRead.await();
            peer.reset();
        }); UpstreamResponse response = client.send(stream(resetting.uri("/")))) {
            SseReader reader = new SseReader(response.body());
            assertThat(reader.next().data().text()).isEqualTo("1");
            long start = System.nanoTime();
            hasRead.countDown();
            assertThat(failure(reader::next).type()).isEqualTo(ErrorType.UPSTREAM_TRUNCATED);
            assertThat(Calls.millisSince(start)).isLessThan(500);
        }
    }

    @Test
    void a_flood_of_interim_answers_is_invalid() {
        answer.set("HTTP/1.1 102 Processing\r\n\r\n".repeat(200) + OK + "Content-Length: 0\r\n\r\n");
        assertThat(failure(client, whole(upstream.uri("/"))).type()).isEqualTo(ErrorType.UPSTREAM_INVALID);
    }

    @Test
    void a_head_of_two_megabytes_is_invalid() {
        answer.set(OK + "X: " + "a".repeat(2_000_000) + "\r\nContent-Length: 0\r\n\r\n");
        assertThat(failure(client, whole(upstream.uri("/"))).type()).isEqualTo(ErrorType.UPSTREAM_INVALID);
    }

    @Test
    void a_head_of_sixty_kilobytes_is_read() {
        answer.set(OK + ("X: " + "a".repeat(1_000) + "\r\n").repeat(60) + "Content-Length: 2\r\n\r\n{}");
        assertThat(text(client, whole(upstream.uri("/")))).isEqualTo("{}");
    }

    @Test
    void a_body_beyond_the_limit_is_invalid_when_whole() {
        answer.set(CHUNKED + "f4241\r\n" + "a".repeat(1_000_001) + "\r\n0\r\n\r\n");
        assertThat(failure(client, whole(upstream.uri("/"))).type()).isEqualTo(ErrorType.UPSTREAM_INVALID);
    }

    @Test
    void bytes_behind_the_answer_cost_the_connection() {
        answer.set(OK + "Content-Length: 2\r\n\r\n{}HTTP/1.1 200 OK\r\nContent-Length: 6\r\n\r\npoison");
        assertThat(text(client, whole(upstream.uri("/")))).isEqualTo("{}");
        assertThat(client.statistics().openConnections()).isZero();
    }
}
