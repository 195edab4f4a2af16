package org.sluice.gateway.route;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.Optional;
import java.util.stream.Stream;
import org.sluice.gateway.credential.CredentialResolver;
import org.sluice.gateway.error.ErrorType;
import org.sluice.gateway.error.GatewayException;
import org.sluice.gateway.model.Model;
import org.sluice.gateway.model.ModelCatalog;
import org.sluice.gateway.model.OwnModel;
import org.sluice.gateway.model.OwnModels;
import org.sluice.gateway.provider.Provider;

/** Who is meant by the name of a model: an organization's own models first, then the provider's prefix, then the catalogue. */
@ApplicationScoped
public class ModelNames {
    private static final int LONGEST = 200;
    @Inject Providers providers;
    @Inject ModelCatalog models;
    @Inject OwnModels own;
    @Inject CredentialResolver credentials;

    /** Outside a container. */
    public static ModelNames of(Providers providers, ModelCatalog models, OwnModels own, CredentialResolver credentials) {
        ModelNames names = new ModelNames();
        names.providers = providers;
        names.models = models;
        names.own = own;
        names.credentials = credentials;
        return names;
    }

    /**
     * @param upstreamModel the provider's name of it
     * @param model what is known of it, or null
     */
    public record Named(Provider provider, String upstreamModel, Model model) { }

    /**
     * @param pinned id of the provider that shall serve it, or null
     * @throws GatewayException MODEL_NOT_FOUND with the nearest names, INVALID_VALUE for a pinned provider that there is not
     */
    public Named resolve(String organization, String name, String pinned) {
        Provider pin = pinned == null ? null : pinnedProvider(pinned, organization);
        Optional<Named> made = own.find(organization, name).flatMap(model -> named(model, organization))
                .filter(found -> pin == null || pin.id().equals(found.provider.id()));
        if (made.isPresent()) {
            return made.get();
        }
        int slash = name.indexOf('/');
        Provider prefixed = slash < 0 ? null : providers.find(name.substring(0, slash), organization).orElse(null);
        String upstreamModel = prefixed == null ? name : name.substring(slash + 1);
        Provider provider = pin != null ? pin : prefixed != null ? prefixed : bareProvider(organization, name);
        return new Named(provider, upstreamModel, model(organization, provider, upstreamModel));
    }

    /** What is known of a provider's model, or null. */
    Model model(String organization, Provider provider, String upstreamModel) {
        return own.find(organization, provider.id(), upstreamModel).map(OwnModel::model)
                .or(() -> models.find(provider.id(), upstreamModel)).orElse(null);
    }

    private Optional<Named> named(OwnModel model, String organization) {
        return providers.find(model.model().provider(), organization).map(provider -> new Named(provider, model.model().name(), model.model()));
    }

    /**
     * For names that are stored: stricter than a call, which may ask a provider for a model that the catalogue does not know.
     *
     * @throws GatewayException INVALID_VALUE with {@code param} and the nearest names
     */
    public void requireKnown(String organization, String name, String param) {
        try {
            Named named = resolve(organization, name, null);
            if (name.indexOf('/') >= 0 || named.model != null) {
                return;
            }
        } catch (GatewayException e) {
            // told below, in the same words
        }
        throw GatewayException.invalid(param, "No model is called '" + (name.length() > LONGEST ? name.substring(0, LONGEST) : name) + "'. "
                + NearestNames.of(name, callable(organization)).sentence() + "Write provider/model for a model of a certain provider.");
    }

    /** The model of the catalogue that everybody asks for by this very name; empty when the name is only like one. */
    public Optional<Model> builtIn(String name) {
        int slash = name.indexOf('/');
        Provider prefixed = slash < 0 ? null : providers.find(name.substring(0, slash)).orElse(null);
        String bare = prefixed == null ? name : name.substring(slash + 1);
        return Optional.ofNullable(prefixed).or(() -> models.providerOf(name).flatMap(providers::find)).or(() -> providers.claiming(name))
                .flatMap(provider -> models.find(provider.id(), bare)).filter(model -> model.name().equalsIgnoreCase(bare));
    }

    private Provider pinnedProvider(String pinned, String organization) {
        return providers.find(pinned, organization).orElseThrow(() ->
                GatewayException.invalid("X-Respan-Route-Provider", "No provider is called '" + pinned + "'."));
    }

    private Provider bareProvider(String organization, String name) {
        return models.providerOf(name).flatMap(providers::find)
                .or(() -> providers.claiming(name))
                .orElseThrow(() -> GatewayException.of(ErrorType.MODEL_NOT_FOUND, "model",
                        "Requested model " + name + " is not available in the model list. " + NearestNames.of(name, callable(organization)).sentence()
                        + "Write provider/model for a model of a certain provider."));
    }

    /** Names that would be understood: bare ones where a provider is found by them, else with its prefix. */
    private Stream<String> callable(String organization) {
        Stream<String> listed = models.all().stream().filter(model -> !model.isDeprecated() && providers.find(model.provider()).filter(credentials::isUsable).isPresent())
                .map(model -> models.providerOf(model.name()).filter(model.provider()::equals).isPresent()
                        || providers.find(model.provider()).orElseThrow().claims(model.name()) ? model.name() : model.prefixedName());
        return Stream.concat(own.of(organization).stream().map(OwnModel::name), listed);
    }
}
