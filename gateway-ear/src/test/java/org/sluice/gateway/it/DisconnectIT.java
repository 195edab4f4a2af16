package org.sluice.gateway.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.sluice.gateway.json.JsonReader;
import org.sluice.gateway.json.JsonValue;
import org.sluice.gateway.json.JsonValue.JsonObject;

/**
 * A client that goes away takes the provider's call with it, and a slow one slows the provider down (reliability C1-C5, C7,
 * U39). C6, a client that vanishes without a packet, needs a network that drops, for on a loopback interface the kernel of a
 * client answers as long as the machine runs. What the kernel shows of such a client is read by {@code SocketTable}, whose
 * test has the lines; what follows is the same as in C3.
 */
class DisconnectIT {
    private static final String EVENT = "data: {\"id\":\"c\",\"object\":\"chat.completion.chunk\",\"choices\":[{\"index\":0,\"delta\":{\"content\":\"word \"}}]}\n\n";
    private static final String LAST = "data: {\"id\":\"c\",\"object\":\"chat.completion.chunk\",\"choices\":[{\"index\":0,\"delta\":{},\"finish_reason\":\"stop\"}]}\n\n"
            + "data: [DONE]\n\n";
    /** Twice the promised 2 s, for a busy machine; without a watch it would be the idle limit or never. */
    private static final Duration SOON = Duration.ofMillis(3_800);
    private final FaultServer faults = FaultServer.shared();
    private final String customer = UUID.randomUUID().toString();
    private final CompletableFuture<Long> providerSawClose = new CompletableFuture<>();

    private RawClient call(boolean isStream) throws Exception {
        return new RawClient(faults.server(), 0).send(FaultServer.body("openai/gpt-4o",
                "\"stream\":" + isStream + ",\"customer_identifier\":\"" + customer + "\""));
    }

    /** The provider says this, then waits for the gateway to hang up. */
    private void providerWaitsAfter(String... pieces) {
        faults.upstream().answerWith(exchange -> {
            for (String piece : pieces) {
                exchange.write(piece);
            }
            if (exchange.isClosedByPeerWithin(20_000)) {
                providerSawClose.complete(System.nanoTime());
            }
        });
    }

    private static String streamHead() {
        return "HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nTransfer-Encoding: chunked\r\n\r\n";
    }

    private static String chunk(String data) {
        return Integer.toHexString(data.length()) + "\r\n" + data + "\r\n";
    }

    private void awaitRequests(int count) {
        Await.until(Duration.ofSeconds(20), () -> "the provider's request", () -> faults.upstream().requests() == count);
    }

    private void requireProviderCancelled(long goneNanos) throws Exception {
        long millis = (providerSawClose.get(25, TimeUnit.SECONDS) - goneNanos) / 1_000_000;
        System.out.printf("%s: provider's connection closed %d ms after the client went away%n", ServerLaunch.kind(), millis);
        assertThat(millis).as("ms until the provider's connection was closed").isLessThan(SOON.toMillis());
        JsonObject row = row();
        assertThat(row.text("outcome")).isEqualTo("client_cancelled");
        assertThat(row.number("status_code", 0)).isEqualTo(499);
        assertThat(row.text("status")).isEqualTo("error");
    }

    /** By the customer, for a client that left early has no log id. */
    private JsonObject row() {
        JsonObject[] found = new JsonObject[1];
        Await.until(Duration.ofSeconds(20), () -> "the row of customer " + customer, () -> {
            HttpResponse<String> list = faults.server().get("/api/request-logs/list/?page_size=20");
            for (JsonValue row : JsonReader.readObject(list.body().getBytes(java.nio.charset.StandardCharsets.UTF_8)).items("results")) {
                if (customer.equals(((JsonObject) row).text("customer_identifier"))) {
                    found[0] = (JsonObject) row;
                }
            }
            return found[0] != null;
        });
        return found[0];
    }

    private void providerTalksOn() {
        faults.upstream().answerWith(exchange -> {
            exchange.beginStream();
            CompletableFuture<Boolean> closed = CompletableFuture.supplyAsync(() -> {
                try {
                    return exchange.isClosedByPeerWithin(20_000);
                } catch (InterruptedException e) {
                    return false;
                }
            });
            try {
                while (!closed.isDone()) {
                    exchange.chunk(EVENT);
                    TimeUnit.MILLISECONDS.sleep(20);
                }
            } finally {
                providerSawClose.complete(System.nanoTime());
            }
        });
    }

    @Test
    void a_client_that_closes_in_the_middle_of_a_stream_cancels_the_providers_call() throws Exception {
        providerTalksOn();
        RawClient client = call(true);
        client.readUntil("word");
        client.close();
        requireProviderCancelled(System.nanoTime());
        assertThat(row().number("completion_tokens", 0)).as("what was produced so far is estimated").isPositive();
    }

    @Test
    @DisplayName("C2: a client that resets in the middle of a stream cancels the providers call")
    void a_client_that_resets_in_the_middle_of_a_stream_cancels_the_providers_call() throws Exception {
        providerTalksOn();
        RawClient client = call(true);
        client.readUntil("word");
        client.reset();
        requireProviderCancelled(System.nanoTime());
    }

    @Test
    void a_client_that_closes_while_the_stream_is_silent_cancels_the_providers_call() throws Exception {
        providerWaitsAfter(streamHead(), chunk(EVENT));
        RawClient client = call(true);
        client.readUntil("word");
        client.close();
        requireProviderCancelled(System.nanoTime());
    }

    @Test
    void a_client_that_closes_before_the_first_event_cancels_the_providers_call() throws Exception {
        providerWaitsAfter();
        RawClient client = call(true);
        awaitRequests(1);
        client.close();
        requireProviderCancelled(System.nanoTime());
    }

    @Test
    void a_client_that_resets_before_the_first_event_cancels_the_providers_call() throws Exception {
        providerWaitsAfter();
        // A reset shows as an absent connection, which counts only where the gateway has seen one of the same peer.
        try (RawClient neighbour = new RawClient(faults.server(), 0)) {
            neighbour.send(FaultServer.body("openai/gpt-4o", "\"stream\":true"));
            awaitRequests(1);
            RawClient client = call(true);
            awaitRequests(2);
            client.reset();
            requireProviderCancelled(System.nanoTime());
        }
    }

    @Test
    @DisplayName("C4: a client that closes during a call without a stream cancels the providers call")
    void a_client_that_closes_during_a_call_without_a_stream_cancels_the_providers_call() throws Exception {
        providerWaitsAfter();
        RawClient client = call(false);
        awaitRequests(1);
        client.close();
        requireProviderCancelled(System.nanoTime());
    }

    @Test
    void a_client_that_closes_its_sending_side_gets_an_answer_that_comes_at_once() throws Exception {
        faults.upstream().answerWith(exchange -> exchange.write(streamHead() + chunk(EVENT) + chunk(LAST) + "0\r\n\r\n"));
        try (RawClient client = call(true)) {
            client.halfClose();
            assertThat(client.readUntil("[DONE]")).contains(" 200 ", "word");
        }
        assertThat(row().text("outcome")).isEqualTo("ok");
    }

    /** The provider has 64 MiB to say; a client that does not read lets it say what fits into the buffers on the way. */
    @Test
    void a_client_that_does_not_read_throttles_the_provider_and_loses_nothing() throws Exception {
        String big = EVENT.replace("word ", "w".repeat(16_000));
        int events = (64 << 20) / big.length();
        AtomicLong written = providerHurries(big, events);
        try (RawClient client = new RawClient(faults.server(), 65_536)) {
            client.send(FaultServer.body("openai/gpt-4o", "\"stream\":true,\"customer_identifier\":\"" + customer + "\""));
            long held = awaitStandstill(written);
            System.out.printf("%s: the provider wrote %d KiB until it was held back%n", ServerLaunch.kind(), held / 1024);
            assertThat(held).as("bytes on the way").isLessThan(24L << 20);
            assertThat(client.skipUntil("[DONE]")).isGreaterThan((long) events * big.length());
        }
        assertThat(row().text("outcome")).isEqualTo("ok");
    }

    @Test
    void a_client_that_leaves_without_having_read_cancels_the_providers_call() throws Exception {
        String big = EVENT.replace("word ", "w".repeat(16_000));
        AtomicLong written = providerHurries(big, (64 << 20) / big.length());
        RawClient client = new RawClient(faults.server(), 65_536);
        client.send(FaultServer.body("openai/gpt-4o", "\"stream\":true,\"customer_identifier\":\"" + customer + "\""));
        awaitStandstill(written);
        client.close();
        requireProviderCancelled(System.nanoTime());
    }

    /** By the gateway's own limit; those that {@code server-config} sets, 60 s on both servers, come later. */
    @Test
    void a_client_that_never_reads_is_given_up() throws Exception {
        String big = EVENT.replace("word ", "w".repeat(16_000));
        AtomicLong written = providerHurries(big, (64 << 20) / big.length());
        try (RawClient client = new RawClient(faults.server(), 65_536)) {
            client.send(FaultServer.body("openai/gpt-4o", "\"stream\":true,\"customer_identifier\":\"" + customer + "\""));
            long from = System.nanoTime();
            awaitStandstill(written);
            long seconds = (providerSawClose.get(90, TimeUnit.SECONDS) - from) / 1_000_000_000;
            System.out.printf("%s: a client that never reads was given up after %d s%n", ServerLaunch.kind(), seconds);
            assertThat(seconds).isBetween(FaultServer.WRITE_LIMIT.toSeconds(), FaultServer.WRITE_LIMIT.toSeconds() + 20);
            assertThat(row().text("outcome")).isEqualTo("client_cancelled");
        }
    }

    private AtomicLong providerHurries(String event, int events) {
        AtomicLong written = new AtomicLong();
        faults.upstream().answerWith(exchange -> {
            try {
                exchange.beginStream();
                for (int i = 0; i < events; i++) {
                    exchange.chunk(event);
                    written.addAndGet(event.length());
                }
                exchange.chunk(LAST).write("0\r\n\r\n");
            } catch (java.io.IOException closed) {
                providerSawClose.complete(System.nanoTime());
            }
        });
        return written;
    }

    /** The count once it has not moved for a second. */
    private static long awaitStandstill(AtomicLong count) {
        long[] last = {-1, System.nanoTime()};
        Await.until(Duration.ofSeconds(60), () -> "the provider is held back", () -> {
            if (count.get() != last[0]) {
                last[0] = count.get();
                last[1] = System.nanoTime();
            }
            return last[0] > 0 && System.nanoTime() - last[1] > 1_000_000_000L;
        });
        return last[0];
    }
}
