package org.sluice.gateway.route;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.sluice.gateway.config.GatewayConfig;
import org.sluice.gateway.credential.CredentialResolver;
import org.sluice.gateway.error.GatewayException;
import org.sluice.gateway.model.Model;
import org.sluice.gateway.model.ModelCatalog;
import org.sluice.gateway.model.OwnModel;
import org.sluice.gateway.model.OwnModels;
import org.sluice.gateway.provider.Provider;
import org.sluice.gateway.usage.Price;

class ModelNamesTest {
    private static final Provider OPENAI = new FakeProvider("openai");
    private static final Provider GROQ = new FakeProvider("groq");
    private static final OwnModel MINE = own("team/helper", "groq", "llama-3.3-70b-versatile");

    /** {@code acme}'s one model. */
    private static final OwnModels OWN = new OwnModels() {
        @Override public Optional<OwnModel> find(String organization, String name) {
            return of(organization).stream().filter(model -> model.name().equalsIgnoreCase(name)).findFirst();
        }

        @Override public Optional<OwnModel> find(String organization, String providerId, String upstreamModel) {
            return of(organization).stream().filter(own -> own.model().provider().equals(providerId) && own.model().name().equals(upstreamModel)).findFirst();
        }

        @Override public List<OwnModel> of(String organization) {
            return organization.equals("acme") ? List.of(MINE) : List.of();
        }

        @Override public long version() {
            return 1;
        }
    };

    private final List<Provider> providers = List.of(OPENAI, GROQ);
    private final ModelNames names = ModelNames.of(Providers.of(providers), ModelCatalog.of(Optional.empty()), OWN,
            CredentialResolver.of(GatewayConfig.of(Map.of("OPENAI_API_KEY", "k")), providers));

    private static OwnModel own(String name, String provider, String upstreamModel) {
        return new OwnModel(name, null, true, null, null, Instant.EPOCH, Instant.EPOCH, new Model(provider, provider, upstreamModel, name, null, Model.Type.CHAT, 0, 0,
                Price.FREE, new Model.Capabilities(null, null, null), false));
    }

    @Test
    void an_organizations_own_model_goes_first_and_is_nobody_elses() {
        ModelNames.Named named = names.resolve("acme", "TEAM/helper", null);
        assertThat(named.provider()).isSameAs(GROQ);
        assertThat(named.upstreamModel()).isEqualTo("llama-3.3-70b-versatile");
        assertThat(named.model()).isSameAs(MINE.model());
        assertThatThrownBy(() -> names.resolve("other", "team/helper", null)).isInstanceOf(GatewayException.class).satisfies(e -> assertThat(((GatewayException) e).status()).isEqualTo(404));
    }

    @Test
    void the_provider_asked_by_its_own_name_is_priced_by_the_organizations_model() {
        assertThat(names.resolve("acme", "groq/llama-3.3-70b-versatile", null).model()).isSameAs(MINE.model());
        assertThat(names.resolve("other", "groq/llama-3.3-70b-versatile", null).model().listPrice()).isNotEqualTo(Price.FREE);
    }

    @Test
    void a_pinned_provider_is_the_one_that_is_asked() {
        assertThat(names.resolve("acme", "team/helper", "groq").model()).isSameAs(MINE.model());
        ModelNames.Named elsewhere = names.resolve("acme", "team/helper", "openai");
        assertThat(elsewhere.provider()).isSameAs(OPENAI);
        assertThat(elsewhere.upstreamModel()).isEqualTo("team/helper");
        assertThatThrownBy(() -> names.resolve("acme", "gpt-4o", "nobody")).hasMessageContaining("nobody");
    }

    @ParameterizedTest
    @ValueSource(strings = {"gpt-4o", "gpt-4o-2024-08-06", "openai/gpt-4o", "openai/not-in-the-catalogue", "team/helper"})
    void what_a_call_would_find_may_be_stored(String name) {
        assertThatCode(() -> names.requireKnown("acme", name, "p")).doesNotThrowAnyException();
    }

    @ParameterizedTest
    @ValueSource(strings = {"gpt-4o-minii", "nobody/gpt-4o-mini", "team/helperr", ""})
    void what_nobody_knows_is_refused_where_it_stands(String name) {
        assertThatThrownBy(() -> names.requireKnown("acme", name, "p[1]")).isInstanceOf(GatewayException.class).satisfies(e -> assertThat(((GatewayException) e).param()).isEqualTo("p[1]"));
    }

    @Test
    void a_refusal_names_the_nearest_also_among_ones_own() {
        assertThatThrownBy(() -> names.requireKnown("acme", "gpt-4o-minii", "p")).hasMessageContaining("gpt-4o-mini");
        assertThatThrownBy(() -> names.requireKnown("acme", "team/helperr", "p")).hasMessageContaining("Did you mean team/helper");
    }

    @Test
    void built_in_is_only_what_everybody_asks_for_by_this_very_name() {
        assertThat(names.builtIn("gpt-4o")).isPresent();
        assertThat(names.builtIn("openai/GPT-4o")).isPresent();
        for (String free : new String[] {"gpt-4o-acme", "llama-3.3-70b-versatile", "team/helper", "openai/gpt-4o-acme", "my-model"}) {
            assertThat(names.builtIn(free)).as(free).isEmpty();
        }
    }
}
