package org.sluice.gateway.upstream;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.sluice.gateway.dialect.Body;
import org.sluice.gateway.error.ErrorType;
import org.sluice.gateway.error.GatewayException;
import org.sluice.gateway.provider.UpstreamRequest;

class RequestHeadTest {
    private static String head(String uri, Map<String, String> headers) {
        URI target = URI.create(uri);
        return new String(RequestHead.write(new UpstreamRequest(target, headers, Body.of(new byte[3]), false, Calls.PATIENT),
                Origin.of(target)), ISO_8859_1);
    }

    private static void refused(Map<String, String> headers, String secret) {
        assertThatThrownBy(() -> head("http://h/", headers))
                .isInstanceOfSatisfying(GatewayException.class, e -> assertThat(e.type()).isEqualTo(ErrorType.INVALID_VALUE))
                .hasMessageNotContaining(secret);
    }

    @Test
    void the_head_is_request_line_host_headers_and_length() {
        assertThat(head("https://h:8443/a%20b?c=d", Map.of("X-A", "b\tc \u00e9"))).isEqualTo("POST /a%20b?c=d HTTP/1.1\r\n"
                + "Host: h:8443\r\nX-A: b\tc \u00e9\r\nUser-Agent: sluice-gateway\r\nContent-Length: 3\r\n\r\n");
        assertThat(head("https://h", Map.of("user-agent", "mine"))).isEqualTo("POST / HTTP/1.1\r\n"
                + "Host: h\r\nuser-agent: mine\r\nContent-Length: 3\r\n\r\n");
    }

    @ParameterizedTest
    @ValueSource(strings = {"sk-1\r\nX-Evil: 1", "sk-1\nX: 1", "sk-1\r", "sk-1\0", "sk-1\u007f", "sk-1\u2028", "sk-1\u010d\u010a"})
    void a_value_that_could_end_its_line_is_refused_without_repeating_it(String value) {
        refused(Map.of("Authorization", value), "sk-1");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "X Evil", "X:Evil", "X\r\nEvil", "Evil\u00e9"})
    void a_name_that_is_no_token_is_refused_without_repeating_it(String name) {
        refused(Map.of(name, "v"), "Evil");
    }

    @ParameterizedTest
    @ValueSource(strings = {"Host", "content-length", "CONNECTION", "Transfer-Encoding", "TE", "Upgrade", "Expect", "Proxy-Authorization"})
    void framing_headers_are_refused(String name) {
        refused(Map.of(name, "secret"), "secret");
    }

    @Test
    void a_path_beyond_ascii_is_refused() {
        assertThatThrownBy(() -> head("http://h/\u00e9", Map.of()))
                .isInstanceOfSatisfying(GatewayException.class, e -> assertThat(e.type()).isEqualTo(ErrorType.API_BASE_NOT_ALLOWED));
    }
}
