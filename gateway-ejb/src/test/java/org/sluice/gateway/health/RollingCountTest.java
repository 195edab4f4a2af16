package org.sluice.gateway.health;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class RollingCountTest {
    private static final long SECOND = 1_000_000_000L;
    private final RollingCount count = new RollingCount(Duration.ofSeconds(10), 10);

    @Test
    void what_is_older_than_the_span_and_a_piece_is_gone() {
        count.add(0, 5);
        assertThat(count.sum(0)).isEqualTo(5);
        assertThat(count.sum(10 * SECOND)).isEqualTo(5);
        assertThat(count.sum(11 * SECOND)).isZero();
    }

    @Test
    void it_slides_piece_by_piece() {
        for (int second = 0; second <= 40; second++) {
            count.add(second * SECOND, 1);
            assertThat(count.sum(second * SECOND)).isEqualTo(Math.min(11, second + 1));
        }
        assertThat(count.sum(45 * SECOND)).isEqualTo(6);
    }

    @Test
    void an_old_piece_is_not_taken_for_a_new_one_after_a_long_pause() {
        count.add(0, 7);
        for (long pieces = 11; pieces < 2_000; pieces++) {
            assertThat(count.sum(pieces * SECOND)).isZero();
        }
        count.add(11 * SECOND, 1);
        assertThat(count.sum(11 * SECOND)).isEqualTo(1);
    }

    @Test
    void a_thread_that_comes_late_does_not_wipe_out_what_is_newer() {
        count.add(11 * SECOND, 3);
        count.add(0, 100);
        assertThat(count.sum(11 * SECOND)).isEqualTo(3);
    }

    @Test
    void large_counts_stop_at_their_limit_and_leave_the_rest_alone() {
        count.add(5 * SECOND, Long.MAX_VALUE / 2);
        count.add(5 * SECOND, 10);
        assertThat(count.sum(5 * SECOND)).isEqualTo((1L << 36) - 1);
        assertThat(count.sum(16 * SECOND)).isZero();
    }
}
