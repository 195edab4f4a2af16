package org.sluice.gateway.upstream;

import java.io.EOFException;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.zip.GZIPInputStream;

/**
 * Undoes {@code Content-Encoding: gzip}. A read returns what can be decoded from what has arrived. Refused: more than 100
 * times the bytes that came in (a bomb), an early end, anything behind the end, more bytes than a body may have.
 */
final class GzipBody extends InputStream {
    private static final int MAX_RATIO = 100;
    private static final int FREE_BYTES = 64 * 1024;
    private final Encoded encoded;
    private final Exchange exchange;
    private final int maxBytes;
    private GZIPInputStream gzip;
    private long decoded;

    GzipBody(HttpBody body, Exchange exchange, int maxBytes) {
        this.encoded = new Encoded(body);
        this.exchange = exchange;
        this.maxBytes = maxBytes;
    }

    /** Counts what goes in. */
    private static final class Encoded extends FilterInputStream {
        private long count;

        Encoded(InputStream in) {
            super(in);
        }

        @Override
        public int read() throws IOException {
            int b = in.read();
            count += b < 0 ? 0 : 1;
            return b;
        }

        @Override
        public int read(byte[] target, int from, int length) throws IOException {
            int read = in.read(target, from, length);
            count += Math.max(read, 0);
            return read;
        }
    }

    @Override
    public int read(byte[] target, int from, int length) {
        try {
            if (gzip == null) {
                gzip = new GZIPInputStream(encoded, 8 * 1024);
            }
            int read = gzip.read(target, from, length);
            if (read < 0) {
                if (encoded.read() >= 0) {
                    throw exchange.failed(exchange.invalid("bytes behind the gzip body"));
                }
                close();
                return -1;
            }
            decoded += read;
            if (decoded > maxBytes || decoded > FREE_BYTES && decoded > encoded.count * MAX_RATIO) {
                throw exchange.failed(exchange.invalid("it is too long when unpacked"));
            }
            return read;
        } catch (EOFException e) {
            throw exchange.failed(exchange.brokenOff("the gzip body is cut", e));
        } catch (IOException e) {
            throw exchange.failed(exchange.invalid("bad gzip body"));
        }
    }

    @Override
    public int read() {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    /** Gives back the decoder's native memory. Done at the end of the body; of an answer cut short the JDK's cleaner does it. */
    @Override
    public void close() {
        try {
            if (gzip != null) {
                gzip.close();
            }
        } catch (IOException e) {
            // the encoded body has nothing to close
        }
    }
}
