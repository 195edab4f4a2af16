package org.sluice.gateway.ingress;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.sluice.gateway.dialect.openai.OpenAiDialect;
import org.sluice.gateway.error.GatewayException;

/** Reliability H1 and H6, as far as the application can see. */
class MessageCheckTest {
    @ParameterizedTest
    @ValueSource(strings = {"gateway", "gateway.example.org", "GATEWAY:9080", "127.0.0.1:9080", "[::1]:9080", "my_host", "xn--bcher-kva.example", ""})
    void a_host_is_let_in(String host) {
        assertThatCode(() -> MessageCheck.requireHost(List.of(host))).doesNotThrowAnyException();
    }

    @ParameterizedTest
    @ValueSource(strings = {"good/?", "good#", "good@evil", "a b", "../..", "x/api/health-check?", "x\\y", "x;y", "x%2f", "b\u00fccher", "x\ty"})
    void what_is_no_host_is_refused(String host) {
        assertThat(catchThrowableOfType(GatewayException.class, () -> MessageCheck.requireHost(List.of(host))).status()).isEqualTo(400);
    }

    @Test
    void a_second_host_is_refused_and_none_is_let_in() {
        assertThat(catchThrowableOfType(GatewayException.class, () -> MessageCheck.requireHost(List.of("a", "a"))).status()).isEqualTo(400);
        assertThatCode(() -> MessageCheck.requireHost(List.of())).doesNotThrowAnyException();
    }

    @Test
    void a_body_is_framed_once() {
        assertThatCode(() -> MessageCheck.requireOneFraming(new FakeExchange("{}").header("Content-Length", "2"))).doesNotThrowAnyException();
        assertThatCode(() -> MessageCheck.requireOneFraming(new FakeExchange("{}").header("Transfer-Encoding", "chunked"))).doesNotThrowAnyException();
        GatewayException e = catchThrowableOfType(GatewayException.class, () -> MessageCheck.requireOneFraming(
                new FakeExchange("{}").header("Transfer-Encoding", "xchunked").header("Content-Length", "2")));
        Map<String, String> headers = ErrorAnswer.headers(new OpenAiDialect(), e, "id");
        assertThat(e.status()).isEqualTo(400);
        assertThat(headers).containsEntry("Connection", "close");
        assertThat(ErrorAnswer.headers(new OpenAiDialect(), GatewayException.invalid("n", "No."), "id")).doesNotContainKey("Connection");
    }
}
