package org.sluice.gateway.bench.load;

import java.io.IOException;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;
import org.sluice.gateway.bench.loop.Loop;
import org.sluice.gateway.bench.loop.Wired;

/** One connection with at most one call on it. {@code send} is for whoever took it from the idle ones, the rest for the loop. */
final class LoadConnection implements Wired {
    private final Target target;
    private final Loop loop;
    private final OpenLoopLoad load;
    private final ByteBuffer request;
    /** What the socket did not take yet. */
    private volatile ByteBuffer unsent;
    private final AnswerCheck check;
    private final AnswerReader reader;
    private SocketChannel channel;
    private SelectionKey key;
    /** When the call was due; written last by the sender and read first by the loop. */
    private volatile long dueNanos;
    private volatile boolean isBusy;
    private boolean hasFirst;

    LoadConnection(Target target, Loop loop, OpenLoopLoad load, Tally tally) {
        this.target = target;
        this.loop = loop;
        this.load = load;
        this.request = ByteBuffer.allocateDirect(target.request().length).put(target.request()).flip();
        this.check = new AnswerCheck(target.expectation().endBytes(), tally.lag());
        this.reader = new AnswerReader(check);
    }

    /** On the loop's thread, or before the loop knows of it. */
    void open() throws IOException {
        channel = SocketChannel.open();
        channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
        channel.connect(target.address());
        channel.configureBlocking(false);
        key = loop.register(channel, SelectionKey.OP_READ, this);
    }

    boolean isBusy() {
        return isBusy;
    }

    int chunksMissing() {
        return reader.status() == 200 ? Math.max(0, target.expectation().chunks() - check.chunks()) : 0;
    }

    void send(long due) {
        reader.reset();
        hasFirst = false;
        isBusy = true;
        dueNanos = due;
        // A buffer of its own: the answer may come, and the loop send the next call, before write has set the position here.
        ByteBuffer out = request.duplicate();
        try {
            channel.write(out);
            if (out.hasRemaining()) {
                unsent = out;
                key.interestOps(SelectionKey.OP_READ | SelectionKey.OP_WRITE);
                loop.wakeup();
            }
        } catch (IOException e) {
            loop.execute(() -> fail(e));
        }
    }

    @Override
    public void ready(SelectionKey ready) throws IOException {
        long due = dueNanos;
        if (ready.isWritable()) {
            channel.write(unsent);
            if (!unsent.hasRemaining()) {
                key.interestOps(SelectionKey.OP_READ);
            }
        }
        if (ready.isReadable()) {
            read(due);
        }
    }

    private void read(long due) throws IOException {
        ByteBuffer in = loop.scratch();
        int count = channel.read(in);
        long now = System.nanoTime();
        if (count < 0) {
            if (isBusy && reader.endsWithConnection()) {
                complete(due, now);
            }
            throw new IOException("connection closed");
        }
        in.flip();
        boolean isComplete = reader.read(in, now);
        if (!hasFirst && check.chunks() > 0) {
            hasFirst = true;
            load.first(now - due);
        }
        if (isComplete) {
            complete(due, now);
        }
    }

    private void complete(long due, long now) throws IOException {
        isBusy = false;
        String fault = check.fault(reader.status(), target.expectation());
        int missing = fault == null ? 0 : chunksMissing();
        if (reader.mustClose()) {
            channel.close();
            open();
        }
        load.completed(this, fault, reader.status(), now - due, missing);
    }

    @Override
    public void fail(IOException cause) {
        boolean wasBusy = isBusy;
        isBusy = false;
        int missing = wasBusy ? chunksMissing() : 0;
        try {
            channel.close();
            open();
        } catch (IOException e) {
            load.lost(wasBusy, "connect refused", missing);
            return;
        }
        if (wasBusy) {
            load.completed(this, reader.status() == 0 ? "closed without an answer" : "truncated", 0, 0, missing);
        }
    }
}
