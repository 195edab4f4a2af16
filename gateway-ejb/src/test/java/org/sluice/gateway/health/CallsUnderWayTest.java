package org.sluice.gateway.health;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class CallsUnderWayTest {
    private static final long MINUTE = 60_000_000_000L;
    private final CallsUnderWay calls = new CallsUnderWay(Duration.ofMinutes(31), 0);

    @Test
    void no_more_than_the_limit_come_in() {
        AtomicInteger first = calls.enter(0, 2);
        assertThat(calls.enter(0, 2)).isNotNull();
        assertThat(calls.enter(0, 2)).isNull();
        assertThat(calls.count(0)).isEqualTo(2);
        first.decrementAndGet();
        assertThat(calls.enter(0, 2)).isNotNull();
    }

    @Test
    void a_long_call_counts_to_its_end() {
        AtomicInteger call = calls.enter(30 * MINUTE, 9);
        for (int minute = 30; minute <= 60; minute++) {
            assertThat(calls.count(minute * MINUTE)).as("minute " + minute).isEqualTo(1);
        }
        call.decrementAndGet();
        assertThat(calls.count(61 * MINUTE)).isZero();
    }

    @Test
    void the_limit_holds_across_a_change_of_spans() {
        calls.enter(30 * MINUTE, 2);
        calls.enter(32 * MINUTE, 2);
        assertThat(calls.enter(33 * MINUTE, 2)).isNull();
    }

    @Test
    void a_call_whose_end_nobody_told_is_forgotten_within_two_spans() {
        calls.enter(30 * MINUTE, 1);
        assertThat(calls.enter(61 * MINUTE, 1)).isNull();
        assertThat(calls.enter(62 * MINUTE + 31 * MINUTE, 1)).isNotNull();
    }

    @Test
    void after_a_long_pause_nothing_is_left() {
        calls.enter(0, 1);
        assertThat(calls.count(62 * MINUTE)).isZero();
    }
}
