package org.sluice.gateway.ingress;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.Predicate;
import org.sluice.gateway.model.Model;
import org.sluice.gateway.model.ModelCatalog;
import org.sluice.gateway.provider.Provider;

/** The chat models a client can call, under the names it calls them by, in their order; retired ones are left out. */
public final class CallableModels {
    /** @param id the bare name where the provider is found by it, else with the provider's prefix */
    public record Item(String id, Model model, Provider provider) {}

    private CallableModels() { }

    /** @param isUsable whether the gateway can call the provider */
    public static List<Item> of(ModelCatalog catalog, List<Provider> providers, Predicate<Provider> isUsable) {
        List<Item> items = new ArrayList<>();
        for (Model model : catalog.all()) {
            if (model.type() == Model.Type.CHAT && !model.isDeprecated()) {
                providers.stream().filter(provider -> provider.id().equals(model.provider())).filter(isUsable).findFirst()
                        .map(provider -> new Item(provider.claims(model.name()) ? model.name() : model.prefixedName(), model, provider))
                        .ifPresent(items::add);
            }
        }
        items.sort(Comparator.comparing(Item::id));
        return items;
    }
}
