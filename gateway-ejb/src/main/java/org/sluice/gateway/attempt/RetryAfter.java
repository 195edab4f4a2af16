package org.sluice.gateway.attempt;

import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Map;
import org.sluice.gateway.error.GatewayException;

/** When a provider wants to be asked again: {@code retry-after-ms}, or {@code Retry-After} in seconds or as a date. */
final class RetryAfter {
    private static final BigDecimal MOST_SECONDS = BigDecimal.valueOf(Duration.ofDays(1).toSeconds());
    private static final int LONGEST = 64;

    private RetryAfter() { }

    /** Nanoseconds from now, at most a day; -1 when nothing was said, or nothing that makes sense. */
    static long nanos(GatewayException e, Instant now) {
        Map<String, String> headers = e.providerError().map(error -> error.headers()).orElse(Map.of());
        long millis = nanos(headers.get("retry-after-ms"), 3);
        if (millis >= 0) {
            return millis;
        }
        String told = headers.get("retry-after");
        long seconds = nanos(told, 0);
        return seconds >= 0 ? seconds : told == null ? own(e) : date(told, now);
    }

    private static long own(GatewayException e) {
        return e.retryAfterSeconds() < 0 ? -1 : Duration.ofSeconds(e.retryAfterSeconds()).toNanos();
    }

    /** @param places by how many decimal places the unit is smaller than a second */
    private static long nanos(String number, int places) {
        if (number == null || number.length() > LONGEST || !number.strip().matches("\\d{1,18}(\\.\\d{1,9})?")) {
            return -1;
        }
        return new BigDecimal(number.strip()).movePointLeft(places).min(MOST_SECONDS).movePointRight(9).longValue();
    }

    private static long date(String text, Instant now) {
        try {
            Duration wait = Duration.between(now, ZonedDateTime.parse(text.strip(), DateTimeFormatter.RFC_1123_DATE_TIME).toInstant());
            return wait.isNegative() ? -1 : wait.compareTo(Duration.ofDays(1)) > 0 ? Duration.ofDays(1).toNanos() : wait.toNanos();
        } catch (DateTimeException noDate) {
            return -1;
        }
    }
}
