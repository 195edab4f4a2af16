package org.sluice.gateway.upstream;

import java.io.IOException;

/** Bytes to and from the other end, in clear or through TLS. Blocks; another thread ends it by closing the channel. */
interface Wire {
    /** What has arrived, at least one byte; -1 at the end. */
    int read(byte[] target, int from, int length) throws IOException;

    void write(byte[] source, int from, int length) throws IOException;

    /** False when bytes were taken from the channel and not yet read here. */
    boolean isDrained() throws IOException;
}
