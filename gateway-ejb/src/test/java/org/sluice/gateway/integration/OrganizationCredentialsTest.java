package org.sluice.gateway.integration;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sluice.gateway.config.GatewayConfig;
import org.sluice.gateway.credential.CredentialChoice;
import org.sluice.gateway.credential.CredentialChoice.Owner;
import org.sluice.gateway.credential.CredentialResolver;
import org.sluice.gateway.credential.StoredCredentials;
import org.sluice.gateway.database.StoredChanges;
import org.sluice.gateway.database.StoredDatabase;
import org.sluice.gateway.dialect.Dialect;
import org.sluice.gateway.dialect.openai.OpenAiDialect;
import org.sluice.gateway.error.ErrorType;
import org.sluice.gateway.error.GatewayException;
import org.sluice.gateway.model.ModelCatalog;
import org.sluice.gateway.model.OwnModel;
import org.sluice.gateway.provider.Credential;
import org.sluice.gateway.provider.CredentialField;
import org.sluice.gateway.provider.Dispatch;
import org.sluice.gateway.provider.Provider;
import org.sluice.gateway.provider.UpstreamRequest;
import org.sluice.gateway.provider.compatible.OwnProvider;
import org.sluice.gateway.vault.Vault;

/** How calls see what an organization has connected. */
class OrganizationCredentialsTest {
    private static final String VAULT = "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=";
    private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");
    static final Provider OPENAI = new FakeProvider("openai", Set.of("open_ai"));
    static final Provider CLOUD = new FakeCloud();
    @TempDir Path data;
    private final OrganizationCredentials credentials = new OrganizationCredentials();
    private final OrganizationProviders providers = new OrganizationProviders();
    private final OrganizationModels models = new OrganizationModels();
    private Integrations integrations;
    private CredentialResolver resolver;

    private static class FakeProvider implements Provider {
        private final String id;
        private final Set<String> aliases;

        FakeProvider(String id, Set<String> aliases) {
            this.id = id;
            this.aliases = aliases;
        }

        @Override public String id() { return id; }
        @Override public Set<String> aliases() { return aliases; }
        @Override public URI baseUrl() { return URI.create("https://api.example.com/v1"); }
        @Override public Dialect dialect() { throw new AssertionError("not asked"); }
        @Override public UpstreamRequest prepare(Dispatch dispatch) { throw new AssertionError("not asked"); }
    }

    /** Its credential may say where it is. */
    private static final class FakeCloud extends FakeProvider {
        FakeCloud() { super("cloud", Set.of()); }

        @Override
        public List<CredentialField> credentialFields() {
            return List.of(new CredentialField("api_key", List.of("CLOUD_API_KEY"), true), new CredentialField("api_base", List.of(), false));
        }

        @Override
        public URI baseUrl(Credential credential) {
            String base = credential instanceof Credential.Fields fields ? fields.get("api_base") : null;
            if (base != null && !base.startsWith("https://mine.cloud.example")) {
                throw new GatewayException(ErrorType.API_BASE_NOT_ALLOWED, "No address of the cloud.");
            }
            return base == null ? baseUrl() : URI.create(base);
        }
    }

    @BeforeEach
    void open() throws SQLException {
        GatewayConfig config = GatewayConfig.of(Map.of("GATEWAY_DATA_DIR", data.toString(), "GATEWAY_VAULT_KEY", VAULT, "OPENAI_API_KEY", "sk-operator",
                "OPENAI_BASE_URL", "http://127.0.0.1:9/v1", "CLOUD_BASE_URL", "http://127.0.0.1:8", "STRIPE_API_KEY", "sk-operators-other", "STRIPE_BASE_URL", "http://127.0.0.1:7"));
        integrations = Integrations.of(Vault.of(config, false));
        integrations.writingTo(StoredChanges.of(StoredDatabase.h2().database(), List.of(integrations)));
        credentials.integrations = integrations;
        resolver = CredentialResolver.of(config, List.of(OPENAI, CLOUD));
        providers.integrations = integrations;
        providers.dialect = new OpenAiDialect();
        models.integrations = integrations;
        models.catalog = ModelCatalog.of(Optional.empty());
    }

    private ProviderKey add(String organization, String provider, Map<String, String> fields, List<String> available, List<String> excluded, boolean isEnabled) {
        ProviderKey key = new ProviderKey(UUID.randomUUID().toString(), organization, provider, "ours", fields, 2, available, excluded, null, null, isEnabled, NOW, NOW);
        integrations.add(key);
        return key;
    }

    private void own(String organization, String id, String apiKey) {
        integrations.store(organization, id, true, now -> new CustomProvider(UUID.randomUUID().toString(), organization, id, "Own", apiKey, true, "https://llm.example.com/v1",
                OwnProvider.Defaults.NONE, NOW, NOW));
    }

    @Test
    void a_stored_key_is_the_organizations_and_brings_no_address() {
        ProviderKey key = add("acme", "openai", Map.of("api_key", "sk-1"), List.of(), List.of(), true);
        assertThat(credentials.of("acme", OPENAI, "gpt-4o")).containsExactly(new CredentialChoice("stored:" + key.id(), "ours", Owner.STORED, new Credential.ApiKey("sk-1"),
                null, 2));
        assertThat(resolver.baseUrl(OPENAI, new Credential.ApiKey("sk-1"))).as("the operator may say where").hasToString("http://127.0.0.1:9/v1");
        assertThat(credentials.of("other", OPENAI, "gpt-4o")).isEmpty();
        assertThat(credentials.of("acme", CLOUD, "gpt-4o")).isEmpty();
    }

    @Test
    void an_owner_and_the_limits_are_known_by_the_choices_id() {
        ProviderKey key = new ProviderKey(UUID.randomUUID().toString(), "acme", "openai", "ours", Map.of("api_key", "sk-1"), 1, List.of(), List.of(), 60L, null, true, NOW, NOW);
        integrations.add(key);
        own("acme", "mine", "sk-own");
        String stored = credentials.of("acme", OPENAI, "m").get(0).id();
        String own = credentials.of("acme", providers.providers("acme").get(0), "m").get(0).id();
        assertThat(credentials.isOwnedBy("acme", stored)).isTrue();
        assertThat(credentials.isOwnedBy("acme", own)).isTrue();
        for (String id : new String[] {stored, own, "operator", "request:1", "stored:", "provider:"}) {
            assertThat(credentials.isOwnedBy("other", id)).as(id).isFalse();
        }
        assertThat(credentials.limits("acme", stored)).isEqualTo(new StoredCredentials.Limits(60, 0));
        assertThat(credentials.limits("other", stored)).isEqualTo(StoredCredentials.Limits.UNKNOWN);
        assertThat(credentials.limits("acme", own)).isEqualTo(StoredCredentials.Limits.UNKNOWN);
    }

    @Test
    void an_address_that_comes_with_a_key_is_the_only_one_it_is_sent_to() {
        add("acme", "cloud", Map.of("api_key", "k", "api_base", "https://mine.cloud.example/x"), List.of(), List.of(), true);
        assertThat(credentials.of("acme", CLOUD, "m").get(0).baseUrl()).hasToString("https://mine.cloud.example/x");
    }

    @Test
    void models_are_told_apart_by_the_providers_name_with_or_without_prefix() {
        add("acme", "openai", Map.of("api_key", "only-4o"), List.of("GPT-4o", "open_ai/o3"), List.of(), true);
        add("acme", "open_ai", Map.of("api_key", "not-o3"), List.of(), List.of("openai/o3"), true);
        add("acme", "openai", Map.of("api_key", "off"), List.of(), List.of(), false);
        assertThat(credentials.of("acme", OPENAI, "gpt-4o")).extracting(choice -> ((Credential.ApiKey) choice.credential()).value()).containsExactlyInAnyOrder("only-4o", "not-o3");
        assertThat(credentials.of("acme", OPENAI, "openai/gpt-4o")).hasSize(2);
        assertThat(credentials.of("acme", OPENAI, "o3")).extracting(choice -> ((Credential.ApiKey) choice.credential()).value()).containsExactly("only-4o");
        assertThat(credentials.of("acme", OPENAI, "gpt-4")).extracting(choice -> ((Credential.ApiKey) choice.credential()).value()).containsExactly("not-o3");
    }

    @Test
    void a_provider_of_ones_own_is_asked_with_its_own_key_or_none_and_stored_keys_go_first() {
        own("acme", "mine", "sk-own");
        own("acme", "open", null);
        Provider mine = providers.providers("acme").get(0);
        assertThat(providers.providers("acme").get(0)).as("one object while nothing changes").isSameAs(mine);
        assertThat(credentials.of("acme", mine, "m").get(0).owner()).isEqualTo(Owner.CUSTOM_PROVIDER);
        assertThat(credentials.of("acme", mine, "m").get(0).credential()).isEqualTo(new Credential.ApiKey("sk-own"));
        assertThat(credentials.of("acme", providers.providers("acme").get(1), "m").get(0).credential()).isEqualTo(Credential.None.NONE);
        assertThat(providers.providers("other")).isEmpty();
        add("acme", "mine", Map.of("api_key", "sk-second"), List.of(), List.of(), true);
        assertThat(credentials.of("acme", mine, "m")).singleElement().satisfies(choice -> assertThat(choice.owner()).isEqualTo(Owner.STORED));
    }

    /** An organization that calls its provider like something in the operator's environment must not get the operator's key. */
    @Test
    void a_provider_of_ones_own_never_meets_the_operators_environment() {
        own("acme", "stripe", null);
        own("acme", "cloud2", null);
        Provider stripe = providers.providers("acme").stream().filter(provider -> provider.id().equals("stripe")).findFirst().orElseThrow();
        assertThat(resolver.credential(stripe)).contains(Credential.None.NONE);
        assertThat(resolver.baseUrl(stripe)).hasToString("https://llm.example.com/v1");
        assertThat(credentials.of("acme", stripe, "m")).singleElement().satisfies(choice -> {
            assertThat(choice.credential()).isEqualTo(Credential.None.NONE);
            assertThat(choice.baseUrl()).hasToString("https://llm.example.com/v1");
        });
    }

    @Test
    void a_model_of_ones_own_has_what_it_says_and_the_rest_from_its_base() {
        integrations.storeModel("acme", "My/Mini", now -> new CustomModel(UUID.randomUUID().toString(), "acme", "My/Mini", "gpt-4o-mini", null, "openai", "gpt-4o-mini", false,
                null, null, null, null, null, null, null, null, null, NOW, NOW));
        OwnModel mini = models.find("acme", "my/MINI").orElseThrow();
        assertThat(mini.model().listPrice()).isEqualTo(models.catalog.find("openai", "gpt-4o-mini").orElseThrow().listPrice());
        assertThat(mini.model().contextWindow()).isPositive();
        assertThat(models.find("other", "my/mini")).isEmpty();
        assertThat(models.find("acme", "openai", "gpt-4o-mini")).contains(mini);
        integrations.storeModel("acme", "My/Mini", now -> new CustomModel(now.id(), "acme", now.name(), "gpt-4o-mini", null, "openai", "gpt-4o-mini", false,
                new java.math.BigDecimal("9"), null, null, null, 5L, null, null, null, null, NOW, NOW));
        assertThat(models.find("acme", "My/Mini").orElseThrow().model().listPrice().input()).isEqualByComparingTo("9");
        assertThat(models.find("acme", "My/Mini").orElseThrow().model().listPrice().output()).isEqualByComparingTo(mini.model().listPrice().output());
        assertThat(models.find("acme", "My/Mini").orElseThrow().model().contextWindow()).isEqualTo(5);
    }
}
