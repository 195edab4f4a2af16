package org.sluice.gateway.bench.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.SplittableRandom;
import org.assertj.core.data.Percentage;
import org.junit.jupiter.api.Test;

class HistogramTest {
    @Test
    void small_values_are_exact() {
        Histogram histogram = new Histogram();
        for (int i = 1; i <= 100; i++) {
            histogram.record(i);
        }
        assertThat(histogram.nanosAt(50)).isEqualTo(50);
        assertThat(histogram.nanosAt(99)).isEqualTo(99);
        assertThat(histogram.nanosAt(100)).isEqualTo(100);
        assertThat(histogram.count()).isEqualTo(100);
        assertThat(histogram.meanNanos()).isCloseTo(50.5, within(1e-9));
    }

    @Test
    void percentiles_are_at_most_eight_tenths_of_a_percent_above_the_sorted_values() {
        SplittableRandom random = new SplittableRandom(7);
        long[] values = random.longs(20_000, 0, 40).map(bits -> random.nextLong(1L << bits, 2L << bits)).toArray();
        Histogram histogram = new Histogram();
        Arrays.stream(values).forEach(histogram::record);
        Arrays.sort(values);
        for (double percent : new double[] {0.1, 10, 50, 90, 99, 99.9, 100}) {
            long exact = values[(int) Math.ceil(values.length * percent / 100) - 1];
            assertThat(histogram.nanosAt(percent)).isBetween(exact, exact + exact / 127 + 1);
        }
    }

    @Test
    void the_largest_value_fits_and_negative_ones_count_as_zero() {
        Histogram histogram = new Histogram();
        histogram.record(Long.MAX_VALUE);
        histogram.record(-5);
        assertThat(histogram.nanosAt(100)).isEqualTo(Long.MAX_VALUE);
        assertThat(histogram.nanosAt(50)).isZero();
    }

    @Test
    void added_histograms_count_as_one() {
        Histogram left = new Histogram();
        Histogram right = new Histogram();
        left.record(1_000_000);
        right.record(3_000_000);
        left.add(right);
        assertThat(left.count()).isEqualTo(2);
        assertThat(left.maxNanos()).isEqualTo(3_000_000);
        assertThat(left.millisAt(50)).isCloseTo(1, Percentage.withPercentage(0.8));
    }

    @Test
    void an_empty_one_is_zero() {
        assertThat(new Histogram().nanosAt(99)).isZero();
    }
}
