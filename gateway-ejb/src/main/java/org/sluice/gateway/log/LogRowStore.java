package org.sluice.gateway.log;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Clock;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.sluice.gateway.database.GatewayDatabase;
import org.sluice.gateway.journal.Position;
import org.sluice.gateway.log.LogRow.Content;

/**
 * Rows into the database, by plain JDBC: a batch and its checkpoint in one transaction. A row that is already there stays
 * as it is. Belongs to the drainer's thread.
 */
final class LogRowStore {
    /** The database knows another checkpoint than we do: it was restored, or the row was removed. */
    static final class StaleCheckpointException extends Exception {
        private static final long serialVersionUID = 1L;
    }

    private static final int STATEMENT_SECONDS = 30;
    private static final Column[] COLUMNS = Column.values();
    private static final String INSERT_ROW = "insert into request_log (id, "
            + Arrays.stream(COLUMNS).map(Column::sqlName).collect(Collectors.joining(", "))
            + ") values (?" + ", ?".repeat(COLUMNS.length) + ") on conflict do nothing";
    private static final String INSERT_CONTENT = "insert into request_log_content (log_id, request, request_form, response,"
            + " response_form, response_frames) values (?, ?, ?, ?, ?, ?) on conflict do nothing";
    private static final String INSERT_CHECKPOINT = "insert into journal_checkpoint (segment, position, open_segment,"
            + " open_position, updated_at, node) values (?, ?, ?, ?, ?, ?) on conflict do nothing";
    private static final String UPDATE_CHECKPOINT = "update journal_checkpoint set segment = ?, position = ?,"
            + " open_segment = ?, open_position = ?, updated_at = ? where node = ? and segment = ? and position = ?";
    private final GatewayDatabase database;
    private final String node;
    private final Clock clock;
    private final List<RowFollower> followers;
    private Checkpoint known;
    private boolean hasRow;
    private long degradedRows;
    private boolean isBatched;

    LogRowStore(GatewayDatabase database, String node, Clock clock, List<RowFollower> followers) {
        this.database = database;
        this.node = node;
        this.clock = clock;
        this.followers = followers;
    }

    /** What the database knows of this node's journal. */
    Checkpoint readCheckpoint() throws SQLException {
        try (Connection connection = database.dataSource().getConnection();
                PreparedStatement statement = connection.prepareStatement(
                        "select segment, position, open_segment, open_position from journal_checkpoint where node = ?")) {
            statement.setQueryTimeout(STATEMENT_SECONDS);
            statement.setString(1, node);
            try (ResultSet row = statement.executeQuery()) {
                hasRow = row.next();
                known = hasRow ? new Checkpoint(new Position(row.getLong(1), row.getLong(2)),
                        new Position(row.getLong(3), row.getLong(4))) : Checkpoint.NONE;
                return known;
            }
        }
    }

    /**
     * Stores the rows and the checkpoint. A row that the database refuses for what is in it is found by halving, and is
     * stored without its content.
     */
    void store(List<LogRow> rows, Checkpoint next) throws SQLException, StaleCheckpointException {
        try {
            transact(rows, next);
        } catch (SQLException e) {
            if (!isPoison(e) || rows.isEmpty()) {
                throw e;
            }
            if (rows.size() == 1) {
                storeDegraded(rows.get(0), next);
            } else {
                int half = rows.size() / 2;
                store(rows.subList(0, half), null);
                store(rows.subList(half, rows.size()), next);
            }
        }
    }

    long degradedRows() {
        return degradedRows;
    }

    private void storeDegraded(LogRow row, Checkpoint next) throws SQLException, StaleCheckpointException {
        try {
            transact(List.of(row.degraded(false)), next);
        } catch (SQLException e) {
            if (!isPoison(e)) {
                throw e;
            }
            transact(List.of(row.degraded(true)), next);
        }
        degradedRows++;
    }

    private void transact(List<LogRow> rows, Checkpoint next) throws SQLException, StaleCheckpointException {
        List<LogRow> added;
        try (Connection connection = database.dataSource().getConnection();
                GatewayDatabase.WriteTurn turn = database.turnToWrite(connection)) {
            isBatched = !database.isEmbedded(connection);
            connection.setAutoCommit(false);
            boolean isDone = false;
            try {
                added = followers.isEmpty() ? List.of() : withoutKnown(connection, rows);
                insertRows(connection, rows);
                insertContent(connection, rows);
                if (!added.isEmpty()) {
                    for (RowFollower follower : followers) {
                        follower.inserted(connection, added);
                    }
                }
                if (next != null) {
                    writeCheckpoint(connection, next);
                }
                connection.commit();
                isDone = true;
            } finally {
                if (!isDone) {
                    connection.rollback();
                }
                connection.setAutoCommit(true);
            }
        }
        if (next != null) {
            known = next;
            hasRow = true;
        }
        if (!added.isEmpty()) {
            followers.forEach(follower -> follower.committed(added));
        }
    }

    /**
     * Those that the table does not have yet. A rewritten batch does not tell which rows it skipped, and nobody else inserts
     * the rows of this journal, so asking before is as good as being told after.
     */
    private static List<LogRow> withoutKnown(Connection connection, List<LogRow> rows) throws SQLException {
        if (rows.isEmpty()) {
            return rows;
        }
        Set<UUID> known = new HashSet<>();
        try (PreparedStatement statement = connection.prepareStatement("select id from request_log where id = any (?)")) {
            statement.setQueryTimeout(STATEMENT_SECONDS);
            statement.setArray(1, connection.createArrayOf("uuid", rows.stream().map(LogRow::id).toArray()));
            try (ResultSet row = statement.executeQuery()) {
                while (row.next()) {
                    known.add(row.getObject(1, UUID.class));
                }
            }
        }
        return known.isEmpty() ? rows : rows.stream().filter(row -> !known.contains(row.id())).toList();
    }

    private void insertRows(Connection connection, List<LogRow> rows) throws SQLException {
        if (rows.isEmpty()) {
            return;
        }
        try (PreparedStatement statement = connection.prepareStatement(INSERT_ROW)) {
            statement.setQueryTimeout(STATEMENT_SECONDS);
            for (LogRow row : rows) {
                statement.setObject(1, row.id());
                for (int i = 0; i < COLUMNS.length; i++) {
                    set(statement, i + 2, COLUMNS[i].kind, row.values()[i]);
                }
                insert(statement);
            }
            insertRest(statement);
        }
    }

    private void insertContent(Connection connection, List<LogRow> rows) throws SQLException {
        if (rows.stream().noneMatch(LogRow::hasContent)) {
            return;
        }
        try (PreparedStatement statement = connection.prepareStatement(INSERT_CONTENT)) {
            statement.setQueryTimeout(STATEMENT_SECONDS);
            for (LogRow row : rows) {
                if (row.hasContent()) {
                    statement.setObject(1, row.id());
                    setContent(statement, 2, row.request());
                    setContent(statement, 4, row.response());
                    statement.setBoolean(6, row.response() != null && row.response().isFrames());
                    insert(statement);
                }
            }
            insertRest(statement);
        }
    }

    /** H2 would go on behind a row that fails, and wait for a lock at each; batches save only round trips, and it has none. */
    private void insert(PreparedStatement statement) throws SQLException {
        if (isBatched) {
            statement.addBatch();
        } else {
            statement.executeUpdate();
        }
    }

    private void insertRest(PreparedStatement statement) throws SQLException {
        if (isBatched) {
            statement.executeBatch();
        }
    }

    private static void setContent(PreparedStatement statement, int at, Content content) throws SQLException {
        statement.setBytes(at, content == null ? null : content.bytes());
        statement.setShort(at + 1, (short) (content != null && content.isDeflated() ? 1 : 0));
    }

    private static void set(PreparedStatement statement, int at, Column.Kind kind, Object value) throws SQLException {
        if (value == null) {
            statement.setNull(at, switch (kind) {
                case TEXT, JSON -> Types.VARCHAR;
                case NUMBER -> Types.BIGINT;
                case INTEGER -> Types.INTEGER;
                case FLAG -> Types.BOOLEAN;
                case INSTANT -> Types.TIMESTAMP_WITH_TIMEZONE;
                case DECIMAL -> Types.NUMERIC;
                case SECONDS -> Types.DOUBLE;
            });
        } else {
            statement.setObject(at, value);
        }
    }

    /** Updates only the row we know, so that a database that went back in time is noticed. */
    private void writeCheckpoint(Connection connection, Checkpoint next) throws SQLException, StaleCheckpointException {
        try (PreparedStatement statement = connection.prepareStatement(hasRow ? UPDATE_CHECKPOINT : INSERT_CHECKPOINT)) {
            statement.setQueryTimeout(STATEMENT_SECONDS);
            statement.setLong(1, next.applied().segment());
            statement.setLong(2, next.applied().offset());
            statement.setLong(3, next.open().segment());
            statement.setLong(4, next.open().offset());
            statement.setObject(5, OffsetDateTime.now(clock).withOffsetSameInstant(ZoneOffset.UTC));
            statement.setString(6, node);
            if (hasRow) {
                statement.setLong(7, known.applied().segment());
                statement.setLong(8, known.applied().offset());
            }
            if (statement.executeUpdate() == 0) {
                throw new StaleCheckpointException();
            }
        }
    }

    /** The values are to blame, not the connection: SQLSTATE class 22 (data) or 23 (constraint). */
    private static boolean isPoison(SQLException e) {
        for (SQLException cause = e; cause != null; cause = cause.getNextException()) {
            String state = cause.getSQLState();
            if (state != null && (state.startsWith("22") || state.startsWith("23"))) {
                return true;
            }
        }
        return false;
    }
}
