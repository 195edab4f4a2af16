package org.sluice.gateway.prompt;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.sluice.gateway.audit.AuditEntry;
import org.sluice.gateway.audit.AuditTrail;
import org.sluice.gateway.call.Caller;
import org.sluice.gateway.chat.RawJson;
import org.sluice.gateway.database.Sql;
import org.sluice.gateway.error.ErrorType;
import org.sluice.gateway.error.GatewayException;
import org.sluice.gateway.json.JsonWriter;

/** What can be done with the versions of one prompt, whose row is locked. Part of a transaction. */
public final class VersionChanges {
    private static final List<String> ENVIRONMENTS = List.of("prod", "test");
    private final Connection connection;
    private final Caller caller;
    private final Prompt prompt;
    private final Instant now;

    /** Makes settings of those before. */
    public interface Edit {
        RawJson of(RawJson before);
    }

    VersionChanges(Connection connection, Caller caller, Prompt prompt, Instant now) {
        this.connection = connection;
        this.caller = caller;
        this.prompt = prompt;
        this.now = now;
    }

    /** The new one is the draft; every earlier one is read-only from now on. */
    PromptVersion create(String description, RawJson settings, boolean isDeployed) throws SQLException {
        Sql.update(connection, "UPDATE prompt_version SET is_readonly = ? WHERE prompt = ? AND is_readonly = ?", true, prompt.id(), false);
        Sql.update(connection, "UPDATE prompt SET versions_made = versions_made + 1, updated_at = ? WHERE id = ?", now, prompt.id());
        int number = Sql.query(connection, "SELECT versions_made FROM prompt WHERE id = ?", row -> row.getInt(1), prompt.id()).get(0);
        Sql.update(connection, "INSERT INTO prompt_version (prompt, version, description, settings, model, edited_by_id, edited_by, created_at, updated_at)"
                + " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)", prompt.id(), number, description, settings.text(), model(settings), caller.keyId(), caller.keyName(), now, now);
        audit("prompt.version_created", null, state(number, settings));
        return isDeployed ? committedAndDeployed(number) : version(number);
    }

    PromptVersion change(int number, String description, Edit edit, boolean isDeployed) throws SQLException {
        PromptVersion before = version(number);
        RawJson settings = edit.of(before.settings());
        boolean isChanged = !settings.text().equals(before.settings().text()) || description != null && !description.equals(before.description());
        if (isChanged && before.isReadonly()) {
            throw GatewayException.invalid("version", "Version " + number + " is committed and cannot be changed; create a new version.");
        }
        if (isChanged) {
            Sql.update(connection, "UPDATE prompt_version SET settings = ?, model = ?, description = ?, revision = revision + 1, edited_by_id = ?, edited_by = ?, updated_at = ?"
                    + " WHERE prompt = ? AND version = ?", settings.text(), model(settings), description == null ? before.description() : description,
                    caller.keyId(), caller.keyName(), now, prompt.id(), number);
            touch();
            audit("prompt.version_changed", state(number, before.settings()), state(number, settings));
        }
        return isDeployed ? committedAndDeployed(number) : version(number);
    }

    void delete(int number) throws SQLException {
        PromptVersion before = version(number);
        if (!before.environments().isEmpty()) {
            throw GatewayException.invalid("version", "Version " + number + " is deployed and cannot be deleted; deploy another one first.");
        }
        Sql.update(connection, "DELETE FROM prompt_version WHERE prompt = ? AND version = ?", prompt.id(), number);
        touch();
        audit("prompt.version_deleted", state(number, before.settings()), null);
    }

    PromptVersion commit(String description) throws SQLException {
        PromptVersion draft = PromptTable.newest(connection, prompt.id());
        if (draft == null || draft.isReadonly()) {
            throw GatewayException.invalid("version", "There is no draft to commit; create a new version first.");
        }
        return committed(draft, description);
    }

    private PromptVersion committed(PromptVersion draft, String description) throws SQLException {
        Sql.update(connection, "UPDATE prompt_version SET is_readonly = ?, description = ?, updated_at = ? WHERE prompt = ? AND version = ?",
                true, description == null ? draft.description() : description, now, prompt.id(), draft.version());
        Sql.update(connection, "UPDATE prompt SET commit_count = commit_count + 1, updated_at = ? WHERE id = ?", now, prompt.id());
        audit("prompt.committed", null, state(draft.version(), null));
        return version(draft.version());
    }

    private PromptVersion committedAndDeployed(int number) throws SQLException {
        PromptVersion version = version(number);
        if (!version.isReadonly()) {
            committed(version, null);
        }
        return deploy(number, null);
    }

    PromptVersion deploy(int number, String environment) throws SQLException {
        PromptVersion version = version(number);
        if (!version.isReadonly()) {
            throw GatewayException.invalid("version", "Version " + number + " is a draft; commit it, then deploy it.");
        }
        List<String> environments = environment == null ? ENVIRONMENTS : List.of(environment);
        if (caller.environment().equals("test") && environments.contains("prod")) {
            throw forbidden();
        }
        Map<String, Integer> before = PromptTable.live(connection, prompt.id());
        for (String one : environments) {
            if (before.containsKey(one)) {
                Sql.update(connection, "UPDATE prompt_deployment SET version = ?, deployed_by_id = ?, deployed_at = ? WHERE prompt = ? AND environment = ?",
                        number, caller.keyId(), now, prompt.id(), one);
            } else {
                Sql.update(connection, "INSERT INTO prompt_deployment (prompt, environment, version, deployed_by_id, deployed_at) VALUES (?, ?, ?, ?, ?)",
                        prompt.id(), one, number, caller.keyId(), now);
            }
        }
        touch();
        audit("prompt.deployed", live(before), live(PromptTable.live(connection, prompt.id())));
        return version(number);
    }

    private static String model(RawJson settings) {
        return VersionSettings.parse(settings).text("model");
    }

    static GatewayException forbidden() {
        return new GatewayException(ErrorType.PERMISSION, "A test key deploys to 'test' only; use a production key, or name \"environment\": \"test\".");
    }

    private PromptVersion version(int number) throws SQLException {
        PromptVersion found = PromptTable.version(connection, prompt.id(), number);
        if (found == null) {
            throw Prompts.notFound();
        }
        return found;
    }

    private void touch() throws SQLException {
        Sql.update(connection, "UPDATE prompt SET updated_at = ? WHERE id = ?", now, prompt.id());
    }

    private void audit(String action, RawJson before, RawJson after) throws SQLException {
        AuditTrail.write(connection, new AuditEntry(caller, now, action, "prompt", prompt.id(), before, after));
    }

    private static RawJson state(int number, RawJson settings) {
        return new RawJson(new JsonWriter().beginObject().name("version").value(number).optional("settings", settings).endObject().toText());
    }

    private static RawJson live(Map<String, Integer> versions) {
        JsonWriter json = new JsonWriter().beginObject();
        versions.forEach((environment, version) -> json.name(environment).value(version));
        return new RawJson(json.endObject().toText());
    }
}
