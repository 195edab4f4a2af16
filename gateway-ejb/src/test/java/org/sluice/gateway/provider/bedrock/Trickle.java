package org.sluice.gateway.provider.bedrock;

import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.util.Random;

/** Gives at most so many bytes at a time. */
final class Trickle extends InputStream {
    private final ByteArrayInputStream bytes;
    private final Random random = new Random(11);
    private final int most;

    Trickle(byte[] bytes, int most) {
        this.bytes = new ByteArrayInputStream(bytes);
        this.most = most;
    }

    @Override
    public int read() {
        return bytes.read();
    }

    @Override
    public int read(byte[] into, int from, int length) {
        return bytes.read(into, from, Math.min(length, 1 + random.nextInt(most)));
    }
}
