package org.sluice.gateway.ingress;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.sluice.gateway.config.GatewayConfig;
import org.sluice.gateway.error.ErrorType;
import org.sluice.gateway.error.GatewayException;

class BodyReaderTest {
    private final BodyReader bodies = new BodyReader();

    @BeforeEach
    void open() {
        bodies.config = GatewayConfig.of(Map.of("gateway.door.body-max", "100000", "gateway.door.body-memory", "150000"));
        bodies.open();
    }

    private void refused(FakeExchange exchange, ErrorType type) {
        assertThatThrownBy(() -> bodies.read(exchange)).isInstanceOfSatisfying(GatewayException.class, e -> assertThat(e.type()).isEqualTo(type));
    }

    @Test
    void a_body_with_and_without_announced_length_is_read_whole() {
        byte[] body = "x".repeat(50_000).getBytes();
        assertThat(bodies.read(new FakeExchange(body, body.length))).isEqualTo(body);
        bodies.release(body);
        assertThat(bodies.read(new FakeExchange(body, -1))).isEqualTo(body);
    }

    @Test
    void a_body_over_the_limit_is_refused_whether_announced_or_not() {
        refused(new FakeExchange(new byte[0], 100_001), ErrorType.TOO_LARGE);
        refused(new FakeExchange(new byte[100_001], -1), ErrorType.TOO_LARGE);
        assertThat(bodies.read(new FakeExchange(new byte[100_000], -1))).hasSize(100_000);
    }

    @Test
    void a_body_shorter_than_announced_is_refused_and_its_memory_given_back() {
        refused(new FakeExchange(new byte[10], 90_000), ErrorType.INVALID_JSON);
        refused(new FakeExchange(new byte[10], 90_000), ErrorType.INVALID_JSON);
        assertThat(bodies.read(new FakeExchange(new byte[90_000], 90_000))).hasSize(90_000);
    }

    @Test
    void beyond_the_memory_of_all_bodies_calls_are_shed_until_one_ends() {
        byte[] first = bodies.read(new FakeExchange(new byte[90_000], 90_000));
        refused(new FakeExchange(new byte[90_000], 90_000), ErrorType.OVERLOADED);
        bodies.release(first);
        assertThat(bodies.read(new FakeExchange(new byte[90_000], 90_000))).hasSize(90_000);
    }

    @ParameterizedTest
    @ValueSource(strings = {"text/plain", "application/json; charset=utf-16", "multipart/form-data; boundary=x", "application/jsonx"})
    void what_is_not_json_is_refused(String type) {
        refused(new FakeExchange("{}").header("Content-Type", type), ErrorType.UNSUPPORTED_MEDIA);
    }

    @ParameterizedTest
    @ValueSource(strings = {"application/json", "application/json; charset=utf-8", "application/json;charset=\"UTF-8\"", "Application/JSON"})
    void json_is_accepted_however_it_is_spelled(String type) {
        assertThat(bodies.read(new FakeExchange("{}").header("Content-Type", type))).hasSize(2);
    }

    @Test
    void a_coded_body_is_refused() {
        refused(new FakeExchange("{}").header("Content-Encoding", "gzip"), ErrorType.UNSUPPORTED_MEDIA);
    }
}
