package org.sluice.gateway.pipeline;

import java.util.Arrays;
import java.util.List;
import org.sluice.gateway.dialect.Slice;

/** What a stream told the client so far, for the log, up to a bound. */
final class CapturedFrames {
    private final int max;
    private byte[] bytes = new byte[2048];
    private int size;
    private boolean isTruncated;

    CapturedFrames(int max) {
        this.max = max;
    }

    void add(Slice frame) {
        int length = frame.length();
        if (isTruncated || size + length > max) {
            isTruncated = true;
            return;
        }
        if (bytes.length - size < length) {
            bytes = Arrays.copyOf(bytes, Math.max(bytes.length * 2, size + length));
        }
        System.arraycopy(frame.array(), frame.from(), bytes, size, length);
        size += length;
    }

    List<Slice> slices() {
        return size == 0 ? List.of() : List.of(new Slice(bytes, 0, size));
    }

    boolean isTruncated() {
        return isTruncated;
    }
}
