package org.sluice.gateway.upstream;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;

/** One connection of a {@link FaultyUpstream}, in the hands of its script. */
public final class FaultyPeer {
    private final FaultyUpstream upstream;
    private final Socket socket;
    private final int connectionNumber;
    private final InputStream in;
    private final OutputStream out;
    private ReceivedRequest request;
    private int requestNumber;

    FaultyPeer(FaultyUpstream upstream, Socket socket, int connectionNumber) throws IOException {
        this.upstream = upstream;
        this.socket = socket;
        this.connectionNumber = connectionNumber;
        this.in = new BufferedInputStream(socket.getInputStream());
        this.out = socket.getOutputStream();
    }

    /** From 1. */
    public int connectionNumber() {
        return connectionNumber;
    }

    /** On this connection, from 1. */
    public int requestNumber() {
        return requestNumber;
    }

    /** The last request read. */
    public ReceivedRequest request() {
        return request;
    }

    /** Reads a whole request; null at the end of the connection. */
    public ReceivedRequest readRequest() throws IOException {
        ByteArrayOutputStream head = new ByteArrayOutputStream();
        for (int b = in.read(); b >= 0; b = in.read()) {
            head.write(b);
            if (b == '\n' && head.toString(StandardCharsets.ISO_8859_1).endsWith("\r\n\r\n")) {
                String text = head.toString(StandardCharsets.ISO_8859_1);
                ReceivedRequest bare = new ReceivedRequest(text.substring(0, text.length() - 2), new byte[0]);
                String length = bare.header("Content-Length");
                request = new ReceivedRequest(bare.head(), in.readNBytes(length == null ? 0 : Integer.parseInt(length)));
                requestNumber++;
                upstream.received(request);
                return request;
            }
        }
        upstream.hungUp();
        return null;
    }

    /** Raw bytes of an answer, one character a byte. */
    public FaultyPeer write(String text) throws IOException {
        return write(text.getBytes(StandardCharsets.ISO_8859_1));
    }

    public FaultyPeer write(byte[] bytes) throws IOException {
        out.write(bytes);
        out.flush();
        return this;
    }

    /** Every byte in a write of its own, with a pause before each. */
    public FaultyPeer dribble(String text, long pauseMillis) throws IOException, InterruptedException {
        for (char c : text.toCharArray()) {
            Thread.sleep(pauseMillis);
            write(String.valueOf(c));
        }
        return this;
    }

    /** A complete 200 answer with Content-Length. */
    public FaultyPeer json(String body) throws IOException {
        return answer(200, body);
    }

    /** A complete answer with Content-Length. */
    public FaultyPeer answer(int status, String body) throws IOException {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        all.writeBytes(("HTTP/1.1 " + status + " Some Reason\r\nContent-Type: application/json\r\nContent-Length: " + bytes.length
                + "\r\n\r\n").getBytes(StandardCharsets.ISO_8859_1));
        all.writeBytes(bytes);
        return write(all.toByteArray());
    }

    /** The head of a chunked event stream. */
    public FaultyPeer streamHead() throws IOException {
        return write("HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nTransfer-Encoding: chunked\r\n\r\n");
    }

    /** One chunk; UTF-8. */
    public FaultyPeer chunk(String text) throws IOException {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        all.writeBytes((Integer.toHexString(bytes.length) + "\r\n").getBytes(StandardCharsets.ISO_8859_1));
        all.writeBytes(bytes);
        all.writeBytes(new byte[] {'\r', '\n'});
        return write(all.toByteArray());
    }

    public FaultyPeer lastChunk() throws IOException {
        return write("0\r\n\r\n");
    }

    /** Closes with FIN. */
    public void close() throws IOException {
        socket.close();
    }

    /** Closes with RST. */
    public void reset() throws IOException {
        socket.setSoLinger(true, 0);
        socket.close();
    }

    /** Says nothing until the peer hangs up; the time is noted for {@link FaultyUpstream#hangUpNanos}. */
    public void awaitHangUp() throws IOException {
        try {
            socket.setSoTimeout(30_000);
            while (in.read() >= 0) {
                // what else it sends does not matter
            }
        } catch (SocketTimeoutException e) {
            throw e;
        } catch (IOException e) {
            // a reset is a hang-up
        }
        upstream.hungUp();
        socket.close();
    }

    /** Writes the same bytes again and again until the peer hangs up; the time is noted. */
    public void writeUntilHangUp(String text, long pauseMillis) throws InterruptedException {
        try {
            while (true) {
                write(text);
                Thread.sleep(pauseMillis);
            }
        } catch (IOException e) {
            upstream.hungUp();
        }
    }
}
