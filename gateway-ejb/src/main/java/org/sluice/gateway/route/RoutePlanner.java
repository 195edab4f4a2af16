package org.sluice.gateway.route;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.List;
import org.sluice.gateway.balance.Balancer;
import org.sluice.gateway.call.Call;
import org.sluice.gateway.call.Routing.Retry;
import org.sluice.gateway.config.ConfigKey;
import org.sluice.gateway.config.GatewayConfig;
import org.sluice.gateway.credential.CredentialResolver;
import org.sluice.gateway.model.ModelCatalog;
import org.sluice.gateway.organization.OrganizationSettings;
import org.sluice.gateway.organization.Organizations;
import org.sluice.gateway.provider.UpstreamLimits;

/** Turns what a call says of models, and what its organization has set, into the targets that may answer it. */
@ApplicationScoped
public class RoutePlanner {
    @Inject TargetFinder finder;
    @Inject Balancer balancer;
    @Inject Organizations organizations;
    @Inject GatewayConfig config;

    /** Outside a container. */
    public static RoutePlanner of(Providers providers, ModelNames names, ModelCatalog models, CredentialResolver credentials, GatewayConfig config,
            Balancer balancer, Organizations organizations) {
        RoutePlanner planner = new RoutePlanner();
        planner.finder = TargetFinder.of(providers, names, models, credentials, config);
        planner.balancer = balancer;
        planner.organizations = organizations;
        planner.config = config;
        return planner;
    }

    /**
     * Asks nobody.
     *
     * @throws org.sluice.gateway.error.GatewayException of the kinds that refuse a request, and NO_TARGET when no credential is there
     */
    public RoutePlan plan(Call call) {
        OrganizationSettings settings = organizations.settings(call.caller().organization());
        return new TargetList(call, settings, finder, balancer).plan(ModelChoice.of(call, settings), policy(call, settings));
    }

    /** For a call that asks a provider and not a model: files, batches, whatever is passed through. It is asked once. */
    public RoutePlan planFor(Call call, String providerName) {
        return new RoutePlan(List.of(finder.own(call, providerName)), AttemptPolicy.once(limits(call)));
    }

    /** What the request says of retries, else the organization, else the operator. */
    private AttemptPolicy policy(Call call, OrganizationSettings settings) {
        Retry retry = call.options().routing().retry() != null ? call.options().routing().retry() : settings.retry();
        int times = retry == null ? config.count(ConfigKey.ATTEMPT_RETRIES) : retry.isEnabled() ? retry.times() : 0;
        Duration after = retry == null ? config.duration(ConfigKey.ATTEMPT_RETRY_AFTER) : retry.after();
        return new AttemptPolicy(times, after, config.isTrue(ConfigKey.ATTEMPT_RETRY_ON_TIMEOUT), false, call.options().routing().hedgeAfter(), limits(call));
    }

    private UpstreamLimits limits(Call call) {
        Duration total = call.isStream() ? config.duration(ConfigKey.UPSTREAM_STREAM_TOTAL_TIMEOUT) : config.duration(ConfigKey.UPSTREAM_TOTAL_TIMEOUT);
        Duration asked = call.options().timeout();
        if (asked != null && asked.compareTo(total) < 0) {
            total = asked;
        }
        Duration firstByte = asked == null && call.isStream() ? min(config.duration(ConfigKey.UPSTREAM_FIRST_BYTE_TIMEOUT), total) : total;
        return new UpstreamLimits(min(config.duration(ConfigKey.UPSTREAM_CONNECT_TIMEOUT), total), firstByte, min(config.duration(ConfigKey.UPSTREAM_IDLE_TIMEOUT), total), total);
    }

    private static Duration min(Duration a, Duration b) {
        return a.compareTo(b) < 0 ? a : b;
    }
}
