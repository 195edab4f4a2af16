package org.sluice.gateway.log;

import static org.assertj.core.api.Assertions.assertThat;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sluice.gateway.call.Call;
import org.sluice.gateway.database.GatewayDatabase;
import org.sluice.gateway.database.SchemaMigrations;

/** The database goes away under load and comes back. */
class PostgresOutageTest {
    @TempDir Path temp;
    private EmbeddedPostgres postgres;

    @Test
    void a_restart_of_the_database_loses_no_row_and_fails_no_call() throws Exception {
        start(0);
        int port = postgres.getPort();
        new SchemaMigrations(postgres.getPostgresDatabase()).migrate();
        RequestLogWriter log = new RequestLogWriter(LogSettings.defaults(temp), new GatewayDatabase(postgres.getPostgresDatabase()), StreamAssembly.NONE);
        log.start();
        ConcurrentLinkedQueue<String> acknowledged = new ConcurrentLinkedQueue<>();
        AtomicBoolean isOver = new AtomicBoolean();
        CountDownLatch underWay = new CountDownLatch(500);
        CountDownLatch whileAway = new CountDownLatch(1_000);
        AtomicBoolean isAway = new AtomicBoolean();
        List<Thread> callers = new ArrayList<>();
        for (int i = 0; i < 2; i++) {
            Thread caller = new Thread(() -> {
                while (!isOver.get()) {
                    Call call = Calls.one().call();
                    log.started(call, "openai/gpt-4o-mini", 12);
                    log.ended(Calls.one().ended(call));
                    acknowledged.add(call.id().toString());
                    underWay.countDown();
                    if (isAway.get()) {
                        whileAway.countDown();
                    }
                    java.util.concurrent.locks.LockSupport.parkNanos(1_000_000);
                }
            });
            caller.start();
            callers.add(caller);
        }
        underWay.await();
        postgres.close();
        isAway.set(true);
        whileAway.await();
        assertThat(log.statistics().journal().backlogBytes()).isPositive();
        start(port);
        isOver.set(true);
        for (Thread caller : callers) {
            caller.join();
        }
        assertThat(log.flush(Duration.ofSeconds(60))).isTrue();
        Set<String> rows = rows();
        System.out.printf("database restart: %d calls acknowledged, %d rows%n", acknowledged.size(), rows.size());
        assertThat(rows).containsExactlyInAnyOrderElementsOf(acknowledged);
        log.stop(Duration.ofSeconds(5));
        postgres.close();
    }

    private void start(int port) throws IOException {
        EmbeddedPostgres.Builder builder = EmbeddedPostgres.builder().setDataDirectory(temp.resolve("pg")).setCleanDataDirectory(false);
        postgres = (port == 0 ? builder : builder.setPort(port)).start();
    }

    private Set<String> rows() throws SQLException {
        Set<String> rows = new HashSet<>();
        try (Connection connection = postgres.getPostgresDatabase().getConnection();
                ResultSet found = connection.createStatement().executeQuery("select cast(id as varchar(40)) from request_log")) {
            while (found.next()) {
                rows.add(found.getString(1));
            }
        }
        return rows;
    }
}
