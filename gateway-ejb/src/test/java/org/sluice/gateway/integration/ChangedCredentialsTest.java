package org.sluice.gateway.integration;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.sluice.gateway.provider.compatible.OwnProvider;

class ChangedCredentialsTest {
    private static final Connected NOTHING = Connected.NOTHING;

    private static ProviderKey key(String id, String secret, double weight) {
        return new ProviderKey(id, "o", "openai", "n", Map.of("api_key", secret), weight, List.of(), List.of(), null, null, true, Instant.EPOCH, Instant.EPOCH);
    }

    private static CustomProvider provider(String id, String secret, String baseUrl) {
        return new CustomProvider(id, "o", "acme", "Acme", secret, true, baseUrl, OwnProvider.Defaults.NONE, Instant.EPOCH, Instant.EPOCH);
    }

    private static Connected connected(List<ProviderKey> keys, List<CustomProvider> providers) {
        return new Connected(1, Map.of("o", keys), Map.of("o", providers), Map.of());
    }

    @Test
    void those_with_another_secret_another_address_and_those_that_are_gone() {
        Connected before = connected(List.of(key("same", "s", 1), key("weighed", "s", 1), key("turned", "s", 1), key("gone", "s", 1)),
                List.of(provider("moved", "s", "https://a"), provider("opened", null, "https://a"), provider("still", "s", "https://a")));
        Connected now = connected(List.of(key("same", "s", 1), key("weighed", "s", 9), key("turned", "t", 1), key("new", "s", 1)),
                List.of(provider("moved", "s", "https://b"), provider("opened", "s", "https://a"), provider("still", "s", "https://a")));
        assertThat(ChangedCredentials.between(before, now)).containsExactlyInAnyOrder("stored:turned", "stored:gone", "provider:moved", "provider:opened");
        assertThat(ChangedCredentials.between(NOTHING, now)).as("the first reading").isEmpty();
    }
}
