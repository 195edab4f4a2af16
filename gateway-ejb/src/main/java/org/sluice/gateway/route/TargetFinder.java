package org.sluice.gateway.route;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.sluice.gateway.call.Call;
import org.sluice.gateway.config.ConfigKey;
import org.sluice.gateway.config.GatewayConfig;
import org.sluice.gateway.credential.CredentialChoice;
import org.sluice.gateway.credential.CredentialResolver;
import org.sluice.gateway.credential.StoredCredentials.Limits;
import org.sluice.gateway.dialect.Dialect;
import org.sluice.gateway.dialect.responses.ResponsesDialect;
import org.sluice.gateway.error.ErrorType;
import org.sluice.gateway.error.GatewayException;
import org.sluice.gateway.health.DeploymentKey;
import org.sluice.gateway.model.Model;
import org.sluice.gateway.model.ModelCatalog;
import org.sluice.gateway.provider.Deployment;
import org.sluice.gateway.provider.Operation;
import org.sluice.gateway.provider.Provider;
import org.sluice.gateway.provider.Upstream;
import org.sluice.gateway.provider.compatible.OwnProvider;

/** Finds who serves a model's name, and with which credentials this call may ask there. */
@ApplicationScoped
public class TargetFinder {
    private static final CredentialChoice UNASKED = CredentialChoice.NOBODY;
    @Inject Providers providers;
    @Inject ModelNames names;
    @Inject ModelCatalog models;
    @Inject CredentialResolver credentials;
    @Inject GatewayConfig config;

    /** For tests. */
    static TargetFinder of(Providers providers, ModelNames names, ModelCatalog models, CredentialResolver credentials, GatewayConfig config) {
        TargetFinder finder = new TargetFinder();
        finder.providers = providers;
        finder.names = names;
        finder.models = models;
        finder.credentials = credentials;
        finder.config = config;
        return finder;
    }

    /**
     * Who serves a name.
     *
     * @param upstreamModel the provider's own name of the model
     * @param model what is known of it, or null
     */
    record Place(Provider provider, String upstreamModel, Model model) { }

    /**
     * @param pinned the provider that the caller wants for it, or null
     * @throws GatewayException MODEL_NOT_FOUND when nobody serves it, NOT_FOUND when its provider has no such endpoint
     */
    Place place(Call call, String name, String pinned) {
        String organization = call.caller().organization();
        ModelNames.Named named = names.resolve(organization, name, pinned);
        requireOffered(call, named.provider());
        String renamed = call.options().credentials().modelNames().get(name);
        if (renamed == null) {
            return new Place(named.provider(), named.upstreamModel(), named.model());
        }
        String bare = CredentialResolver.bare(named.provider(), renamed);
        return new Place(named.provider(), bare, names.model(organization, named.provider(), bare));
    }

    /** The credentials with which the place can be called; none when one, or the address, is missing. */
    List<CredentialChoice> choices(Call call, Place place, String name, Map<String, String> own) {
        if (call.options().mockResponse() != null) {
            return List.of(UNASKED); // nobody will be asked: no credential is needed, nothing is paid
        }
        List<CredentialChoice> choices = credentials.choices(call, place.provider, name, own);
        if (place.provider instanceof Upstream || choices.stream().allMatch(choice -> choice.baseUrl() != null)) {
            return choices;
        }
        return choices.stream().filter(choice -> choice.baseUrl() != null).toList();
    }

    /** Why there are no choices, and what to set. */
    String missing(Place place) {
        return credentials.missing(place.provider);
    }

    Target target(Call call, Place place, String name, CredentialChoice choice) {
        Provider provider = place.provider;
        Deployment deployment = choice.deployment(provider, place.upstreamModel);
        Dialect dialect = isTranslated(call, provider) ? provider.dialect() : provider.dialectFor(call.ingress(), place.upstreamModel);
        return new Target(provider, dialect, deployment, choice.credential(),
                choice == UNASKED ? null : place.model,
                name, key(call, deployment, provider, choice), choice.owner());
    }

    /** What two organizations define under one name are two providers, and neither fills the other's bulkhead. */
    private static DeploymentKey key(Call call, Deployment deployment, Provider provider, CredentialChoice choice) {
        String name = provider instanceof OwnProvider ? provider.id() + " of " + call.caller().organization() : provider.id();
        return new DeploymentKey(deployment.id(), name, choice.id());
    }

    /** What the provider allows with the target's credential. */
    Limits limits(Call call, Target target) {
        return credentials.limits(call.caller().organization(), target.key().credential());
    }

    /** For a call that names a provider and not a model. */
    Target own(Call call, String providerName) {
        Provider provider = providers.find(providerName, call.caller().organization()).orElseThrow(() ->
                new GatewayException(ErrorType.NOT_FOUND, "No provider is called '" + providerName + "'."));
        requireOffered(call, provider);
        String model = call.model();
        List<CredentialChoice> choices = choices(call, new Place(provider, model, null), model, Map.of());
        if (choices.isEmpty()) {
            throw new GatewayException(ErrorType.NO_TARGET, credentials.missing(provider));
        }
        CredentialChoice choice = choices.get(0);
        Deployment deployment = choice.deployment(provider, model);
        return new Target(provider, provider.dialectFor(call.ingress(), model), deployment, choice.credential(),
                names.model(call.caller().organization(), provider, model), model, key(call, deployment, provider, choice), choice.owner());
    }

    /** Tokens can be counted by the gateway itself where a provider does not. */
    private static void requireOffered(Call call, Provider provider) {
        if (call.operation() != Operation.COUNT_TOKENS && !provider.operations().contains(call.operation())) {
            throw GatewayException.of(ErrorType.NOT_FOUND, "model", "The provider '" + provider.id() + "' has no endpoint for this ("
                    + call.operation().logType() + ").");
        }
    }

    /** The operator knows that what stands at this provider's address has no Responses API. */
    private boolean isTranslated(Call call, Provider provider) {
        return call.ingress().name().equals(ResponsesDialect.NAME) && config.optionalText(ConfigKey.RESPONSES_TRANSLATED)
                .map(ids -> List.of(ids.split("[\\s,]+")).contains(provider.id())).orElse(false);
    }

    /** The cheapest model of the catalogue that is wanted and that this call could use, or null. */
    Target cheapest(Call call, Predicate<Model> wanted) {
        List<Model> all = models.all().stream().filter(model -> !model.isDeprecated() && model.listPrice() != null && !model.provider().equals("demo") && wanted.test(model))
                .sorted(Comparator.comparing((Model model) -> model.listPrice().input().add(model.listPrice().output())).thenComparing(Model::prefixedName)).toList();
        for (Model model : all) {
            Provider provider = providers.find(model.provider()).filter(known -> known.operations().contains(call.operation())).orElse(null);
            Place place = provider == null ? null : new Place(provider, model.name(), model);
            List<CredentialChoice> choices = place == null ? List.of() : choices(call, place, model.prefixedName(), Map.of());
            if (!choices.isEmpty()) {
                return target(call, place, model.prefixedName(), choices.get(0));
            }
        }
        return null;
    }
}
