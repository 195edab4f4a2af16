package org.sluice.gateway.upstream;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.ssl.SSLContext;

/**
 * A provider that misbehaves on demand: a raw socket server on loopback whose script decides what happens. It counts
 * connections and requests, keeps what it received, and notes when a peer hung up.
 *
 * <pre>{@code
 * try (FaultyUpstream upstream = FaultyUpstream.start(peer -> peer.json("{}"))) {
 *     client.post(upstream.uri("/v1/chat/completions"));
 *     assertThat(upstream.requests()).hasSize(1);
 * }
 * }</pre>
 */
public final class FaultyUpstream implements AutoCloseable {
    /** Runs once for every request, after it was read; for {@link #startRaw} once for every connection, before. */
    public interface Script {
        void play(FaultyPeer peer) throws Exception;
    }

    private final ServerSocket server;
    private final Script script;
    private final boolean isRaw;
    private final boolean isTls;
    private final AtomicInteger connections = new AtomicInteger();
    private final List<ReceivedRequest> requests = new CopyOnWriteArrayList<>();
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();
    private final LinkedBlockingQueue<Long> hangUps = new LinkedBlockingQueue<>();

    private FaultyUpstream(ServerSocket server, Script script, boolean isRaw, boolean isTls) {
        this.server = server;
        this.script = script;
        this.isRaw = isRaw;
        this.isTls = isTls;
        daemon(this::accept, "faulty-upstream-accept");
    }

    /** Plain HTTP; requests are read whole, then the script plays. */
    public static FaultyUpstream start(Script script) {
        return new FaultyUpstream(plain(64), script, false, false);
    }

    /** Plain HTTP; the script plays when a connection is accepted and reads itself what it wants. */
    public static FaultyUpstream startRaw(Script script) {
        return new FaultyUpstream(plain(64), script, true, false);
    }

    /** The same as {@link #start} with TLS. */
    public static FaultyUpstream startTls(SSLContext context, Script script) {
        try {
            return new FaultyUpstream(context.getServerSocketFactory().createServerSocket(0, 64, InetAddress.getLoopbackAddress()),
                    script, false, true);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static ServerSocket plain(int backlog) {
        try {
            return new ServerSocket(0, backlog, InetAddress.getLoopbackAddress());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public int port() {
        return server.getLocalPort();
    }

    /** @param path with a leading slash */
    public URI uri(String path) {
        return URI.create((isTls ? "https://localhost:" : "http://127.0.0.1:") + port() + path);
    }

    /** Accepted so far. */
    public int connections() {
        return connections.get();
    }

    /** Connections that neither side has closed, as far as this side has noticed. */
    public int openConnections() {
        return open.size();
    }

    /** Requests read so far, in order. */
    public List<ReceivedRequest> requests() {
        return List.copyOf(requests);
    }

    /**
     * Waits until a peer that {@link FaultyPeer#awaitHangUp} watches has hung up.
     *
     * @return the {@link System#nanoTime()} it was noticed
     * @throws AssertionError when nobody did within five seconds
     */
    public long hangUpNanos() throws InterruptedException {
        Long nanos = hangUps.poll(5, TimeUnit.SECONDS);
        if (nanos == null) {
            throw new AssertionError("no peer hung up within 5 s");
        }
        return nanos;
    }

    void hungUp() {
        hangUps.add(System.nanoTime());
    }

    void received(ReceivedRequest request) {
        requests.add(request);
    }

    private void accept() {
        while (!server.isClosed()) {
            try {
                Socket socket = server.accept();
                int number = connections.incrementAndGet();
                open.add(socket);
                daemon(() -> serve(socket, number), "faulty-upstream-" + number);
            } catch (IOException e) {
                // closed
            }
        }
    }

    private void serve(Socket socket, int number) {
        try (socket) {
            socket.setTcpNoDelay(true);
            FaultyPeer peer = new FaultyPeer(this, socket, number);
            if (isRaw) {
                script.play(peer);
            } else {
                while (!socket.isClosed() && peer.readRequest() != null) {
                    script.play(peer);
                }
            }
        } catch (Exception e) {
            // a broken connection is what this class is for
        } finally {
            open.remove(socket);
        }
    }

    static void daemon(Runnable task, String name) {
        Thread thread = new Thread(task, name);
        thread.setDaemon(true);
        thread.start();
    }

    /** Closes the port and every connection. */
    @Override
    public void close() {
        try {
            server.close();
        } catch (IOException e) {
            // nothing is left to close
        }
        for (Socket socket : open) {
            try {
                socket.close();
            } catch (IOException e) {
                // nothing is left to close
            }
        }
    }
}
