package org.sluice.gateway.dialect.anthropic;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.sluice.gateway.dialect.Dialect;
import org.sluice.gateway.dialect.Losses;
import org.sluice.gateway.dialect.openai.OpenAiDialect;
import org.sluice.gateway.error.ErrorType;
import org.sluice.gateway.error.GatewayException;

/** Requests that are odd or wrong, at the Anthropic door. */
class BadInputTest {
    private static final Dialect DIALECT = new AnthropicDialect();
    private static final String TOOLS = "\"tools\":[{\"name\":\"f\",\"input_schema\":{ \"z\":1e2, \"a\":12345678901234567890123,\"__proto__\":{\"$ref\":\"x\",\"@type\":\"y\"},\"properties\":{\"b\":{},\"a\":{}} }}]";

    private static String body(String members) {
        return "{\"model\":\"claude-opus-4-6\",\"max_tokens\":1,\"messages\":[{\"role\":\"user\",\"content\":\"Hi\"}]" + (members.isEmpty() ? "" : "," + members) + "}";
    }

    private static byte[] passed(String body) {
        return DIALECT.forward(DIALECT.readOutline(body.getBytes(UTF_8)), "claude-opus-4-6", Set.of()).toBytes();
    }

    private static String translated(String body) {
        return new String(new OpenAiDialect().writeRequest(DIALECT.readRequest(DIALECT.readOutline(body.getBytes(UTF_8)), Set.of()).withModel("m"), new Losses(false)), UTF_8);
    }

    @Test
    void p6_p14_p16_schemas_keep_numbers_order_and_names_to_the_letter() {
        assertThat(new String(passed(body(TOOLS)), UTF_8)).isEqualTo(body(TOOLS));
        assertThat(translated(body(TOOLS))).contains("\"parameters\":{ \"z\":1e2, \"a\":12345678901234567890123,\"__proto__\":{\"$ref\":\"x\",\"@type\":\"y\"},\"properties\":{\"b\":{},\"a\":{}} }");
        assertThat(translated(body("\"temperature\":1.0,\"top_p\":0.1000"))).contains("\"temperature\":1.0,\"top_p\":0.1000");
    }

    @Test
    void p10_half_a_surrogate_pair_passes_in_content_only() {
        String half = "{\"model\":\"claude-opus-4-6\",\"max_tokens\":1,\"messages\":[{\"role\":\"user\",\"content\":\"a\\ud800b\"}]}";
        assertThat(new String(passed(half), UTF_8)).isEqualTo(half);
        assertThat(translated(half)).contains("\"content\":\"a\\ud800b\"");
        assertThatThrownBy(() -> passed("{\"model\":\"claude\\ud800\",\"messages\":[]}")).isInstanceOfSatisfying(GatewayException.class, e -> assertThat(e.param()).isEqualTo("model"));
        assertThatThrownBy(() -> passed("{\"model\":\"m\",\"\\ud800\":1}")).isInstanceOf(GatewayException.class);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', value = {"\"max_tokens\":0|max_tokens", "\"max_tokens\":\"9\"|max_tokens", "\"stream\":\"yes\"|stream", "\"model\":\"../x\"|model", "\"model\":5|model",
        "\"messages\":{}|messages", "\"tools\":{}|tools", "\"metadata\":[]|metadata", "\"stop_sequences\":\"x\"|stop_sequences"})
    void a_wrong_value_is_named(String member, String param) {
        assertThatThrownBy(() -> DIALECT.readOutline(("{" + member + "}").getBytes(UTF_8))).isInstanceOfSatisfying(GatewayException.class, e -> {
            assertThat(e.type()).isEqualTo(ErrorType.INVALID_VALUE);
            assertThat(e.param()).isEqualTo(param);
        });
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "{", "[]", "{\"model\":\"m\"", "{\"a\":1,\"a\":2}", "{\"metadata\":{\"respan_params\":{},\"respan_params\":{}}}", "\ufeff{}"})
    void what_is_no_request_is_refused(String body) {
        assertThatThrownBy(() -> DIALECT.readOutline(body.getBytes(UTF_8))).isInstanceOfSatisfying(GatewayException.class, e -> assertThat(e.status()).isEqualTo(400));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', value = {"[{\"role\":\"robot\",\"content\":\"x\"}]|messages[0].role", "[5]|messages[0]", "[{\"role\":\"user\",\"content\":7}]|messages[0].content",
        "[{\"role\":\"user\",\"content\":[{\"text\":\"x\"}]}]|messages[0].content[0].type"})
    void a_wrong_turn_is_named_when_it_is_read(String messages, String param) {
        String body = "{\"model\":\"m\",\"messages\":" + messages + "}";
        assertThatThrownBy(() -> translated(body)).isInstanceOfSatisfying(GatewayException.class, e -> assertThat(e.param()).isEqualTo(param));
    }

    @Test
    void instructions_may_stand_anywhere() {
        String body = "{\"model\":\"m\",\"system\":\"S\",\"messages\":[{\"role\":\"user\",\"content\":\"a\"},{\"role\":\"system\",\"content\":\"T\"},{\"role\":\"assistant\",\"content\":\"b\"}]}";
        assertThat(translated(body)).contains("{\"role\":\"system\",\"content\":\"S\"},{\"role\":\"user\",\"content\":\"a\"},{\"role\":\"system\",\"content\":\"T\"},{\"role\":\"assistant\",\"content\":\"b\"}");
    }
}
