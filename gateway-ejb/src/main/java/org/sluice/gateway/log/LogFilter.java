package org.sluice.gateway.log;

import java.time.Instant;
import java.util.Objects;

/**
 * Which rows of the log are wanted.
 *
 * @param organization the tenant that asks; other tenants' rows do not exist for it
 * @param environment {@code prod}, {@code test}, or null for both
 * @param start first start time, inclusive
 * @param end last start time, inclusive
 * @param page from 1
 * @param pageSize 1..1000
 */
public record LogFilter(String organization, String environment, Instant start, Instant end, int page, int pageSize) {
    public static final int MAX_PAGE_SIZE = 1_000;

    public LogFilter {
        Objects.requireNonNull(organization, "organization is null");
        if (page < 1 || pageSize < 1 || pageSize > MAX_PAGE_SIZE) {
            throw new IllegalArgumentException("The page is out of range.");
        }
    }
}
