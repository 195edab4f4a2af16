package org.sluice.gateway.ingress;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.function.LongSupplier;
import org.sluice.gateway.error.ErrorType;
import org.sluice.gateway.error.GatewayException;

/**
 * A client's body that has to come at a least rate, so that nobody holds a call's thread and memory by dripping. Counted is
 * the time spent waiting for the client, not the time somebody else takes to make use of the bytes.
 */
final class SteadyBody extends FilterInputStream {
    static final long GRACE_NANOS = 5_000_000_000L;
    private static final double NANOS_PER_SECOND = 1e9;
    private final long leastPerSecond;
    private final LongSupplier nanos;
    private long waitedNanos;
    private long received;

    /**
     * @param leastPerSecond bytes, asked for once the client was waited for longer than {@link #GRACE_NANOS}
     * @param nanos a clock like {@link System#nanoTime()}
     */
    SteadyBody(InputStream body, long leastPerSecond, LongSupplier nanos) {
        super(body);
        this.leastPerSecond = leastPerSecond;
        this.nanos = nanos;
    }

    @Override
    public int read() throws IOException {
        long before = nanos.getAsLong();
        int next = super.read();
        count(before, next < 0 ? -1 : 1);
        return next;
    }

    @Override
    public int read(byte[] target, int from, int length) throws IOException {
        long before = nanos.getAsLong();
        int n = super.read(target, from, length);
        count(before, n);
        return n;
    }

    /** @throws GatewayException REQUEST_TIMEOUT when the client is too slow */
    private void count(long before, int more) {
        waitedNanos += nanos.getAsLong() - before;
        if (more < 0) {
            return;
        }
        received += more;
        long late = waitedNanos - GRACE_NANOS;
        if (late > 0 && received < leastPerSecond * (late / NANOS_PER_SECOND)) {
            throw new GatewayException(ErrorType.REQUEST_TIMEOUT, "The request body comes too slowly: less than " + leastPerSecond + " bytes a second; send it at once.");
        }
    }
}
