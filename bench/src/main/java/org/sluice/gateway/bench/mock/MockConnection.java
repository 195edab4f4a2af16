package org.sluice.gateway.bench.mock;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.sluice.gateway.bench.loop.Loop;
import org.sluice.gateway.bench.loop.Wired;

/** One client connection: reads requests one after the other, answers each. For its loop's thread. */
final class MockConnection implements Wired {
    private static final int FIRST_BYTES = 2 * 1024;
    private final SocketChannel channel;
    private final Loop loop;
    private final MockCounters counters;
    private final MockAnswer answer;
    private SelectionKey key;
    private byte[] buffer = new byte[FIRST_BYTES];
    private int filled;
    private boolean isAnswering;
    private ByteBuffer unwritten;

    MockConnection(SocketChannel channel, Loop loop, MockCounters counters) {
        this.channel = channel;
        this.loop = loop;
        this.counters = counters;
        this.answer = new MockAnswer(this, loop);
    }

    void open() {
        try {
            key = loop.register(channel, SelectionKey.OP_READ, this);
        } catch (IOException e) {
            fail(e);
        }
    }

    @Override
    public void ready(SelectionKey ready) throws IOException {
        if (ready.isWritable()) {
            channel.write(unwritten);
            if (!unwritten.hasRemaining()) {
                unwritten = null;
                key.interestOps(SelectionKey.OP_READ);
            }
        }
        if (ready.isReadable()) {
            read();
        }
    }

    private void read() throws IOException {
        ByteBuffer in = loop.scratch();
        int count = channel.read(in);
        if (count < 0) {
            throw new IOException("closed by the other side");
        }
        in.flip();
        if (buffer.length - filled < count) {
            buffer = Arrays.copyOf(buffer, Math.max(buffer.length * 2, filled + count));
        }
        in.get(buffer, filled, count);
        filled += count;
        answerRequests();
    }

    /** The answer whose end came later is complete. */
    void answered() throws IOException {
        isAnswering = false;
        answerRequests();
    }

    private void answerRequests() throws IOException {
        int from = 0;
        while (!isAnswering && from < filled) {
            int head = Scan.endOfHead(buffer, from, filled);
            int length = head < 0 ? 0 : Scan.contentLength(buffer, from, head);
            if (length < 0) {
                throw new IOException("a chunked request body is not supported");
            }
            if (head < 0 || head + length > filled) {
                break;
            }
            isAnswering = !answer(from, head, head + length);
            from = head + length;
        }
        if (from > 0) {
            System.arraycopy(buffer, from, buffer, 0, filled - from);
            filled -= from;
        }
    }

    private boolean answer(int from, int body, int to) throws IOException {
        Format format = Scan.startsWith(buffer, from, to, "POST /v1/chat/completions") ? Format.OPENAI
                : Scan.startsWith(buffer, from, to, "POST /v1/messages") ? Format.ANTHROPIC : null;
        if (format == null) {
            boolean isCounters = Scan.startsWith(buffer, from, to, "GET /mock/counters");
            if (!isCounters) {
                counters.countRefused();
            }
            String text = isCounters ? counters.json() : "{\"error\":{\"message\":\"not here\",\"type\":\"invalid_request_error\"}}";
            write(ByteBuffer.wrap(("HTTP/1.1 " + (isCounters ? "200 OK" : "404 Not Found") + "\r\nContent-Type: application/json\r\nContent-Length: "
                    + text.length() + "\r\n\r\n" + text).getBytes(StandardCharsets.US_ASCII)));
            return true;
        }
        counters.countRequest();
        boolean isStream = Scan.isTrue(buffer, body, to, Scan.STREAM);
        if (isStream) {
            counters.countStream();
        }
        return answer.begin(format, Plan.read(buffer, body, to), isStream, isStream && Scan.isTrue(buffer, body, to, Scan.INCLUDE_USAGE));
    }

    /** Writes now what the socket takes, the rest when it takes more. The buffer is free again afterwards. */
    void write(ByteBuffer bytes) throws IOException {
        if (unwritten == null) {
            channel.write(bytes);
            if (!bytes.hasRemaining()) {
                return;
            }
        }
        int kept = unwritten == null ? 0 : unwritten.remaining();
        ByteBuffer joined = ByteBuffer.allocate(kept + bytes.remaining());
        if (unwritten != null) {
            joined.put(unwritten);
        }
        unwritten = joined.put(bytes).flip();
        key.interestOps(SelectionKey.OP_READ | SelectionKey.OP_WRITE);
    }

    @Override
    public void fail(IOException cause) {
        if (isAnswering || unwritten != null) {
            counters.countAborted();
            isAnswering = false;
            unwritten = null;
        }
        answer.cancel();
        try {
            channel.close();
        } catch (IOException e) {
            cause.addSuppressed(e);
        }
    }
}
