package org.sluice.gateway.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.sluice.gateway.json.JsonValue.JsonObject;

/**
 * Kill -9 of the server under load (reliability L1, L3, N11): no answer that a client got whole is without a row, none has
 * two, and a stream that a kill cut has a row that says so.
 *
 * <p>20 kills on Open Liberty, 10 on Payara, which takes twice as long to start again; {@code gateway.it.kills} sets another number. The same promise at the level of the journal and the drainer alone, with 20
 * kills and many more calls, is {@code KillNineTest} of the engine, which knows no server.
 */
class KillIT {
    private static final int CLIENTS = 4;
    private static final int STREAMS = 5;
    private static final String EVENT = "data: {\"id\":\"c\",\"object\":\"chat.completion.chunk\",\"choices\":[{\"index\":0,\"delta\":{\"content\":\"word \"}}]}\n\n";
    private static final int KILLS = Integer.getInteger("gateway.it.kills", ServerLaunch.kind().equals("payara") ? 10 : 20);

    @Test
    void an_acknowledged_call_has_exactly_one_row_after_every_kill() throws Exception {
        Assumptions.assumeTrue(ServerJvm.isReadable(), "needs /proc");
        long begin = System.nanoTime();
        Random random = new Random(20);
        try (ScriptedUpstream upstream = new ScriptedUpstream(); ServerUnderTest server = ServerUnderTest.named("kill")
                .withJvmOption("-XX:TieredStopAtLevel=1").with("OPENAI_API_KEY", "sk-kill")
                .with("OPENAI_BASE_URL", "http://127.0.0.1:" + upstream.port() + "/v1").start()) {
            upstream.answerWith(exchange -> exchange.beginStream().chunk(EVENT).isClosedByPeerWithin(120_000));
            List<String> cut = new ArrayList<>();
            EchoLoad load = new EchoLoad(server, CLIENTS, Duration.ZERO);
            try (load) {
                for (int kill = 1; kill < KILLS; kill++) {
                    load.awaitMore(50 + random.nextInt(400));
                    server.crash();
                }
                load.awaitMore(50);
                for (int i = 0; i < STREAMS; i++) {
                    cut.add(openStream(server));
                }
                server.crash();
                load.awaitMore(50);
            }
            Map<String, Integer> rows = new LogRows(server).holding(load.acknowledged());
            System.out.printf("kill -9 of %s: %d kills, %d calls acknowledged, %d broken off, %d rows, %d s%n", ServerLaunch.kind(), KILLS,
                    load.acknowledged().size(), load.broken().size(), rows.size(), Duration.ofNanos(System.nanoTime() - begin).toSeconds());

            assertThat(LogRows.missing(rows, load.acknowledged())).as("acknowledged calls without a row").isEmpty();
            assertThat(LogRows.doubled(rows)).as("calls with two rows").isEmpty();
            assertThat(load.acknowledged()).hasSizeGreaterThan(KILLS * 50);
            // A server that starts has a listener before it has the application (404), and that before it takes calls (503);
            // Payara has a moment between the two in which it cannot reach the application's error page (500 without a body).
            assertThat(load.wrong()).as("answers that are neither whole nor a refusal").allMatch(answer -> answer.matches("(?s)(404|503) .*|500 "));
            assertThat(rows.size() - load.acknowledged().size()).as("calls under way at a kill, at most one a client")
                    .isBetween(STREAMS, STREAMS + KILLS * CLIENTS);
            for (String id : cut) {
                JsonObject row = new LogRows(server).row(id);
                assertThat(row.text("outcome")).as("a stream that the last kill cut").isEqualTo("crashed");
                assertThat(row.text("usage_source")).isEqualTo("estimated");
                assertThat(row.number("prompt_tokens", 0)).isPositive();
                assertThat(row.items("attempts").get(0).raw().text()).contains("\"cost_uncertain\":true");
            }
        }
    }

    /** A stream that never ends; answers its log id once the first event has come. */
    private static String openStream(ServerUnderTest server) throws IOException {
        RawClient client = new RawClient(server, 0);
        return client.send(FaultServer.body("openai/gpt-4o", "\"stream\":true")).readUntil("word")
                .replaceAll("(?s).*X-Respan-Log-Id: ([-0-9a-f]{36}).*", "$1");
    }
}
