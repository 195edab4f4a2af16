package org.sluice.gateway.integration;

import java.util.Optional;
import org.sluice.gateway.model.Model;
import org.sluice.gateway.model.ModelCatalog;

/** Finds the model of the catalogue that another is made from. */
public final class BaseModel {
    private BaseModel() { }

    /** @param name bare, or with the provider's prefix; the very name, not one that is alike */
    public static Optional<Model> find(ModelCatalog catalog, String name) {
        Optional<Model> byMaker = name.indexOf('/') >= 0 ? Optional.empty() : catalog.providerOf(name).flatMap(provider -> catalog.find(provider, name))
                .filter(model -> model.pricedLike() == null);
        return byMaker.or(() -> catalog.listed(name));
    }
}
