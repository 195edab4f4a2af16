package org.sluice.gateway.admin;

import jakarta.annotation.PostConstruct;
import jakarta.annotation.PreDestroy;
import jakarta.ejb.ConcurrencyManagement;
import jakarta.ejb.ConcurrencyManagementType;
import jakarta.ejb.Singleton;
import jakarta.ejb.Startup;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.enterprise.inject.spi.BeanManager;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import org.sluice.gateway.apikey.ApiKeyBootstrap;
import org.sluice.gateway.apikey.ApiKeys;
import org.sluice.gateway.config.ConfigKey;
import org.sluice.gateway.config.GatewayConfig;
import org.sluice.gateway.database.GatewayDatabase;
import org.sluice.gateway.database.StoredChanges;
import org.sluice.gateway.log.RequestLogWriter;
import org.sluice.gateway.meter.CallMeter;
import org.sluice.gateway.vault.Rewrap;
import org.sluice.gateway.vault.Vault;

/** Starts and stops the gateway. */
@Singleton
@Startup
@ConcurrencyManagement(ConcurrencyManagementType.BEAN)
@TransactionAttribute(TransactionAttributeType.NOT_SUPPORTED)
public class GatewayLifecycle {
    private static final System.Logger LOGGER = System.getLogger(GatewayLifecycle.class.getName());
    private static final long RETRY_MILLIS = 1000;
    private static final Duration DRAIN_AT_STOP = Duration.ofSeconds(4);
    @Inject BeanManager beans;
    @Inject GatewayConfig config;
    @Inject GatewayState state;
    @Inject GatewayDatabase database;
    @Inject ApiKeyBootstrap bootstrap;
    @Inject ApiKeys keys;
    @Inject Vault vault;
    @Inject Rewrap rewrap;
    @Inject StoredChanges stored;
    @Inject RequestLogWriter log;
    @Inject CallMeter meter;
    @Inject GatewayAdmin admin;
    private Thread starter;

    @PostConstruct
    void start() {
        EagerBeans.create(beans);
        database.dataSource();
        admin.register();
        ClassLoader loader = Thread.currentThread().getContextClassLoader();
        starter = new Thread(this::bringUp, "gateway-start");
        starter.setDaemon(true);
        starter.setContextClassLoader(loader);
        starter.start();
    }

    private void bringUp() {
        String lastFailure = null;
        while (!Thread.currentThread().isInterrupted()) {
            try {
                database.migrate();
                bootstrap.ensure(database);
                unlockVault();
                stored.start(database);
                rewrapQuietly();
                keys.start(database);
                log.start();
                state.become(GatewayState.Phase.OPEN);
                LOGGER.log(System.Logger.Level.INFO, "The gateway takes calls.");
                return;
            } catch (RuntimeException | SQLException e) {
                String failure = e.getClass().getName() + ": " + e.getMessage();
                if (!failure.equals(lastFailure)) {
                    LOGGER.log(System.Logger.Level.ERROR, "The gateway cannot start yet; it tries again every second.", e);
                    lastFailure = failure;
                }
                pause(RETRY_MILLIS);
            }
        }
    }

    private void unlockVault() throws SQLException {
        try (Connection connection = database.dataSource().getConnection()) {
            vault.unlock(database.isEmbedded(connection));
        }
    }

    /** A secret that cannot be encrypted anew is no reason to stay closed. */
    private void rewrapQuietly() {
        try {
            rewrap.run(database);
        } catch (SQLException | RuntimeException e) {
            LOGGER.log(System.Logger.Level.WARNING, "Stored secrets were not encrypted again by the present key of the vault; the next start tries again.", e);
        }
    }

    private static void pause(long millis) {
        try {
            Thread.sleep(millis);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @PreDestroy
    void stop() {
        starter.interrupt();
        state.become(GatewayState.Phase.STOPPING);
        long deadline = System.nanoTime() + config.duration(ConfigKey.DOOR_SHUTDOWN_GRACE).toNanos();
        while (meter.inFlight() > 0 && System.nanoTime() < deadline) {
            pause(50);
        }
        log.stop(DRAIN_AT_STOP);
        keys.stop();
        stored.stop();
        admin.unregister();
    }
}
