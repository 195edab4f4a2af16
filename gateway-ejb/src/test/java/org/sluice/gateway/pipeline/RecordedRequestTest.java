package org.sluice.gateway.pipeline;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.sluice.gateway.call.Call;
import org.sluice.gateway.call.Caller;
import org.sluice.gateway.call.GatewayOptions;
import org.sluice.gateway.dialect.Dialect;
import org.sluice.gateway.dialect.Slice;
import org.sluice.gateway.dialect.anthropic.AnthropicDialect;
import org.sluice.gateway.provider.Operation;

class RecordedRequestTest {
    private static final Dialect DIALECT = new AnthropicDialect();

    private static Call call(byte[] body) {
        return new Call(new UUID(1, 2), Instant.EPOCH, 0, new Caller(1, "p", null, "o", "prod"), DIALECT, "/", DIALECT.readOutline(body), Set.of(), GatewayOptions.NONE, Operation.CHAT);
    }

    private static String recorded(String body) {
        return RecordedRequest.of(call(body.replace('\'', '"').getBytes(UTF_8))).stream().map(Slice::text).collect(Collectors.joining()).replace('"', '\'');
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', value = {
        "{'model':'m','metadata':{'user_id':'u','respan_params':{'customer_credentials':{'openai':'sk-x'}},'a':1e2}}|{'model':'m','metadata':{'user_id':'u','a':1e2}}",
        "{'metadata':{'extra_headers':{'x':'secret'}},'model':'m'}|{'metadata':{},'model':'m'}", "{'model':'m','respan_params':{'x':1},'metadata':{'keywordsai_params':{}}}|{'model':'m','metadata':{}}"})
    void the_gateways_parameters_inside_metadata_are_not_kept(String body, String kept) {
        assertThat(recorded(body)).isEqualTo(kept);
    }

    @Test
    void a_body_without_them_is_kept_as_it_is() {
        byte[] body = "{ \"model\":\"m\", \"metadata\":{ \"user_id\":\"u\" } }".getBytes(UTF_8);
        List<Slice> kept = RecordedRequest.of(call(body));
        assertThat(kept).hasSize(1);
        assertThat(kept.get(0).array()).isSameAs(body);
    }
}
