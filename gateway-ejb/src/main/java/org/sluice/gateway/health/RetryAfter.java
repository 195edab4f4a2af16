package org.sluice.gateway.health;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Map;
import java.util.Optional;

/** The wait a provider asks for: {@code retry-after-ms} in milliseconds, {@code retry-after} in seconds or as an HTTP date. */
public final class RetryAfter {
    private static final long MOST_SECONDS = 366L * 24 * 3600;

    private RetryAfter() { }

    /**
     * @param headers by lower-case name
     * @return never negative; empty when nothing, or nothing sensible, is said
     */
    public static Optional<Duration> of(Map<String, String> headers, Instant now) {
        return number(headers.get("retry-after-ms"), 1e-3).or(() -> number(headers.get("retry-after"), 1)).or(() -> date(headers.get("retry-after"), now));
    }

    private static Optional<Duration> number(String text, double unitSeconds) {
        if (text == null || !text.strip().matches("[0-9]{1,12}(\\.[0-9]{1,9})?")) {
            return Optional.empty();
        }
        double seconds = Math.min(MOST_SECONDS, Double.parseDouble(text.strip()) * unitSeconds);
        return Optional.of(Duration.ofNanos((long) (seconds * 1e9)));
    }

    private static Optional<Duration> date(String text, Instant now) {
        try {
            return text == null ? Optional.empty() : Optional.of(Duration.between(now, ZonedDateTime.parse(text.strip(), DateTimeFormatter.RFC_1123_DATE_TIME)))
                    .filter(wait -> !wait.isNegative() && wait.toSeconds() <= MOST_SECONDS);
        } catch (DateTimeException unreadable) {
            return Optional.empty();
        }
    }
}
