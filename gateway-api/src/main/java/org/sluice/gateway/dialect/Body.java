package org.sluice.gateway.dialect;

import java.io.IOException;
import java.io.OutputStream;
import java.util.List;

/** A request body as a list of slices: the client's own bytes with a few cut out or spliced in. */
public record Body(List<Slice> slices) {
    public Body {
        slices = List.copyOf(slices);
    }

    public static Body of(byte[] bytes) {
        return new Body(List.of(Slice.of(bytes)));
    }

    public int length() {
        int length = 0;
        for (Slice slice : slices) {
            length += slice.length();
        }
        return length;
    }

    public void writeTo(OutputStream out) throws IOException {
        for (Slice slice : slices) {
            out.write(slice.array(), slice.from(), slice.length());
        }
    }

    /** One array; copies unless the body is one whole array. */
    public byte[] toBytes() {
        if (slices.size() == 1) {
            return slices.get(0).toBytes();
        }
        byte[] joined = new byte[length()];
        int at = 0;
        for (Slice slice : slices) {
            System.arraycopy(slice.array(), slice.from(), joined, at, slice.length());
            at += slice.length();
        }
        return joined;
    }
}
