package org.sluice.gateway.log;

import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import java.util.zip.DataFormatException;
import java.util.zip.Deflater;
import java.util.zip.Inflater;

/** zlib at its fastest, for content that is worth it. One deflater serves all: making one costs more than 1 KB of content. For one thread. */
final class Compression {
    static final int THRESHOLD_BYTES = 1_024;
    private final Deflater deflater = new Deflater(Deflater.BEST_SPEED);

    /** Null when it would not get smaller. */
    byte[] deflate(byte[] plain) {
        if (plain.length <= THRESHOLD_BYTES) {
            return null;
        }
        deflater.reset();
        deflater.setInput(plain);
        deflater.finish();
        byte[] out = new byte[plain.length];
        int length = deflater.deflate(out);
        return deflater.finished() && length < plain.length ? Arrays.copyOf(out, length) : null;
    }

    /** @throws IllegalArgumentException when it is not zlib */
    static byte[] inflate(byte[] deflated) {
        Inflater inflater = new Inflater();
        try {
            inflater.setInput(deflated);
            ByteArrayOutputStream out = new ByteArrayOutputStream(deflated.length * 4);
            byte[] piece = new byte[8_192];
            while (!inflater.finished()) {
                int length = inflater.inflate(piece);
                if (length == 0 && (inflater.needsInput() || inflater.needsDictionary())) {
                    throw new IllegalArgumentException("The content is not complete.");
                }
                out.write(piece, 0, length);
            }
            return out.toByteArray();
        } catch (DataFormatException e) {
            throw new IllegalArgumentException("The content is not zlib.", e);
        } finally {
            inflater.end();
        }
    }
}
