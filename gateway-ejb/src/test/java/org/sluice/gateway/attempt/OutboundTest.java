package org.sluice.gateway.attempt;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.sluice.gateway.call.Call;
import org.sluice.gateway.call.Caller;
import org.sluice.gateway.call.GatewayOptions;
import org.sluice.gateway.call.RequestCredentials;
import org.sluice.gateway.call.Routing;
import org.sluice.gateway.dialect.Body;
import org.sluice.gateway.dialect.RequestOutline;
import org.sluice.gateway.dialect.openai.OpenAiDialect;
import org.sluice.gateway.provider.AddressSource;
import org.sluice.gateway.provider.Credential;
import org.sluice.gateway.provider.Deployment;
import org.sluice.gateway.provider.Operation;
import org.sluice.gateway.provider.UpstreamRequest;
import org.sluice.gateway.provider.compatible.OpenAi;
import org.sluice.gateway.route.Target;

class OutboundTest {
    private static final URI BASE = URI.create("https://llm.partner.io/v1");
    private static final AddressSource CLAIMED = AddressSource.of("acme", "p", BASE);
    private static final UpstreamRequest REQUEST = new UpstreamRequest(URI.create(BASE + "/files"), Map.of("Content-Type", "application/json", "X-Amzn-Trace-Id", "Root=1", "x-real-user", "ada",
            "OpenAI-Beta", "a", "X-Mine", "1", "User-Agent", "u"), new Body(List.of()), false, null);

    private static Target at(AddressSource source) {
        return new Target(new OpenAi(), new OpenAiDialect(), new Deployment("d", "openai", "m", BASE, source, "request:1", Map.of()), Credential.None.NONE, null);
    }

    private static Call call(int hops) {
        GatewayOptions none = GatewayOptions.NONE;
        GatewayOptions options = new GatewayOptions(none.observability(), null, Map.of("X-Mine", "1"), null, false, Map.of(), null, null, Set.of(), Routing.NONE, RequestCredentials.NONE, null, hops);
        return new Call(new UUID(0, 1), Instant.EPOCH, 0, new Caller(1, "p", null, "acme", "prod"), new OpenAiDialect(), "/x", new RequestOutline(new byte[0], "m", false, false, Map.of()),
                Set.of(), options, Operation.FILE);
    }

    @Test
    void s15_a_request_on_somebodys_word_says_so_and_counts_its_way() {
        UpstreamRequest first = Outbound.to(call(0), at(CLAIMED), REQUEST);
        assertThat(first.source()).isEqualTo(CLAIMED);
        assertThat(first.headers()).containsEntry(GatewayOptions.HOPS_HEADER, "1");
        assertThat(Outbound.to(call(3), at(CLAIMED), REQUEST).headers()).containsEntry(GatewayOptions.HOPS_HEADER, "4");
        assertThat(Outbound.to(call(3), at(AddressSource.OPERATOR), REQUEST)).isSameAs(REQUEST);
    }

    @Test
    void of_a_clients_headers_only_a_few_go_to_such_an_address() {
        assertThat(Outbound.reduced(call(0), at(CLAIMED), REQUEST).headers()).containsOnlyKeys("Content-Type", "OpenAI-Beta", "X-Mine", "User-Agent");
        assertThat(Outbound.reduced(call(0), at(AddressSource.OPERATOR), REQUEST)).isSameAs(REQUEST);
    }
}
