package org.sluice.gateway.it;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** Clients that send as slowly as they can: they are told off or hold nothing that others need. */
class SlowClientIT {
    private static final int SLOW_HEADS = 300;
    private final ServerUnderTest server = ServerUnderTest.shared();

    private Socket open() throws IOException {
        URI base = URI.create(server.baseUrl());
        Socket socket = new Socket(base.getHost(), base.getPort());
        socket.setSoTimeout(30_000);
        return socket;
    }

    private String head() {
        return "POST /api/chat/completions HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer " + ServerUnderTest.key() + "\r\nContent-Type: application/json\r\n";
    }

    @Test
    void a_body_that_drips_is_answered_408_after_the_grace() throws Exception {
        ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor();
        try (Socket socket = open()) {
            socket.getOutputStream().write((head() + "Content-Length: 10000000\r\n\r\n{").getBytes(ISO_8859_1));
            Instant began = Instant.now();
            clock.scheduleAtFixedRate(() -> drip(socket), 0, 200, TimeUnit.MILLISECONDS);
            assertThat(firstLine(socket.getInputStream())).contains(" 408 ");
            assertThat(Duration.between(began, Instant.now())).isBetween(Duration.ofMillis(4_500), Duration.ofSeconds(18));
        } finally {
            clock.shutdownNow();
        }
    }

    private static void drip(Socket socket) {
        try {
            socket.getOutputStream().write("          ".getBytes(ISO_8859_1));
            socket.getOutputStream().flush();
        } catch (IOException closed) {
            throw new java.io.UncheckedIOException(closed); // ends the dripping
        }
    }

    @Test
    void heads_that_never_end_hold_nobody_else_up() throws Exception {
        List<Socket> slow = new ArrayList<>();
        try {
            for (int i = 0; i < SLOW_HEADS; i++) {
                Socket socket = open();
                socket.getOutputStream().write(("POST /api/chat/completions HTTP/1.1\r\nHost: x\r\nX-Slow: " + i).getBytes(ISO_8859_1));
                slow.add(socket);
            }
            Instant began = Instant.now();
            for (int i = 0; i < 20; i++) {
                assertThat(server.get("/api/health-check/").statusCode()).isEqualTo(200);
            }
            assertThat(Duration.between(began, Instant.now())).isLessThan(Duration.ofSeconds(5));
        } finally {
            for (Socket socket : slow) {
                socket.close();
            }
        }
    }

    private static String firstLine(InputStream in) throws IOException {
        StringBuilder line = new StringBuilder();
        for (int b = in.read(); b >= 0 && b != '\r'; b = in.read()) {
            line.append((char) b);
        }
        return line.toString();
    }
}
