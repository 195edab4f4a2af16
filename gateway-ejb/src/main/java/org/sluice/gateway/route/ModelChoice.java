package org.sluice.gateway.route;

import java.util.ArrayList;
import java.util.List;
import org.sluice.gateway.call.Call;
import org.sluice.gateway.call.Routing;
import org.sluice.gateway.call.Routing.WeightedModel;
import org.sluice.gateway.error.GatewayException;
import org.sluice.gateway.organization.LoadBalanceGroup;
import org.sluice.gateway.organization.OrganizationSettings;

/**
 * Which models may answer a call (contract 4.5): the first {@link Rule} that applies names the candidates, of which the
 * balancer asks one first; then come the fallbacks.
 *
 * @param candidates those that share the load
 * @param fallbacks asked in this order when all candidates failed
 */
record ModelChoice(Rule rule, List<Named> candidates, List<Named> fallbacks) {
    /** The order of the rules is the order in which they win; {@code docs/routing.md} shows them. */
    enum Rule {
        BALANCED("`load_balance_models` (or `loadbalance_models`) is given", "one of them, by weight; `model` is ignored"),
        MODEL("`model` is given", "that model; `models` beside it are further fallbacks"),
        GROUP("`load_balance_group` is given", "one of its `models`, else one of the stored group's, by weight"),
        ROUTER("`models` is given", "one of them that can do what the request needs, without `exclude_models` and `exclude_providers`"),
        DEFAULT("the organisation has a default model", "that model");

        private final String when;
        private final String answers;

        Rule(String when, String answers) {
            this.when = when;
            this.answers = answers;
        }

        String when() {
            return when;
        }

        String answers() {
            return answers;
        }
    }

    /**
     * @param param the parameter that names it, or null when the organization does: a wrong name is the caller's fault or not
     */
    record Named(WeightedModel item, String param) {
        String model() {
            return item.model();
        }
    }

    /** @throws GatewayException INVALID_VALUE when nothing names a model */
    static ModelChoice of(Call call, OrganizationSettings settings) {
        Routing routing = call.options().routing();
        Rule rule = rule(call, routing, settings);
        List<Named> candidates = switch (rule) {
            case BALANCED -> named(routing.balanced(), "load_balance_models");
            case MODEL -> List.of(new Named(item(call.model()), "model"));
            case GROUP -> group(routing.group(), settings);
            case ROUTER -> plain(routing.models(), "models");
            case DEFAULT -> List.of(new Named(item(settings.defaultModel()), null));
        };
        return new ModelChoice(rule, candidates, fallbacks(call, rule, routing, settings));
    }

    private static Rule rule(Call call, Routing routing, OrganizationSettings settings) {
        boolean isModelNamed = !call.model().isEmpty();
        if (!routing.balanced().isEmpty()) {
            return Rule.BALANCED;
        }
        if (isModelNamed && (routing.group() == null || settings.isModelBeforeGroup())) {
            return Rule.MODEL;
        }
        if (routing.group() != null) {
            return Rule.GROUP;
        }
        if (!routing.models().isEmpty()) {
            return Rule.ROUTER;
        }
        if (settings.defaultModel() != null && call.operation().isCompletion()) {
            return Rule.DEFAULT;
        }
        throw GatewayException.invalid("model", "No model was asked for; name one in 'model', or several in 'models', 'load_balance_models' or 'load_balance_group'.");
    }

    private static List<Named> group(Routing.Group asked, OrganizationSettings settings) {
        if (!asked.models().isEmpty()) {
            return named(asked.models(), "load_balance_group.models");
        }
        LoadBalanceGroup stored = asked.id() == null ? null : settings.groups().get(asked.id());
        if (stored == null) {
            throw GatewayException.invalid("load_balance_group.group_id", asked.id() == null
                    ? "'load_balance_group' names neither a group nor models; give 'group_id' or 'models'."
                    : "No load balance group has the id '" + asked.id() + "'; name one of your organisation's groups, or give 'models'.");
        }
        if (stored.models().isEmpty()) {
            throw GatewayException.invalid("load_balance_group.group_id", "The load balance group '" + asked.id() + "' holds no models.");
        }
        return named(stored.models(), null);
    }

    /** The request's list, else the organization's; what a stored list names is for chats. */
    private static List<Named> fallbacks(Call call, Rule rule, Routing routing, OrganizationSettings settings) {
        if (routing.isFallbackDisabled()) {
            return List.of();
        }
        List<String> more = rule == Rule.ROUTER ? List.of() : routing.models();
        if (routing.fallbackModels().isEmpty() && more.isEmpty()) {
            return settings.isFallbackEnabled() && call.operation().isCompletion() ? plain(settings.fallbackModels(), null) : List.of();
        }
        List<Named> all = new ArrayList<>(plain(routing.fallbackModels(), "fallback_models"));
        all.addAll(plain(more, "models"));
        return all;
    }

    private static List<Named> named(List<WeightedModel> items, String param) {
        List<Named> named = new ArrayList<>(items.size());
        for (int i = 0; i < items.size(); i++) {
            named.add(new Named(items.get(i), param == null ? null : param + "[" + i + "].model"));
        }
        return named;
    }

    private static List<Named> plain(List<String> models, String param) {
        List<Named> named = new ArrayList<>(models.size());
        for (int i = 0; i < models.size(); i++) {
            named.add(new Named(item(models.get(i)), param == null ? null : param + "[" + i + "]"));
        }
        return named;
    }

    private static WeightedModel item(String model) {
        return new WeightedModel(model, 1, java.util.Map.of());
    }
}
