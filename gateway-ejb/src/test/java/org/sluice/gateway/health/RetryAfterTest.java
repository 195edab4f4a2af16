package org.sluice.gateway.health;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RetryAfterTest {
    private static final Instant NOW = Instant.parse("2026-01-31T12:00:00Z");

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {"1|PT1S", "120|PT2M", "0|PT0S", "1.5|PT1.5S", " 7 |PT7S", "999999999999|PT8784H",
        "Sat, 31 Jan 2026 12:00:30 GMT|PT30S", "-1|", "Sat, 31 Jan 2026 11:59:30 GMT|", "soon|", "''|", "1e9|", "Sat, 31 Jan 2099 12:00:30 GMT|"})
    void seconds_and_dates(String header, Duration wait) {
        assertThat(RetryAfter.of(Map.of("retry-after", header), NOW)).isEqualTo(Optional.ofNullable(wait));
    }

    @Test
    void milliseconds_win_over_seconds_unless_they_are_nonsense() {
        assertThat(RetryAfter.of(Map.of("retry-after-ms", "250", "retry-after", "1"), NOW)).contains(Duration.ofMillis(250));
        assertThat(RetryAfter.of(Map.of("retry-after-ms", "x", "retry-after", "1"), NOW)).contains(Duration.ofSeconds(1));
        assertThat(RetryAfter.of(Map.of(), NOW)).isEmpty();
    }
}
