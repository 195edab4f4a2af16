package org.sluice.gateway.database;

import jakarta.enterprise.context.ApplicationScoped;
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
    private volatile DataSource dataSource;

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

    private static DataSource lookUp() {
        try {
            return (DataSource) new InitialContext().lookup(NAME);
        } catch (NamingException e) {
            throw new GatewayException(ErrorType.INTERNAL, "The server has no DataSource " + NAME + "; define one.", e);
        }
    }
}
