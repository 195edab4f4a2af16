package org.sluice.gateway.upstream;

import java.io.InputStream;
import java.util.Map;
import org.sluice.gateway.provider.UpstreamResponse;

/** An answer on an open connection. */
public final class HttpResponse implements UpstreamResponse {
    private final Exchange exchange;
    private final ResponseHead head;
    private final HttpBody framed;
    private final InputStream body;
    private final boolean wasResent;
    private final long graceNanos;

    HttpResponse(Exchange exchange, ResponseHead head, int maxBytes, boolean wasResent, long graceNanos) {
        this.exchange = exchange;
        this.head = head;
        this.framed = HttpBody.of(exchange, head, maxBytes);
        this.body = head.isGzip ? new GzipBody(framed, exchange, maxBytes) : framed;
        this.wasResent = wasResent;
        this.graceNanos = graceNanos;
    }

    @Override
    public int status() {
        return head.status;
    }

    @Override
    public Map<String, String> headers() {
        return head.fields;
    }

    @Override
    public InputStream body() {
        return body;
    }

    /** The request went out twice: the first time on a kept connection that turned out to be dead (phase P1 or P2). */
    public boolean wasResent() {
        return wasResent;
    }

    /**
     * Cuts the connection unless the body has ended. The thread that has been reading gets up to 50 ms for an end that
     * is already on its way; for any other thread a close is a cancellation and takes effect at once.
     */
    @Override
    public void close() {
        if (exchange.mayFinish()) {
            framed.drain(System.nanoTime() + graceNanos);
        }
        exchange.cut();
    }
}
