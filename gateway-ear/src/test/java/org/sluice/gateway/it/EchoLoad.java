package org.sluice.gateway.it;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.locks.LockSupport;

/**
 * Clients that call {@code demo/echo} one call after the other, streamed and not in turn, until closed. An answer counts as
 * acknowledged when it came back whole, to its last byte, and says what was asked.
 */
final class EchoLoad implements AutoCloseable {
    private static final byte[] DONE = "data: [DONE]\n\n".getBytes(UTF_8);
    private final HttpClient http = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).connectTimeout(Duration.ofSeconds(5)).build();
    private final ServerUnderTest server;
    private final Duration pause;
    private final List<Thread> clients = new ArrayList<>();
    private final Set<String> acknowledged = ConcurrentHashMap.newKeySet();
    private final Queue<String> wrong = new ConcurrentLinkedQueue<>();
    private final Queue<String> broken = new ConcurrentLinkedQueue<>();
    private volatile boolean isOver;

    /** @param pause of each client between two calls */
    EchoLoad(ServerUnderTest server, int count, Duration pause) {
        this.server = server;
        this.pause = pause;
        for (int i = 0; i < count; i++) {
            int number = i;
            Thread client = new Thread(() -> callUntilOver(number), "echo-load-" + i);
            client.setDaemon(true);
            client.start();
            clients.add(client);
        }
    }

    /** The {@code X-Respan-Log-Id} of every answer that came back whole. */
    Set<String> acknowledged() {
        return acknowledged;
    }

    /** Answers with another status than 200, or with another content than asked for. */
    Queue<String> wrong() {
        return wrong;
    }

    /** Calls that ended without a whole answer: connection refused, reset, or cut. */
    Queue<String> broken() {
        return broken;
    }

    /** Waits for so many more acknowledged calls. */
    void awaitMore(int count) {
        int wanted = acknowledged.size() + count;
        Await.until(Duration.ofMinutes(2), () -> wanted + " acknowledged calls, " + acknowledged.size() + " are; wrong: " + wrong.peek()
                + "; broken: " + broken.peek(), () -> acknowledged.size() >= wanted);
    }

    /** Returns when every client has ended its last call. */
    @Override
    public void close() throws InterruptedException {
        isOver = true;
        for (Thread client : clients) {
            client.join(60_000);
        }
    }

    private void callUntilOver(int number) {
        for (int n = 0; !isOver; n++) {
            try {
                call("client " + number + " call " + n + " says", n % 2 == 1);
                LockSupport.parkNanos(pause.toNanos());
            } catch (IOException e) {
                broken.add(e.toString());
                LockSupport.parkNanos(50_000_000);
            } catch (InterruptedException e) {
                return;
            }
        }
    }

    private void call(String words, boolean isStream) throws IOException, InterruptedException {
        String body = "{\"model\":\"demo/echo\",\"stream\":" + isStream + ",\"messages\":[{\"role\":\"user\",\"content\":\"" + words + "\"}]}";
        HttpResponse<InputStream> answer = http.send(HttpRequest.newBuilder(URI.create(server.baseUrl() + "/api/chat/completions"))
                .timeout(Duration.ofSeconds(60)).header("Authorization", "Bearer " + ServerUnderTest.key()).header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(body)).build(), HttpResponse.BodyHandlers.ofInputStream());
        String text = read(answer.body(), isStream);
        if (answer.statusCode() != 200 || !text.contains(isStream ? "call " : words)) {
            wrong.add(answer.statusCode() + " " + text);
        } else {
            acknowledged.add(answer.headers().firstValue("X-Respan-Log-Id").orElseThrow());
        }
    }

    /** A stream is whole with its {@code [DONE]}, even when the connection breaks right after. */
    private static String read(InputStream in, boolean isStream) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (in) {
            byte[] buffer = new byte[4_096];
            for (int length = in.read(buffer); length >= 0; length = in.read(buffer)) {
                bytes.write(buffer, 0, length);
            }
        } catch (IOException e) {
            if (!isStream || !bytes.toString(UTF_8).endsWith(new String(DONE, UTF_8))) {
                throw e;
            }
        }
        return bytes.toString(UTF_8);
    }
}
