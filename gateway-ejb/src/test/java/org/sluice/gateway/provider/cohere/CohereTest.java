package org.sluice.gateway.provider.cohere;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.sluice.gateway.dialect.Body;
import org.sluice.gateway.error.GatewayException;
import org.sluice.gateway.provider.Credential;
import org.sluice.gateway.provider.Deployment;
import org.sluice.gateway.provider.Dispatch;
import org.sluice.gateway.provider.Operation;
import org.sluice.gateway.provider.UpstreamRequest;

class CohereTest {
    private static final Cohere COHERE = new Cohere();

    private static UpstreamRequest prepare(String base, Credential credential, boolean stream) {
        Deployment deployment = new Deployment("d", "cohere", "m", URI.create(base), Map.of());
        return COHERE.prepare(new Dispatch(Operation.CHAT, COHERE.dialect(), deployment, credential, Body.of("{}".getBytes(UTF_8)), stream, null, null));
    }

    @ParameterizedTest
    @CsvSource({"https://api.cohere.com", "https://api.cohere.com/", "https://api.cohere.com/v2", "https://api.cohere.com/v1/"})
    void chat_goes_to_the_second_version(String base) {
        UpstreamRequest request = prepare(base, new Credential.ApiKey("key"), true);
        assertThat(request.uri()).isEqualTo(URI.create("https://api.cohere.com/v2/chat"));
        assertThat(request.headers()).containsEntry("Authorization", "Bearer key").containsEntry("Accept", "text/event-stream");
        assertThat(prepare(base, new Credential.ApiKey("key"), false).headers()).containsEntry("Accept", "application/json");
        assertThatThrownBy(() -> prepare(base, new Credential.ApiKey("a\nb"), false)).isInstanceOf(GatewayException.class);
    }
}
