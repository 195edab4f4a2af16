package org.sluice.gateway.log;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.UUID;
import java.util.concurrent.Executors;
import java.util.concurrent.locks.LockSupport;
import org.h2.jdbcx.JdbcConnectionPool;
import org.sluice.gateway.call.Call;
import org.sluice.gateway.database.GatewayDatabase;

/**
 * A process that writes calls until it is killed. Each line it prints is an acknowledgement: {@code S id} before the
 * call goes out, {@code E id} when the client was told "done".
 */
final class KilledGateway {
    private KilledGateway() { }

    public static void main(String[] arguments) throws Exception {
        Path folder = Path.of(arguments[0]);
        JdbcConnectionPool pool = JdbcConnectionPool.create(url(folder), "sa", "");
        GatewayDatabase database = new GatewayDatabase(pool);
        RequestLogWriter log = new RequestLogWriter(LogSettings.defaults(folder), database, StreamAssembly.NONE);
        log.start();
        OutputStream out = new FileOutputStream(FileDescriptor.out);
        var threads = Executors.newFixedThreadPool(5);
        threads.execute(() -> manageForever(database));
        for (int i = 0; i < 4; i++) {
            threads.execute(() -> callForever(log, out));
        }
    }

    static String url(Path folder) {
        return "jdbc:h2:file:" + folder.resolve("db").toAbsolutePath() + H2RequestLogTest.OPTIONS;
    }

    /** Somebody else who writes: what the embedded database cannot bear without taking turns. */
    private static void manageForever(GatewayDatabase database) {
        while (true) {
            try (Connection connection = database.dataSource().getConnection();
                    GatewayDatabase.WriteTurn turn = database.turnToWrite(connection);
                    PreparedStatement insert = connection.prepareStatement("insert into organization (id, name) values (?, 'Another')")) {
                insert.setString(1, UUID.randomUUID().toString());
                insert.executeUpdate();
            } catch (SQLException e) {
                throw new IllegalStateException(e);
            }
            LockSupport.parkNanos(2_000_000);
        }
    }

    private static void callForever(RequestLogWriter log, OutputStream out) {
        while (true) {
            Call call = Calls.one().call();
            log.started(call, "openai/gpt-4o-mini", 12);
            say(out, "S " + call.id());
            log.ended(Calls.one().ended(call));
            say(out, "E " + call.id());
        }
    }

    private static void say(OutputStream out, String line) {
        try {
            synchronized (out) {
                out.write((line + "\n").getBytes(StandardCharsets.US_ASCII));
            }
        } catch (java.io.IOException e) {
            throw new IllegalStateException(e);
        }
    }
}
