package org.sluice.gateway.integration;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.sluice.gateway.credential.CredentialChoice;
import org.sluice.gateway.credential.CredentialChoice.Owner;
import org.sluice.gateway.credential.StoredCredentials;
import org.sluice.gateway.provider.Credential;
import org.sluice.gateway.provider.Provider;
import org.sluice.gateway.provider.compatible.OwnProvider;

/** The stored keys of an organization, as calls use them; for its own provider the provider's key, or none. */
@ApplicationScoped
public class OrganizationCredentials implements StoredCredentials {
    static final String STORED = "stored:";
    static final String OWN_PROVIDER = "provider:";
    private static final String API_BASE = "api_base";
    @Inject Integrations integrations;

    @Override
    public List<CredentialChoice> of(String organization, Provider provider, String model) {
        Connected connected = integrations.connected();
        List<CredentialChoice> choices = new ArrayList<>();
        for (ProviderKey key : connected.keysOf(organization)) {
            if (key.isEnabled() && key.isReadable() && isFor(key.provider(), provider) && serves(key, provider, names(connected, organization, provider, model))) {
                choice(key, provider).ifPresent(choices::add);
            }
        }
        if (choices.isEmpty() && provider instanceof OwnProvider) {
            connected.providersOf(organization).stream().filter(own -> own.providerId().equals(provider.id()) && own.isReadable()).findFirst().ifPresent(own ->
                    choices.add(new CredentialChoice(OWN_PROVIDER + own.id(), own.name(), Owner.CUSTOM_PROVIDER,
                            own.apiKey() == null ? Credential.None.NONE : new Credential.ApiKey(own.apiKey()), provider.baseUrl(), 1)));
        }
        return List.copyOf(choices);
    }

    @Override
    public boolean isOwnedBy(String organization, String id) {
        Connected connected = integrations.connected();
        return connected.keysOf(organization).stream().anyMatch(key -> id.equals(STORED + key.id()))
                || connected.providersOf(organization).stream().anyMatch(own -> id.equals(OWN_PROVIDER + own.id()));
    }

    /** Whether the organization has a key for the provider, whatever the model. */
    public boolean hasKey(String organization, Provider provider) {
        return provider instanceof OwnProvider || integrations.connected().keysOf(organization).stream()
                .anyMatch(key -> key.isEnabled() && key.isReadable() && isFor(key.provider(), provider));
    }

    /** How a stored or a given credential is used at a provider; empty when a field is missing. */
    Optional<CredentialChoice> choice(ProviderKey key, Provider provider) {
        return provider.credential(key.fields()).map(credential -> new CredentialChoice(STORED + key.id(), key.name(), Owner.STORED, credential,
                key.fields().containsKey(API_BASE) || provider instanceof OwnProvider ? provider.baseUrl(credential) : null, key.weight()));
    }

    @Override
    public Limits limits(String organization, String id) {
        return !id.startsWith(STORED) ? Limits.UNKNOWN : integrations.key(organization, id.substring(STORED.length()))
                .map(key -> new Limits(orNothing(key.requestsPerMinute()), orNothing(key.tokensPerMinute()))).orElse(Limits.UNKNOWN);
    }

    private static long orNothing(Long limit) {
        return limit == null ? 0 : limit;
    }

    private static boolean isFor(String name, Provider provider) {
        return provider.id().equals(name) || provider.aliases().contains(name);
    }

    /** The name that was asked for and the provider's name of it, without the provider's prefix, in lower case. */
    private static Set<String> names(Connected connected, String organization, Provider provider, String model) {
        Set<String> names = new HashSet<>();
        names.add(bare(model, provider));
        connected.modelsOf(organization).stream().filter(own -> own.name().equalsIgnoreCase(model) && own.provider().equals(provider.id()))
                .forEach(own -> names.add(bare(own.upstreamModel(), provider)));
        return names;
    }

    private static boolean serves(ProviderKey key, Provider provider, Set<String> names) {
        return (key.availableModels().isEmpty() || key.availableModels().stream().anyMatch(name -> names.contains(bare(name, provider))))
                && key.excludedModels().stream().noneMatch(name -> names.contains(bare(name, provider)));
    }

    private static String bare(String model, Provider provider) {
        int slash = model.indexOf('/');
        return (slash > 0 && isFor(model.substring(0, slash), provider) ? model.substring(slash + 1) : model).toLowerCase(Locale.ROOT);
    }
}
