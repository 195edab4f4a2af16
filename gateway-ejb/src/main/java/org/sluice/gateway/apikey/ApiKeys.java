package org.sluice.gateway.apikey;

import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.sql.SQLException;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;
import org.sluice.gateway.config.ConfigKey;
import org.sluice.gateway.config.GatewayConfig;
import org.sluice.gateway.database.GatewayDatabase;
import org.sluice.gateway.error.ErrorType;
import org.sluice.gateway.error.GatewayException;
import org.sluice.gateway.thread.GatewayThreads;

/** The keys in memory, read again every {@code gateway.apikey.refresh}. */
@ApplicationScoped
public class ApiKeys {
    private static final Logger LOG = System.getLogger(ApiKeys.class.getName());
    private static final int RETRY_AFTER_SECONDS = 5;

    @Inject GatewayConfig config;
    LongSupplier nanoTime = System::nanoTime;

    private final ReentrantLock reading = new ReentrantLock();
    private volatile ApiKeyTable table;
    private volatile KeySnapshot snapshot;
    private volatile long staleMaxNanos;
    private boolean isFailing;
    private ScheduledExecutorService refresher;

    /** Reads the keys, if the database can be reached, and goes on reading them in the background. */
    public void start(GatewayDatabase database) {
        use(database);
        refreshQuietly();
        long everyMillis = Math.max(1, config.duration(ConfigKey.APIKEY_REFRESH).toMillis());
        refresher = Executors.newSingleThreadScheduledExecutor(GatewayThreads.managed("gateway-apikey-refresh"));
        refresher.scheduleWithFixedDelay(this::refreshQuietly, everyMillis, everyMillis, TimeUnit.MILLISECONDS);
    }

    /** Ends the refreshing; the last reading stays. */
    @PreDestroy
    public void stop() {
        if (refresher != null) {
            refresher.shutdownNow();
        }
    }

    void use(GatewayDatabase database) {
        table = new ApiKeyTable(database);
        staleMaxNanos = config.duration(ConfigKey.APIKEY_STALE_MAX).toNanos();
    }

    /** Reads the keys now; whoever changes a key calls this, so that this node knows at once. */
    public void refresh() throws SQLException {
        reading.lock();
        try {
            long beganNanos = nanoTime.getAsLong();
            snapshot = new KeySnapshot(table.readAll(), beganNanos);
            if (isFailing) {
                LOG.log(Level.INFO, "API keys can be read again.");
            }
            isFailing = false;
        } finally {
            reading.unlock();
        }
    }

    private void refreshQuietly() {
        try {
            refresh();
        } catch (SQLException | RuntimeException e) {
            if (!isFailing) {
                LOG.log(Level.WARNING, "API keys cannot be read ({0}{1}); known keys go on working for at most {2}.", e.getClass().getSimpleName(),
                        e instanceof SQLException sql ? ", SQL state " + sql.getSQLState() : "", config.duration(ConfigKey.APIKEY_STALE_MAX));
            }
            isFailing = true;
        }
    }

    /** Whether callers can be known now; readiness asks. */
    public boolean isUsable() {
        KeySnapshot current = snapshot;
        return current != null && nanoTime.getAsLong() - current.readAtNanos() <= staleMaxNanos;
    }

    /** @throws GatewayException AUTH_UNAVAILABLE when the keys were never read or too long ago */
    KeySnapshot current() {
        KeySnapshot current = snapshot;
        if (current == null || nanoTime.getAsLong() - current.readAtNanos() > staleMaxNanos) {
            throw new GatewayException(ErrorType.AUTH_UNAVAILABLE, "API keys cannot be checked at the moment; try again soon.")
                    .retryAfter(RETRY_AFTER_SECONDS);
        }
        return current;
    }
}
