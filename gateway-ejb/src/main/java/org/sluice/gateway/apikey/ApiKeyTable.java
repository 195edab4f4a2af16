package org.sluice.gateway.apikey;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;
import org.sluice.gateway.call.Caller;
import org.sluice.gateway.database.GatewayDatabase;

/** The tables {@code api_key} and {@code organization}, by plain JDBC. Statements end after 5 seconds. */
record ApiKeyTable(GatewayDatabase database) {
    private static final Logger LOG = System.getLogger(ApiKeyTable.class.getName());
    private static final int TIMEOUT_SECONDS = 5;
    private static final int FETCH_ROWS = 1_000;

    Map<String, KeySnapshot.Entry> readAll() throws SQLException {
        Map<String, KeySnapshot.Entry> keys = new HashMap<>();
        try (Connection connection = database.dataSource().getConnection();
                PreparedStatement select = prepare(connection,
                        "SELECT id, prefix, secret_hash, name, organization, environment, expires_at, revoked FROM api_key")) {
            select.setFetchSize(FETCH_ROWS);
            try (ResultSet row = select.executeQuery()) {
                while (row.next()) {
                    readRow(row, keys);
                }
            }
        }
        return keys;
    }

    private static void readRow(ResultSet row, Map<String, KeySnapshot.Entry> keys) throws SQLException {
        String prefix = row.getString(2);
        OffsetDateTime expires = row.getObject(7, OffsetDateTime.class);
        Caller caller = new Caller(row.getLong(1), prefix, row.getString(4), row.getString(5), row.getString(6));
        try {
            byte[] hash = HexFormat.of().parseHex(row.getString(3));
            keys.put(prefix, new KeySnapshot.Entry(hash, row.getBoolean(8),
                    expires == null ? Long.MAX_VALUE : expires.toInstant().toEpochMilli(), caller));
        } catch (RuntimeException e) {
            LOG.log(Level.WARNING, "The key with id {0} is refused: its stored hash is not hexadecimal.", caller.keyId());
        }
    }

    boolean isEmpty() throws SQLException {
        try (Connection connection = database.dataSource().getConnection();
                PreparedStatement select = prepare(connection, "SELECT COUNT(*) FROM api_key");
                ResultSet row = select.executeQuery()) {
            row.next();
            return row.getLong(1) == 0;
        }
    }

    boolean holds(ApiKeyText key) throws SQLException {
        try (Connection connection = database.dataSource().getConnection();
                PreparedStatement select = prepare(connection, "SELECT COUNT(*) FROM api_key WHERE prefix = ? AND secret_hash = ?")) {
            select.setString(1, key.prefix());
            select.setString(2, key.secretHash());
            try (ResultSet row = select.executeQuery()) {
                row.next();
                return row.getLong(1) > 0;
            }
        }
    }

    /** Does nothing when it is there. */
    void insertOrganization(String id, String name) throws SQLException {
        try (Connection connection = database.dataSource().getConnection();
                GatewayDatabase.WriteTurn turn = database.turnToWrite(connection);
                PreparedStatement insert = prepare(connection, "INSERT INTO organization (id, name) VALUES (?, ?) ON CONFLICT DO NOTHING")) {
            insert.setString(1, id);
            insert.setString(2, name);
            insert.executeUpdate();
        }
    }

    /** Does nothing when the prefix is taken: another node was faster. */
    void insertKey(ApiKeyText key, String name, String organization, String environment, OffsetDateTime now) throws SQLException {
        try (Connection connection = database.dataSource().getConnection();
                GatewayDatabase.WriteTurn turn = database.turnToWrite(connection);
                PreparedStatement insert = prepare(connection, "INSERT INTO api_key (prefix, secret_hash, name, organization,"
                        + " environment, created_at, revoked) VALUES (?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING")) {
            insert.setString(1, key.prefix());
            insert.setString(2, key.secretHash());
            insert.setString(3, name);
            insert.setString(4, organization);
            insert.setString(5, environment);
            insert.setObject(6, now.withOffsetSameInstant(ZoneOffset.UTC));
            insert.setBoolean(7, false);
            insert.executeUpdate();
        }
    }

    private static PreparedStatement prepare(Connection connection, String sql) throws SQLException {
        PreparedStatement statement = connection.prepareStatement(sql);
        try {
            statement.setQueryTimeout(TIMEOUT_SECONDS);
            return statement;
        } catch (SQLException e) {
            statement.close();
            throw e;
        }
    }
}
