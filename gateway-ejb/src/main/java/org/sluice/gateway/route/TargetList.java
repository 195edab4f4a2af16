package org.sluice.gateway.route;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import org.sluice.gateway.balance.Balancer;
import org.sluice.gateway.balance.Candidate;
import org.sluice.gateway.call.Call;
import org.sluice.gateway.call.Routing;
import org.sluice.gateway.chat.RawJson;
import org.sluice.gateway.credential.CredentialChoice;
import org.sluice.gateway.credential.StoredCredentials.Limits;
import org.sluice.gateway.error.ErrorType;
import org.sluice.gateway.error.GatewayException;
import org.sluice.gateway.model.Model;
import org.sluice.gateway.organization.BalanceStrategy;
import org.sluice.gateway.organization.OrganizationSettings;
import org.sluice.gateway.provider.Operation;
import org.sluice.gateway.route.ModelChoice.Named;
import org.sluice.gateway.route.ModelChoice.Rule;
import org.sluice.gateway.route.TargetFinder.Place;

/**
 * The targets of one call while they are put together: the candidates in the balancer's order, then the fallbacks, each
 * deployment once. What cannot be used is left out with a warning, unless nothing would be left.
 */
final class TargetList {
    private final Call call;
    private final OrganizationSettings settings;
    private final TargetFinder finder;
    private final Balancer balancer;
    private final Needs needs;
    private final List<Target> targets = new ArrayList<>(1);
    private final List<String> warnings = new ArrayList<>(0);
    private String lastMissing;

    TargetList(Call call, OrganizationSettings settings, TargetFinder finder, Balancer balancer) {
        this.call = call;
        this.settings = settings;
        this.finder = finder;
        this.balancer = balancer;
        this.needs = new Needs(call);
    }

    /** @throws GatewayException when a name is wrong or no target is left */
    RoutePlan plan(ModelChoice choice, AttemptPolicy policy) {
        addBalanced(choice.candidates(), choice.rule());
        if (call.options().routing().isFallbackDisabled() && targets.size() > 1) {
            targets.subList(1, targets.size()).clear();
        }
        for (Named fallback : choice.fallbacks()) {
            addBalanced(List.of(fallback), null);
        }
        if (targets.isEmpty()) {
            throw nothingLeft(choice.rule());
        }
        List<Target> ordered = targets.size() == 1 ? targets : fittingFirst(distinct());
        return new RoutePlan(ordered, policy, warnings, rescue(ordered));
    }

    /** @param rule null for a fallback */
    private void addBalanced(List<Named> names, Rule rule) {
        List<Target> found = new ArrayList<>(1);
        List<Double> weights = new ArrayList<>(1);
        for (Named name : names) {
            Place place = rule == Rule.MODEL || rule == Rule.DEFAULT ? finder.place(call, name.model(), pinned()) : listed(name, rule == null ? null : pinned());
            if (place != null && !(rule == Rule.ROUTER && isExcluded(name, place))) {
                add(name, place, rule == Rule.ROUTER, found, weights);
            }
        }
        if (found.size() <= 1) {
            targets.addAll(found);
            return;
        }
        List<Candidate> candidates = new ArrayList<>(found.size());
        for (int i = 0; i < found.size(); i++) {
            Model model = found.get(i).model();
            Limits limits = settings.strategy() == BalanceStrategy.USAGE ? finder.limits(call, found.get(i)) : Limits.UNKNOWN;
            candidates.add(new Candidate(found.get(i).key(), weights.get(i), model == null ? null : model.listPrice(), limits.requestsPerMinute(), limits.tokensPerMinute()));
        }
        for (int position : balancer.order(settings.strategy(), candidates, affinity())) {
            targets.add(found.get(position));
        }
    }

    private void add(Named name, Place place, boolean isRouted, List<Target> found, List<Double> weights) {
        List<CredentialChoice> choices = finder.choices(call, place, name.model(), name.item().credentials());
        if (choices.isEmpty()) {
            lastMissing = finder.missing(place);
            warnings.add(name.model() + " was left out: " + lastMissing);
            return;
        }
        double sum = 0;
        for (CredentialChoice choice : choices) {
            sum += choice.weight();
        }
        for (CredentialChoice choice : choices) {
            Target target = finder.target(call, place, name.model(), choice);
            if (isRouted && !needs.areMetBy(target.model())) {
                warnings.add(name.model() + " was left out: it cannot do what the request needs.");
                return;
            }
            found.add(target);
            weights.add(name.item().weight() * choice.weight() / sum);
        }
    }

    /** A name in a list: when the caller wrote a wrong one the parameter is told, when the organization did it is left out. */
    private Place listed(Named name, String pinned) {
        try {
            return finder.place(call, name.model(), pinned);
        } catch (GatewayException unknown) {
            if (name.param() != null && (unknown.type() == ErrorType.MODEL_NOT_FOUND || unknown.type() == ErrorType.NOT_FOUND)) {
                throw GatewayException.invalid(name.param(), unknown.getMessage());
            }
            if (name.param() != null) {
                throw unknown;
            }
            warnings.add(name.model() + " was left out: " + unknown.getMessage());
            return null;
        }
    }

    private boolean isExcluded(Named name, Place place) {
        Routing routing = call.options().routing();
        boolean isModel = routing.excludedModels().contains(name.model()) || routing.excludedModels().contains(place.upstreamModel())
                || routing.excludedModels().contains(place.provider().id() + "/" + place.upstreamModel());
        return isModel || routing.excludedProviders().contains(place.provider().id())
                || place.provider().aliases().stream().anyMatch(routing.excludedProviders()::contains);
    }

    private GatewayException nothingLeft(Rule rule) {
        if (lastMissing != null) {
            return new GatewayException(ErrorType.NO_TARGET, lastMissing);
        }
        return rule == Rule.ROUTER ? GatewayException.invalid("models", "None of 'models' is left after 'exclude_models', 'exclude_providers' and what the request needs.")
                : GatewayException.invalid("load_balance_group.group_id", "The load balance group holds no model that is available here.");
    }

    /** A deployment with the same credential is asked once, however often it is named. */
    private List<Target> distinct() {
        Set<Object> seen = new HashSet<>();
        return targets.stream().filter(target -> seen.add(target.key())).toList();
    }

    /** Models whose context is too small for the prompt go last: the estimate may be wrong. */
    private List<Target> fittingFirst(List<Target> all) {
        if (all.stream().allMatch(target -> target.contextWindow() == 0)) {
            return all;
        }
        List<Target> fitting = new ArrayList<>(all.size());
        List<Target> small = new ArrayList<>(0);
        for (Target target : all) {
            (needs.fits(target.contextWindow()) ? fitting : small).add(target);
        }
        if (small.isEmpty() || fitting.isEmpty()) {
            return all;
        }
        small.forEach(target -> warnings.add(target.requested() + " was put last: prompt and answer of about " + needs.tokens()
                + " tokens are more than its context of " + target.contextWindow() + "."));
        fitting.addAll(small);
        return fitting;
    }

    /** The organization's safety net: the cheapest other model that is known to do the same. */
    private Supplier<Target> rescue(List<Target> asked) {
        if (!settings.isSystemFallback() || call.options().routing().isFallbackDisabled() || call.operation() != Operation.CHAT) {
            return () -> null;
        }
        return () -> finder.cheapest(call, model -> needs.areSurelyMetBy(model) && asked.stream().noneMatch(target ->
                target.provider().id().equals(model.provider()) && target.deployment().upstreamModel().equals(model.name())));
    }

    private String pinned() {
        return call.options().routeProvider();
    }

    /** Who meets the same target again: the thread, else the customer. */
    private String affinity() {
        RawJson thread = call.options().observability().fields().get("thread_identifier");
        return thread != null ? thread.text() : call.options().observability().customerIdentifier();
    }
}
