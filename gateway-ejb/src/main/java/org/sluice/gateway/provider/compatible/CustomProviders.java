package org.sluice.gateway.provider.compatible;

import jakarta.annotation.PostConstruct;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.List;
import org.sluice.gateway.config.ConfigKey;
import org.sluice.gateway.config.GatewayConfig;
import org.sluice.gateway.dialect.openai.OpenAiDialect;
import org.sluice.gateway.provider.Provider;
import org.sluice.gateway.provider.ProviderSource;

/** The providers that {@code gateway.provider.custom} names. One without an address fails the start. */
@ApplicationScoped
public class CustomProviders implements ProviderSource {
    @Inject GatewayConfig config;
    @Inject OpenAiDialect dialect;
    private List<Provider> providers = List.of();

    @PostConstruct
    void read() {
        providers = config.customProviders().stream().<Provider>map(id -> new CustomProvider(id, dialect)).toList();
        for (Provider provider : providers) {
            String address = provider.variables("_BASE_URL").get(0);
            if (config.variable(address).filter(text -> !text.isBlank()).isEmpty()) {
                throw new IllegalStateException(ConfigKey.PROVIDER_CUSTOM.environmentName() + " names '" + provider.id() + "'; set " + address
                        + " to its address, up to and with the version: https://llm.example.com/v1");
            }
        }
    }

    @Override
    public List<Provider> providers() {
        return providers;
    }
}
