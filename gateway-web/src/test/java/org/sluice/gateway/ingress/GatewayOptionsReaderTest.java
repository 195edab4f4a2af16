package org.sluice.gateway.ingress;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.Base64;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.sluice.gateway.call.GatewayOptions;
import org.sluice.gateway.dialect.RequestOutline;
import org.sluice.gateway.dialect.anthropic.AnthropicDialect;
import org.sluice.gateway.dialect.openai.OpenAiDialect;
import org.sluice.gateway.error.GatewayException;
import org.sluice.gateway.json.JsonReader;
import org.sluice.gateway.provider.Operation;

class GatewayOptionsReaderTest {
    private static GatewayOptions read(String json, String header) {
        FakeExchange exchange = new FakeExchange(json);
        if (header != null) {
            exchange.header("X-Data-Respan-Params", header);
        }
        byte[] body = json.getBytes(UTF_8);
        return GatewayOptionsReader.read(new RequestOutline(body, "m", false, false, JsonReader.readMembers(body)), exchange, Door.chat(new OpenAiDialect()));
    }

    @Test
    void a_plain_request_has_no_options() {
        assertThat(read("{\"model\":\"m\",\"messages\":[]}", null)).isSameAs(GatewayOptions.NONE);
    }

    @Test
    void the_body_wins_over_respan_params_and_those_over_the_header() {
        String header = Base64.getEncoder().encodeToString("{\"customer_identifier\":\"h\",\"custom_identifier\":\"h\",\"thread_identifier\":\"h\"}".getBytes(UTF_8));
        GatewayOptions options = read("{\"customer_identifier\":\"b\",\"respan_params\":{\"customer_identifier\":\"p\",\"custom_identifier\":\"p\"}}", header);
        assertThat(options.observability().customerIdentifier()).isEqualTo("b");
        assertThat(options.observability().customIdentifier()).isEqualTo("p");
        assertThat(options.observability().fields().get("thread_identifier").text()).isEqualTo("\"h\"");
    }

    @Test
    void the_header_may_be_plain_json_too() {
        assertThat(read("{}", "{\"disable_log\":true}").observability().isLogDisabled()).isTrue();
    }

    @Test
    void a_customer_named_in_customer_params_is_promoted() {
        assertThat(read("{\"customer_params\":{\"customer_identifier\":42}}", null).observability().customerIdentifier()).isEqualTo("42");
    }

    @Test
    void metadata_keeps_its_exact_text_and_identifiers_are_cut() {
        assertThat(read("{\"metadata\":{\"b\":1.0, \"a\":1e2}}", null).observability().metadata().text()).isEqualTo("{\"b\":1.0, \"a\":1e2}");
        assertThat(read("{\"customer_identifier\":\"" + "x".repeat(300) + "\"}", null).observability().customerIdentifier()).hasSize(254);
    }

    @Test
    void a_timeout_is_seconds() {
        assertThat(read("{\"timeout\":1.5}", null).timeout()).isEqualTo(Duration.ofMillis(1500));
    }

    @ParameterizedTest
    @ValueSource(strings = {"{\"timeout\":0}", "{\"timeout\":\"1\"}", "{\"disable_log\":1}", "{\"metadata\":[]}", "{\"customer_identifier\":\"a\\u0000b\"}",
        "{\"extra_headers\":{\"Authorization\":\"x\"}}", "{\"extra_headers\":{\"X-A\":\"a\\r\\nX-B: c\"}}", "{\"extra_headers\":{\"Host\":\"x\"}}",
        "{\"extra_headers\":{\"X-Forwarded-For\":\"x\"}}", "{\"respan_params\":[]}"})
    void a_bad_value_is_refused_by_name(String json) {
        assertThatThrownBy(() -> read(json, null)).isInstanceOfSatisfying(GatewayException.class, e -> assertThat(e.param()).isNotNull());
    }

    private static GatewayOptions messages(String json, String... headers) {
        FakeExchange exchange = new FakeExchange(json);
        for (int i = 0; i < headers.length; i += 2) {
            exchange.header(headers[i], headers[i + 1].split(";"));
        }
        byte[] body = json.getBytes(UTF_8);
        return GatewayOptionsReader.read(new RequestOutline(body, "m", false, false, JsonReader.readMembers(body)), exchange,
                Door.withOwnMetadata(new AnthropicDialect(), Operation.CHAT));
    }

    @Test
    void parameters_inside_anthropics_metadata_win() {
        GatewayOptions options = messages("{\"customer_identifier\":\"top\",\"metadata\":{\"user_id\":\"u\",\"respan_params\":{\"customer_identifier\":\"in\","
                + "\"metadata\":{\"a\":1e2}},\"extra_headers\":{\"X-A\":\"b\"}}}");
        assertThat(options.observability().customerIdentifier()).isEqualTo("in");
        assertThat(options.observability().metadata().text()).isEqualTo("{\"a\":1e2}");
        assertThat(options.extraHeaders()).containsExactly(java.util.Map.entry("X-A", "b"));
    }

    @Test
    void anthropics_own_metadata_is_not_the_logs() {
        assertThat(messages("{\"metadata\":{\"user_id\":\"u\"}}").observability().metadata()).isNull();
        assertThat(messages("{\"metadata\":{\"user_id\":\"u\"},\"thread_identifier\":\"t\"}").observability().fields()).containsKey("thread_identifier");
    }

    @Test
    void betas_of_all_headers_go_on_together() {
        assertThat(messages("{\"metadata\":{\"extra_headers\":{\"Anthropic-Beta\":\"c\"}}}", "anthropic-beta", "a;b", "anthropic-version", "2023-06-01").dialectHeaders())
                .containsOnly(java.util.Map.entry("anthropic-beta", "a,b,c"), java.util.Map.entry("anthropic-version", "2023-06-01"));
        assertThat(messages("{\"metadata\":{\"extra_headers\":{\"anthropic-beta\":\"c\"}}}").dialectHeaders()).containsEntry("anthropic-beta", "c");
        assertThat(messages("{\"metadata\":{\"extra_headers\":{\"anthropic-beta\":\"c\"}}}").extraHeaders()).isEmpty();
    }

    @Test
    void a_header_that_is_not_json_is_refused() {
        assertThatThrownBy(() -> read("{}", "%%%")).isInstanceOf(GatewayException.class);
    }
}
