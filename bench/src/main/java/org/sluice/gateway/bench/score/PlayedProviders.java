package org.sluice.gateway.bench.score;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.concurrent.atomic.AtomicInteger;

/** Two providers of OpenAI's format on one socket: {@code /primary}, which does what the situation says, and {@code /backup}, which is well. */
final class PlayedProviders implements AutoCloseable {
    /** What the primary does with its n-th request (from 1) of this situation. */
    interface Trouble {
        void answer(Reply reply, int request) throws Exception;
    }

    private final ServerSocket listener = new ServerSocket(0, 200, InetAddress.getByName("127.0.0.1"));
    private final AtomicInteger requests = new AtomicInteger();
    private volatile Trouble trouble = (reply, request) -> reply.well("primary");

    PlayedProviders() throws IOException {
        daemon(this::accept);
    }

    int port() {
        return listener.getLocalPort();
    }

    /** From now on; requests are counted anew. */
    void play(Trouble next) {
        requests.set(0);
        trouble = next;
    }

    /** Requests to the primary since the situation began. */
    int requests() {
        return requests.get();
    }

    private void accept() {
        while (!listener.isClosed()) {
            try {
                Socket socket = listener.accept();
                daemon(() -> serve(socket));
            } catch (IOException closed) {
                return;
            }
        }
    }

    private void serve(Socket socket) {
        try (socket) {
            InputStream in = socket.getInputStream();
            ByteArrayOutputStream head = new ByteArrayOutputStream();
            while (!head.toString(ISO_8859_1).endsWith("\r\n\r\n")) {
                int next = in.read();
                if (next < 0) {
                    return;
                }
                head.write(next);
            }
            String text = head.toString(ISO_8859_1);
            String body = new String(in.readNBytes(length(text)), UTF_8);
            Reply reply = new Reply(socket, body.contains("\"stream\":true") || body.contains("\"stream\": true"));
            if (text.startsWith("POST /backup")) {
                reply.well("backup");
            } else {
                trouble.answer(reply, requests.incrementAndGet());
            }
        } catch (Exception gone) {
            // the gateway went away, which the situation may want
        }
    }

    private static int length(String head) {
        for (String line : head.split("\r\n")) {
            if (line.regionMatches(true, 0, "content-length:", 0, 15)) {
                return Integer.parseInt(line.substring(15).strip());
            }
        }
        return 0;
    }

    private static void daemon(Runnable work) {
        Thread thread = new Thread(work, "played-provider");
        thread.setDaemon(true);
        thread.start();
    }

    @Override
    public void close() throws IOException {
        listener.close();
    }
}
