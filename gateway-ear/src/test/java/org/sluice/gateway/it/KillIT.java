package org.sluice.gateway.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

/**
 * Kill -9 of the server under load (reliability L1, N11): no answer that a client got whole is without a row, none has two.
 *
 * <p>A JVM restart takes 8 s on Open Liberty and 11 s on Payara, so the default is 20 kills on Open Liberty and 6 on Payara;
 * {@code gateway.it.kills} sets another number. The same promise at the level of the journal and the drainer alone, with 20
 * kills and many more calls, is {@code KillNineTest} of the engine, which knows no server.
 */
class KillIT {
    private static final int CLIENTS = 4;
    private static final int KILLS = Integer.getInteger("gateway.it.kills", ServerLaunch.kind().equals("payara") ? 6 : 20);

    @Test
    void an_acknowledged_call_has_exactly_one_row_after_every_kill() throws Exception {
        org.junit.jupiter.api.Assumptions.assumeTrue(ServerJvm.isReadable(), "needs /proc");
        long begin = System.nanoTime();
        Random random = new Random(20);
        try (ServerUnderTest server = ServerUnderTest.named("kill").withJvmOption("-XX:TieredStopAtLevel=1").start()) {
            EchoLoad load = new EchoLoad(server, CLIENTS, Duration.ZERO);
            try (load) {
                for (int kill = 0; kill < KILLS; kill++) {
                    load.awaitMore(50 + random.nextInt(400));
                    server.crash();
                }
                load.awaitMore(50);
            }
            Map<String, Integer> rows = new LogRows(server).holding(load.acknowledged());
            System.out.printf("kill -9 of %s: %d kills, %d calls acknowledged, %d broken off, %d rows, %d s%n", ServerLaunch.kind(), KILLS,
                    load.acknowledged().size(), load.broken().size(), rows.size(), Duration.ofNanos(System.nanoTime() - begin).toSeconds());

            assertThat(LogRows.missing(rows, load.acknowledged())).as("acknowledged calls without a row").isEmpty();
            assertThat(LogRows.doubled(rows)).as("calls with two rows").isEmpty();
            assertThat(load.acknowledged()).hasSizeGreaterThan(KILLS * 50);
            assertThat(load.wrong()).as("answers that are neither whole nor a broken connection").isEmpty();
            assertThat(rows.size() - load.acknowledged().size()).as("calls under way at a kill, at most one a client").isBetween(0, KILLS * CLIENTS);
        }
    }
}
