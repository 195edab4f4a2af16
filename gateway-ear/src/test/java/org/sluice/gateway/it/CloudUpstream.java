package org.sluice.gateway.it;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;

/** A cloud: answers a path that begins so with what the test says, in small pieces, and remembers what it was asked. */
final class CloudUpstream implements AutoCloseable {
    record Answer(int status, String contentType, byte[] body) { }

    /** @param headers of the request by lower-case name */
    record Asked(String path, Map<String, List<String>> headers, String body) {
        String header(String name) {
            return headers.getOrDefault(name, List.of("")).get(0);
        }
    }

    private final HttpServer server;
    private final Map<String, Answer> answers = new java.util.concurrent.ConcurrentHashMap<>();
    private final List<Asked> asked = new CopyOnWriteArrayList<>();

    CloudUpstream() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getByName("127.0.0.1"), 0), 50);
        server.createContext("/", this::serve);
        server.setExecutor(Executors.newCachedThreadPool(task -> {
            Thread thread = new Thread(task, "cloud-upstream");
            thread.setDaemon(true);
            return thread;
        }));
        server.start();
    }

    String address() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    void answer(String pathBegins, int status, String contentType, byte[] body) {
        answers.put(pathBegins, new Answer(status, contentType, body));
    }

    /** Requests whose path begins so. */
    List<Asked> asked(String pathBegins) {
        return asked.stream().filter(request -> request.path().startsWith(pathBegins)).toList();
    }

    private void serve(HttpExchange exchange) throws IOException {
        try (exchange) {
            Map<String, List<String>> headers = new java.util.TreeMap<>();
            exchange.getRequestHeaders().forEach((name, values) -> headers.put(name.toLowerCase(java.util.Locale.ROOT), values));
            String path = exchange.getRequestURI().getRawPath();
            asked.add(new Asked(path, headers, new String(exchange.getRequestBody().readAllBytes(), UTF_8)));
            Answer answer = answers.entrySet().stream().filter(entry -> path.startsWith(entry.getKey())).map(Map.Entry::getValue).findFirst()
                    .orElse(new Answer(404, "application/json", "{\"message\":\"no such path in this test\"}".getBytes(UTF_8)));
            exchange.getResponseHeaders().set("Content-Type", answer.contentType());
            exchange.sendResponseHeaders(answer.status(), 0);
            try (OutputStream out = exchange.getResponseBody()) {
                for (int at = 0; at < answer.body().length; at += 37) {
                    out.write(answer.body(), at, Math.min(37, answer.body().length - at));
                    out.flush();
                }
            }
        }
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
