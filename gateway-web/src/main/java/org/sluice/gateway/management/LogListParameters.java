package org.sluice.gateway.management;

import java.time.Clock;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.LinkedHashMap;
import java.util.Map;
import jakarta.ws.rs.core.MultivaluedMap;
import org.sluice.gateway.call.Caller;
import org.sluice.gateway.error.GatewayException;
import org.sluice.gateway.json.JsonReader;
import org.sluice.gateway.json.JsonValue.JsonObject;
import org.sluice.gateway.json.JsonWriter;
import org.sluice.gateway.log.LogFilter;

/** Reads the parameters of a log list, and remembers what is wrong with them. */
final class LogListParameters {
    private static final Duration DEFAULT_WINDOW = Duration.ofHours(1);
    private static final int DEFAULT_PAGE_SIZE = 100;
    private static final int MAX_PAGE = 1_000_000;
    private final MultivaluedMap<String, String> query;
    private final byte[] body;
    private final Instant now;
    private final Map<String, String> errors = new LinkedHashMap<>();

    LogListParameters(MultivaluedMap<String, String> query, byte[] body, Clock clock) {
        this.query = query;
        this.body = body;
        this.now = clock.instant();
    }

    /** Null when something is wrong; then {@link #errors()} says what. */
    LogFilter filter(Caller caller) {
        int page = number("page", 1, MAX_PAGE);
        int pageSize = number("page_size", DEFAULT_PAGE_SIZE, LogFilter.MAX_PAGE_SIZE);
        Instant end = time("end_time", now);
        Instant start = time("start_time", now.minus(DEFAULT_WINDOW));
        String environment = environment(caller);
        String sort = query.getFirst("sort_by");
        if (sort != null && !sort.isEmpty() && !sort.equals("-id")) {
            errors.put("sort_by", "Only -id is supported.");
        }
        checkBody();
        return errors.isEmpty() ? new LogFilter(caller.organization(), environment, start, end, page, pageSize) : null;
    }

    /** The body of the 422 answer. */
    byte[] errors() {
        JsonWriter json = new JsonWriter().beginObject().name("detail").value("Validation error").name("errors").beginObject();
        errors.forEach((name, message) -> json.name(name).beginArray().value(message).endArray());
        return json.endObject().endObject().toBytes();
    }

    /** {@code is_test} goes before {@code environment} and {@code all_envs}; else it is the key's own environment. */
    private String environment(Caller caller) {
        Boolean isTest = flag("is_test");
        Boolean isAll = flag("all_envs");
        String named = query.getFirst("environment");
        if (isTest != null) {
            return isTest ? "test" : "prod";
        }
        if (named != null && !named.isEmpty()) {
            if (!named.equals("prod") && !named.equals("test")) {
                errors.put("environment", "Must be prod or test.");
            }
            return named;
        }
        return Boolean.TRUE.equals(isAll) ? null : caller.environment();
    }

    private Boolean flag(String name) {
        String value = query.getFirst(name);
        if (value == null || value.isEmpty()) {
            return null;
        }
        switch (value.toLowerCase(java.util.Locale.ROOT)) {
            case "true", "1": return true;
            case "false", "0": return false;
            default:
                errors.put(name, "Must be true or false.");
                return null;
        }
    }

    private int number(String name, int otherwise, int max) {
        String value = query.getFirst(name);
        if (value == null || value.isEmpty()) {
            return otherwise;
        }
        try {
            int number = Integer.parseInt(value);
            if (number >= 1 && number <= max) {
                return number;
            }
        } catch (NumberFormatException e) {
            // said below
        }
        errors.put(name, "Must be an integer from 1 to " + max + ".");
        return otherwise;
    }

    private Instant time(String name, Instant otherwise) {
        String value = query.getFirst(name);
        if (value == null || value.isEmpty()) {
            return otherwise;
        }
        String text = value.trim().replace(' ', value.contains("T") ? '+' : 'T');
        try {
            if (text.length() == 10) {
                return LocalDate.parse(text).atStartOfDay(ZoneOffset.UTC).toInstant();
            }
            boolean hasOffset = text.endsWith("Z") || text.lastIndexOf('+') > 10 || text.lastIndexOf('-') > 10;
            return hasOffset ? OffsetDateTime.parse(text).toInstant() : LocalDateTime.parse(text).toInstant(ZoneOffset.UTC);
        } catch (DateTimeException e) {
            errors.put(name, "Must be a time in ISO 8601, for instance 2026-01-31T12:00:00Z.");
            return otherwise;
        }
    }

    /** Filters are refused rather than overlooked: an answer with too many rows is a wrong answer. */
    private void checkBody() {
        if (body == null || body.length == 0) {
            return;
        }
        try {
            JsonObject filters = JsonReader.readObject(body).object("filters");
            if (filters != null && !filters.members().isEmpty()) {
                errors.put("filters", "Filters are not supported yet.");
            }
        } catch (GatewayException e) {
            errors.put("body", "Must be a JSON object.");
        }
    }
}
