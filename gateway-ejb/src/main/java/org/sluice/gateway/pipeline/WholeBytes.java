package org.sluice.gateway.pipeline;

import org.sluice.gateway.call.FrameStream;
import org.sluice.gateway.dialect.Slice;

/** Bytes that are all there and recorded already. */
final class WholeBytes implements FrameStream {
    private Slice left;

    WholeBytes(byte[] bytes) {
        left = bytes.length == 0 ? null : Slice.of(bytes);
    }

    @Override
    public Slice next() {
        Slice next = left;
        left = null;
        return next;
    }

    @Override
    public void cancel() {
        left = null;
    }

    @Override
    public void close() {
        left = null;
    }
}
