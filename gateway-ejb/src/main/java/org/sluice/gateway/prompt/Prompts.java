package org.sluice.gateway.prompt;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.SQLException;
import java.text.Normalizer;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import org.sluice.gateway.audit.AuditEntry;
import org.sluice.gateway.audit.AuditTrail;
import org.sluice.gateway.call.Caller;
import org.sluice.gateway.chat.RawJson;
import org.sluice.gateway.database.GatewayDatabase;
import org.sluice.gateway.database.Sql;
import org.sluice.gateway.database.StoredChanges;
import org.sluice.gateway.error.ErrorType;
import org.sluice.gateway.error.GatewayException;
import org.sluice.gateway.json.JsonWriter;

/**
 * Keeps prompts: makes, changes, shows and deletes them for their organization. Every change is audited in its own transaction and
 * in force when it returns. For management, not for the request path. What is not there and what belongs to others is NOT_FOUND.
 */
@ApplicationScoped
public class Prompts {
    private static final String SUBJECT = "prompt";
    private static final int LONGEST_SLUG = 200;
    private static final int SLUG_TRIES = 1_000;
    @Inject StoredChanges changes;
    @Inject GatewayDatabase database;
    Clock clock = Clock.systemUTC();
    private final SecureRandom random = new SecureRandom();

    /** What is read from the database for an answer. */
    public interface Question<T> {
        T on(Connection connection) throws SQLException;
    }

    /** For tests. */
    static Prompts of(StoredChanges changes, GatewayDatabase database) {
        Prompts prompts = new Prompts();
        prompts.changes = changes;
        prompts.database = database;
        return prompts;
    }

    /** @param description may be empty */
    public Prompt create(Caller caller, String name, String description) {
        return changes.write(PromptLibrary.AREA, connection -> {
            Instant now = now();
            byte[] id = new byte[16];
            random.nextBytes(id);
            Prompt prompt = new Prompt(HexFormat.of().formatHex(id), caller.organization(), freeSlug(connection, caller.organization(), name), name,
                    description, false, false, 0, now, now);
            Sql.update(connection, "INSERT INTO prompt (id, organization, slug, name, description, created_at, updated_at) VALUES (?, ?, ?, ?, ?, ?, ?)",
                    prompt.id(), prompt.organization(), prompt.slug(), prompt.name(), prompt.description(), now, now);
            audit(connection, caller, "prompt.created", prompt.id(), null, state(prompt));
            return prompt;
        });
    }

    /** @param name null to leave it; so with the others */
    public Prompt change(Caller caller, String idOrSlug, String name, String description, Boolean isStarred) {
        return changes.write(PromptLibrary.AREA, connection -> {
            Prompt before = locked(connection, caller, idOrSlug);
            Prompt after = new Prompt(before.id(), before.organization(), before.slug(), name == null ? before.name() : name,
                    description == null ? before.description() : description, isStarred == null ? before.isStarred() : isStarred, false,
                    before.commits(), before.createdAt(), now());
            Sql.update(connection, "UPDATE prompt SET name = ?, description = ?, starred = ?, updated_at = ? WHERE id = ?",
                    after.name(), after.description(), after.isStarred(), after.updatedAt(), after.id());
            audit(connection, caller, "prompt.changed", after.id(), state(before), state(after));
            return after;
        });
    }

    /** Calls do not find it any more; its rows stay. */
    public void delete(Caller caller, String idOrSlug) {
        changes.write(PromptLibrary.AREA, connection -> {
            Prompt before = locked(connection, caller, idOrSlug);
            if (caller.environment().equals("test") && PromptTable.live(connection, before.id()).containsKey("prod")) {
                throw VersionChanges.forbidden();
            }
            Sql.update(connection, "UPDATE prompt SET is_deleted = ?, updated_at = ? WHERE id = ?", true, now(), before.id());
            audit(connection, caller, "prompt.deleted", before.id(), state(before), null);
            return null;
        });
    }

    /** @param settings see {@link VersionSettings#read} */
    public PromptVersion createVersion(Caller caller, String idOrSlug, String description, RawJson settings, boolean isDeployed) {
        return changes.write(PromptLibrary.AREA, connection -> on(connection, caller, idOrSlug).create(description, settings, isDeployed));
    }

    /**
     * @param settings makes the new settings of those before; may throw INVALID_VALUE
     * @param description null to leave it
     */
    public PromptVersion changeVersion(Caller caller, String idOrSlug, int version, String description, VersionChanges.Edit settings, boolean isDeployed) {
        return changes.write(PromptLibrary.AREA, connection -> on(connection, caller, idOrSlug).change(version, description, settings, isDeployed));
    }

    public void deleteVersion(Caller caller, String idOrSlug, int version) {
        changes.write(PromptLibrary.AREA, connection -> {
            on(connection, caller, idOrSlug).delete(version);
            return null;
        });
    }

    /** Freezes the draft. */
    public PromptVersion commit(Caller caller, String idOrSlug, String description) {
        return changes.write(PromptLibrary.AREA, connection -> on(connection, caller, idOrSlug).commit(description));
    }

    /** @param environment {@code prod}, {@code test}, or null for both */
    public PromptVersion deploy(Caller caller, String idOrSlug, int version, String environment) {
        return changes.write(PromptLibrary.AREA, connection -> on(connection, caller, idOrSlug).deploy(version, environment));
    }

    private VersionChanges on(Connection connection, Caller caller, String idOrSlug) throws SQLException {
        return new VersionChanges(connection, caller, locked(connection, caller, idOrSlug), now());
    }

    /** Everything of an organization, deleted ones too, with current and live versions; for lists. */
    public List<PromptSummary> summaries(Caller caller) {
        return ask(connection -> PromptSummary.read(connection, caller.organization(), caller.environment()));
    }

    public PromptSummary find(Caller caller, String idOrSlug) {
        return ask(connection -> PromptSummary.of(connection, found(connection, caller, idOrSlug), caller.environment()));
    }

    /** Newest first. */
    public List<PromptVersion> versions(Caller caller, String idOrSlug, int limit, int offset) {
        return ask(connection -> PromptTable.versions(connection, found(connection, caller, idOrSlug).id(), limit, offset));
    }

    public int countVersions(Caller caller, String idOrSlug) {
        return ask(connection -> PromptTable.countVersions(connection, found(connection, caller, idOrSlug).id()));
    }

    public PromptVersion version(Caller caller, String idOrSlug, int version) {
        return ask(connection -> {
            PromptVersion found = PromptTable.version(connection, found(connection, caller, idOrSlug).id(), version);
            if (found == null) {
                throw notFound();
            }
            return found;
        });
    }

    private <T> T ask(Question<T> question) {
        try (Connection connection = database.dataSource().getConnection()) {
            return question.on(connection);
        } catch (SQLException e) {
            throw new GatewayException(ErrorType.OVERLOADED, "The database cannot be reached at the moment; try again soon.", e).retryAfter(5);
        }
    }

    private static Prompt found(Connection connection, Caller caller, String idOrSlug) throws SQLException {
        return orNotFound(PromptTable.prompt(connection, caller.organization(), idOrSlug, false));
    }

    private static Prompt locked(Connection connection, Caller caller, String idOrSlug) throws SQLException {
        return orNotFound(PromptTable.prompt(connection, caller.organization(), idOrSlug, true));
    }

    private static Prompt orNotFound(Prompt prompt) {
        if (prompt == null) {
            throw notFound();
        }
        return prompt;
    }

    static GatewayException notFound() {
        return new GatewayException(ErrorType.NOT_FOUND, "Not found.");
    }

    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MICROS);
    }

    /** The name in letters, digits and hyphens; a number behind it when it is taken, be it by a deleted prompt. */
    private static String freeSlug(Connection connection, String organization, String name) throws SQLException {
        String plain = Normalizer.normalize(name, Normalizer.Form.NFD).replaceAll("\\p{M}", "").toLowerCase(Locale.ROOT)
                .replaceAll("[^a-z0-9]+", "-").replaceAll("^-|-$", "");
        String slug = plain.isEmpty() ? "prompt" : plain.substring(0, Math.min(LONGEST_SLUG, plain.length()));
        for (int i = 1; i <= SLUG_TRIES; i++) {
            String tried = i == 1 ? slug : slug + "-" + i;
            if (Sql.query(connection, "SELECT id FROM prompt WHERE organization = ? AND slug = ?", row -> row.getString(1), organization, tried).isEmpty()) {
                return tried;
            }
        }
        throw GatewayException.invalid("name", "There are too many prompts of this name; choose another one.");
    }

    private void audit(Connection connection, Caller caller, String action, String id, RawJson before, RawJson after) throws SQLException {
        AuditTrail.write(connection, new AuditEntry(caller, now(), action, SUBJECT, id, before, after));
    }

    private static RawJson state(Prompt prompt) {
        return new RawJson(new JsonWriter().beginObject().name("name").value(prompt.name()).name("description").value(prompt.description())
                .name("starred").value(prompt.isStarred()).endObject().toText());
    }
}
