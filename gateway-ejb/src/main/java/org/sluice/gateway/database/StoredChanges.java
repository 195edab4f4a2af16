package org.sluice.gateway.database;

import jakarta.annotation.PostConstruct;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Any;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Inject;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import org.sluice.gateway.config.ConfigKey;
import org.sluice.gateway.config.GatewayConfig;
import org.sluice.gateway.error.ErrorType;
import org.sluice.gateway.error.GatewayException;
import org.sluice.gateway.thread.GatewayThreads;

/**
 * Keeps the {@link StoredArea}s in memory current. A write counts its area up in the same transaction and is read back before
 * it is answered; other nodes look at the counts every {@code gateway.stored.refresh}. While the database is down the last
 * reading stays, however old.
 */
@ApplicationScoped
public class StoredChanges {
    private static final Logger LOG = System.getLogger(StoredChanges.class.getName());
    private static final int RETRY_AFTER_SECONDS = 5;

    /** What a transaction does. */
    public interface Work<T> {
        T on(Connection connection) throws SQLException;
    }

    @Inject GatewayConfig config;
    @Inject @Any Instance<StoredArea> discovered;
    private final List<StoredArea> areas = new ArrayList<>();
    private final ReentrantLock reading = new ReentrantLock();
    private final Map<String, Long> known = new HashMap<>();
    private volatile GatewayDatabase database;
    private volatile boolean isFailing;
    private ScheduledExecutorService refresher;

    /** The container's own thread asks for the beans: Payara injects nothing on others. */
    @PostConstruct
    void list() {
        discovered.forEach(areas::add);
    }

    /** For tests: these areas in this database, without a thread. */
    public static StoredChanges of(GatewayDatabase database, List<StoredArea> areas) {
        StoredChanges changes = new StoredChanges();
        changes.database = database;
        changes.areas.addAll(areas);
        return changes;
    }

    /**
     * Reads every area and goes on looking for changes.
     *
     * May be called again.
     *
     * @throws SQLException when something could not be read; nothing goes on then
     */
    public void start(GatewayDatabase used) throws SQLException {
        database = used;
        refresh();
        if (refresher != null) {
            return;
        }
        long everyMillis = Math.max(1, config.duration(ConfigKey.STORED_REFRESH).toMillis());
        refresher = Executors.newSingleThreadScheduledExecutor(GatewayThreads.managed("gateway-stored-refresh"));
        refresher.scheduleWithFixedDelay(this::refreshQuietly, everyMillis, everyMillis, TimeUnit.MILLISECONDS);
    }

    /** Ends the looking; the last reading stays. */
    @PreDestroy
    public void stop() {
        if (refresher != null) {
            refresher.shutdownNow();
        }
    }

    /** Reads every area that has changed. */
    public void refresh() throws SQLException {
        reading.lock();
        try (Connection connection = database.dataSource().getConnection()) {
            Map<String, Long> stored = new HashMap<>();
            Sql.query(connection, "SELECT area, version FROM stored_change", row -> stored.put(row.getString(1), row.getLong(2)));
            for (StoredArea area : areas) {
                Long version = stored.getOrDefault(area.area(), 0L);
                if (!version.equals(known.get(area.area()))) {
                    area.read(connection);
                    known.put(area.area(), version);
                }
            }
        } finally {
            reading.unlock();
        }
    }

    /**
     * One transaction that changes an area; it is in memory when this returns.
     *
     * @throws GatewayException OVERLOADED when the database cannot be reached, CONFLICT when two wrote the same at once;
     *     nothing has changed then. What {@code work} throws goes out as it is.
     */
    public <T> T write(String area, Work<T> work) {
        GatewayDatabase used = database;
        if (used == null) {
            throw unreachable(null);
        }
        T result;
        try (Connection connection = used.dataSource().getConnection(); GatewayDatabase.WriteTurn turn = used.turnToWrite(connection)) {
            result = transact(connection, area, work);
        } catch (SQLException e) {
            throw failure(e);
        }
        refreshQuietly();
        return result;
    }

    private static <T> T transact(Connection connection, String area, Work<T> work) throws SQLException {
        connection.setAutoCommit(false);
        boolean isDone = false;
        try {
            T result = work.on(connection);
            Sql.update(connection, "UPDATE stored_change SET version = version + 1 WHERE area = ?", area);
            connection.commit();
            isDone = true;
            return result;
        } finally {
            if (!isDone) {
                connection.rollback();
            }
            connection.setAutoCommit(true);
        }
    }

    private static GatewayException failure(SQLException e) {
        String state = String.valueOf(e.getSQLState());
        if (state.startsWith("23") || state.startsWith("40")) {
            return new GatewayException(ErrorType.CONFLICT, "Somebody else changed the same thing at this moment; look at it and try again.", e);
        }
        LOG.log(Level.WARNING, "A change could not be stored (SQL state {0}).", state);
        return unreachable(e);
    }

    private static GatewayException unreachable(SQLException e) {
        return new GatewayException(ErrorType.OVERLOADED, "The database cannot be reached at the moment; try again soon.", e).retryAfter(RETRY_AFTER_SECONDS);
    }

    private void refreshQuietly() {
        try {
            refresh();
            if (isFailing) {
                LOG.log(Level.INFO, "What organizations have stored can be read again.");
            }
            isFailing = false;
        } catch (SQLException | RuntimeException e) {
            if (!isFailing) {
                LOG.log(Level.WARNING, "What organizations have stored cannot be read ({0}{1}); the last reading stays.", e.getClass().getSimpleName(),
                        e instanceof SQLException sql ? ", SQL state " + sql.getSQLState() : "");
            }
            isFailing = true;
        }
    }
}
