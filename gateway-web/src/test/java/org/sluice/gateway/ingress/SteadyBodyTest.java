package org.sluice.gateway.ingress;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.sluice.gateway.config.GatewayConfig;
import org.sluice.gateway.error.ErrorType;
import org.sluice.gateway.error.GatewayException;

/** A dripping client, with a clock that the drops move. */
class SteadyBodyTest {
    private static final int RATE = 65_536;
    private final AtomicLong nanos = new AtomicLong(-7);

    /** A body of which each read brings so many bytes and takes so long. */
    private InputStream dripping(int bytes, long millis, long total) {
        return new InputStream() {
            private long left = total;

            @Override
            public int read() {
                byte[] one = new byte[1];
                return read(one, 0, 1) < 0 ? -1 : one[0];
            }

            @Override
            public int read(byte[] target, int from, int length) {
                nanos.addAndGet(TimeUnit.MILLISECONDS.toNanos(millis));
                int n = (int) Math.min(left, Math.min(bytes, length));
                left -= n;
                return n == 0 ? -1 : n;
            }
        };
    }

    private long readAll(InputStream body) throws IOException {
        byte[] buffer = new byte[8192];
        long all = 0;
        for (int n = body.read(buffer); n >= 0; n = body.read(buffer)) {
            all += n;
        }
        return all;
    }

    private static void assertTooSlow(org.assertj.core.api.ThrowableAssert.ThrowingCallable reading) {
        assertThatThrownBy(reading).isInstanceOfSatisfying(GatewayException.class, e -> {
            assertThat(e.type()).isEqualTo(ErrorType.REQUEST_TIMEOUT);
            assertThat(e.status()).isEqualTo(408);
            assertThat(e.getMessage()).contains("65536 bytes a second");
        });
    }

    @Test
    void a_hundred_bytes_a_second_are_too_slow_shortly_after_the_grace() {
        assertTooSlow(() -> readAll(new SteadyBody(dripping(100, 1_000, 10_000_000), RATE, nanos::get)));
        assertThat(TimeUnit.NANOSECONDS.toMillis(nanos.get() + 7)).isBetween(5_000L, 6_000L);
    }

    @Test
    void a_byte_at_a_time_is_counted_too() {
        SteadyBody body = new SteadyBody(dripping(1, 100, 1_000), RATE, nanos::get);
        assertTooSlow(() -> {
            while (body.read() >= 0) {
                assertThat(nanos.get()).isLessThan(TimeUnit.SECONDS.toNanos(6));
            }
        });
    }

    @Test
    void the_rate_itself_is_fast_enough_and_a_short_pause_is_forgiven() throws IOException {
        assertThat(readAll(new SteadyBody(dripping(RATE / 10, 100, 10_000_000), RATE, nanos::get))).isEqualTo(10_000_000);
        assertThat(readAll(new SteadyBody(dripping(8_192, 4_900, 8_192), RATE, nanos::get))).isEqualTo(8_192);
    }

    @Test
    void a_slow_last_piece_of_a_body_that_came_is_no_fault() throws IOException {
        assertThat(readAll(new SteadyBody(dripping(400_000, 2_000, 8_000), RATE, nanos::get))).isEqualTo(8_000);
    }

    @Test
    void time_that_others_take_is_not_counted() throws IOException {
        SteadyBody body = new SteadyBody(dripping(1_000, 1, 100_000), RATE, nanos::get);
        byte[] buffer = new byte[1_000];
        long all = 0;
        for (int n = body.read(buffer); n >= 0; n = body.read(buffer)) {
            all += n;
            nanos.addAndGet(TimeUnit.SECONDS.toNanos(1)); // a provider that takes the bytes slowly
        }
        assertThat(all).isEqualTo(100_000);
    }

    @Test
    void a_dripping_body_gives_its_memory_back() {
        BodyReader bodies = new BodyReader();
        bodies.config = GatewayConfig.of(Map.of("gateway.door.body-max", "100000", "gateway.door.body-memory", "100000"));
        bodies.nanos = nanos::get;
        bodies.open();
        FakeExchange slow = new FakeExchange(new byte[90_000], 90_000).dripping(dripping(10, 1_000, 90_000));
        assertTooSlow(() -> bodies.read(slow));
        assertThat(bodies.read(new FakeExchange(new byte[90_000], 90_000))).hasSize(90_000);
    }
}
