package org.sluice.gateway.organization;

import java.util.List;
import org.sluice.gateway.call.Routing.WeightedModel;

/** Models that share the load of the calls that name the group (contract 4.3). */
public record LoadBalanceGroup(String id, String name, List<WeightedModel> models) {
    public LoadBalanceGroup {
        models = List.copyOf(models);
    }
}
