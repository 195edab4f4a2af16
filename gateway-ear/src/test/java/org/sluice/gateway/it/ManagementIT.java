package org.sluice.gateway.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** What an operator sees and does: the JMX bean by the process id, drain and resume, and a stop that cuts nobody off. */
class ManagementIT {
    private static final String EVENT = "data: {\"id\":\"c\",\"object\":\"chat.completion.chunk\",\"choices\":[{\"index\":0,\"delta\":{\"content\":\"word \"}}]}\n\n";
    private static final String LAST = "data: {\"id\":\"c\",\"object\":\"chat.completion.chunk\",\"choices\":[{\"index\":0,\"delta\":{},\"finish_reason\":\"stop\"}]}\n\n"
            + "data: [DONE]\n\n";

    @Test
    void the_bean_is_reached_by_the_process_id_and_counts_calls() throws Exception {
        FaultServer faults = FaultServer.shared();
        try (GatewayConsole console = new GatewayConsole(faults.server().pid())) {
            assertThat(console.text("State")).isEqualTo("OPEN");
            long calls = console.number("Calls");
            long errors = console.number("Errors");
            long input = console.number("InputTokens");
            long output = console.number("OutputTokens");
            assertThat(faults.ask("demo/echo", "").statusCode()).isEqualTo(200);
            assertThat(faults.ask("no-such-model", "").statusCode()).isEqualTo(404);
            assertThat(console.number("Calls")).isEqualTo(calls + 2);
            assertThat(console.number("Errors")).isEqualTo(errors + 1);
            assertThat(console.number("InputTokens")).isGreaterThan(input);
            assertThat(console.number("OutputTokens")).isGreaterThan(output);
            Await.until(Duration.ofSeconds(10), () -> "an empty journal", () -> console.number("JournalBacklogBytes") == 0);
        }
    }

    @Test
    void a_call_under_way_shows_in_flight() throws Exception {
        FaultServer faults = FaultServer.shared();
        CountDownLatch enough = new CountDownLatch(1);
        faults.upstream().answerWith(exchange -> {
            exchange.beginStream().chunk(EVENT);
            enough.await(20, TimeUnit.SECONDS);
            exchange.chunk(LAST).write("0\r\n\r\n");
        });
        try (GatewayConsole console = new GatewayConsole(faults.server().pid()); RawClient client = new RawClient(faults.server(), 0)) {
            Await.until(Duration.ofSeconds(20), () -> "nothing in flight", () -> console.number("CallsInFlight") == 0);
            client.send(FaultServer.body("openai/gpt-4o", "\"stream\":true")).readUntil("word");
            assertThat(console.number("CallsInFlight")).isEqualTo(1);
            assertThat(console.number("UpstreamConnectionsOpen")).isPositive();
            enough.countDown();
            client.readUntil("[DONE]");
            assertThat(console.number("CallsInFlight")).isZero();
        }
    }

    @Test
    void a_drained_gateway_refuses_new_calls_says_so_and_takes_calls_again() throws Exception {
        FaultServer faults = FaultServer.shared();
        try (GatewayConsole console = new GatewayConsole(faults.server().pid())) {
            console.invoke("drain");
            try {
                HttpResponse<String> refused = faults.ask("demo/echo", "");
                assertThat(refused.statusCode()).isEqualTo(503);
                assertThat(refused.body()).contains("shutting_down");
                assertThat(refused.headers().firstValue("Retry-After")).isPresent();
                assertThat(faults.server().get("/api/health-check/").statusCode()).isEqualTo(503);
                assertThat(faults.server().get("/health/ready").statusCode()).isEqualTo(503);
                assertThat(faults.server().get("/health/live").statusCode()).isEqualTo(200);
                assertThat(console.text("State")).isEqualTo("DRAINING");
            } finally {
                console.invoke("resume");
            }
            assertThat(faults.ask("demo/echo", "").statusCode()).isEqualTo(200);
            assertThat(faults.server().get("/health/ready").statusCode()).isEqualTo(200);
        }
    }

    @Test
    void a_stop_lets_a_stream_end_whole_and_refuses_new_calls() throws Exception {
        CountDownLatch isStopping = new CountDownLatch(1);
        try (ScriptedUpstream upstream = new ScriptedUpstream(); ServerUnderTest server = ServerUnderTest.named("stop")
                .with("OPENAI_API_KEY", "sk-stop").with("OPENAI_BASE_URL", "http://127.0.0.1:" + upstream.port() + "/v1").start()) {
            upstream.answerWith(exchange -> {
                exchange.beginStream().chunk(EVENT);
                isStopping.await(60, TimeUnit.SECONDS);
                exchange.chunk(EVENT).chunk(LAST).write("0\r\n\r\n");
            });
            try (RawClient client = new RawClient(server, 0)) {
                String begin = client.send(FaultServer.body("openai/gpt-4o", "\"stream\":true")).readUntil("word");
                String id = begin.replaceAll("(?s).*X-Respan-Log-Id: ([-0-9a-f]{36}).*", "$1");
                Thread stopper = new Thread(server::stop, "stopper");
                stopper.start();
                awaitRefusal(server);
                isStopping.countDown();
                assertThat(client.readUntil("[DONE]")).contains("word");
                stopper.join(60_000);
                assertThat(stopper.isAlive()).as("the stop is not over a minute later").isFalse();
                server.start();
                assertThat(new LogRows(server).row(id).text("outcome")).isEqualTo("ok");
            }
        }
    }

    /** New calls get 503 or find no listener, whichever the server does first. */
    private static void awaitRefusal(ServerUnderTest server) {
        Await.until(Duration.ofSeconds(20), () -> "new calls are refused", () -> {
            try {
                int status = server.get("/api/health-check/").statusCode();
                assertThat(status).isIn(200, 503);
                return status == 503;
            } catch (IOException noListener) {
                return true;
            }
        });
    }
}
