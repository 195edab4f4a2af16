package org.sluice.gateway.bench.mock;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.channels.SelectionKey;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.util.ArrayList;
import java.util.List;
import org.sluice.gateway.bench.loop.Loop;
import org.sluice.gateway.bench.loop.Wired;

/** The provider; see the package. {@code MockProvider [port [threads]]} runs it until its input
 * ends, port 0 picks one. */
public final class MockProvider implements AutoCloseable {
    private static final int BACKLOG = 4096;
    private final ServerSocketChannel listener;
    private final MockCounters counters = new MockCounters();
    private final List<Loop> loops = new ArrayList<>();
    private int next;

    public MockProvider(int port, int threads) throws IOException {
        listener = ServerSocketChannel.open();
        listener.setOption(StandardSocketOptions.SO_REUSEADDR, true);
        listener.bind(new InetSocketAddress(InetAddress.getByName("127.0.0.1"), port), BACKLOG);
        listener.configureBlocking(false);
        for (int i = 0; i < threads; i++) {
            loops.add(new Loop("mock-" + i));
        }
        Loop first = loops.get(0);
        first.execute(() -> {
            try {
                first.register(listener, SelectionKey.OP_ACCEPT, new Acceptor());
            } catch (IOException e) {
                throw new java.io.UncheckedIOException(e);
            }
        });
    }

    public int port() {
        return listener.socket().getLocalPort();
    }

    public MockCounters counters() {
        return counters;
    }

    @Override
    public void close() {
        loops.forEach(Loop::close);
    }

    private final class Acceptor implements Wired {
        @Override
        public void ready(SelectionKey key) throws IOException {
            for (SocketChannel channel = listener.accept(); channel != null; channel = listener.accept()) {
                channel.configureBlocking(false);
                channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
                counters.countConnection();
                Loop loop = loops.get(next++ % loops.size());
                MockConnection connection = new MockConnection(channel, loop, counters);
                loop.execute(connection::open);
            }
        }

        @Override
        public void fail(IOException cause) {
            System.getLogger(MockProvider.class.getName()).log(System.Logger.Level.WARNING, "cannot accept", cause);
        }
    }

    public static void main(String[] arguments) throws IOException {
        int port = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 18080;
        try (MockProvider provider = new MockProvider(port, arguments.length > 1 ? Integer.parseInt(arguments[1]) : 1)) {
            System.out.println("mock provider on http://127.0.0.1:" + provider.port());
            System.out.flush();
            System.in.transferTo(java.io.OutputStream.nullOutputStream()); // until the parent ends, which closes our input
        }
    }
}
