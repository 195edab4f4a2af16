package org.sluice.gateway.it;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Random;
import java.util.concurrent.Executors;
import org.sluice.gateway.replay.PlayedProvider;

/**
 * A provider that answers with recorded bytes, cut at awkward places, one exchange at a time; or one that is played and
 * answers what it is asked.
 */
final class ReplayUpstream implements AutoCloseable {
    record Answer(int status, String contentType, byte[] body, boolean isCut) { }

    private final HttpServer server;
    private final Random random = new Random(7);
    private volatile Answer answer;
    private volatile boolean isPlayed;
    private volatile byte[] lastRequest;
    private volatile String lastPath;
    private volatile Headers lastHeaders;

    ReplayUpstream(int port) throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getByName("127.0.0.1"), port), 50);
        server.createContext("/", this::serve);
        server.setExecutor(Executors.newCachedThreadPool(task -> {
            Thread thread = new Thread(task, "replay-upstream");
            thread.setDaemon(true);
            return thread;
        }));
        server.start();
    }

    int port() {
        return server.getAddress().getPort();
    }

    void answerWith(Answer next) {
        answer = next;
        isPlayed = false;
        lastRequest = null;
        lastPath = null;
        lastHeaders = null;
    }

    /** From now on it understands what it is asked, in every wire format. */
    void play() {
        isPlayed = true;
    }

    byte[] lastRequest() {
        return lastRequest;
    }

    /** Path and query of the last request, or null. */
    String lastPath() {
        return lastPath;
    }

    /** A header of the last request, or null. */
    String lastHeader(String name) {
        return lastHeaders == null ? null : lastHeaders.getFirst(name);
    }

    private void serve(HttpExchange exchange) throws IOException {
        try (exchange) {
            lastPath = exchange.getRequestURI().toString();
            lastHeaders = exchange.getRequestHeaders();
            byte[] request = exchange.getRequestBody().readAllBytes();
            lastRequest = request;
            Answer now = isPlayed ? played(exchange.getRequestURI().getPath(), request) : answer;
            exchange.getResponseHeaders().set("Content-Type", now.contentType());
            exchange.sendResponseHeaders(now.status(), now.isCut() ? 0 : now.body().length == 0 ? -1 : now.body().length);
            try (OutputStream out = exchange.getResponseBody()) {
                if (now.isCut()) {
                    writeCut(out, now.body());
                } else {
                    out.write(now.body());
                }
            }
        }
    }

    private static Answer played(String path, byte[] request) {
        PlayedProvider.Answer played = PlayedProvider.answer(path, request);
        return new Answer(played.status(), played.contentType(), played.body(), played.contentType().equals("text/event-stream"));
    }

    /** Pieces of 1 to 200 bytes, each its own packet: inside names, escapes, characters and line ends. */
    private void writeCut(OutputStream out, byte[] body) throws IOException {
        for (int at = 0; at < body.length;) {
            int length = Math.min(body.length - at, 1 + random.nextInt(200));
            out.write(body, at, length);
            out.flush();
            at += length;
        }
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
