package org.sluice.gateway.it;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.util.ArrayList;
import java.util.List;

/** A port whose queue of connections is full, so that Linux answers nothing to the next: neither accepted nor refused. */
final class BlackHole {
    private static final int MORE_THAN_FIT = 8;
    private final ServerSocket listener;
    private final List<Socket> queued = new ArrayList<>();

    BlackHole() throws IOException {
        listener = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"));
        try {
            while (queued.size() < MORE_THAN_FIT) {
                Socket socket = new Socket();
                queued.add(socket);
                socket.connect(listener.getLocalSocketAddress(), 500);
            }
        } catch (SocketTimeoutException full) {
            return;
        }
        throw new IOException("the queue of connections does not fill");
    }

    int port() {
        return listener.getLocalPort();
    }
}
