package org.sluice.gateway.database;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.UUID;
import javax.sql.DataSource;
import org.h2.jdbcx.JdbcConnectionPool;

/** A migrated database with the organizations {@code acme} and {@code other}, which can be away. */
public final class StoredDatabase {
    private final DataSource source;
    private final GatewayDatabase database;
    public volatile boolean isAway;

    private StoredDatabase(DataSource real) throws SQLException {
        source = (DataSource) Proxy.newProxyInstance(getClass().getClassLoader(), new Class<?>[] {DataSource.class}, (proxy, method, arguments) -> {
            if (isAway) {
                throw new SQLException("The database is away.", "08006");
            }
            try {
                return method.invoke(real, arguments);
            } catch (InvocationTargetException e) {
                throw e.getCause();
            }
        });
        database = new GatewayDatabase(source);
        database.migrate();
        execute("INSERT INTO organization (id, name) VALUES ('acme', 'Acme'), ('other', 'Other') ON CONFLICT DO NOTHING");
    }

    public static StoredDatabase h2() throws SQLException {
        return new StoredDatabase(JdbcConnectionPool.create("jdbc:h2:mem:" + UUID.randomUUID()
                + ";MODE=PostgreSQL;DATABASE_TO_LOWER=TRUE;DEFAULT_NULL_ORDERING=HIGH;DB_CLOSE_DELAY=-1", "sa", ""));
    }

    public static StoredDatabase of(DataSource real) throws SQLException {
        return new StoredDatabase(real);
    }

    public GatewayDatabase database() {
        return database;
    }

    /** What a statement answers, each row's first column as a text. */
    public List<String> texts(String sql, Object... values) throws SQLException {
        try (Connection connection = source.getConnection()) {
            return Sql.query(connection, sql, row -> row.getString(1), values);
        }
    }

    public void execute(String sql) throws SQLException {
        try (Connection connection = source.getConnection(); Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }
}
