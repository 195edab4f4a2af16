package org.sluice.gateway.credential;

import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.function.BiPredicate;
import org.sluice.gateway.call.Call;
import org.sluice.gateway.call.RequestCredentials;
import org.sluice.gateway.call.RequestCredentials.Customer;
import org.sluice.gateway.credential.CredentialChoice.Owner;
import org.sluice.gateway.error.ErrorType;
import org.sluice.gateway.error.GatewayException;
import org.sluice.gateway.provider.AddressSource;
import org.sluice.gateway.provider.Credential;
import org.sluice.gateway.provider.CredentialField;
import org.sluice.gateway.provider.Provider;
import org.sluice.gateway.provider.Upstream;

/**
 * Whose credential pays (contract 6.3): {@link Owner} by {@link Owner}, the first that has one for this model. What the others
 * have is not looked at, so that a customer's key that fails is never replaced by somebody else's. An address is taken only
 * from the object that holds the key.
 *
 * @param stored the organization's own, or null where there is no such store
 * @param address where a provider is called when the credential does not say: what the operator set, else the provider's own
 * @param isProvider whether a name is a provider's for an organization
 */
record CredentialPrecedence(CredentialMark mark, StoredCredentials stored, BiFunction<Provider, Credential, URI> address, BiPredicate<String, String> isProvider) {
    private static final String OVERRIDE = "credential_override";
    private static final String CUSTOMER_KEYS = "customer_api_keys";
    private static final String GROUP = "credentials";

    /**
     * @param model exactly as requested
     * @param own fields of the load balance item, or empty
     * @param operator what the operator has, or empty
     */
    List<CredentialChoice> choices(Call call, Provider provider, String model, Map<String, String> own, List<CredentialChoice> operator) {
        RequestCredentials brought = call.options().credentials();
        checkNames(brought, call.caller().organization());
        for (Owner owner : Owner.values()) {
            List<CredentialChoice> found = switch (owner) {
                case OVERRIDE -> override(call, provider, model);
                case GROUP -> own.isEmpty() ? List.<CredentialChoice>of() : List.of(choice(call, provider, own, GROUP, owner, 1));
                case CUSTOMER -> customers(call, provider, model);
                case CUSTOMER_KEY -> key(call, provider, model);
                case STORED, CUSTOM_PROVIDER -> stored(call, provider, model, owner);
                case OPERATOR -> operator;
            };
            if (!found.isEmpty()) {
                return found;
            }
        }
        return List.of();
    }

    /** What can be told before it is known who answers. A name nobody has would be passed over, and another key would pay. */
    private void checkNames(RequestCredentials brought, String organization) {
        for (Customer customer : brought.customers()) {
            if (!isProvider.test(customer.provider(), organization)) {
                throw GatewayException.invalid(customer.path(), "No provider is called '" + customer.provider() + "'; docs/providers.md lists their names.");
            }
        }
        for (String model : brought.overrides().keySet()) {
            if (isProvider.test(model, organization)) {
                throw GatewayException.invalid(OVERRIDE + "." + model, "'" + OVERRIDE + "' is keyed by the name of a model as it is requested; "
                        + "write 'customer_credentials' for a credential of a provider.");
            }
        }
    }

    private List<CredentialChoice> override(Call call, Provider provider, String model) {
        Map<String, String> fields = call.options().credentials().overrides().get(model);
        return fields == null ? List.of() : List.of(choice(call, provider, fields, OVERRIDE + "." + model, Owner.OVERRIDE, 1));
    }

    /** All entries for the provider are read, also those that are not for this model: a mistake in one is told at once. */
    private List<CredentialChoice> customers(Call call, Provider provider, String model) {
        List<CredentialChoice> choices = new ArrayList<>();
        for (Customer customer : call.options().credentials().customers()) {
            if (isNamed(provider, customer.provider())) {
                CredentialChoice choice = choice(call, provider, customer.fields(), customer.path(), Owner.CUSTOMER, customer.weight());
                if (isFor(customer, provider, model)) {
                    choices.add(choice);
                }
            }
        }
        return choices;
    }

    private List<CredentialChoice> key(Call call, Provider provider, String model) {
        String key = call.options().credentials().keys().get(model);
        return key == null ? List.of()
                : List.of(choice(call, provider, Map.of(CredentialField.API_KEY, key), CUSTOMER_KEYS + "." + model, Owner.CUSTOMER_KEY, 1));
    }

    private List<CredentialChoice> stored(Call call, Provider provider, String model, Owner owner) {
        if (stored == null) {
            return List.of();
        }
        return stored.of(call.caller().organization(), provider, model).stream().filter(choice -> choice.owner() == owner)
                .map(choice -> addressed(call.caller().organization(), provider, choice)).toList();
    }

    /**
     * A stored credential with who said where it goes: what the operator set and what the provider's own code makes of a region is
     * trusted, an address that was stored is not.
     */
    CredentialChoice addressed(String organization, Provider provider, CredentialChoice choice) {
        URI base = choice.baseUrl() == null ? address.apply(provider, choice.credential()) : choice.baseUrl();
        boolean isUsual = provider.hasTrustedAddress() && Objects.equals(base, usual(provider, choice.credential()));
        AddressSource source = isUsual ? AddressSource.OPERATOR : AddressSource.of(organization, null, base);
        return new CredentialChoice(choice.id(), choice.name(), choice.owner(), choice.credential(), base, choice.weight(), source);
    }

    /** Where it would be used if it held no address; null when nobody would know. */
    private URI usual(Provider provider, Credential credential) {
        boolean saysSo = credential instanceof Credential.Fields fields && fields.get(CredentialField.API_BASE) != null;
        return saysSo ? address.apply(provider, Credential.None.NONE) : address.apply(provider, credential);
    }

    private CredentialChoice choice(Call call, Provider provider, Map<String, String> fields, String path, Owner owner, double weight) {
        ClaimedFields claimed = ClaimedFields.read(provider, fields, path);
        URI base = claimed.hasAddress() ? claimed.baseUrl() : place(provider, claimed.credential(), path);
        if (base == null && !(provider instanceof Upstream)) {
            throw GatewayException.invalid(path, "Nobody said where the provider '" + provider.id() + "' is; add 'api_base' or what its address consists of.");
        }
        AddressSource source = claimed.hasAddress() || provider.hasTrustedAddress() ? claimed.source(call.caller().organization(), path)
                : AddressSource.of(call.caller().organization(), null, base);
        return new CredentialChoice(mark.of(claimed.credential(), base), null, owner, claimed.credential(), base, weight, source);
    }

    /** A part of the credential, such as a region, may say where to call. */
    private URI place(Provider provider, Credential credential, String path) {
        try {
            return address.apply(provider, credential);
        } catch (GatewayException wrong) {
            throw wrong.type() == ErrorType.INVALID_VALUE && wrong.param() == null ? GatewayException.invalid(path, wrong.getMessage()) : wrong;
        }
    }

    private static boolean isFor(Customer customer, Provider provider, String model) {
        return (customer.availableModels().isEmpty() || isAmong(customer.availableModels(), provider, model)) && !isAmong(customer.excludedModels(), provider, model);
    }

    /** Names match with and without the provider's prefix. */
    private static boolean isAmong(Set<String> names, Provider provider, String model) {
        return names.contains(model) || names.stream().anyMatch(name -> bare(provider, name).equals(bare(provider, model)));
    }

    /** The name without the prefix, if that is the provider's. */
    static String bare(Provider provider, String model) {
        int slash = model.indexOf('/');
        return slash > 0 && isNamed(provider, model.substring(0, slash)) ? model.substring(slash + 1) : model;
    }

    static boolean isNamed(Provider provider, String name) {
        return provider.id().equals(name) || provider.aliases().contains(name);
    }
}
