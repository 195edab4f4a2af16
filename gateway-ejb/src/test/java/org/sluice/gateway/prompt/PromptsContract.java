package org.sluice.gateway.prompt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.sluice.gateway.prompt.PromptHouse.ACME;
import static org.sluice.gateway.prompt.PromptHouse.ACME_TEST;
import static org.sluice.gateway.prompt.PromptHouse.OTHER;
import static org.sluice.gateway.prompt.PromptHouse.messages;
import static org.sluice.gateway.prompt.PromptHouse.object;

import java.sql.SQLException;
import java.util.List;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.sluice.gateway.call.Caller;
import org.sluice.gateway.database.StoredDatabase;
import org.sluice.gateway.error.ErrorType;
import org.sluice.gateway.error.GatewayException;

/** What is stored of prompts, on any database. */
abstract class PromptsContract {
    private static final String SETTINGS = "{\"model\":\"m\",\"temperature\":1e0,\"messages\":[{\"role\":\"user\",\"content\":\"%s\"}]}";
    private StoredDatabase stored;
    private PromptHouse house;

    abstract StoredDatabase database() throws SQLException;

    @BeforeEach
    void open() throws SQLException {
        stored = database();
        house = PromptHouse.on(stored);
    }

    private static void refused(ErrorType type, ThrowingCallable change) {
        assertThatThrownBy(change).isInstanceOfSatisfying(GatewayException.class, e -> assertThat(e.type()).as(e.getMessage()).isEqualTo(type));
    }

    private PromptVersion draft(Caller caller, String id, String text) {
        return house.version(caller, id, String.format(SETTINGS, text), false);
    }

    private String said(PromptHouse node, Caller caller, String prompt) {
        return messages(node.resolved(caller, "{\"prompt\":" + prompt + "}"));
    }

    @Test
    void a_prompt_comes_back_as_it_was_made_and_changed() {
        Prompt made = house.prompts.create(ACME, "Support €", "What for?\nFor that.");
        assertThat(made.id()).matches("[0-9a-f]{32}");
        assertThat(house.prompts.find(ACME, made.id()).prompt()).isEqualTo(made);
        assertThat(house.prompts.find(ACME, "support").prompt()).isEqualTo(made);
        Prompt changed = house.prompts.change(ACME, made.id(), "Sales", null, true);
        assertThat(house.prompts.find(ACME, made.id()).prompt()).isEqualTo(changed);
        assertThat(changed.description()).isEqualTo("What for?\nFor that.");
        assertThat(changed.slug()).as("calls go on finding it").isEqualTo("support");
        assertThat(house.prompts.create(ACME, "Support", "").slug()).isEqualTo("support-2");
        assertThat(house.prompts.create(OTHER, "Support", "").slug()).as("others' names are not in the way").isEqualTo("support");
    }

    @Test
    void a_version_keeps_its_settings_as_they_were_spelled() {
        String id = house.prompts.create(ACME, "One", "").id();
        PromptVersion version = draft(ACME, id, "Hällo {{ x }}");
        assertThat(house.prompts.version(ACME, id, 1)).isEqualTo(version);
        assertThat(version.settings().text()).contains("\"temperature\":1e0").contains("Hällo {{ x }}");
        assertThat(version.isReadonly()).isFalse();
        assertThat(version.editedBy()).isEqualTo("my key");
        PromptVersion changed = house.prompts.changeVersion(ACME_TEST, id, 1, "said", now -> VersionSettings.read(object("{\"temperature\":null,\"seed\":3}"), now), false);
        assertThat(changed.settings().text()).contains("\"seed\":3").contains("Hällo").doesNotContain("temperature");
        assertThat(changed.description()).isEqualTo("said");
        assertThat(changed.editedBy()).isEqualTo("test key");
        assertThat(house.prompts.version(ACME, id, 1)).isEqualTo(changed);
    }

    @Test
    void a_committed_version_never_changes() {
        String id = house.prompts.create(ACME, "One", "").id();
        refused(ErrorType.INVALID_VALUE, () -> house.prompts.commit(ACME, id, null));
        draft(ACME, id, "a");
        refused(ErrorType.INVALID_VALUE, () -> house.prompts.deploy(ACME, id, 1, null));
        PromptVersion committed = house.prompts.commit(ACME, id, "first");
        assertThat(committed.isReadonly()).isTrue();
        assertThat(committed.description()).isEqualTo("first");
        refused(ErrorType.INVALID_VALUE, () -> house.prompts.changeVersion(ACME, id, 1, null, now -> VersionSettings.read(object("{\"seed\":1}"), now), false));
        refused(ErrorType.INVALID_VALUE, () -> house.prompts.changeVersion(ACME, id, 1, "other words", now -> now, false));
        refused(ErrorType.INVALID_VALUE, () -> house.prompts.commit(ACME, id, null));
        assertThat(house.prompts.version(ACME, id, 1)).isEqualTo(committed);
        draft(ACME, id, "b");
        draft(ACME, id, "c");
        assertThat(house.prompts.versions(ACME, id, 10, 0)).extracting(PromptVersion::version, PromptVersion::isReadonly)
                .as("every earlier one is read-only").containsExactly(org.assertj.core.groups.Tuple.tuple(3, false), org.assertj.core.groups.Tuple.tuple(2, true),
                        org.assertj.core.groups.Tuple.tuple(1, true));
        assertThat(house.prompts.versions(ACME, id, 1, 1)).extracting(PromptVersion::version).containsExactly(2);
        assertThat(house.prompts.countVersions(ACME, id)).isEqualTo(3);
    }

    @Test
    void one_version_is_live_for_each_environment() {
        String id = house.prompts.create(ACME, "One", "").id();
        draft(ACME, id, "a");
        house.prompts.commit(ACME, id, null);
        assertThat(house.prompts.deploy(ACME_TEST, id, 1, "test").environments()).containsExactly("test");
        assertThat(house.prompts.find(ACME, id).ownLive()).as("not for production").isNull();
        assertThat(house.prompts.find(ACME_TEST, id).ownLive().version()).isEqualTo(1);
        assertThat(house.version(ACME, id, String.format(SETTINGS, "b"), true).environments()).as("deployed at once").containsExactly("prod", "test");
        house.prompts.deploy(ACME, id, 1, "prod");
        assertThat(house.prompts.version(ACME, id, 2).environments()).containsExactly("test");
        assertThat(house.prompts.changeVersion(ACME, id, 2, null, now -> now, true).environments()).containsExactly("prod", "test");
        refused(ErrorType.PERMISSION, () -> house.prompts.deploy(ACME_TEST, id, 1, "prod"));
        refused(ErrorType.PERMISSION, () -> house.prompts.deploy(ACME_TEST, id, 1, null));
        refused(ErrorType.PERMISSION, () -> house.prompts.delete(ACME_TEST, id));
        refused(ErrorType.NOT_FOUND, () -> house.prompts.deploy(ACME, id, 9, null));
        assertThat(house.prompts.find(ACME, id).live().get("prod").version()).as("nothing of a refusal remains").isEqualTo(2);
    }

    @Test
    void what_is_live_is_not_deleted_and_a_number_is_not_used_again() {
        String id = house.prompts.create(ACME, "One", "").id();
        house.version(ACME, id, String.format(SETTINGS, "a"), true);
        draft(ACME, id, "b");
        refused(ErrorType.INVALID_VALUE, () -> house.prompts.deleteVersion(ACME, id, 1));
        house.prompts.deleteVersion(ACME, id, 2);
        refused(ErrorType.NOT_FOUND, () -> house.prompts.version(ACME, id, 2));
        assertThat(draft(ACME, id, "c").version()).isEqualTo(3);
    }

    @Test
    void a_deleted_prompt_is_gone_but_listed_when_asked_for() {
        String id = house.live(ACME, "One", String.format(SETTINGS, "a"));
        house.prompts.delete(ACME, id);
        refused(ErrorType.NOT_FOUND, () -> house.prompts.find(ACME, id));
        refused(ErrorType.NOT_FOUND, () -> house.prompts.delete(ACME, id));
        assertThat(house.prompts.summaries(ACME)).extracting(summary -> summary.prompt().isDeleted()).containsExactly(true);
    }

    @Test
    void what_belongs_to_others_is_not_there() {
        String id = house.live(ACME, "One", String.format(SETTINGS, "a"));
        for (String asked : List.of(id, "one", "0123456789abcdef0123456789abcdef")) {
            refused(ErrorType.NOT_FOUND, () -> house.prompts.find(OTHER, asked));
            refused(ErrorType.NOT_FOUND, () -> house.prompts.change(OTHER, asked, "x", null, null));
            refused(ErrorType.NOT_FOUND, () -> house.prompts.delete(OTHER, asked));
            refused(ErrorType.NOT_FOUND, () -> house.prompts.versions(OTHER, asked, 10, 0));
            refused(ErrorType.NOT_FOUND, () -> house.prompts.version(OTHER, asked, 1));
            refused(ErrorType.NOT_FOUND, () -> draft(OTHER, asked, "x"));
            refused(ErrorType.NOT_FOUND, () -> house.prompts.changeVersion(OTHER, asked, 1, null, now -> now, true));
            refused(ErrorType.NOT_FOUND, () -> house.prompts.deleteVersion(OTHER, asked, 1));
            refused(ErrorType.NOT_FOUND, () -> house.prompts.commit(OTHER, asked, null));
            refused(ErrorType.NOT_FOUND, () -> house.prompts.deploy(OTHER, asked, 1, null));
        }
        assertThat(house.prompts.summaries(OTHER)).isEmpty();
    }

    @Test
    void every_change_is_audited_and_a_refused_one_is_not() throws SQLException {
        String id = house.prompts.create(ACME, "One", "").id();
        draft(ACME, id, "secretless");
        refused(ErrorType.INVALID_VALUE, () -> house.prompts.deploy(ACME, id, 1, null));
        house.prompts.commit(ACME, id, null);
        house.prompts.deploy(ACME_TEST, id, 1, "test");
        house.prompts.change(ACME, id, "Two", null, null);
        draft(ACME, id, "more");
        house.prompts.changeVersion(ACME, id, 2, null, now -> VersionSettings.read(object("{\"seed\":1}"), now), false);
        house.prompts.deleteVersion(ACME, id, 2);
        house.prompts.delete(ACME, id);
        assertThat(stored.texts("SELECT action FROM audit_entry WHERE subject_id = ? ORDER BY id", id)).containsExactly("prompt.created", "prompt.version_created",
                "prompt.committed", "prompt.deployed", "prompt.changed", "prompt.version_created", "prompt.version_changed", "prompt.version_deleted", "prompt.deleted");
        assertThat(stored.texts("SELECT state_after FROM audit_entry WHERE action = 'prompt.deployed' AND subject_id = ?", id)).containsExactly("{\"test\":1}");
        assertThat(stored.texts("SELECT key_name FROM audit_entry WHERE action = 'prompt.deployed' AND subject_id = ?", id)).containsExactly("test key");
        assertThat(stored.texts("SELECT state_before FROM audit_entry WHERE action = 'prompt.changed' AND subject_id = ?", id))
                .containsExactly("{\"name\":\"One\",\"description\":\"\",\"starred\":false}");
    }

    @Test
    void another_node_follows_and_goes_on_while_the_database_is_away() throws SQLException {
        PromptHouse second = PromptHouse.on(stored);
        String id = house.live(ACME, "One", String.format(SETTINGS, "first"));
        second.changes.refresh();
        assertThat(said(second, ACME, "{\"prompt_id\":\"" + id + "\"}")).contains("first");
        house.version(ACME, id, String.format(SETTINGS, "second"), true);
        second.changes.refresh();
        stored.isAway = true;
        assertThat(said(second, ACME, "{\"prompt_id\":\"" + id + "\"}")).as("compiled in advance").contains("second");
        refused(ErrorType.OVERLOADED, () -> house.prompts.find(ACME, id));
        refused(ErrorType.OVERLOADED, () -> house.prompts.commit(ACME, id, null));
        stored.isAway = false;
    }

    @Test
    void an_old_version_is_read_once_by_another_thread() throws SQLException {
        String id = house.prompts.create(ACME, "One", "").id();
        for (int i = 1; i <= 5; i++) {
            house.version(ACME, id, String.format(SETTINGS, "text " + i), false);
        }
        PromptHouse fresh = PromptHouse.on(stored);
        String old = "{\"prompt_id\":\"" + id + "\",\"version\":2}";
        stored.isAway = true;
        refused(ErrorType.OVERLOADED, () -> said(fresh, ACME, old));
        stored.isAway = false;
        assertThat(said(fresh, ACME, old)).contains("text 2");
        stored.isAway = true;
        assertThat(said(fresh, ACME, old)).as("kept").contains("text 2");
        stored.isAway = false;
        house.prompts.deleteVersion(ACME, id, 2);
        fresh.changes.refresh();
        refused(ErrorType.NOT_FOUND, () -> said(fresh, ACME, old));
    }
}
