package org.sluice.gateway.dialect.responses;

import java.io.ByteArrayInputStream;
import java.util.Random;

/** Bytes that come a few at a time, cut wherever it falls. */
final class Dripping extends ByteArrayInputStream {
    private final Random random;

    Dripping(byte[] bytes, Random random) {
        super(bytes);
        this.random = random;
    }

    @Override
    public synchronized int read(byte[] into, int from, int length) {
        return super.read(into, from, Math.min(length, 1 + random.nextInt(97)));
    }
}
