package org.sluice.gateway.prompt;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.sluice.gateway.database.Sql;

/**
 * A prompt with its current and its live versions in short.
 *
 * @param current the newest version, or null
 * @param live by environment
 * @param environment the asking key's
 */
public record PromptSummary(Prompt prompt, Version current, Map<String, Version> live, String environment) {
    private static final String COLUMNS = "SELECT v.prompt, v.version, v.model, v.description, v.is_readonly, v.updated_at, d.environment FROM prompt_version v";
    private static final String LIVE = " LEFT JOIN prompt_deployment d ON d.prompt = v.prompt AND d.version = v.version";
    private static final String SHOWN = "(d.environment IS NOT NULL OR v.version = (SELECT MAX(n.version) FROM prompt_version n WHERE n.prompt = v.prompt))";

    public record Version(int version, String model, String description, boolean isReadonly, Instant updatedAt) {}

    private record Row(String prompt, Version version, String environment) { }

    /** The version that is live for the asking key, or null. */
    public Version ownLive() {
        return live.get(environment);
    }

    static List<PromptSummary> read(Connection connection, String organization, String environment) throws SQLException {
        List<Row> rows = Sql.query(connection, COLUMNS + LIVE + " JOIN prompt p ON p.id = v.prompt WHERE p.organization = ? AND " + SHOWN, PromptSummary::row, organization);
        Map<String, List<Row>> byPrompt = new HashMap<>();
        rows.forEach(row -> byPrompt.computeIfAbsent(row.prompt, unused -> new ArrayList<>()).add(row));
        return PromptTable.prompts(connection, organization).stream().map(prompt -> of(prompt, byPrompt.getOrDefault(prompt.id(), List.of()), environment)).toList();
    }

    static PromptSummary of(Connection connection, Prompt prompt, String environment) throws SQLException {
        return of(prompt, Sql.query(connection, COLUMNS + LIVE + " WHERE v.prompt = ? AND " + SHOWN, PromptSummary::row, prompt.id()), environment);
    }

    private static PromptSummary of(Prompt prompt, List<Row> rows, String environment) {
        Version newest = null;
        Map<String, Version> live = new TreeMap<>();
        for (Row row : rows) {
            newest = newest == null || row.version.version > newest.version ? row.version : newest;
            if (row.environment != null) {
                live.put(row.environment, row.version);
            }
        }
        return new PromptSummary(prompt, newest, live, environment);
    }

    private static Row row(ResultSet row) throws SQLException {
        return new Row(row.getString(1), new Version(row.getInt(2), row.getString(3), row.getString(4), row.getBoolean(5), Sql.instant(row, 6)), row.getString(7));
    }
}
