package org.sluice.gateway.organization;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sluice.gateway.call.Routing.Retry;
import org.sluice.gateway.call.Routing.WeightedModel;
import org.sluice.gateway.config.GatewayConfig;
import org.sluice.gateway.database.StoredChanges;
import org.sluice.gateway.database.StoredDatabase;
import org.sluice.gateway.json.JsonReader;
import org.sluice.gateway.json.JsonValue.JsonObject;
import org.sluice.gateway.vault.Vault;

class OrganizationsTest {
    private static final String OLD = "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=";
    private static final String NEW = "Hx4dHBsaGRgXFhUUExIREA8ODQwLCgkIBwYFBAMCAQA=";
    private static final LoadBalanceGroup GROUP = new LoadBalanceGroup("g", "Fast", List.of(new WeightedModel("gpt-4o", 0.7, Map.of("api_key", "sk-SENTINEL")),
            new WeightedModel("demo/echo", 3, Map.of())));
    @TempDir Path data;
    private StoredDatabase database;
    private Organizations organizations;

    @BeforeEach
    void open() throws SQLException {
        database = StoredDatabase.h2();
        organizations = node(OLD);
    }

    private Organizations node(String key) throws SQLException {
        Organizations node = Organizations.of(Vault.of(GatewayConfig.of(Map.of("GATEWAY_DATA_DIR", data.toString(), "GATEWAY_VAULT_KEY", key)), false));
        StoredChanges changes = StoredChanges.of(database.database(), List.of(node));
        changes.refresh();
        return node.writingTo(changes);
    }

    private static JsonObject json(String text) {
        return JsonReader.readObject(text.getBytes(StandardCharsets.UTF_8));
    }

    private OrganizationSettings change(String organization, String changes) {
        return organizations.change(organization, now -> SettingsJson.with(now, json(changes), (model, param) -> { }));
    }

    @Test
    void an_organization_that_set_nothing_has_the_defaults() {
        assertThat(organizations.settings("acme")).isEqualTo(OrganizationSettings.DEFAULT);
        assertThat(organizations.settings("nobody")).isEqualTo(OrganizationSettings.DEFAULT);
    }

    @Test
    void settings_hold_at_once_and_on_other_nodes_and_belong_to_one_organization() throws SQLException {
        OrganizationSettings set = change("acme", "{\"retry\":{\"num_retries\":7,\"retry_after\":0.25},\"fallback\":{\"enabled\":true,\"models\":[\"a\",\"b\"]},"
                + "\"system_fallback_enabled\":true,\"default_model\":\"m\",\"balance_strategy\":\"sticky\",\"model_before_group\":false}");
        assertThat(set).isEqualTo(new OrganizationSettings(new Retry(true, 7, Duration.ofMillis(250)), true, List.of("a", "b"), true, "m", BalanceStrategy.STICKY, false, Map.of()));
        assertThat(organizations.settings("acme")).isEqualTo(set);
        assertThat(node(OLD).settings("acme")).isEqualTo(set);
        assertThat(organizations.settings("other")).isEqualTo(OrganizationSettings.DEFAULT);
        assertThat(change("acme", "{\"retry\":null,\"default_model\":null}").retry()).isNull();
        assertThat(organizations.settings("acme").defaultModel()).isNull();
        assertThat(organizations.settings("acme").fallbackModels()).containsExactly("a", "b");
    }

    @Test
    void a_group_comes_back_with_its_credentials_which_the_database_cannot_tell() throws SQLException {
        assertThat(organizations.store("acme", GROUP)).isTrue();
        assertThat(organizations.settings("acme").groups()).containsEntry("g", GROUP);
        assertThat(node(OLD).settings("acme").groups()).containsEntry("g", GROUP);
        assertThat(database.texts("SELECT models || credentials FROM load_balance_group")).hasSize(1).allMatch(text -> text.contains("v1:") && !text.contains("SENTINEL"));
        assertThat(organizations.store("acme", new LoadBalanceGroup("g", "Slow", List.of(new WeightedModel("demo/echo", 1, Map.of()))))).isFalse();
        assertThat(database.texts("SELECT credentials FROM load_balance_group")).containsOnlyNulls();
        change("acme", "{\"default_model\":\"m\"}");
        assertThat(organizations.settings("acme").groups()).as("settings leave groups alone").containsKey("g");
    }

    @Test
    void t3_a_group_is_nobody_elses() {
        organizations.store("other", GROUP);
        assertThat(organizations.settings("acme").groups()).isEmpty();
        assertThat(organizations.deleteGroup("acme", "g")).isFalse();
        assertThat(organizations.store("acme", new LoadBalanceGroup("g", "Mine", GROUP.models()))).as("the id is free here").isTrue();
        assertThat(organizations.settings("other").groups().get("g").name()).isEqualTo("Fast");
        assertThat(organizations.deleteGroup("other", "g")).isTrue();
        assertThat(organizations.settings("acme").groups()).containsKey("g");
    }

    @Test
    void a_group_whose_credentials_do_not_open_is_not_there_rather_than_paid_by_somebody_else() throws SQLException {
        organizations.store("acme", GROUP);
        organizations.store("acme", new LoadBalanceGroup("open", "Open", List.of(new WeightedModel("demo/echo", 1, Map.of()))));
        assertThat(node(NEW).settings("acme").groups()).containsOnlyKeys("open");
    }
}
