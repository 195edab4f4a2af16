package org.sluice.gateway.dialect.anthropic;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.sluice.gateway.dialect.Body;
import org.sluice.gateway.dialect.Dialect;
import org.sluice.gateway.dialect.Losses;
import org.sluice.gateway.error.GatewayException;

/** The client's bytes on their way to a provider of the same dialect. */
class ForwardedRequestTest {
    private static final Dialect DIALECT = new AnthropicDialect();

    private static Body forward(String body, String model) {
        return DIALECT.forward(DIALECT.readOutline(body.getBytes(UTF_8)), model, Set.of("g", "h"));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', ignoreLeadingAndTrailingWhitespace = false, value = {
        "{ \"max_tokens\":5, \"model\" : \"anthropic/x\" ,\"tools\":[ {} ]}|{ \"max_tokens\":5, \"model\" : \"x\" ,\"tools\":[ {} ]}",
        "{\"model\":\"x\",\"max_tokens\":5,\"a\":1e2,\"b\":[{\"c\":1,\"c\":\"\\ud800\"}]}|{\"model\":\"x\",\"max_tokens\":5,\"a\":1e2,\"b\":[{\"c\":1,\"c\":\"\\ud800\"}]}",
        "{\"model\":\"x\",\"messages\":[]}|{\"model\":\"x\",\"messages\":[],\"max_tokens\":4096}", "{\"max_tokens\":5}|{\"max_tokens\":5,\"model\":\"x\"}",
        " { } | {\"model\":\"x\",\"max_tokens\":4096 } ", "{\"g\":{\"a\":[1]}, \"model\":\"x\" , \"max_tokens\":1}|{\"model\":\"x\" , \"max_tokens\":1}",
        "{\"model\":\"x\" , \"g\":1 , \"max_tokens\":1,\"h\":2}|{\"model\":\"x\" , \"max_tokens\":1}", "{\"g\":1}|{\"model\":\"x\",\"max_tokens\":4096}",
        "{\"model\":\"x\",\"metadata\":{ \"user_id\" : \"u\" },\"max_tokens\":1}|{\"model\":\"x\",\"metadata\":{ \"user_id\" : \"u\" },\"max_tokens\":1}",
        "{\"model\":\"x\",\"metadata\": {\"respan_params\":{\"a\":[1]}, \"user_id\" : \"u\" },\"max_tokens\":1}|{\"model\":\"x\",\"metadata\": {\"user_id\" : \"u\"},\"max_tokens\":1}",
        "{\"model\":\"x\",\"max_tokens\":1,\"metadata\":{\"keywordsai_params\":{},\"extra_headers\":{},\"team\":1}}|{\"model\":\"x\",\"max_tokens\":1,\"metadata\":{}}",
        "{\"model\":\"x\",\"max_tokens\":1,\"metadata\":null}|{\"model\":\"x\",\"max_tokens\":1,\"metadata\":null}"})
    void only_model_bound_and_the_gateways_members_change(String asked, String sent) {
        Body body = forward(asked, "x");
        assertThat(new String(body.toBytes(), UTF_8)).isEqualTo(sent);
        assertThat(body.toBytes()).hasSize(body.length());
    }

    @Test
    void a_door_that_keeps_the_bound_for_itself_gets_none_put_in() {
        byte[] bytes = "{\"max_tokens\":5,\"messages\":[]}".getBytes(UTF_8);
        assertThat(new String(DIALECT.forward(DIALECT.readOutline(bytes), "m", Set.of("max_tokens")).toBytes(), UTF_8)).isEqualTo("{\"messages\":[],\"model\":\"m\"}");
    }

    @Test
    void an_unchanged_body_is_the_same_bytes() {
        byte[] bytes = " {\"model\":\"m\", \"max_tokens\":1 }\n".getBytes(UTF_8);
        assertThat(DIALECT.forward(DIALECT.readOutline(bytes), "m", Set.of()).toBytes()).isSameAs(bytes);
    }

    @Test
    void what_is_cut_out_of_metadata_is_told_unless_it_is_the_gateways() {
        Dialect dialect = new AnthropicDialect();
        Losses losses = new Losses(false);
        byte[] body = "{\"model\":\"x\",\"max_tokens\":1,\"metadata\":{\"user_id\":\"u\",\"respan_params\":{},\"extra_headers\":{},\"team\":1}}".getBytes(UTF_8);
        assertThat(new String(dialect.forward(dialect.readOutline(body), "x", Set.of(), losses).toBytes(), UTF_8)).isEqualTo("{\"model\":\"x\",\"max_tokens\":1,\"metadata\":{\"user_id\":\"u\"}}");
        assertThat(losses.warnings()).singleElement().asString().startsWith("Parameter 'metadata.team' was left out: ");
        assertThat(catchThrowableOfType(GatewayException.class, () -> dialect.forward(dialect.readOutline(body), "x", Set.of(), new Losses(true))).param()).isEqualTo("metadata.team");
    }
}
