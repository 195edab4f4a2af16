package org.sluice.gateway.it;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.Executors;

/** A provider of endpoints besides chat: keeps the last request, of uploads also when its first bytes came, and answers as told. */
final class EndpointUpstream implements AutoCloseable {
    /** What happens once a request has arrived. */
    interface Script {
        void answer(HttpExchange exchange, byte[] body) throws Exception;
    }

    /** Sees a body's bytes while they arrive. */
    interface Watch {
        void saw(byte[] all, int length) throws Exception;
    }

    /** The last request. */
    record Received(String method, String target, com.sun.net.httpserver.Headers headers, byte[] body) {
        String text() {
            return new String(body, StandardCharsets.ISO_8859_1);
        }
    }

    private final HttpServer server;
    private volatile Script script = (exchange, body) -> json(exchange, 200, "{}");
    private volatile Watch watch = (all, length) -> { };
    private volatile Received last;

    EndpointUpstream() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getByName("127.0.0.1"), 0), 50);
        server.createContext("/", this::serve);
        server.setExecutor(Executors.newCachedThreadPool(task -> {
            Thread thread = new Thread(task, "endpoint-upstream");
            thread.setDaemon(true);
            return thread;
        }));
        server.start();
    }

    String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    void answerWith(Script next) {
        answerWith(next, (all, length) -> { });
    }

    void answerWith(Script next, Watch seeing) {
        last = null;
        watch = seeing;
        script = next;
    }

    Received last() {
        return last;
    }

    private void serve(HttpExchange exchange) throws IOException {
        try (exchange) {
            byte[] body = read(exchange.getRequestBody());
            last = new Received(exchange.getRequestMethod(), exchange.getRequestURI().toString(), exchange.getRequestHeaders(), body);
            script.answer(exchange, body);
        } catch (Exception e) {
            throw new IOException(e);
        }
    }

    private byte[] read(InputStream in) throws Exception {
        byte[] all = new byte[8 * 1024 * 1024];
        int length = 0;
        for (int n = in.read(all, 0, all.length); n >= 0; n = in.read(all, length, all.length - length)) {
            length += n;
            watch.saw(all, length);
        }
        return java.util.Arrays.copyOf(all, length);
    }

    static void json(HttpExchange exchange, int status, String body) throws IOException {
        bytes(exchange, status, "application/json", body.getBytes(StandardCharsets.UTF_8));
    }

    static void bytes(HttpExchange exchange, int status, String type, byte[] body) throws IOException {
        exchange.getResponseHeaders().set("Content-Type", type);
        exchange.sendResponseHeaders(status, body.length == 0 ? -1 : body.length);
        exchange.getResponseBody().write(body);
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
