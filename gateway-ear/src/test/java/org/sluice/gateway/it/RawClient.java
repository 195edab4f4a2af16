package org.sluice.gateway.it;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.URI;

/** A client on a bare socket, which can go away in every way there is. Reads fail after 30 s without a byte. */
final class RawClient implements AutoCloseable {
    private final Socket socket = new Socket();
    private final InputStream in;

    /** @param receiveBuffer bytes the kernel takes in while nobody reads; 0: its default */
    RawClient(ServerUnderTest server, int receiveBuffer) throws IOException {
        URI base = URI.create(server.baseUrl());
        if (receiveBuffer > 0) {
            socket.setReceiveBufferSize(receiveBuffer);
        }
        socket.connect(new java.net.InetSocketAddress(base.getHost(), base.getPort()), 5_000);
        socket.setSoTimeout(30_000);
        in = socket.getInputStream();
    }

    RawClient send(String body) throws IOException {
        byte[] bytes = body.getBytes(UTF_8);
        socket.getOutputStream().write(("POST /api/chat/completions HTTP/1.1\r\nHost: gateway\r\nAuthorization: Bearer " + ServerUnderTest.key()
                + "\r\nContent-Type: application/json\r\nContent-Length: " + bytes.length + "\r\n\r\n").getBytes(ISO_8859_1));
        socket.getOutputStream().write(bytes);
        socket.getOutputStream().flush();
        return this;
    }

    /** What comes until this text has come. */
    String readUntil(String text) throws IOException {
        StringBuilder read = new StringBuilder();
        while (read.indexOf(text) < 0) {
            int next = in.read();
            if (next < 0) {
                throw new IOException("the answer ended before '" + text + "': " + read);
            }
            read.append((char) next);
        }
        return read.toString();
    }

    /** Bytes read until this text has come; keeps only the end. */
    long skipUntil(String text) throws IOException {
        byte[] wanted = text.getBytes(UTF_8);
        byte[] buffer = new byte[65_536];
        String tail = "";
        long read = 0;
        while (!tail.contains(text)) {
            int length = in.read(buffer);
            if (length < 0) {
                throw new IOException("the answer ended before '" + text + "', after " + read + " bytes");
            }
            read += length;
            String all = tail + new String(buffer, 0, length, ISO_8859_1);
            tail = all.substring(Math.max(0, all.length() - length - wanted.length));
        }
        return read;
    }

    /** Closes the sending side only. */
    void halfClose() throws IOException {
        socket.shutdownOutput();
    }

    /** Goes away by a reset. */
    void reset() throws IOException {
        socket.setSoLinger(true, 0);
        socket.close();
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
