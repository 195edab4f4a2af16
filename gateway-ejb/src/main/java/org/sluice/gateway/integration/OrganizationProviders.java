package org.sluice.gateway.integration;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.sluice.gateway.dialect.openai.OpenAiDialect;
import org.sluice.gateway.provider.Provider;
import org.sluice.gateway.provider.ProviderSource;
import org.sluice.gateway.provider.compatible.OwnProvider;

/** The providers that organizations defined; each is one object as long as nothing stored has changed. */
@ApplicationScoped
public class OrganizationProviders implements ProviderSource {
    @Inject Integrations integrations;
    @Inject OpenAiDialect dialect;
    private volatile Made made = new Made(Connected.NOTHING, Map.of());

    private record Made(Connected from, Map<String, List<Provider>> byOrganization) { }

    @Override
    public List<Provider> providers() {
        return List.of();
    }

    @Override
    public List<Provider> providers(String organization) {
        Connected connected = integrations.connected();
        Made known = made;
        if (known.from != connected) {
            known = make(connected);
            made = known;
        }
        return known.byOrganization.getOrDefault(organization, List.of());
    }

    private Made make(Connected connected) {
        Map<String, List<Provider>> by = new HashMap<>();
        connected.providers().forEach((organization, rows) -> by.put(organization, rows.stream().map(this::provider).toList()));
        return new Made(connected, Map.copyOf(by));
    }

    private Provider provider(CustomProvider row) {
        return new OwnProvider(row.providerId(), row.baseUrl(), row.defaults(), dialect);
    }
}
