package org.sluice.gateway.route;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.sluice.gateway.balance.Balancer;
import org.sluice.gateway.config.GatewayConfig;
import org.sluice.gateway.credential.CredentialResolver;
import org.sluice.gateway.model.ModelCatalog;
import org.sluice.gateway.model.OwnModel;
import org.sluice.gateway.model.OwnModels;
import org.sluice.gateway.organization.Organizations;
import org.sluice.gateway.provider.Provider;

/** A planner of these providers and the built-in catalogue, for tests. */
public final class Planning {
    private static final OwnModels NONE = new OwnModels() {
        @Override public Optional<OwnModel> find(String organization, String name) { return Optional.empty(); }
        @Override public Optional<OwnModel> find(String organization, String providerId, String upstreamModel) { return Optional.empty(); }
        @Override public List<OwnModel> of(String organization) { return List.of(); }
        @Override public long version() { return 0; }
    };

    private Planning() { }

    public static RoutePlanner of(List<Provider> all, CredentialResolver credentials, Balancer balancer, Organizations organizations) {
        Providers providers = Providers.of(all);
        ModelCatalog models = ModelCatalog.of(Optional.empty());
        return RoutePlanner.of(providers, ModelNames.of(providers, models, NONE, credentials), models, credentials, GatewayConfig.of(Map.of()), balancer, organizations);
    }
}
