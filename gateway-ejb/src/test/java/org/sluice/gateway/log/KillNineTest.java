package org.sluice.gateway.log;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.h2.jdbcx.JdbcConnectionPool;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sluice.gateway.database.GatewayDatabase;
import org.sluice.gateway.database.SchemaMigrations;

/** Kills the writing process and counts what is left. */
class KillNineTest {
    private static final int KILLS = Integer.getInteger("gateway.test.kills", 20);
    @TempDir Path temp;

    @Test
    void no_acknowledged_call_is_lost_or_doubled_by_a_kill() throws Exception {
        migrate();
        Set<String> started = new HashSet<>();
        Set<String> ended = new HashSet<>();
        Random random = new Random(9);
        for (int kill = 0; kill < KILLS; kill++) {
            runAndKill(1_000 + random.nextInt(3_000), started, ended);
        }
        Map<String, String> rows = recover();
        System.out.printf("kill -9: %d kills, %d calls acknowledged, %d rows, %d crashed%n", KILLS, ended.size(), rows.size(),
                rows.values().stream().filter("crashed"::equals).count());

        assertThat(ended).hasSizeGreaterThan(1_000);
        assertThat(ended).allSatisfy(id -> assertThat(rows.get(id)).isEqualTo("ok"));
        assertThat(started).allSatisfy(id -> assertThat(rows).containsKey(id));
        started.removeAll(ended);
        assertThat(rows.size() - ended.size()).as("at most what the four threads had under way at each kill").isBetween(started.size(), KILLS * 4);
    }

    private void runAndKill(int lines, Set<String> started, Set<String> ended) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-Xmx256m",
                "-cp", System.getProperty("java.class.path"), KilledGateway.class.getName(), temp.toString())
                .redirectError(ProcessBuilder.Redirect.DISCARD).start();
        try (BufferedReader out = new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.US_ASCII))) {
            int seen = 0;
            for (String line = out.readLine(); line != null; line = out.readLine()) {
                if (line.length() == 38) {
                    (line.startsWith("S") ? started : ended).add(line.substring(2));
                }
                if (++seen == lines) {
                    process.toHandle().destroyForcibly();
                }
            }
        }
        assertThat(process.waitFor(20, TimeUnit.SECONDS)).isTrue();
    }

    private void migrate() {
        JdbcConnectionPool pool = JdbcConnectionPool.create(KilledGateway.url(temp), "sa", "");
        new SchemaMigrations(pool).migrate();
        pool.dispose();
    }

    private Map<String, String> recover() throws SQLException {
        JdbcConnectionPool pool = JdbcConnectionPool.create(KilledGateway.url(temp), "sa", "");
        RequestLogWriter log = new RequestLogWriter(LogSettings.defaults(temp), new GatewayDatabase(pool), StreamAssembly.NONE);
        log.start();
        assertThat(log.flush(Duration.ofSeconds(60))).isTrue();
        Map<String, String> rows = new HashMap<>();
        try (Connection connection = pool.getConnection(); ResultSet found = connection.createStatement()
                .executeQuery("select cast(id as varchar(40)), outcome from request_log")) {
            while (found.next()) {
                assertThat(rows.put(found.getString(1), found.getString(2))).as("a row of its own for %s", found.getString(1)).isNull();
            }
        }
        assertThat(number(pool, "select count(*) from (select id from request_log order by id)")).as("entries of the key").isEqualTo(rows.size());
        assertThat(number(pool, "select count(*) from (select started_at from request_log order by organization, environment, started_at desc, id desc)"))
                .as("entries of the index").isEqualTo(rows.size());
        assertThat(number(pool, "select count(*) from request_log r where outcome = 'ok' and not exists (select 1 from request_log_content c where c.log_id = r.id)"))
                .as("rows without content").isZero();
        log.stop(Duration.ofSeconds(5));
        pool.dispose();
        return rows;
    }

    private static long number(JdbcConnectionPool pool, String query) throws SQLException {
        try (Connection connection = pool.getConnection(); ResultSet found = connection.createStatement().executeQuery(query)) {
            found.next();
            return found.getLong(1);
        }
    }
}
