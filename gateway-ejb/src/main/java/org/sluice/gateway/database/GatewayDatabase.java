package org.sluice.gateway.database;

import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.concurrent.locks.ReentrantLock;
import javax.naming.InitialContext;
import javax.naming.NamingException;
import javax.sql.DataSource;
import org.sluice.gateway.error.ErrorType;
import org.sluice.gateway.error.GatewayException;

/** The server's DataSource {@code jdbc/gateway}. Thread-safe. */
@ApplicationScoped
public class GatewayDatabase {
    /** JNDI name. */
    public static final String NAME = "jdbc/gateway";
    private static final WriteTurn NO_TURN = () -> { };
    private final ReentrantLock writing = new ReentrantLock(true);
    private volatile DataSource dataSource;
    private volatile Boolean isEmbedded;

    /** The right to write; closing gives it back. */
    public interface WriteTurn extends AutoCloseable {
        @Override
        void close();
    }

    public GatewayDatabase() { }

    /** A database that is already at hand, for tests. */
    public GatewayDatabase(DataSource dataSource) {
        this.dataSource = dataSource;
    }

    /**
     * Looked up once; the first call should come from a thread of the server.
     *
     * @throws GatewayException INTERNAL when the server has no such DataSource
     */
    public DataSource dataSource() {
        DataSource found = dataSource;
        if (found == null) {
            found = lookUp();
            dataSource = found;
        }
        return found;
    }

    /** Brings the schema up; may be tried again after a failure. */
    public void migrate() {
        new SchemaMigrations(dataSource()).migrate();
    }

    /**
     * To be held from the first write of a transaction to its commit. Writers of the embedded database take turns: at a
     * commit H2 stores its maps one after the other, and what another transaction writes meanwhile is torn apart when the
     * process is killed before the next commit (ADR 0007). PostgreSQL's writers do not wait.
     */
    public WriteTurn turnToWrite(Connection connection) throws SQLException {
        if (!isEmbedded(connection)) {
            return NO_TURN;
        }
        writing.lock();
        return writing::unlock;
    }

    /** Whether the database runs in this process. */
    public boolean isEmbedded(Connection connection) throws SQLException {
        if (isEmbedded == null) {
            isEmbedded = isH2(connection);
        }
        return isEmbedded;
    }

    static boolean isH2(Connection connection) throws SQLException {
        return connection.getMetaData().getDatabaseProductName().equals("H2");
    }

    private static DataSource lookUp() {
        try {
            return (DataSource) new InitialContext().lookup(NAME);
        } catch (NamingException e) {
            throw new GatewayException(ErrorType.INTERNAL, "The server has no DataSource " + NAME + "; define one.", e);
        }
    }
}
