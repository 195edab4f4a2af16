package org.sluice.gateway.management;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.ws.rs.core.MultivaluedHashMap;
import jakarta.ws.rs.core.MultivaluedMap;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.sluice.gateway.call.Caller;
import org.sluice.gateway.log.LogFilter;

class LogListParametersTest {
    private static final Instant NOW = Instant.parse("2026-01-31T12:00:00Z");
    private static final Caller PROD = new Caller(1, "vcjRcdm8", null, "acme", "prod");
    private final MultivaluedMap<String, String> query = new MultivaluedHashMap<>();

    @Test
    void without_parameters_it_is_the_last_hour_of_the_keys_environment() {
        assertThat(filter(PROD)).isEqualTo(new LogFilter("acme", "prod", NOW.minus(Duration.ofHours(1)), NOW, 1, 100));
        assertThat(filter(new Caller(1, "p", null, "acme", "test")).environment()).isEqualTo("test");
    }

    @ParameterizedTest
    @CsvSource(nullValues = "all", value = {"is_test=true,test", "is_test=false&all_envs=true,prod", "all_envs=true,all", "environment=test,test",
        "is_test=1&environment=prod,test"})
    void the_environment_can_be_chosen(String parameters, String environment) {
        for (String parameter : parameters.split("&")) {
            query.putSingle(parameter.split("=")[0], parameter.split("=")[1]);
        }
        assertThat(filter(PROD).environment()).isEqualTo(environment);
    }

    @ParameterizedTest
    @ValueSource(strings = {"page=0", "page=-1", "page=x", "page_size=1001", "page_size=1000000000", "page_size=0", "start_time=yesterday",
        "is_test=maybe", "environment=staging", "sort_by=cost;drop"})
    void what_is_wrong_is_named(String parameter) {
        String[] pair = parameter.split("=");
        query.putSingle(pair[0], pair[1]);
        LogListParameters parameters = parameters(null);
        assertThat(parameters.filter(PROD)).isNull();
        assertThat(new String(parameters.errors(), StandardCharsets.UTF_8))
                .startsWith("{\"detail\":\"Validation error\",\"errors\":{\"" + pair[0] + "\":[\"");
    }

    @ParameterizedTest
    @CsvSource({"2026-01-31T10:00:00Z,2026-01-31T10:00:00Z", "2026-01-31T10:00:00.5+02:00,2026-01-31T08:00:00.5Z", "2026-01-31,2026-01-31T00:00:00Z",
        "2026-01-31T10:00:00,2026-01-31T10:00:00Z", "2026-01-31 10:00:00,2026-01-31T10:00:00Z", "2026-01-31T10:00:00 02:00,2026-01-31T08:00:00Z"})
    void times_are_read_as_programs_write_them(String text, Instant expected) {
        query.putSingle("start_time", text);
        assertThat(filter(PROD).start()).isEqualTo(expected);
    }

    @Test
    void filters_are_refused_and_empty_bodies_are_not() {
        assertThat(parameters("{\"filters\":{\"cost\":{\"operator\":\"gte\",\"value\":[1]}}}").filter(PROD)).isNull();
        assertThat(parameters("{\"filters\":{}}").filter(PROD)).isNotNull();
        assertThat(parameters("").filter(PROD)).isNotNull();
        assertThat(parameters("[").filter(PROD)).isNull();
    }

    private LogFilter filter(Caller caller) {
        return parameters(null).filter(caller);
    }

    private LogListParameters parameters(String body) {
        return new LogListParameters(query, body == null ? null : body.getBytes(StandardCharsets.UTF_8), Clock.fixed(NOW, ZoneOffset.UTC));
    }
}
