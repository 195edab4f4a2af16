package org.sluice.gateway.log;

import java.io.PrintWriter;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.logging.Logger;
import javax.sql.DataSource;

/** A real database that can be away, or fail at the commit. */
final class FailingDataSource implements DataSource {
    private final DataSource real;
    volatile boolean isAway;
    volatile int failingCommits;
    volatile boolean isCommittedFirst;

    FailingDataSource(DataSource real) {
        this.real = real;
    }

    @Override
    public Connection getConnection() throws SQLException {
        if (isAway) {
            throw new SQLException("The database is away.", "08006");
        }
        Connection connection = real.getConnection();
        return (Connection) Proxy.newProxyInstance(getClass().getClassLoader(), new Class<?>[] {Connection.class}, (proxy, method, arguments) -> {
            if (method.getName().equals("commit") && failingCommits > 0) {
                failingCommits--;
                if (isCommittedFirst) {
                    connection.commit();
                }
                throw new SQLException("The connection broke.", "08006");
            }
            try {
                return method.invoke(connection, arguments);
            } catch (InvocationTargetException e) {
                throw e.getCause();
            }
        });
    }

    @Override public Connection getConnection(String user, String password) throws SQLException { return getConnection(); }
    @Override public PrintWriter getLogWriter() { return null; }
    @Override public void setLogWriter(PrintWriter out) { }
    @Override public void setLoginTimeout(int seconds) { }
    @Override public int getLoginTimeout() { return 0; }
    @Override public Logger getParentLogger() { return Logger.getGlobal(); }
    @Override public <T> T unwrap(Class<T> type) throws SQLException { return real.unwrap(type); }
    @Override public boolean isWrapperFor(Class<?> type) { return false; }
}
