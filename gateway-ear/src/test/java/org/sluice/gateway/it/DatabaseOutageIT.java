package org.sluice.gateway.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The gateway on PostgreSQL, which stops under load and comes back (reliability N13): every call is answered meanwhile, and
 * every row is there afterwards. Away for {@code gateway.it.outage-seconds}, by default 60.
 */
class DatabaseOutageIT {
    private static final int CLIENTS = 2;
    private static final Duration OUTAGE = Duration.ofSeconds(Integer.getInteger("gateway.it.outage-seconds", 60));
    @TempDir Path temp;

    @Test
    void no_call_fails_while_the_database_is_away_and_no_row_is_lost() throws Exception {
        int port = ServerLaunch.freePort();
        EmbeddedPostgres postgres = start(port);
        try (ServerUnderTest server = ServerUnderTest.named("outage").with("GATEWAY_DB_URL", "jdbc:postgresql://127.0.0.1:" + port + "/postgres")
                .with("GATEWAY_DB_USER", "postgres").with("GATEWAY_DB_PASSWORD", "postgres").withJvmOption("-XX:TieredStopAtLevel=1").start()) {
            LogRows log = new LogRows(server);
            ManagementClient client = new ManagementClient(server, ServerUnderTest.key());
            storeWithoutVaultKey(client);
            EchoLoad load = new EchoLoad(server, CLIENTS, Duration.ofMillis(10));
            try (load) {
                load.awaitMore(200);
                awaitReadiness(server, "UP");
                Await.until(Duration.ofSeconds(20), () -> "rows in PostgreSQL", () -> log.count() > 0);

                postgres.close();
                int before = load.acknowledged().size();
                awaitReadiness(server, "DOWN");
                assertThat(client.asked(200, "GET", "/api/settings/routing/", null).text("default_model")).as("the last reading holds").isEqualTo("demo/echo");
                client.refused(503, "PATCH", "/api/settings/routing/", "{\"default_model\":null}");
                outage(server, load);
                assertThat(load.acknowledged().size() - before).as("calls answered while the database was away").isGreaterThan(100);
                assertThat(server.get("/health/ready").body()).as("down to the end").contains("\"DOWN\"");

                postgres = start(port);
                awaitReadiness(server, "UP");
                load.awaitMore(200);
            }
            Map<String, Integer> rows = log.holding(load.acknowledged());
            System.out.printf("database of %s away for %d s: %d calls acknowledged, %d rows%n", ServerLaunch.kind(), OUTAGE.toSeconds(),
                    load.acknowledged().size(), rows.size());
            assertThat(load.wrong()).isEmpty();
            assertThat(load.broken()).isEmpty();
            assertThat(LogRows.missing(rows, load.acknowledged())).as("acknowledged calls without a row").isEmpty();
            assertThat(LogRows.doubled(rows)).as("calls with two rows").isEmpty();
        } finally {
            postgres.close();
        }
    }

    /** Without GATEWAY_VAULT_KEY a gateway on PostgreSQL stores everything but secrets (reliability K11, as ADR 16 decides it). */
    private static void storeWithoutVaultKey(ManagementClient client) throws Exception {
        assertThat(client.refused(503, "POST", "/api/integrations/", "{\"provider\":\"openai\",\"credentials\":{\"api_key\":\"sk-1\"}}")).contains("GATEWAY_VAULT_KEY");
        client.asked(201, "POST", "/api/providers/", "{\"provider_id\":\"keyless\",\"extra_kwargs\":{\"base_url\":\"https://api.groq.com/openai/v1\"}}");
        client.asked(200, "PUT", "/api/settings/routing/", "{\"default_model\":\"demo/echo\"}");
    }

    /** Calls go on all the time; the first failure ends the wait. */
    private static void outage(ServerUnderTest server, EchoLoad load) throws Exception {
        long end = System.nanoTime() + OUTAGE.toNanos();
        while (System.nanoTime() - end < 0) {
            load.awaitMore(5);
            assertThat(load.wrong()).isEmpty();
            assertThat(load.broken()).isEmpty();
            assertThat(server.get("/api/health-check/").statusCode()).isEqualTo(200);
        }
    }

    /** The gateway stays ready, for calls are served; the check tells what the database is. */
    private static void awaitReadiness(ServerUnderTest server, String database) {
        String[] last = new String[1];
        Await.until(Duration.ofSeconds(60), () -> "database " + database + " in " + last[0], () -> {
            var answer = server.get("/health/ready");
            last[0] = answer.statusCode() + " " + answer.body();
            assertThat(answer.statusCode()).as(last[0]).isEqualTo(200);
            return answer.body().replace(" ", "").contains("\"db\":\"" + database + "\"");
        });
    }

    private EmbeddedPostgres start(int port) throws IOException {
        return EmbeddedPostgres.builder().setPort(port).setDataDirectory(temp.resolve("postgres")).setCleanDataDirectory(false).start();
    }
}
