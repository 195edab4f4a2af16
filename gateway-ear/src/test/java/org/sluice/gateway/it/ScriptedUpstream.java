package org.sluice.gateway.it;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A provider that does on its socket whatever a test says, once a request has arrived whole. One script at a time; each
 * connection has a thread of its own. When the script returns, the connection is closed. Speaks no TLS, and says so.
 */
final class ScriptedUpstream implements AutoCloseable {
    /** What happens after a request, on the bare socket. */
    interface Script {
        void run(Exchange exchange) throws Exception;
    }

    private final ServerSocket listener;
    private final AtomicInteger requests = new AtomicInteger();
    private volatile Script script = exchange -> { };

    ScriptedUpstream() throws IOException {
        listener = new ServerSocket(0, 100, InetAddress.getByName("127.0.0.1"));
        daemon(this::accept).start();
    }

    int port() {
        return listener.getLocalPort();
    }

    /** From now on; the count of requests begins again. */
    void answerWith(Script next) {
        requests.set(0);
        script = next;
    }

    /** Requests that arrived whole since {@link #answerWith}. */
    int requests() {
        return requests.get();
    }

    @Override
    public void close() throws IOException {
        listener.close();
    }

    private void accept() {
        while (!listener.isClosed()) {
            try {
                Socket socket = listener.accept();
                daemon(() -> serve(socket)).start();
            } catch (IOException closed) {
                return;
            }
        }
    }

    private void serve(Socket socket) {
        try (socket) {
            Exchange exchange = new Exchange(socket);
            if (exchange.readRequest()) {
                requests.incrementAndGet();
                script.run(exchange);
            }
        } catch (Exception clientWentAway) {
            // the test looks at the other side
        }
    }

    private static Thread daemon(Runnable work) {
        Thread thread = new Thread(work, "scripted-upstream");
        thread.setDaemon(true);
        return thread;
    }

    /** One request and what can be done about it. */
    static final class Exchange {
        private static final int TLS_HANDSHAKE = 22;
        private final Socket socket;
        private final CountDownLatch closedByPeer = new CountDownLatch(1);
        private String head = "";
        private String body = "";

        private Exchange(Socket socket) {
            this.socket = socket;
        }

        private boolean readRequest() throws IOException {
            InputStream in = socket.getInputStream();
            ByteArrayOutputStream bytes = new ByteArrayOutputStream();
            while (!bytes.toString(ISO_8859_1).endsWith("\r\n\r\n")) {
                int next = in.read();
                if (next < 0) {
                    return false;
                }
                if (bytes.size() == 0 && next == TLS_HANDSHAKE) {
                    answer(400, "text/plain", "This port speaks no TLS.");
                    return false;
                }
                bytes.write(next);
            }
            head = bytes.toString(ISO_8859_1);
            for (String line : head.split("\r\n")) {
                if (line.toLowerCase(java.util.Locale.ROOT).startsWith("content-length:")) {
                    body = new String(in.readNBytes(Integer.parseInt(line.substring(15).trim())), UTF_8);
                }
            }
            return true;
        }

        /** Request line and header fields as received. */
        String head() {
            return head;
        }

        /** What came behind the head with a length. */
        String body() {
            return body;
        }

        Exchange write(String text) throws IOException {
            OutputStream out = socket.getOutputStream();
            out.write(text.getBytes(UTF_8));
            out.flush();
            return this;
        }

        /** A whole answer with its length. */
        Exchange answer(int status, String contentType, String body, String... headerLines) throws IOException {
            StringBuilder lines = new StringBuilder("HTTP/1.1 " + status + " X\r\nContent-Type: " + contentType + "\r\nContent-Length: " + body.getBytes(UTF_8).length + "\r\n");
            for (String line : headerLines) {
                lines.append(line).append("\r\n");
            }
            return write(lines + "\r\n" + body);
        }

        /** The head of a stream in chunks. */
        Exchange beginStream() throws IOException {
            return write("HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nTransfer-Encoding: chunked\r\n\r\n");
        }

        Exchange chunk(String data) throws IOException {
            return write(Integer.toHexString(data.getBytes(UTF_8).length) + "\r\n" + data + "\r\n");
        }

        /** Ends by a reset. */
        void reset() throws IOException {
            socket.setSoLinger(true, 0);
            socket.close();
        }

        /** Whether the gateway closes its side within this time; reads whatever else it sends. */
        boolean isClosedByPeerWithin(long millis) throws InterruptedException {
            daemon(() -> {
                try {
                    while (socket.getInputStream().read() >= 0) { }
                } catch (IOException reset) {
                    // closed, too
                }
                closedByPeer.countDown();
            }).start();
            return closedByPeer.await(millis, TimeUnit.MILLISECONDS);
        }

        Socket socket() {
            return socket;
        }
    }
}
