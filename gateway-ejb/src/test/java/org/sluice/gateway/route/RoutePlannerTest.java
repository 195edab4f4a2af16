package org.sluice.gateway.route;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.sluice.gateway.route.Asking.item;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.sluice.gateway.balance.Balancer;
import org.sluice.gateway.balance.Candidate;
import org.sluice.gateway.call.Call;
import org.sluice.gateway.call.Routing.Retry;
import org.sluice.gateway.config.GatewayConfig;
import org.sluice.gateway.credential.CredentialChoice;
import org.sluice.gateway.credential.CredentialChoice.Owner;
import org.sluice.gateway.credential.CredentialResolver;
import org.sluice.gateway.credential.StoredCredentials.Limits;
import org.sluice.gateway.dialect.openai.OpenAiDialect;
import org.sluice.gateway.error.ErrorType;
import org.sluice.gateway.error.GatewayException;
import org.sluice.gateway.health.DeploymentHealth;
import org.sluice.gateway.organization.BalanceStrategy;
import org.sluice.gateway.organization.LoadBalanceGroup;
import org.sluice.gateway.organization.OrganizationSettings;
import org.sluice.gateway.organization.Organizations;
import org.sluice.gateway.provider.AddressSource;
import org.sluice.gateway.provider.Credential;
import org.sluice.gateway.provider.Operation;
import org.sluice.gateway.provider.Provider;
import org.sluice.gateway.provider.anthropic.Anthropic;
import org.sluice.gateway.provider.compatible.OwnProvider;

/** Which models may answer a call and in which order (contract 4.5), and what wrong names are told. */
class RoutePlannerTest {
    private final List<Provider> providers = List.of(new FakeProvider("a"), new FakeProvider("b"), new FakeProvider("c"), new FakeProvider("gemini"), new Anthropic());
    private final GatewayConfig config = GatewayConfig.of(Map.of());
    private final List<List<Candidate>> balanced = new ArrayList<>();
    private OrganizationSettings settings = OrganizationSettings.DEFAULT;
    private List<CredentialChoice> choices;

    /** Puts the last candidate first, so that a test sees who chooses. */
    private final Balancer lastFirst = new Balancer() {
        @Override
        public int[] order(BalanceStrategy strategy, List<Candidate> candidates, String affinity) {
            balanced.add(candidates);
            int[] order = new int[candidates.size()];
            for (int i = 0; i < order.length; i++) {
                order[i] = (order.length - 1 + i) % order.length;
            }
            return order;
        }
    };

    private RoutePlanner planner() {
        CredentialResolver operator = CredentialResolver.of(config, providers);
        CredentialResolver resolver = choices == null ? operator : new CredentialResolver() {
            @Override
            public List<CredentialChoice> choices(Call call, Provider provider, String model, Map<String, String> own) {
                return choices;
            }

            @Override
            public Limits limits(String organization, String id) {
                return id.equals("stored:1") ? new Limits(100, 5_000) : Limits.UNKNOWN;
            }
        };
        return Planning.of(providers, resolver, lastFirst, new Organizations() {
            @Override
            public OrganizationSettings settings(String organization) {
                return settings;
            }
        });
    }

    private List<String> order(Asking asking) {
        return planner().plan(asking.call()).targets().stream().map(target -> target.deployment().id()).toList();
    }

    private GatewayException refused(Asking asking) {
        return catchThrowableOfType(GatewayException.class, () -> planner().plan(asking.call()));
    }

    private void settings(Retry retry, List<String> fallbacks, String defaultModel, boolean isModelFirst, LoadBalanceGroup... groups) {
        Map<String, LoadBalanceGroup> byId = new java.util.HashMap<>();
        for (LoadBalanceGroup group : groups) {
            byId.put(group.id(), group);
        }
        settings = new OrganizationSettings(retry, !fallbacks.isEmpty(), fallbacks, false, defaultModel, BalanceStrategy.WEIGHTED, isModelFirst, byId);
    }

    @Test
    void a_model_alone_is_one_target_and_no_choice() {
        assertThat(order(Asking.model("a/m"))).containsExactly("a/m");
        assertThat(balanced).isEmpty();
    }

    @Test
    void balanced_models_win_over_the_model() {
        assertThat(order(Asking.model("c/m").balanced(item("a/m", 1), item("b/m", 3)))).containsExactly("b/m", "a/m");
        assertThat(balanced.get(0)).extracting(Candidate::weight).containsExactly(1.0, 3.0);
        assertThat(balanced.get(0)).extracting(candidate -> candidate.key().credential()).containsExactly("operator", "operator");
    }

    @Test
    void the_model_wins_over_the_group_unless_the_organisation_wants_it_otherwise() {
        Asking asking = Asking.model("c/m").group("g", item("a/m", 1), item("b/m", 1));
        assertThat(order(asking)).containsExactly("c/m");
        settings(null, List.of(), null, false);
        assertThat(order(asking)).containsExactly("b/m", "a/m");
    }

    @Test
    void a_stored_group_is_found_by_its_id_and_its_models_are_replaced_by_those_of_the_request() {
        settings(null, List.of(), null, true, new LoadBalanceGroup("g", "mine", List.of(item("a/m", 1), item("b/m", 2))));
        assertThat(order(Asking.nothing().group("g"))).containsExactly("b/m", "a/m");
        assertThat(order(Asking.nothing().group("g", item("c/m", 1)))).containsExactly("c/m");
    }

    @Test
    void a_stored_group_goes_on_without_a_model_that_nobody_knows() {
        settings(null, List.of(), null, true, new LoadBalanceGroup("g", "mine", List.of(item("nobodys-model", 1), item("b/m", 2))),
                new LoadBalanceGroup("gone", "mine", List.of(item("nobodys-model", 1))));
        RoutePlan plan = planner().plan(Asking.nothing().group("g").call());
        assertThat(plan.targets()).hasSize(1);
        assertThat(plan.warnings()).singleElement().asString().startsWith("nobodys-model was left out: ");
        assertThat(refused(Asking.nothing().group("gone")).param()).isEqualTo("load_balance_group.group_id");
    }

    @Test
    void a_group_nobody_has_is_refused_by_name() {
        GatewayException refused = refused(Asking.nothing().group("g7"));
        assertThat(refused.param()).isEqualTo("load_balance_group.group_id");
        assertThat(refused).hasMessageContaining("'g7'");
    }

    @Test
    void models_without_a_model_are_the_routers_and_beside_one_its_fallbacks() {
        assertThat(order(Asking.nothing().models("a/m", "b/m", "c/m"))).containsExactly("c/m", "a/m", "b/m");
        assertThat(order(Asking.model("c/m").models("a/m", "b/m"))).containsExactly("c/m", "a/m", "b/m");
        assertThat(order(Asking.model("c/m").fallbacks("b/m").models("a/m"))).containsExactly("c/m", "b/m", "a/m");
    }

    @Test
    void what_is_excluded_the_router_does_not_choose_but_a_fallback_may() {
        Asking router = Asking.nothing().models("a/m", "b/m", "c/m").excluded(Set.of("a/m"), Set.of("c"));
        assertThat(order(router)).containsExactly("b/m");
        assertThat(order(router.fallbacks("c/m"))).containsExactly("b/m", "c/m");
        assertThat(order(Asking.model("a/m").excluded(Set.of("a/m"), Set.of("a")))).containsExactly("a/m");
        GatewayException none = refused(Asking.nothing().models("a/m").excluded(Set.of("a/m"), Set.of()));
        assertThat(none.param()).isEqualTo("models");
    }

    @Test
    void the_organisations_default_is_asked_when_nothing_is_named() {
        settings(null, List.of(), "b/m", true);
        assertThat(order(Asking.nothing())).containsExactly("b/m");
        settings = OrganizationSettings.DEFAULT;
        assertThat(refused(Asking.nothing()).param()).isEqualTo("model");
    }

    @Test
    void the_requests_fallbacks_win_over_the_organisations() {
        settings(null, List.of("b/m", "nobodys-model"), null, true);
        assertThat(order(Asking.model("a/m"))).containsExactly("a/m", "b/m");
        assertThat(order(Asking.model("a/m").fallbacks("c/m"))).containsExactly("a/m", "c/m");
        assertThat(order(Asking.model("a/m").withoutFallback())).containsExactly("a/m");
        assertThat(order(Asking.model("a/m").fallbacks("c/m").models("b/m").withoutFallback())).containsExactly("a/m");
    }

    @Test
    void without_fallback_only_the_chosen_one_of_a_group_is_asked() {
        assertThat(order(Asking.nothing().group(null, item("a/m", 1), item("b/m", 1)).withoutFallback())).containsExactly("b/m");
    }

    @Test
    void a_deployment_is_asked_once_however_often_it_is_named() {
        assertThat(order(Asking.model("a/m").fallbacks("b/m", "a/m", "b/m"))).containsExactly("a/m", "b/m");
    }

    @Test
    void a_wrong_name_in_a_list_is_told_with_its_place_and_the_nearest_names() {
        GatewayException refused = refused(Asking.model("a/m").fallbacks("b/m", "gemni-2.5-flash"));
        assertThat(refused.type()).isEqualTo(ErrorType.INVALID_VALUE);
        assertThat(refused.param()).isEqualTo("fallback_models[1]");
        assertThat(refused).hasMessageContaining("gemni-2.5-flash is not available").hasMessageContaining("Did you mean gemini-2.5-flash");
        assertThat(refused(Asking.nothing().models("nobodys-model")).param()).isEqualTo("models[0]");
        assertThat(refused(Asking.nothing().balanced(item("a/m", 1), item("nobodys-model", 1))).param()).isEqualTo("load_balance_models[1].model");
        assertThat(refused(Asking.nothing().group("g", item("nobodys-model", 1))).param()).isEqualTo("load_balance_group.models[0].model");
        assertThat(refused(Asking.model("nobodys-model")).type()).isEqualTo(ErrorType.MODEL_NOT_FOUND);
    }

    @Test
    void a_fallback_without_a_credential_is_left_out_with_a_warning() {
        RoutePlan plan = planner().plan(Asking.model("a/m").fallbacks("claude-sonnet-4-5", "b/m").call());
        assertThat(plan.targets()).extracting(target -> target.deployment().id()).containsExactly("a/m", "b/m");
        assertThat(plan.warnings()).singleElement().asString().startsWith("claude-sonnet-4-5 was left out: ").contains("ANTHROPIC_API_KEY");
        assertThat(refused(Asking.model("claude-sonnet-4-5").fallbacks("b/m"))).isNull();
        assertThat(refused(Asking.model("claude-sonnet-4-5")).type()).isEqualTo(ErrorType.NO_TARGET);
    }

    @Test
    void several_credentials_are_several_deployments_that_share_the_models_weight() {
        choices = List.of(new CredentialChoice("stored:1", "blue", Owner.STORED, Credential.None.NONE, null, 1, AddressSource.OPERATOR),
                new CredentialChoice("stored:2", "green", Owner.STORED, Credential.None.NONE, null, 3, AddressSource.OPERATOR));
        assertThat(order(Asking.nothing().group(null, item("a/m", 2)))).containsExactly("a/m#green", "a/m#blue");
        assertThat(balanced.get(0)).extracting(Candidate::weight).containsExactly(0.5, 1.5);
        assertThat(balanced.get(0)).extracting(candidate -> candidate.key().credential()).containsExactly("stored:1", "stored:2");
    }

    @Test
    void what_a_minute_allows_is_known_where_the_usage_is_what_counts() {
        choices = List.of(new CredentialChoice("stored:1", "blue", Owner.STORED, Credential.None.NONE, null, 1, AddressSource.OPERATOR),
                new CredentialChoice("stored:2", "green", Owner.STORED, Credential.None.NONE, null, 1, AddressSource.OPERATOR));
        order(Asking.model("a/m"));
        settings = new OrganizationSettings(null, false, List.of(), false, null, BalanceStrategy.USAGE, true, Map.of());
        order(Asking.model("a/m"));
        assertThat(balanced.get(0)).extracting(Candidate::requestsPerMinute).containsExactly(0L, 0L);
        assertThat(balanced.get(1)).extracting(Candidate::requestsPerMinute).containsExactly(100L, 0L);
        assertThat(balanced.get(1)).extracting(Candidate::tokensPerMinute).containsExactly(5_000L, 0L);
    }

    @Test
    void two_organizations_own_providers_of_one_name_are_two() {
        OwnProvider acme = new OwnProvider("acme", "https://llm.acme.example/v1", OwnProvider.Defaults.NONE, new OpenAiDialect());
        RoutePlanner planner = Planning.of(List.of(acme), CredentialResolver.of(config, List.of(acme)), lastFirst, new Organizations());
        assertThat(planner.plan(Asking.model("acme/m").call()).first().key().provider()).isEqualTo("acme of o");
    }

    @Test
    void the_pinned_provider_is_for_the_first_model_only() {
        assertThat(order(Asking.model("m").pinned("b").fallbacks("c/m"))).containsExactly("b/m", "c/m");
    }

    @Test
    void retries_are_the_requests_else_the_organisations_else_the_operators() {
        assertThat(planner().plan(Asking.model("a/m").call()).policy().maxRetries()).isZero();
        settings(new Retry(true, 4, Duration.ofSeconds(1)), List.of(), null, true);
        assertThat(planner().plan(Asking.model("a/m").call()).policy().maxRetries()).isEqualTo(4);
        AttemptPolicy asked = planner().plan(Asking.model("a/m").retries(2, 0.5).call()).policy();
        assertThat(asked.maxRetries()).isEqualTo(2);
        assertThat(asked.retryAfter()).isEqualTo(Duration.ofMillis(500));
        settings(new Retry(false, 4, Duration.ofSeconds(1)), List.of(), null, true);
        assertThat(planner().plan(Asking.model("a/m").call()).policy().maxRetries()).isZero();
    }

    @Test
    void what_an_organisation_set_for_chats_is_not_for_other_endpoints() {
        settings(null, List.of("b/m"), "b/m", true);
        assertThat(refused(Asking.nothing().operation(Operation.EMBEDDING)).param()).isEqualTo("model");
    }

    @Test
    void a_model_whose_context_is_too_small_for_the_prompt_goes_last() {
        String prompt = "\"messages\":[{\"role\":\"user\",\"content\":\"" + "word ".repeat(200_000) + "\"}]";
        List<Provider> known = List.of(new FakeProvider("openai"), new FakeProvider("gemini"));
        RoutePlanner planner = Planning.of(known, CredentialResolver.of(config, known), Balancer.of(new DeploymentHealth()), new Organizations());
        RoutePlan plan = planner.plan(Asking.model("openai/gpt-4o").fallbacks("gemini/gemini-2.5-flash").body(prompt).call());
        assertThat(plan.targets()).extracting(Target::requested).containsExactly("gemini/gemini-2.5-flash", "openai/gpt-4o");
        assertThat(plan.warnings()).singleElement().asString().startsWith("openai/gpt-4o was put last: prompt and answer of about 25").endsWith("more than its context of 128000.");
        assertThat(planner.plan(Asking.model("openai/gpt-4o").fallbacks("gemini/gemini-2.5-flash").call()).first().requested()).isEqualTo("openai/gpt-4o");
    }

    @Test
    void the_safety_net_can_do_what_the_request_needs_and_is_nobody_that_was_asked() {
        List<Provider> known = List.of(new FakeProvider("openai"), new FakeProvider("gemini"));
        settings = new OrganizationSettings(null, false, List.of(), true, null, BalanceStrategy.WEIGHTED, true, Map.of());
        RoutePlanner planner = Planning.of(known, CredentialResolver.of(config, known), Balancer.of(new DeploymentHealth()), new Organizations() {
            @Override
            public OrganizationSettings settings(String organization) {
                return settings;
            }
        });
        String tools = "\"messages\":[{\"role\":\"user\",\"content\":\"Hi\"}],\"tools\":[{\"type\":\"function\",\"function\":{\"name\":\"f\",\"parameters\":{}}}]";
        Target rescue = planner.plan(Asking.model("openai/gpt-4o").body(tools).call()).rescue().get();
        assertThat(rescue.model().capabilities().tools()).isTrue();
        assertThat(rescue.deployment().upstreamModel()).isNotEqualTo("gpt-4o");
        assertThat(planner.plan(Asking.model("openai/gpt-4o").withoutFallback().call()).rescue().get()).isNull();
    }
}
