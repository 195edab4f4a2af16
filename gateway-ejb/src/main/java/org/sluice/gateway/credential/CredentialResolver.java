package org.sluice.gateway.credential;

import jakarta.annotation.PostConstruct;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Any;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Inject;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.sluice.gateway.call.Call;
import org.sluice.gateway.config.ConfigKey;
import org.sluice.gateway.config.GatewayConfig;
import org.sluice.gateway.error.GatewayException;
import org.sluice.gateway.provider.Credential;
import org.sluice.gateway.provider.Provider;
import org.sluice.gateway.provider.ProviderSource;
import org.sluice.gateway.provider.Upstream;

/** The credential and the address a provider is called with. */
@ApplicationScoped
public class CredentialResolver {
    @Inject GatewayConfig config;
    @Inject @Any Instance<Provider> providers;
    @Inject @Any Instance<ProviderSource> defined;
    @Inject StoredCredentials stored;

    private OperatorCredentials operator;
    private boolean isDemoEnabled;
    private List<CredentialSource> sources = List.of();

    @PostConstruct
    void read() {
        read(config, providers);
        defined.forEach(source -> source.providers().forEach(this::check));
    }

    /** For tests: the environment of {@code config}. */
    public static CredentialResolver of(GatewayConfig config, Iterable<Provider> providers) {
        CredentialResolver resolver = new CredentialResolver();
        resolver.stored = (organization, provider, model) -> List.of();
        resolver.read(config, providers);
        return resolver;
    }

    /** Reads and checks every provider's settings; a wrong one is an {@link IllegalStateException} that names it. */
    private void read(GatewayConfig from, Iterable<Provider> all) {
        operator = new OperatorCredentials(from::variable);
        isDemoEnabled = from.isTrue(ConfigKey.DEMO_ENABLED);
        sources = List.of(operator);
        all.forEach(this::check);
    }

    private void check(Provider provider) {
        operator.find(provider);
        try {
            baseUrl(provider);
        } catch (GatewayException wrong) {
            throw new IllegalStateException("The credential of the provider '" + provider.id() + "' is wrong: " + wrong.getMessage());
        }
    }

    /** Empty when there is none and the provider needs one, or it is switched off; {@link Credential.None} when it needs none. */
    public Optional<Credential> credential(Provider provider) {
        if (isSwitchedOff(provider)) {
            return Optional.empty();
        }
        for (CredentialSource source : sources) {
            Optional<Credential> found = source.find(provider);
            if (found.isPresent()) {
                return found;
            }
        }
        return provider.needsCredential() ? Optional.empty() : Optional.of(Credential.None.NONE);
    }

    /**
     * The operator's base URL, else the one the credential speaks of, else the provider's own; without a trailing slash. Null
     * when only the operator can say and did not.
     */
    public URI baseUrl(Provider provider) {
        return operator.baseUrl(provider).or(() -> credential(provider).map(provider::baseUrl)).orElseGet(provider::baseUrl);
    }

    /** Where a credential that says nothing of an address is used: the operator's word, else what a part of it says, else the provider's own. */
    public URI baseUrl(Provider provider, Credential credential) {
        return operator.baseUrl(provider).orElseGet(() -> provider.baseUrl(credential));
    }

    /**
     * The credentials this call may use at a provider, all of the one owner that wins; there is no second owner to fall back
     * to when they fail. Empty when there is none.
     *
     * @param model the model's name exactly as requested
     * @param own fields that the load balance item brought, or empty
     */
    public List<CredentialChoice> choices(Call call, Provider provider, String model, Map<String, String> own) {
        if (!own.isEmpty()) { // to ignore them would bill the wrong party
            throw GatewayException.invalid("credentials", "'credentials' of a load balance item are not available in this version; the gateway's own provider credentials are used.");
        }
        List<CredentialChoice> ofOrganization = stored.of(call.caller().organization(), provider, model);
        if (!ofOrganization.isEmpty()) {
            return ofOrganization.stream().map(choice -> choice.baseUrl() != null ? choice : new CredentialChoice(choice.id(), choice.name(), choice.owner(),
                    choice.credential(), baseUrl(provider, choice.credential()), choice.weight())).toList();
        }
        return credential(provider).filter(found -> hasAddress(provider)).map(found -> List.of(new CredentialChoice("operator", null, CredentialChoice.Owner.OPERATOR, found, baseUrl(provider), 1)))
                .orElse(List.of());
    }

    /** Whether the provider can be called: nothing it needs is missing. A provider that is its own upstream needs no address. */
    public boolean isUsable(Provider provider) {
        return credential(provider).isPresent() && hasAddress(provider);
    }

    /** Why a provider that is not usable is not, and what to set, as a sentence for the caller. */
    public String missing(Provider provider) {
        if (isSwitchedOff(provider)) {
            return "The provider '" + provider.id() + "' is switched off by " + ConfigKey.DEMO_ENABLED.environmentName() + ".";
        }
        boolean isCredential = credential(provider).isEmpty();
        return "The gateway has no " + (isCredential ? "credential" : "address") + " for the provider '" + provider.id() + "'; set "
                + (isCredential ? OperatorCredentials.keyName(provider) : OperatorCredentials.urlName(provider)) + " where the gateway runs.";
    }

    private boolean hasAddress(Provider provider) {
        return provider instanceof Upstream || baseUrl(provider) != null;
    }

    private boolean isSwitchedOff(Provider provider) {
        return !isDemoEnabled && provider.id().equals("demo");
    }
}
