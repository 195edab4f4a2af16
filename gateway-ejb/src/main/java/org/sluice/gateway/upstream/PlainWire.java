package org.sluice.gateway.upstream;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;

/** The channel itself. The JDK copies through a buffer of the size asked for, so one read or write is at most 64 KiB. */
final class PlainWire implements Wire {
    private static final int WINDOW = 64 * 1024;
    private final SocketChannel channel;

    PlainWire(SocketChannel channel) {
        this.channel = channel;
    }

    @Override
    public int read(byte[] target, int from, int length) throws IOException {
        return channel.read(ByteBuffer.wrap(target, from, Math.min(length, WINDOW)));
    }

    @Override
    public void write(byte[] source, int from, int length) throws IOException {
        ByteBuffer bytes = ByteBuffer.wrap(source, from, length);
        int end = from + length;
        while (bytes.position() < end) {
            bytes.limit(Math.min(end, bytes.position() + WINDOW));
            channel.write(bytes);
        }
    }

    @Override
    public boolean isDrained() {
        return true;
    }
}
