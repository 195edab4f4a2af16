package org.sluice.gateway.call;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What one request says about who shall answer it and how often (contract 4), checked; absent members are empty.
 *
 * @param fallbackModels tried in this order when the model fails
 * @param isFallbackDisabled {@code disable_fallback}
 * @param retry null when the request says nothing
 * @param balanced {@code load_balance_models}: one of them is picked by weight
 * @param group null when no load balance group is named
 * @param models the router's choice, or more fallbacks when a model is named
 * @param excludedModels never picked by the router
 * @param excludedProviders ids or aliases, never picked by the router
 * @param hedgeAfter a second attempt runs beside the first after this time, or null for none
 */
public record Routing(List<String> fallbackModels, boolean isFallbackDisabled, Retry retry, List<WeightedModel> balanced,
        Group group, List<String> models, Set<String> excludedModels, Set<String> excludedProviders, Duration hedgeAfter) {
    public static final Routing NONE = new Routing(List.of(), false, null, List.of(), null, List.of(), Set.of(), Set.of(), null);

    /** The same with other fallbacks and weights. */
    public Routing with(List<String> fallbacks, List<WeightedModel> weights) {
        return new Routing(fallbacks, isFallbackDisabled, retry, weights, group, models, excludedModels, excludedProviders, hedgeAfter);
    }

    /** @param times tries after the first; @param after wait before the first of them, doubled each time */
    public record Retry(boolean isEnabled, int times, Duration after) {}

    /**
     * @param weight its share, above 0
     * @param credentials fields of its provider's credential, by name; empty when it brings none. Never printed.
     */
    public record WeightedModel(String model, double weight, Map<String, String> credentials) {
        public WeightedModel {
            credentials = Map.copyOf(credentials);
        }

        @Override
        public String toString() {
            return "WeightedModel[" + model + ", " + weight + "]";
        }
    }

    /** @param id the stored group's; @param models what replaces the stored group's models, or empty */
    public record Group(String id, List<WeightedModel> models) {}
}
