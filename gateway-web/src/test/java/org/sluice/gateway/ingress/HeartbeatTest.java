package org.sluice.gateway.ingress;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.sluice.gateway.call.FrameStream;
import org.sluice.gateway.config.GatewayConfig;
import org.sluice.gateway.dialect.Slice;
import org.sluice.gateway.dialect.openai.OpenAiDialect;

/** Reliability C7 and the comment of C3, without a server and without its limits. */
class HeartbeatTest {
    private static final Duration SILENCE = Duration.ofSeconds(15);
    private static final Duration WRITE_LIMIT = Duration.ofSeconds(60);
    private final Heartbeat heartbeat = new Heartbeat();
    private final CallThreads threads = new CallThreads();
    private final Client client = new Client();
    private final Frames frames = new Frames();
    private long now = System.nanoTime();

    /** Takes a write only when it is allowed to. */
    private static final class Client extends OutputStream {
        private final Semaphore arrived = new Semaphore(0);
        private final Semaphore taken = new Semaphore(0);
        private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

        @Override
        public void write(int b) {
            bytes.write(b);
        }

        @Override
        public void write(byte[] b, int from, int length) throws IOException {
            arrived.release();
            taken.acquireUninterruptibly();
            bytes.write(b, from, length);
        }
    }

    /** As many frames as it is told to give. */
    private static final class Frames implements FrameStream {
        private final Semaphore given = new Semaphore(0);
        private final CountDownLatch cancelled = new CountDownLatch(1);

        @Override
        public Slice next() {
            given.acquireUninterruptibly();
            return cancelled.getCount() == 0 ? null : Slice.utf8("data: word\n\n");
        }

        @Override
        public void cancel() {
            cancelled.countDown();
            given.release();
        }

        @Override
        public void close() { }
    }

    @BeforeEach
    void open() throws Exception {
        heartbeat.config = GatewayConfig.of(Map.of("gateway.door.heartbeat", SILENCE.toString(), "gateway.door.write-timeout", WRITE_LIMIT.toString()));
        threads.config = heartbeat.config;
        threads.open();
        heartbeat.threads = threads;
        heartbeat.open();
        heartbeat.close(); // the test looks
        threads.execute(this::copy);
        frames.given.release();
        await(client.arrived);
    }

    @AfterEach
    void end() {
        client.taken.release(100);
        frames.cancel();
        threads.close();
    }

    private void copy() {
        try {
            new SseWriter(client, heartbeat, new OpenAiDialect(), "id", null).copy(frames);
        } catch (IOException gone) {
            throw new IllegalStateException(gone);
        }
    }

    private static void await(Semaphore semaphore) throws InterruptedException {
        assertThat(semaphore.tryAcquire(10, TimeUnit.SECONDS)).isTrue();
    }

    private void lookAfter(Duration time) {
        now += time.toNanos();
        heartbeat.look(now);
    }

    @Test
    void a_client_that_takes_nothing_of_a_write_for_the_limit_is_given_up() throws Exception {
        lookAfter(Duration.ZERO);
        lookAfter(WRITE_LIMIT.minusMillis(1));
        assertThat(heartbeat.size()).as("not yet").isOne();
        lookAfter(Duration.ofMillis(1));
        assertThat(frames.cancelled.await(10, TimeUnit.SECONDS)).isTrue();
        assertThat(heartbeat.size()).isZero();
    }

    @Test
    void a_client_that_takes_each_write_late_is_not_given_up() throws Exception {
        for (int write = 0; write < 3; write++) {
            lookAfter(Duration.ofSeconds(1));
            lookAfter(WRITE_LIMIT.minusSeconds(1));
            frames.given.release();
            client.taken.release();
            await(client.arrived);
        }
        assertThat(frames.cancelled.getCount()).isOne();
        assertThat(heartbeat.size()).isOne();
    }

    @Test
    void a_silent_stream_gets_a_comment() throws Exception {
        client.taken.release(100);
        now = System.nanoTime() + SILENCE.toNanos();
        for (int look = 0; look < 100 && !client.arrived.tryAcquire(100, TimeUnit.MILLISECONDS); look++) {
            lookAfter(Duration.ofSeconds(1)); // the frame's own write may still be ending
        }
        frames.given.release();
        await(client.arrived); // the comment is written before the next frame
        assertThat(client.bytes.toString(UTF_8)).startsWith("data: word\n\n: ping\n\n");
    }
}
