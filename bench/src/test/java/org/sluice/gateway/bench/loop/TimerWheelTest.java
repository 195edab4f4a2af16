package org.sluice.gateway.bench.loop;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class TimerWheelTest {
    private static final long MILLI = 1_000_000;
    private final TimerWheel wheel = new TimerWheel(0);
    private final List<String> rung = new ArrayList<>();

    private Alarm alarm(String name) {
        return new Alarm() {
            @Override
            protected void ring() {
                rung.add(name);
            }
        };
    }

    @Test
    void an_alarm_rings_once_at_its_time_and_not_before() {
        wheel.set(alarm("a"), 5 * MILLI);
        wheel.advance(5 * MILLI - 1);
        assertThat(rung).isEmpty();
        wheel.advance(5 * MILLI);
        wheel.advance(9000 * MILLI);
        assertThat(rung).containsExactly("a");
    }

    @Test
    void an_alarm_more_than_one_round_away_waits_for_its_round() {
        wheel.set(alarm("far"), 10_000 * MILLI);
        wheel.set(alarm("near"), (10_000 - 2 * 4096) * MILLI);
        wheel.advance(9_999 * MILLI);
        assertThat(rung).containsExactly("near");
        wheel.advance(10_000 * MILLI);
        assertThat(rung).containsExactly("near", "far");
    }

    @Test
    void a_cancelled_alarm_is_silent_and_a_set_one_moves() {
        Alarm cancelled = alarm("cancelled");
        Alarm moved = alarm("moved");
        wheel.set(cancelled, 2 * MILLI);
        wheel.set(moved, 2 * MILLI);
        wheel.cancel(cancelled);
        wheel.set(moved, 7 * MILLI);
        wheel.advance(6 * MILLI);
        assertThat(rung).isEmpty();
        wheel.advance(7 * MILLI);
        assertThat(rung).containsExactly("moved");
        assertThat(moved.isSet()).isFalse();
    }

    @Test
    void an_alarm_may_set_itself_again() {
        Alarm[] pulse = new Alarm[1];
        pulse[0] = new Alarm() {
            @Override
            protected void ring() {
                rung.add("pulse");
                if (rung.size() < 3) {
                    wheel.set(this, (rung.size() + 1) * 4096 * MILLI);
                }
            }
        };
        wheel.set(pulse[0], 4096 * MILLI);
        wheel.advance(4 * 4096 * MILLI);
        assertThat(rung).hasSize(3);
    }

    @Test
    void the_wait_ends_when_the_next_alarm_is_due() {
        assertThat(wheel.millisToNext(0, 500)).isEqualTo(500);
        wheel.set(alarm("a"), 20 * MILLI);
        assertThat(wheel.millisToNext(0, 500)).isEqualTo(20);
        assertThat(wheel.millisToNext(30 * MILLI, 500)).isZero();
    }
}
