package org.sluice.gateway.organization;

import java.util.List;
import java.util.Map;
import org.sluice.gateway.call.Routing.Retry;

/**
 * What an organization has set, at one moment.
 *
 * @param retry for calls that say nothing of retries, or null
 * @param isFallbackEnabled whether {@code fallbackModels} are used by calls that name none
 * @param isSystemFallback whether the gateway may choose a model of its own when nothing else answers
 * @param defaultModel for calls that name no model, or null
 * @param isModelBeforeGroup whether {@code model} wins over a load balance group beside it
 * @param groups by id
 */
public record OrganizationSettings(Retry retry, boolean isFallbackEnabled, List<String> fallbackModels, boolean isSystemFallback,
        String defaultModel, BalanceStrategy strategy, boolean isModelBeforeGroup, Map<String, LoadBalanceGroup> groups) {
    public static final OrganizationSettings DEFAULT = new OrganizationSettings(null, false, List.of(), false, null,
            BalanceStrategy.WEIGHTED, true, Map.of());

    public OrganizationSettings {
        fallbackModels = List.copyOf(fallbackModels);
        groups = Map.copyOf(groups);
    }
}
