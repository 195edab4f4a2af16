package org.sluice.gateway.management;

import jakarta.json.bind.annotation.JsonbPropertyOrder;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.sluice.gateway.call.Routing.WeightedModel;
import org.sluice.gateway.integration.KeyMask;
import org.sluice.gateway.organization.LoadBalanceGroup;
import org.sluice.gateway.provider.Provider;

/** A load balance group as its owner sees it; credentials are masked. */
@JsonbPropertyOrder({"id", "groupId", "name", "models"})
public record GroupView(String id, String groupId, String name, List<Item> models) {
    /** @param credentials null when the model brings none */
    @JsonbPropertyOrder({"model", "weight", "credentials"})
    public record Item(String model, double weight, Map<String, String> credentials) { }

    /** @param provider of a model, or null when nobody serves it any more */
    static GroupView of(LoadBalanceGroup group, Function<String, Provider> provider) {
        return new GroupView(group.id(), group.id(), group.name(), group.models().stream().map(item -> item(item, provider.apply(item.model()))).toList());
    }

    private static Item item(WeightedModel item, Provider provider) {
        return new Item(item.model(), item.weight(), item.credentials().isEmpty() || provider == null ? null : KeyMask.of(provider, item.credentials()));
    }
}
