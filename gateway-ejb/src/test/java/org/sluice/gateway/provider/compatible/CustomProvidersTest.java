package org.sluice.gateway.provider.compatible;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.sluice.gateway.config.GatewayConfig;
import org.sluice.gateway.dialect.openai.OpenAiDialect;
import org.sluice.gateway.provider.Provider;

class CustomProvidersTest {
    private static List<Provider> providers(Map<String, String> settings) {
        CustomProviders custom = new CustomProviders();
        custom.config = GatewayConfig.of(settings);
        custom.dialect = new OpenAiDialect();
        custom.read();
        return custom.providers();
    }

    @Test
    void each_id_is_a_provider() {
        List<Provider> providers = providers(Map.of("GATEWAY_PROVIDER_CUSTOM", "acme, my-corp,acme", "ACME_BASE_URL", "http://127.0.0.1:1/v1", "MY_CORP_BASE_URL", "https://corp/v1"));
        assertThat(providers).extracting(Provider::id).containsExactly("acme", "my-corp");
        assertThat(providers).allMatch(provider -> !provider.needsCredential() && provider.dialect().name().equals("openai"));
        assertThat(providers.get(1).credentialFields().get(0).variables()).containsExactly("MY_CORP_API_KEY");
        assertThat(providers(Map.of())).isEmpty();
    }

    @Test
    void one_without_an_address_fails_the_start() {
        assertThatThrownBy(() -> providers(Map.of("GATEWAY_PROVIDER_CUSTOM", "acme", "ACME_API_KEY", "sk-hidden"))).isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("ACME_BASE_URL").hasMessageContaining("GATEWAY_PROVIDER_CUSTOM").hasMessageNotContaining("hidden");
    }
}
