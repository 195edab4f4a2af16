package org.sluice.gateway.integration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sluice.gateway.config.GatewayConfig;
import org.sluice.gateway.database.StoredChanges;
import org.sluice.gateway.database.StoredDatabase;
import org.sluice.gateway.error.ErrorType;
import org.sluice.gateway.error.GatewayException;
import org.sluice.gateway.provider.compatible.OwnProvider;
import org.sluice.gateway.vault.RewrapRun;
import org.sluice.gateway.vault.Vault;

/** What is stored of keys, providers and models, on any database. */
abstract class ConnectedContract {
    static final String OLD = "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=";
    static final String NEW = "Hx4dHBsaGRgXFhUUExIREA8ODQwLCgkIBwYFBAMCAQA=";
    private static final Instant NOW = Instant.now().truncatedTo(ChronoUnit.MICROS);
    @TempDir Path data;
    private StoredDatabase stored;

    abstract StoredDatabase database() throws SQLException;

    /** One gateway in front of the database. */
    private record Node(Integrations integrations, StoredChanges changes) { }

    @BeforeEach
    void open() throws SQLException {
        stored = database();
    }

    private Node node(String present, String previous) throws SQLException {
        Map<String, String> settings = new HashMap<>(Map.of("GATEWAY_DATA_DIR", data.toString(), "GATEWAY_VAULT_KEY", present));
        if (previous != null) {
            settings.put("GATEWAY_VAULT_PREVIOUS_KEYS", previous);
        }
        Integrations integrations = Integrations.of(Vault.of(GatewayConfig.of(settings), false));
        StoredChanges changes = StoredChanges.of(stored.database(), List.of(integrations));
        integrations.writingTo(changes);
        changes.refresh();
        return new Node(integrations, changes);
    }

    private static ProviderKey key(String organization, String secret) {
        return new ProviderKey(UUID.randomUUID().toString(), organization, "openai", "first", Map.of("api_key", secret), 0.5, List.of("gpt-4o", "o\"dd"), List.of(),
                60L, null, true, NOW, NOW);
    }

    private static CustomProvider provider(String organization, String providerId, String apiKey) {
        return new CustomProvider(UUID.randomUUID().toString(), organization, providerId, "My own", apiKey, true, "https://llm.example.com/v1",
                new OwnProvider.Defaults(Duration.ofMillis(2_500), 0.25, 7L), NOW, NOW);
    }

    private static CustomModel model(String organization, String name) {
        return new CustomModel(UUID.randomUUID().toString(), organization, name, "gpt-4o", "Mine", "acme-llm", "llama", true, new BigDecimal("0.13"), BigDecimal.ONE, null, null,
                8_192L, true, null, false, "{\"top_k\":{\"max\":4}}", NOW, NOW);
    }

    @Test
    void a_key_comes_back_as_it_was_on_every_node() throws SQLException {
        Node one = node(OLD, null);
        Node two = node(OLD, null);
        ProviderKey key = key("acme", "sk-SENTINEL");
        one.integrations.add(key);
        assertThat(one.integrations.keys("acme")).as("this node, at once").containsExactly(key);
        assertThat(two.integrations.keys("acme")).as("another, before it looked").isEmpty();
        two.changes.refresh();
        assertThat(two.integrations.key("acme", key.id())).contains(key);
        assertThat(two.integrations.key("acme", "none")).isEmpty();
    }

    @Test
    void k8_no_secret_is_plain_in_the_database() throws SQLException {
        Node node = node(OLD, null);
        node.integrations.add(key("acme", "sk-SENTINEL"));
        node.integrations.store("acme", "own", true, now -> provider("acme", "own", "sk-SENTINEL-2"));
        List<String> sealed = stored.texts("SELECT credentials FROM provider_key UNION ALL SELECT api_key FROM custom_provider");
        assertThat(sealed).hasSize(2).allMatch(text -> text.matches("v1:[0-9a-f]{12}:[A-Za-z0-9_-]{40,}")).noneMatch(text -> text.contains("SENTINEL"));
        assertThat(node.integrations.keys("acme").toString() + node.integrations.providers("acme") + node.integrations.connected()).doesNotContain("SENTINEL");
    }

    @Test
    void k9_a_secret_that_was_moved_in_the_database_is_not_used() throws SQLException {
        Node node = node(OLD, null);
        ProviderKey mine = key("acme", "sk-mine");
        ProviderKey theirs = key("other", "sk-theirs");
        node.integrations.add(mine);
        node.integrations.add(theirs);
        stored.execute("UPDATE provider_key SET credentials = (SELECT credentials FROM provider_key WHERE id = '" + theirs.id() + "') WHERE id = '" + mine.id() + "'");
        Node fresh = node(OLD, null);
        assertThat(fresh.integrations.key("acme", mine.id()).orElseThrow().isReadable()).isFalse();
        assertThat(fresh.integrations.key("other", theirs.id()).orElseThrow().fields()).containsEntry("api_key", "sk-theirs");
        stored.execute("UPDATE provider_key SET organization = 'acme' WHERE id = '" + theirs.id() + "'");
        assertThat(node(OLD, null).integrations.key("acme", theirs.id()).orElseThrow().isReadable()).as("the row went to another organization").isFalse();
    }

    @Test
    void t3_what_belongs_to_another_organization_is_not_there() throws SQLException {
        Node node = node(OLD, null);
        ProviderKey theirs = key("other", "sk-theirs");
        node.integrations.add(theirs);
        node.integrations.store("other", "own", true, now -> provider("other", "own", "sk"));
        node.integrations.storeModel("other", "m/one", now -> model("other", "m/one"));
        assertThat(node.integrations.keys("acme")).isEmpty();
        assertThat(node.integrations.key("acme", theirs.id())).isEmpty();
        assertThat(node.integrations.changeKey("acme", theirs.id(), true, now -> { throw new AssertionError("shown"); })).isEmpty();
        assertThat(node.integrations.removeKey("acme", theirs.id())).isFalse();
        assertThat(node.integrations.provider("acme", "own")).isEmpty();
        assertThat(node.integrations.removeProvider("acme", "own")).isFalse();
        assertThat(node.integrations.model("acme", "m/one")).isEmpty();
        assertThat(node.integrations.removeModel("acme", "m/one")).isFalse();
        assertThat(node.integrations.key("other", theirs.id())).contains(theirs);
        node.integrations.store("acme", "own", true, now -> {
            assertThat(now).as("the same id is free in another organization").isNull();
            return provider("acme", "own", null);
        });
        assertThat(node.integrations.provider("other", "own").orElseThrow().apiKey()).isEqualTo("sk");
        assertThat(node.integrations.provider("acme", "own").orElseThrow().apiKey()).isNull();
    }

    @Test
    void a_change_keeps_the_secret_unless_it_is_new() throws SQLException {
        Node node = node(OLD, null);
        ProviderKey key = key("acme", "sk-1");
        node.integrations.add(key);
        String sealed = stored.texts("SELECT credentials FROM provider_key").get(0);
        Optional<ProviderKey> changed = node.integrations.changeKey("acme", key.id(), false, now -> new ProviderKey(now.id(), now.organization(), now.provider(), "second",
                now.fields(), 2, List.of(), List.of("gpt-4"), null, 9L, false, now.createdAt(), NOW));
        assertThat(node.integrations.key("acme", key.id())).isEqualTo(changed);
        assertThat(changed.orElseThrow().name()).isEqualTo("second");
        assertThat(stored.texts("SELECT credentials FROM provider_key")).containsExactly(sealed);
        node.integrations.changeKey("acme", key.id(), true, now -> new ProviderKey(now.id(), now.organization(), now.provider(), now.name(), Map.of("api_key", "sk-2"),
                1, List.of(), List.of(), null, null, true, now.createdAt(), NOW));
        assertThat(node.integrations.key("acme", key.id()).orElseThrow().fields()).containsEntry("api_key", "sk-2");
        assertThat(stored.texts("SELECT credentials FROM provider_key")).doesNotContain(sealed);
        assertThat(node.integrations.removeKey("acme", key.id())).isTrue();
        assertThat(node.integrations.keys("acme")).isEmpty();
        assertThat(node.integrations.removeKey("acme", key.id())).isFalse();
    }

    @Test
    void providers_and_models_come_back_as_they_were() throws SQLException {
        Node node = node(OLD, null);
        CustomProvider provider = provider("acme", "acme-llm", "sk-1");
        assertThat(node.integrations.store("acme", "acme-llm", true, now -> provider).isNew()).isTrue();
        assertThat(node.integrations.providers("acme")).containsExactly(provider);
        CustomModel model = model("acme", "Mine/Llama");
        assertThat(node.integrations.storeModel("acme", "Mine/Llama", now -> model).isNew()).isTrue();
        CustomModel read = node.integrations.model("acme", "mine/llama").orElseThrow();
        assertThat(read).usingRecursiveComparison().withComparatorForType(BigDecimal::compareTo, BigDecimal.class).isEqualTo(model);
        assertThat(node.integrations.storeModel("acme", "MINE/llama", now -> now).isNew()).as("the same in other letters").isFalse();
        assertThatThrownBy(() -> node.integrations.removeProvider("acme", "acme-llm")).isInstanceOf(GatewayException.class).hasMessageContaining("Mine/Llama");
        assertThat(node.integrations.removeModel("acme", "mine/LLAMA")).isTrue();
        node.integrations.store("acme", "acme-llm", false, now -> new CustomProvider(now.id(), now.organization(), now.providerId(), "Renamed", null, true, now.baseUrl(),
                OwnProvider.Defaults.NONE, now.createdAt(), NOW));
        assertThat(node.integrations.provider("acme", "acme-llm").orElseThrow().apiKey()).as("kept").isEqualTo("sk-1");
        assertThat(node.integrations.provider("acme", "acme-llm").orElseThrow().defaults()).isEqualTo(OwnProvider.Defaults.NONE);
        assertThat(node.integrations.removeProvider("acme", "acme-llm")).isTrue();
        assertThat(node.integrations.providers("acme")).isEmpty();
    }

    @Test
    void a_change_that_is_refused_changes_nothing() throws SQLException {
        Node node = node(OLD, null);
        ProviderKey key = key("acme", "sk-1");
        node.integrations.add(key);
        String version = stored.texts("SELECT version FROM stored_change WHERE area = 'integration'").get(0);
        assertThatThrownBy(() -> node.integrations.changeKey("acme", key.id(), true, now -> { throw GatewayException.invalid("x", "no"); })).hasMessage("no");
        assertThat(stored.texts("SELECT version FROM stored_change WHERE area = 'integration'")).containsExactly(version);
        assertThat(node.integrations.keys("acme")).containsExactly(key);
        assertThatThrownBy(() -> node.integrations.add(key)).as("the id twice").isInstanceOf(GatewayException.class)
                .satisfies(e -> assertThat(((GatewayException) e).type()).isEqualTo(ErrorType.CONFLICT));
    }

    @Test
    void while_the_database_is_away_the_last_reading_holds_and_writes_are_told_so() throws SQLException {
        Node node = node(OLD, null);
        ProviderKey key = key("acme", "sk-1");
        node.integrations.add(key);
        stored.isAway = true;
        assertThatThrownBy(node.changes::refresh).isInstanceOf(SQLException.class);
        assertThat(node.integrations.keys("acme")).containsExactly(key);
        assertThatThrownBy(() -> node.integrations.removeKey("acme", key.id())).isInstanceOf(GatewayException.class)
                .satisfies(e -> assertThat(((GatewayException) e).status()).isEqualTo(503));
        stored.isAway = false;
        assertThat(node.integrations.removeKey("acme", key.id())).isTrue();
    }

    @Test
    void k10_a_rotation_loses_nothing_and_ends_with_the_old_key_gone() throws SQLException {
        Node before = node(OLD, null);
        ProviderKey key = key("acme", "sk-1");
        before.integrations.add(key);
        before.integrations.store("other", "own", true, now -> provider("other", "own", "sk-2"));
        before.integrations.store("other", "open", true, now -> provider("other", "open", null));
        Node rotating = node(NEW, OLD);
        assertThat(rotating.integrations.keys("acme")).as("readable before anything was encrypted again").containsExactly(key);
        Vault vault = Vault.of(GatewayConfig.of(Map.of("GATEWAY_DATA_DIR", data.toString(), "GATEWAY_VAULT_KEY", NEW, "GATEWAY_VAULT_PREVIOUS_KEYS", OLD)), false);
        assertThat(RewrapRun.of(vault, stored.database())).isEqualTo(2);
        assertThat(RewrapRun.of(vault, stored.database())).as("nothing is left to do").isZero();
        Node after = node(NEW, null);
        assertThat(after.integrations.keys("acme")).containsExactly(key);
        assertThat(after.integrations.provider("other", "own").orElseThrow().apiKey()).isEqualTo("sk-2");
        assertThat(node(OLD, null).integrations.keys("acme")).noneMatch(ProviderKey::isReadable);
    }
}
