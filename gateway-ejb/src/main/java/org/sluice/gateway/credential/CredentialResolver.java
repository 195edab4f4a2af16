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
import org.sluice.gateway.provider.AddressSource;
import org.sluice.gateway.provider.Credential;
import org.sluice.gateway.provider.Deployment;
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

    private final CredentialMark mark = new CredentialMark();
    private Iterable<Provider> known = List.of();
    private OperatorCredentials operator;
    private CredentialPrecedence precedence;
    private boolean isDemoEnabled;
    private List<CredentialSource> sources = List.of();

    @PostConstruct
    void read() {
        read(config, providers);
        defined.forEach(source -> source.providers().forEach(this::check));
        precedence = precedence(stored);
    }

    /** For tests: the environment of {@code config}. */
    public static CredentialResolver of(GatewayConfig config, Iterable<Provider> providers) {
        return of(config, providers, null);
    }

    /** The same with what an organization has stored. */
    public static CredentialResolver of(GatewayConfig config, Iterable<Provider> providers, StoredCredentials stored) {
        CredentialResolver resolver = new CredentialResolver();
        resolver.read(config, providers);
        resolver.stored = stored;
        resolver.precedence = resolver.precedence(stored);
        return resolver;
    }

    /** Reads and checks every provider's settings; a wrong one is an {@link IllegalStateException} that names it. */
    private void read(GatewayConfig from, Iterable<Provider> all) {
        operator = new OperatorCredentials(from::variable);
        isDemoEnabled = from.isTrue(ConfigKey.DEMO_ENABLED);
        sources = List.of(operator);
        known = all;
        all.forEach(this::check);
    }

    private CredentialPrecedence precedence(StoredCredentials ofOrganizations) {
        return new CredentialPrecedence(mark, ofOrganizations, this::baseUrl, this::isProvider);
    }

    private boolean isProvider(String name, String organization) {
        return isAmong(known, name) || defined != null && defined.stream().anyMatch(source -> isAmong(source.providers(), name) || isAmong(source.providers(organization), name));
    }

    private static boolean isAmong(Iterable<Provider> providers, String name) {
        for (Provider provider : providers) {
            if (CredentialPrecedence.isNamed(provider, name)) {
                return true;
            }
        }
        return false;
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
     * to when they fail. Empty when nobody has one.
     *
     * @param model the model's name exactly as requested
     * @param own fields that the load balance item brought, or empty
     * @throws GatewayException INVALID_VALUE or API_BASE_NOT_ALLOWED when the call brings one that is wrong
     */
    public List<CredentialChoice> choices(Call call, Provider provider, String model, Map<String, String> own) {
        if (isSwitchedOff(provider)) {
            return List.of();
        }
        List<CredentialChoice> operators = isUsable(provider) ? List.of(new CredentialChoice(Deployment.OPERATOR, null, CredentialChoice.Owner.OPERATOR,
                credential(provider).orElseThrow(), baseUrl(provider), 1, AddressSource.OPERATOR)) : List.of();
        return precedence.choices(call, provider, model, own, operators);
    }

    /** What the provider allows the organization with the credential of this id. */
    public StoredCredentials.Limits limits(String organization, String id) {
        return stored == null ? StoredCredentials.Limits.UNKNOWN : stored.limits(organization, id);
    }

    /** A model's name without the prefix, if that is this provider's. */
    public static String bare(Provider provider, String model) {
        return CredentialPrecedence.bare(provider, model);
    }

    /** A stored credential as a call may use it: with its address, and whether that is trusted. */
    public CredentialChoice addressed(String organization, Provider provider, CredentialChoice choice) {
        return precedence.addressed(organization, provider, choice);
    }

    /** Whether the provider can be called by a call that brings nothing: nothing it needs is missing. A provider that is its own upstream needs no address. */
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
