package org.sluice.gateway.prompt;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.sluice.gateway.chat.RawJson;
import org.sluice.gateway.database.Sql;

/** Reads the tables {@code prompt}, {@code prompt_version} and {@code prompt_deployment}. */
final class PromptTable {
    private static final String PROMPT = "SELECT id, organization, slug, name, description, starred, is_deleted, commit_count, created_at, updated_at FROM prompt";
    private static final String VERSION = "SELECT prompt, version, revision, description, settings, is_readonly, edited_by_id, edited_by, created_at, updated_at"
            + " FROM prompt_version";

    private PromptTable() { }

    record Stored(RawJson settings, int revision) { }

    /** Every prompt that is not deleted. */
    static List<PromptEntry> entries(Connection connection) throws SQLException {
        Map<String, SortedMap<Integer, Integer>> revisions = new HashMap<>();
        Sql.query(connection, "SELECT prompt, version, revision FROM prompt_version",
                row -> revisions.computeIfAbsent(row.getString(1), unused -> new TreeMap<>()).put(row.getInt(2), row.getInt(3)));
        Map<String, Map<String, Integer>> live = live(connection);
        return Sql.query(connection, PROMPT + " WHERE is_deleted = ?", row -> new PromptEntry(row.getString(1), row.getString(2), row.getString(3),
                row.getString(4), revisions.getOrDefault(row.getString(1), new TreeMap<>()), live.getOrDefault(row.getString(1), Map.of())), false);
    }

    private static Map<String, Map<String, Integer>> live(Connection connection) throws SQLException {
        Map<String, Map<String, Integer>> live = new HashMap<>();
        Sql.query(connection, "SELECT prompt, environment, version FROM prompt_deployment",
                row -> live.computeIfAbsent(row.getString(1), unused -> new HashMap<>()).put(row.getString(2), row.getInt(3)));
        return live;
    }

    /** Null when there is no such version. */
    static Stored settings(Connection connection, String prompt, int version) throws SQLException {
        List<Stored> found = Sql.query(connection, "SELECT settings, revision FROM prompt_version WHERE prompt = ? AND version = ?",
                row -> new Stored(new RawJson(row.getString(1)), row.getInt(2)), prompt, version);
        return found.isEmpty() ? null : found.get(0);
    }

    /** An organization's prompts, the deleted ones too. */
    static List<Prompt> prompts(Connection connection, String organization) throws SQLException {
        return Sql.query(connection, PROMPT + " WHERE organization = ?", PromptTable::prompt, organization);
    }

    /** One that is not deleted, by id or slug; locked when it is to be changed. Null when there is none. */
    static Prompt prompt(Connection connection, String organization, String idOrSlug, boolean isLocked) throws SQLException {
        String lock = isLocked ? " FOR UPDATE" : "";
        for (String column : new String[] {"id", "slug"}) {
            List<Prompt> found = Sql.query(connection, PROMPT + " WHERE organization = ? AND is_deleted = ? AND " + column + " = ?" + lock,
                    PromptTable::prompt, organization, false, idOrSlug);
            if (!found.isEmpty()) {
                return found.get(0);
            }
        }
        return null;
    }

    private static Prompt prompt(ResultSet row) throws SQLException {
        return new Prompt(row.getString(1), row.getString(2), row.getString(3), row.getString(4), row.getString(5), row.getBoolean(6), row.getBoolean(7),
                row.getInt(8), Sql.instant(row, 9), Sql.instant(row, 10));
    }

    /** Newest first. */
    static List<PromptVersion> versions(Connection connection, String prompt, int limit, int offset) throws SQLException {
        Map<String, Integer> live = live(connection, prompt);
        return Sql.query(connection, VERSION + " WHERE prompt = ? ORDER BY version DESC LIMIT ? OFFSET ?", row -> version(row, live), prompt, limit, offset);
    }

    /** Null when there is none. */
    static PromptVersion version(Connection connection, String prompt, int version) throws SQLException {
        Map<String, Integer> live = live(connection, prompt);
        List<PromptVersion> found = Sql.query(connection, VERSION + " WHERE prompt = ? AND version = ?", row -> version(row, live), prompt, version);
        return found.isEmpty() ? null : found.get(0);
    }

    static PromptVersion newest(Connection connection, String prompt) throws SQLException {
        List<PromptVersion> found = versions(connection, prompt, 1, 0);
        return found.isEmpty() ? null : found.get(0);
    }

    static int countVersions(Connection connection, String prompt) throws SQLException {
        return Sql.query(connection, "SELECT COUNT(*) FROM prompt_version WHERE prompt = ?", row -> row.getInt(1), prompt).get(0);
    }

    /** Version numbers by environment. */
    static Map<String, Integer> live(Connection connection, String prompt) throws SQLException {
        Map<String, Integer> live = new TreeMap<>();
        Sql.query(connection, "SELECT environment, version FROM prompt_deployment WHERE prompt = ?", row -> live.put(row.getString(1), row.getInt(2)), prompt);
        return live;
    }

    private static PromptVersion version(ResultSet row, Map<String, Integer> live) throws SQLException {
        int number = row.getInt(2);
        List<String> environments = new ArrayList<>();
        live.forEach((environment, version) -> {
            if (version == number) {
                environments.add(environment);
            }
        });
        return new PromptVersion(row.getString(1), number, row.getInt(3), row.getString(4), new RawJson(row.getString(5)), row.getBoolean(6),
                Sql.count(row, 7), row.getString(8), Sql.instant(row, 9), Sql.instant(row, 10), environments);
    }
}
